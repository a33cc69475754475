// SPDX-License-Identifier: Apache-2.0

// The columns of a policy, each with where it comes from: columns of the caller, what the score of
// the row says, and what is the same of all rows.

internal import CreditPolicy
internal import Documents
internal import FEEL
internal import Policies
internal import ProtobufCoding
internal import Scoring
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Columns of a header of decisions, bound to a policy.
struct FactBinding {
    private let plan: DecisionPlan
    private var columns: [CreditColumn] = []
    private var fixed: [String: FEELValue] = [:]
    /// Where each of the policy's columns comes from.
    private(set) var sources: [FactSource] = []
    /// The columns of numbers that are truth values.
    private(set) var flagColumns: [Int] = []
    /// The scores that have to be computed for it.
    private(set) var scoreOutputs: ScoreOutputs = []

    init(
        _ header: Vigie_V1_DecideRowsHeader,
        _ plan: DecisionPlan,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        self.plan = plan
        let count = header.factColumns.count + header.factTextColumns.count
        guard count <= limits.decisionFactsMax else {
            throw .overLimit(
                "header.fact_columns",
                "decisionFactsMax",
                "The header has \(count) columns of facts.",
                value: count,
                maximum: limits.decisionFactsMax
            )
        }
        for (place, name) in header.factColumns.enumerated() {
            try addNumbers(name, place)
        }
        for (place, name) in header.factTextColumns.enumerated() {
            try addTexts(name, place)
        }
        try addFixed(header, limits)
        addScores()
    }

    /// The policy, bound to the columns.
    func bound() throws(ServiceError) -> CreditBlockPlan {
        do throws(PolicyError) {
            return try CreditBlockPlan(plan.policy, on: plan.day, columns: columns, fixed: fixed)
        } catch {
            let message = error.problems.first.map { "\($0.path) \($0.message)" }
            throw .invalid("header.fact_columns", "BAD_FACT", message ?? error.description)
        }
    }

    private mutating func addNumbers(_ name: String, _ place: Int) throws(ServiceError) {
        let field = "header.fact_columns[\(place)]"
        let column = try column(name, field)
        switch column.kind {
        case .number, .day: sources.append(.number(place))
        case .boolean:
            sources.append(.flag(flagColumns.count))
            flagColumns.append(place)
        case .text: throw .wrongKind(field, name, "holds texts; name it in fact_text_columns.")
        case .value: throw .wrongKind(field, name, "is no column; Decide takes it.")
        }
        columns.append(column)
    }

    private mutating func addTexts(_ name: String, _ place: Int) throws(ServiceError) {
        let field = "header.fact_text_columns[\(place)]"
        let column = try column(name, field)
        guard column.kind == .text, name != CreditColumn.role else {
            throw .wrongKind(
                field,
                name,
                name == CreditColumn.role
                    ? "is the same of all rows: see header.role."
                    : "holds no texts; name it in fact_columns."
            )
        }
        sources.append(.text(place))
        columns.append(column)
    }

    private func column(_ name: String, _ field: String) throws(ServiceError) -> CreditColumn {
        if let column = CreditColumn(name, of: plan.policy) { return column }
        let shown = name.shownInMessages
        let names = plan.policy.manifest.inputs.map(\.name)
        throw .invalid(
            field,
            "UNKNOWN_FACT",
            "\(field): \"\(shown)\" is no input of \(plan.policy.reference)."
                + NearestName.hint(names, to: name),
            metadata: ["fact": shown]
        )
    }

    /// What is the same of all rows, by the one reader of facts.
    private mutating func addFixed(
        _ header: Vigie_V1_DecideRowsHeader,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        if let place = header.facts.firstIndex(where: { !$0.asOfDate.isEmpty }) {
            throw .invalid(
                "header.facts[\(place)].as_of_date",
                "BAD_VALUE",
                "A day of which a fact is, is not taken for rows; leave it empty."
            )
        }
        var reader = CaseReader(FactChecks(plan.policy), limits)
        let question: CreditQuestion
        do throws(ServiceError) {
            question = try reader.question(
                .with {
                    $0.stage = header.stage
                    $0.subject = header.subject
                    $0.facts = header.facts
                },
                on: plan.day
            )
        } catch {
            var error = error
            if case .field(let name) = error.detail, name.hasPrefix("company.") {
                error.detail = .field("header." + name.dropFirst("company.".count))
            }
            throw error
        }
        for (name, fact) in question.facts { fixed[name] = fact.value }
        func isColumn(_ name: String) -> Bool { columns.contains { $0.name == name } }
        if !isColumn(PolicyCircumstance.stage.rawValue) {
            fixed[PolicyCircumstance.stage.rawValue] = .string(question.stage.rawValue)
        }
        if !isColumn(PolicyCircumstance.subject.rawValue) {
            fixed[PolicyCircumstance.subject.rawValue] = .string(question.subject.rawValue)
        }
        if let role = plan.role { fixed[CreditColumn.role] = .string(role) }
    }

    /// What the score of a row says, where nothing else says it.
    private mutating func addScores() {
        for fact in ScoreFact.allCases {
            let wanted: CreditColumn.Kind = fact == .outcome ? .text : .number
            guard let column = CreditColumn(fact.rawValue, of: plan.policy), column.kind == wanted,
                fixed[fact.rawValue] == nil, !columns.contains(where: { $0.name == column.name })
            else { continue }
            columns.append(column)
            sources.append(.score(fact))
            scoreOutputs.insert(fact.output)
        }
    }
}

extension ServiceError {
    /// A column of another kind than the input that it is for.
    fileprivate static func wrongKind(
        _ field: String,
        _ name: String,
        _ what: String
    ) -> ServiceError {
        .invalid(field, "WRONG_COLUMN_KIND", "\(field): \(name.shownInMessages) \(what)")
    }
}
