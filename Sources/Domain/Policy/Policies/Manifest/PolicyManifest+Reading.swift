// SPDX-License-Identifier: Apache-2.0

// Reads `policy.json`.

internal import DecimalNumbers
internal import Documents
internal import Quantities
internal import VigieLimits

extension PolicyManifest {
    /// The form that is read.
    static let format = "vigie-policy/1"
    /// The name of its file.
    package static let fileName = "policy.json"

    private static let keys = [
        "format", "id", "version", "parent", "name", "author", "effective", "languages", "currency",
        "model", "step", "inputs", "tables", "decisions", "authority",
    ]

    /// Reads the file; nil, with problems, if nothing can be made of it.
    static func read(_ file: PolicyFile, _ outer: PolicyProblems) -> PolicyManifest? {
        guard let document = PolicyDocument(file, outer) else { return nil }
        defer { outer.add(document.problems.problems) }
        let object = document.reader.object(keys: keys)
        if let format = object.required("format"), format.string() != Self.format {
            format.problems.addUnreadable(format.path, "must be \"\(Self.format)\".")
        }
        let languages = languages(object.required("languages"))
        let manifest = PolicyManifest(
            identifier: object.required("id")?.plainName() ?? "",
            version: object.required("version")?.plainName() ?? "",
            parent: object.optional("parent")?.plainName() ?? "",
            label: object.required("name")?.policyText(languages) ?? PolicyText.empty,
            author: object.required("author")?.filledText() ?? "",
            effective: object.required("effective"),
            languages: languages,
            currency: currency(object.required("currency")),
            modelFile: object.required("model")?.filledText() ?? "",
            step: object.required("step"),
            inputs: object.required("inputs")?.named(limit: PolicyLimits.inputs, \.name) {
                PolicyInput($0, languages)
            } ?? [],
            tables: object.optional("tables")?.named(limit: PolicyLimits.tables, \.name) {
                Table($0, languages)
            } ?? [],
            decisions: decisions(object.required("decisions")),
            authority: PolicyAuthority(object.required("authority"), languages)
        )
        return document.problems.hasPlaceholders ? nil : manifest
    }

    private init(
        identifier: String,
        version: String,
        parent: String,
        label: PolicyText,
        author: String,
        effective: DocumentReader?,
        languages: [PolicyLanguage],
        currency: Currency?,
        modelFile: String,
        step: DocumentReader?,
        inputs: [PolicyInput],
        tables: [Table],
        decisions: [PolicyQuestion: String],
        authority: PolicyAuthority
    ) {
        (self.identifier, self.version, self.parent) = (identifier, version, parent)
        (self.label, self.author, self.languages) = (label, author, languages)
        let days = effective?.object(keys: ["from", "to"])
        effectiveFrom = days?.required("from")?.date() ?? .first
        effectiveTo = days?.optional("to")?.date()
        if let last = effectiveTo, last < effectiveFrom, let effective {
            effective.problems.add(effective.path, "ends before it begins.")
        }
        // Without one there is a problem, and nobody looks at this.
        self.currency = currency ?? Currency.all[0]
        self.modelFile = modelFile
        self.step = step?.amount() ?? 1
        if let step, self.step.isZero { step.problems.add(step.path, "must be above 0.") }
        (self.inputs, self.tables, self.decisions) = (inputs, tables, decisions)
        self.authority = authority
    }

    private static func languages(_ reader: DocumentReader?) -> [PolicyLanguage] {
        let all = reader?.array(limit: PolicyLanguage.allCases.count) ?? []
        let languages = all.map { $0.choice(PolicyLanguage.self) }
        if let reader, languages.isEmpty {
            reader.problems.addUnreadable(reader.path, "must name \"en\", \"fr\" or both.")
        }
        return languages
    }

    private static func currency(_ reader: DocumentReader?) -> Currency? {
        guard let reader else { return nil }
        let currency = Currency(reader.string())
        if currency == nil {
            reader.problems.addUnreadable(reader.path, "must be a currency such as \"EUR\".")
        }
        return currency
    }

