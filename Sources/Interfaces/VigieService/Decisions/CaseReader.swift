// SPDX-License-Identifier: Apache-2.0

// Companies that are decided on, as messages. What they say of facts is put into the form that
// questions in JSON have, so that there is one reader of that, and it is as strict.

internal import CreditPolicy
internal import DecimalNumbers
internal import Documents
internal import ExactTexts
internal import Policies
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// Reads one company.
struct CaseReader {
    private let checks: FactChecks
    private let limits: ServiceLimits
    /// Values that were read so far.
    private var valueCount = 0

    init(_ checks: FactChecks, _ limits: ServiceLimits) {
        (self.checks, self.limits) = (checks, limits)
    }

    /// What is asked about the company, and what its caller knows of it.
    ///
    /// - Throws: INVALID_ARGUMENT with the field at fault, or RESOURCE_EXHAUSTED.
    mutating func question(
        _ message: Vigie_V1_DecisionCase,
        on day: CalendarDate
    ) throws(ServiceError) -> CreditQuestion {
        var members: [(key: String, value: DocumentValue)] = [
            ("company", try text(message.company, "company.company")),
            ("stage", .text(try stage(message.stage).rawValue)),
            ("subject", .text(try subject(message.subject).rawValue)),
            ("facts", try facts(message)),
        ]
        if !message.group.isEmpty {
            members.append(("group", try text(message.group, "company.group")))
        }
        guard let object = DocumentObject(members) else { throw .twice("company") }
        do throws(PolicyError) {
            return try CreditQuestion.read(
                document: .object(object),
                name: "company",
                checks: checks,
                today: day
            )
        } catch {
            let first = error.problems.first
            let field = ["company", first?.path ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
            throw .invalid(field, "BAD_FACT", "\(field): \(first?.message ?? "is no fact.")")
        }
    }

    // MARK: - Facts

    private mutating func facts(
        _ message: Vigie_V1_DecisionCase
    ) throws(ServiceError) -> DocumentValue {
        guard message.facts.count <= limits.decisionFactsMax else {
            throw .overLimit(
                "company.facts",
                "decisionFactsMax",
                "The company has \(message.facts.count) facts.",
                value: message.facts.count,
                maximum: limits.decisionFactsMax,
                code: .resourceExhausted
            )
        }
        var facts: [(key: String, value: DocumentValue)] = []
        for (place, fact) in message.facts.enumerated() {
            let field = "company.facts[\(place)]"
            try checkName(fact.name, "\(field).name")
            var parts = [("value", try value(fact.value, "\(field).value", depth: 1))]
            if !fact.asOfDate.isEmpty {
                parts.append(("as_of", try text(fact.asOfDate, "\(field).as_of_date")))
            }
            if !fact.source.isEmpty {
                parts.append(("source", try text(fact.source, "\(field).source")))
            }
            guard let object = DocumentObject(parts) else { throw .twice(field) }
            facts.append((fact.name, .object(object)))
        }
        if !message.amount.isEmpty {
            try checkName("amount", "company.amount")
            facts.append(("amount", try decimal(message.amount, "company.amount")))
        }
        guard let object = DocumentObject(facts) else { throw .twice("company.facts") }
        return .object(object)
    }

    private func checkName(_ name: String, _ field: String) throws(ServiceError) {
        let policy = checks.policy
        let names = policy.manifest.inputs.map(\.name)
        guard !names.contains(where: { ExactText($0) == ExactText(name) }) else { return }
        let shown = name.shownInMessages
        throw .invalid(
            field,
            "UNKNOWN_FACT",
            "\(field): \"\(shown)\" is no input of \(policy.reference)."
                + NearestName.hint(names, to: name),
            metadata: ["fact": shown]
        )
    }

    private mutating func value(
        _ message: Vigie_V1_DecisionValue,
        _ field: String,
        depth: Int
    ) throws(ServiceError) -> DocumentValue {
        valueCount += 1
        guard valueCount <= limits.decisionValuesMax, depth <= PolicyLimits.jsonDepth else {
            throw .overLimit(
                field,
                depth > PolicyLimits.jsonDepth ? "PolicyLimits.jsonDepth" : "decisionValuesMax",
                "The facts of the company have too many values, or too many inside of each other.",
                value: depth > PolicyLimits.jsonDepth ? depth : valueCount,
                maximum: depth > PolicyLimits.jsonDepth
                    ? PolicyLimits.jsonDepth : limits.decisionValuesMax,
                code: .resourceExhausted
            )
        }
        switch message.kind {
        case nil: return .null
        case .decimal(let written)?: return try decimal(written, field)
        case .number(let number)?:
            guard !number.isNaN else { return .null }
            guard let decimal = DecimalNumber(shortest: number) else {
                throw .badValue(field, "\(number)", "must be a number that has an end")
            }
            return .number(written: decimal.description)
        case .text(let text)?: return try self.text(text, field)
        case .flag(let flag)?: return .bool(flag)
        case .day(let day)?:
            guard CalendarDate(day) != nil else {
                throw .badValue(field, day, "must be a day written as 2026-01-31")
            }
            return .text(day)
        case .list(let list)?: return try self.list(list.values, field, depth: depth)
        case .fields(let fields)?: return try self.fields(fields.fields, field, depth: depth)
        }
    }

    private mutating func list(
        _ values: [Vigie_V1_DecisionValue],
        _ field: String,
        depth: Int
    ) throws(ServiceError) -> DocumentValue {
        var elements: [DocumentValue] = []
        for (place, element) in values.enumerated() {
            elements.append(
                try value(element, "\(field).list.values[\(place)]", depth: depth + 1)
            )
        }
        return .list(elements)
    }

    private mutating func fields(
        _ fields: [Vigie_V1_DecisionField],
        _ field: String,
        depth: Int
    ) throws(ServiceError) -> DocumentValue {
        // Values by name are looked for one after the other, wherever they are.
        guard fields.count <= limits.decisionFieldsMax else {
            throw .overLimit(
                field,
                "decisionFieldsMax",
                "\(field) has \(fields.count) values by name.",
                value: fields.count,
                maximum: limits.decisionFieldsMax,
                code: .resourceExhausted
            )
        }
        var members: [(key: String, value: DocumentValue)] = []
        for (place, member) in fields.enumerated() {
            let path = "\(field).fields.fields[\(place)]"
            _ = try text(member.name, "\(path).name")
            members.append(
                (member.name, try value(member.value, "\(path).value", depth: depth + 1))
            )
        }
        guard let object = DocumentObject(members) else { throw .twice(field) }
        return .object(object)
    }

    // MARK: - Plain values

    private func decimal(_ written: String, _ field: String) throws(ServiceError) -> DocumentValue {
        guard written.utf8.count <= limits.factTextBytesMax,
            DecimalNumber(parsing: written.utf8) != nil
        else {
            throw .badValue(field, written, "must be a decimal number, such as 1250.50")
        }
        return .number(written: written)
    }

    private func text(_ text: String, _ field: String) throws(ServiceError) -> DocumentValue {
        guard text.utf8.count <= limits.factTextBytesMax else {
            throw .overLimit(
                field,
                "factTextBytesMax",
                "\(field) takes \(text.utf8.count) bytes.",
                value: text.utf8.count,
                maximum: limits.factTextBytesMax,
                code: .resourceExhausted
            )
        }
        return .text(text)
    }

    private func stage(_ stage: Vigie_V1_BusinessStage) throws(ServiceError) -> BusinessStage {
        switch stage {
        case .prospect: return .prospect
        case .unspecified, .quote: return .quote
        case .order: return .order
        case .invoice: return .invoice
        case .collection: return .collection
        case .UNRECOGNIZED(let number): throw .noSuchValue("company.stage", number)
        }
    }

    private func subject(
        _ subject: Vigie_V1_DecisionSubject
    ) throws(ServiceError) -> PolicySubject {
        switch subject {
        case .unspecified, .legalPerson: return .legalPerson
        case .naturalPerson: return .naturalPerson
        case .UNRECOGNIZED(let number): throw .noSuchValue("company.subject", number)
        }
    }
}

extension ServiceError {
    /// A number that an enumeration does not have.
    static func noSuchValue(_ field: String, _ number: Int) -> ServiceError {
        .invalid(
            field,
            "BAD_VALUE",
            "\(field) is \(number); the API has no such value.",
            metadata: ["value": "\(number)"]
        )
    }

    /// A value that cannot be meant.
    fileprivate static func badValue(
        _ field: String,
        _ value: String,
        _ what: String
    ) -> ServiceError {
        let shown = value.shownInMessages
        return .invalid(
            field,
            "BAD_VALUE",
            "\(field) is \"\(shown)\"; it \(what).",
            metadata: ["value": shown]
        )
    }

    /// A name that is there twice.
    fileprivate static func twice(_ field: String) -> ServiceError {
        .invalid(field, "DUPLICATE_FACT", "\(field) has two values of one name.")
    }
}
