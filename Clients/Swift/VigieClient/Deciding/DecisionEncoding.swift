// SPDX-License-Identifier: Apache-2.0

// Companies that are decided on, as messages.

internal import ProtobufCoding
internal import VigieProtos

extension Vigie_V1_DecisionCase {
    /// The message of a company; nil if a line of its statements has no name yet and none can be
    /// added.
    init?(_ company: DecisionCase, _ encoder: inout FactEncoder) {
        self.init()
        self.company = company.company ?? ""
        group = company.group ?? ""
        stage = .init(rawValue: EnumNumbers.number(company.stage))
        subject = company.isNaturalPerson ? .naturalPerson : .legalPerson
        facts = company.facts.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }
        if let facts = company.assessed {
            guard let message = encoder.message(facts) else { return nil }
            assessed = message
        }
    }
}

extension Vigie_V1_DecisionFact {
    init(_ name: String, _ fact: DecisionFact) {
        self.init()
        self.name = name
        value = .init(fact.value)
        asOfDate = fact.observed?.description ?? ""
        source = fact.source ?? ""
    }
}

extension Vigie_V1_DecisionValue {
    init(_ value: DecisionValue) {
        self.init()
        switch value {
        case .decimal(let text): decimal = text
        case .number(let value): number = value
        case .text(let value): text = value
        case .flag(let value): flag = value
        case .day(let value): day = value.description
        case .list(let values): list.values = values.map { .init($0) }
        case .fields(let values):
            fields.fields = values.sorted { $0.key < $1.key }.map { name, value in
                .with {
                    $0.name = name
                    $0.value = .init(value)
                }
            }
        }
    }
}

extension Vigie_V1_DecideHeader {
    /// The header of options.
    ///
    /// - Parameter lineNames: Names of lines of statements; nil where nothing is assessed.
    init(_ options: DecisionOptions, lineNames: [String]?) {
        self.init()
        policy = options.policy ?? ""
        asOfDate = options.asOf?.description ?? ""
        role = options.role ?? ""
        explanation = .init(rawValue: EnumNumbers.number(options.explanation))
        language = .init(rawValue: EnumNumbers.number(options.language))
        omitsAssessments = !options.tellsAssessments
        if let lineNames {
            assessment = .init(options.assessment, lineNames: lineNames)
            // The day is that of the decision.
            assessment.asOfDate = ""
        }
    }
}