    private static func decisions(_ reader: DocumentReader?) -> [PolicyQuestion: String] {
        guard let reader else { return [:] }
        let object = reader.object(keys: PolicyQuestion.allCases.map(\.rawValue))
        var decisions: [PolicyQuestion: String] = [:]
        for question in PolicyQuestion.allCases {
            let name =
                question == .limit
                ? object.required(question.rawValue) : object.optional(question.rawValue)
            decisions[question] = name?.filledText()
        }
        return decisions
    }
}

extension PolicyText {
    static let empty = PolicyText(english: "", french: "")
}

extension PolicyInput {
    fileprivate init(_ reader: DocumentReader, _ languages: [PolicyLanguage]) {
        let object = reader.object(
            keys: ["name", "label", "type", "unit", "source", "maximum_age_days", "required"]
        )
        name = object.required("name")?.filledText(bytesMaximum: PolicyLimits.nameBytes) ?? ""
        label = object.required("label")?.policyText(languages) ?? .empty
        kind = object.required("type")?.choice(Kind.self) ?? .string
        unit = object.optional("unit")?.choice(Unit.self) ?? .none
        source = object.required("source")?.filledText() ?? ""
        ageDaysMaximum = object.optional("maximum_age_days")?.integer(0...PolicyLimits.days)
        isRequired = object.optional("required")?.bool() ?? false
        let circumstances = PolicyCircumstance.allCases.map(\.rawValue)
        let results = PolicyResult.allCases.map(\.rawValue)
        if (circumstances + results).contains(name) {
            reader.problems.add(
                object.path(to: "name"),
                "\"\(name)\" is given to every decision; leave it out here."
            )
        }
        if PolicyFigure(rawValue: name) != nil, kind != .number {
            reader.problems.add(object.path(to: "type"), "\"\(name)\" has to be a number.")
        }
    }
}

extension PolicyManifest.Table {
    fileprivate init(_ reader: DocumentReader, _ languages: [PolicyLanguage]) {
        let object = reader.object(keys: ["name", "key", "label"])
        name = object.required("name")?.plainName() ?? ""
        key =
            object.required("key")?.array(limit: PolicyLimits.tableColumns).map {
                $0.filledText(bytesMaximum: PolicyLimits.nameBytes)
            } ?? []
        label = object.required("label")?.policyText(languages) ?? .empty
    }
}

extension PolicyAuthority {
    fileprivate init(_ reader: DocumentReader?, _ languages: [PolicyLanguage]) {
        let object = reader?.object(keys: ["roles", "four_eyes_above", "override_days"])
        roles =
            object?.required("roles")?.named(limit: PolicyLimits.roles, \.name) {
                Role($0, languages)
            } ?? []
        fourEyesAbove = object?.optional("four_eyes_above")?.amount()
        overrideDaysMaximum =
            object?.optional("override_days")?.integer(1...PolicyLimits.overrideDays) ?? 90
        guard let object, let first = roles.first else {
            if let reader { reader.problems.add(reader.path, "names no role.") }
            return
        }
        for (lower, higher) in zip([first] + roles, roles).dropFirst() {
            guard let bound = lower.amount, higher.amount.map({ $0 > bound }) ?? true else {
                object.problems.add(
                    object.path(to: "roles"),
                    "\"\(higher.name)\" comes behind \"\(lower.name)\" and may not grant more; "
                        + "those that may grant least come first."
                )
                continue
            }
        }
    }
}

extension PolicyAuthority.Role {
    fileprivate init(_ reader: DocumentReader, _ languages: [PolicyLanguage]) {
        let object = reader.object(keys: ["role", "name", "amount"])
        name = object.required("role")?.plainName() ?? ""
        label = object.required("name")?.policyText(languages) ?? .empty
        amount = object.optional("amount")?.amount()
    }
}
