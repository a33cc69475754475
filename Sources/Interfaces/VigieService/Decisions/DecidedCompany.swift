// SPDX-License-Identifier: Apache-2.0

// A decision with its assessment, as it is written into answers.

internal import Assessment
internal import AssessmentMessages
internal import CreditPolicy
internal import Decisions
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import Scoring
internal import VigieApplication
internal import VigieProtos

/// What is written as a CreditDecision.
struct DecidedCompany: ProtobufWritable {
    private static let assessment: UInt32 = 19 << 3 | 2

    let prepared: PreparedDecision
    let company: PreparedDecision.Case
    let decision: CreditDecision
    let explanations: [TableExplanation]
    let tellsAssessment: Bool

    /// Writes the decision, and the assessment behind it.
    func write(to writer: inout ProtobufWriter) {
        var message = Vigie_V1_CreditDecision(
            decision,
            explanations,
            prepared.plan.policy,
            prepared.language
        )
        message.assessedFacts = company.assessedNames.compactMap { name in
            company.question.facts[name].map { .init(name, $0) }
        }
        message.write(to: &writer)
        guard tellsAssessment, let assessment = company.assessment,
            let messages = prepared.assessment?.messages
        else { return }
        let start = writer.open(Self.assessment)
        messages.write(assessment, to: &writer)
        if let answers = company.answers { messages.write(answers, to: &writer) }
        writer.close(start)
    }

    /// The rules that are named, by their ids.
    var ruleNames: Set<String> {
        var names: Set<String> = []
        for match in decision.matches {
            let rules = prepared.plan.policy.model.tables[match.table].rules
            for rule in match.rules where rules.indices.contains(rule) {
                names.insert(rules[rule].id)
            }
        }
        for explanation in explanations { names.formUnion(explanation.nearMisses.map(\.id)) }
        return names
    }

    /// What is said once of this decision.
    var context: Vigie_V1_DecisionContext {
        var features: (model: Set<UInt32>, card: Set<UInt32>) = ([], [])
        if let assessment = company.assessment {
            let named = Set(assessment.reasons.map { UInt32(clamping: $0.featureIndex) })
            features = assessment.basis == .fewRatios ? ([], named) : (named, [])
        }
        return .init(
            prepared,
            rules: ruleNames,
            features: features,
            tellsAssessment: tellsAssessment && company.assessment != nil
        )
    }
}

/// What is written as a DecideResponse.
struct DecideReply: ProtobufWritable {
    private static let context: UInt32 = 1 << 3 | 2
    private static let decision: UInt32 = 2 << 3 | 2

    let decided: DecidedCompany

    /// Writes context and decision.
    func write(to writer: inout ProtobufWriter) {
        writer.message(Self.context, decided.context)
        writer.message(Self.decision, decided)
    }
}

extension Vigie_V1_DecisionContext {
    /// What is said once of decisions.
    ///
    /// - Parameters:
    ///   - rules: The rules of which it is told what is said; nil for all.
    ///   - features: The features whose labels are told; nil for all.
    ///   - tellsAssessment: Whether assessments come with decisions.
    init(
        _ prepared: PreparedDecision,
        rules: Set<String>? = nil,
        features: (model: Set<UInt32>, card: Set<UInt32>)? = nil,
        tellsAssessment: Bool
    ) {
        self.init()
        let policy = prepared.plan.policy
        self.policy = .with {
            $0.name = policy.manifest.identifier
            $0.version = policy.manifest.version
            $0.contentHash = policy.contentHash
            $0.currency = policy.manifest.currency.code
            $0.asOfDate = prepared.plan.day.description
        }
        var seen: Set<String> = [""]
        for rule in policy.model.tables.flatMap(\.rules)
        where rules?.contains(rule.id) ?? true && seen.insert(rule.id).inserted {
            let texts = Vigie_V1_RuleTexts(rule.id, policy, prepared.language)
            if texts != .with({ $0.id = rule.id }) { self.rules.append(texts) }
        }
        if tellsAssessment, let assessment = prepared.assessment {
            self.assessment = .init(
                assessment.plan,
                omitted: assessment.messages.omitted,
                named: features
            )
        }
    }
}

extension Vigie_V1_RuleTexts {
    init(_ rule: String, _ policy: Policy, _ language: PolicyLanguage?) {
        self.init()
        id = rule
        func text(_ reader: PolicyReader) -> Vigie_V1_LocalizedText? {
            var text = Vigie_V1_LocalizedText()
            for each in language.map({ [$0] }) ?? policy.manifest.languages {
                guard let words = policy.texts.text(rule, each, reader) else { continue }
                if each == .en { text.en = words } else { text.fr = words }
            }
            return text == .init() ? nil : text
        }
        if let words = text(.customer) { customer = words }
        if let words = text(.sales) { sales = words }
        if let words = text(.credit) { credit = words }
    }
}
