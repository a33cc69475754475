// SPDX-License-Identifier: Apache-2.0

// Guarantees and clauses that a policy knows, and the findings that it lets stand:
// `guarantees.json`, `clauses.json`, `waivers.json`.

package import DecimalNumbers
internal import Documents
internal import VigieLimits

/// A guarantee that can be taken.
package struct Guarantee: Sendable {
    /// Kinds of guarantees.
    package enum Kind: String, Sendable, CaseIterable {
        /// Somebody answers for the debt.
        case personal
        /// A thing answers for it.
        case real
        /// Somebody else takes the risk.
        case transfer
    }

    /// Its name.
    package let identifier: String
    /// What it is called.
    package let label: PolicyText
    /// Its place in the order of strength; 1 is the strongest.
    package let rank: Int
    /// Its kind.
    package let kind: Kind
    /// Which part of its amount counts, from 0 to 1.
    package let share: DecimalNumber
    /// For how many months one is taken.
    package let months: Int
    /// Within how many days after a default it has to be called; nil if nothing is set.
    package let callDays: Int?
    /// What it costs a year, as a part of its amount; nil if nothing is known.
    package let yearlyCost: DecimalNumber?

    static let fileName = "guarantees.json"

    static func read(
        _ file: PolicyFile,
        _ languages: [PolicyLanguage],
        _ problems: PolicyProblems
    ) -> [Guarantee] {
        guard let document = PolicyDocument(file, problems) else { return [] }
        defer { problems.add(document.problems.problems) }
        return document.reader.named(limit: PolicyLimits.guarantees, \.identifier) {
            Guarantee($0, languages)
        }
    }

    private init(_ reader: DocumentReader, _ languages: [PolicyLanguage]) {
        let object = reader.object(
            keys: [
                "id", "name", "rank", "kind", "share", "months", "call_days", "yearly_cost",
            ]
        )
        identifier = object.required("id")?.plainName() ?? ""
        label = object.required("name")?.policyText(languages) ?? .empty
        rank = object.required("rank")?.integer(1...PolicyLimits.guarantees) ?? 1
        kind = object.required("kind")?.choice(Kind.self) ?? .personal
        share = object.required("share")?.amount() ?? 0
        if share > 1 {
            reader.problems.add(object.path(to: "share"), "must be from 0 to 1: 0.9 for 90 %.")
        }
        months = object.required("months")?.integer(1...1_200) ?? 1
        callDays = object.optional("call_days")?.integer(0...PolicyLimits.days)
        yearlyCost = object.optional("yearly_cost")?.amount()
    }
}

/// A clause of a contract.
package struct Clause: Sendable {
    /// Its name.
    package let identifier: String
    /// What it is called.
    package let label: PolicyText
    /// Its words; what stands in braces is taken from facts and decision.
    package let text: PolicyText
    /// What stands in braces in it.
    package let data: [String]

    static let fileName = "clauses.json"

    /// What the calculation puts into clauses, beside inputs and results.
    package static let ownData = ["currency", "company", "legal_maximum_days", "discount_percent"]

    static func read(
        _ file: PolicyFile,
        _ languages: [PolicyLanguage],
        known: [String],
        _ problems: PolicyProblems
    ) -> [Clause] {
        guard let document = PolicyDocument(file, problems) else { return [] }
        defer { problems.add(document.problems.problems) }
        return document.reader.named(limit: PolicyLimits.clauses, \.identifier) {
            Clause($0, languages, known)
        }
    }

    private init(_ reader: DocumentReader, _ languages: [PolicyLanguage], _ known: [String]) {
        let object = reader.object(keys: ["id", "name", "text"])
        identifier = object.required("id")?.plainName() ?? ""
        label = object.required("name")?.policyText(languages) ?? .empty
        text = object.required("text")?.policyText(languages) ?? .empty
        var data: [String] = []
        for (language, words) in [(PolicyLanguage.en, text.english), (.fr, text.french)]
        where languages.contains(language) {
            let path = object.path(to: "text") + ".\(language.rawValue)"
            guard let names = Self.names(in: words) else {
                reader.problems.add(path, "a brace is not closed, or has nothing in it.")
                continue
            }
            for name in names where !data.contains(name) { data.append(name) }
            for name in names where !known.contains(name) {
                let hint = NearestName.hint(known, to: name)
                reader.problems.add(path, "nothing is known as {\(name)}.\(hint)")
            }
        }
        self.data = data
        for (language, words) in [(PolicyLanguage.en, text.english), (.fr, text.french)]
        where languages.contains(language) {
            let names = Self.names(in: words) ?? data
            if let missing = data.first(where: { !names.contains($0) }) {
                let path = object.path(to: "text") + ".\(language.rawValue)"
                reader.problems.add(path, "lacks {\(missing)}, which the other language has.")
            }
        }
    }

    /// What stands in braces, in order; nil if braces do not match.
    private static func names(in text: String) -> [String]? {
        var names: [String] = []
        var name: String?
        for character in text.unicodeScalars {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("{", _?), ("}", nil), ("}", ""?): return nil
            case ("}", let done?):
                names.append(done)
                name = nil
            default: name?.unicodeScalars.append(character)
            }
        }
        return name == nil ? names : nil
    }

    /// The words with values in place of braces.
    package func filled(_ language: PolicyLanguage, _ value: (String) -> String?) -> String {
        var filled = ""
        var name: String?
        for character in text.text(language).unicodeScalars {
            switch (character, name) {
            case ("{", _): name = ""
            case ("}", let done?):
                filled += value(done) ?? "[\(done)]"
                name = nil
            case (_, nil): filled.unicodeScalars.append(character)
            default: name?.unicodeScalars.append(character)
            }
        }
        return filled
    }
}

/// A finding of the check of tables that is let stand.
package struct LintWaiver: Sendable {
    /// Kinds of findings.
    package enum Kind: String, Sendable, CaseIterable {
        /// Rules that match together.
        case overlap
        /// Values for which there is no rule.
        case gap
        /// A rule that never counts.
        case dead
        /// A missing value for which there is no rule.
        case nullGap = "null_gap"
        /// A rule that matches what is missing.
        case nullMatch = "null_match"
        /// A rule that no test or scenario hits.
        case neverHit = "never_hit"
        /// A rule that may overlap with others unseen, for cells that are no sets of values.
        case notLookedAt = "not_looked_at"
        /// Days between two rows of a reference table on which none holds.
        case hole
        /// A text that is nearly another one, or that its value can never be.
        case unknownText = "unknown_text"
    }

    /// The kind of finding.
    package let kind: Kind
    /// The decision whose table it is in, or the reference table.
    package let decision: String
    /// The ids of the rules that it is about, or the keys of the rows; empty for all.
    package let rules: [String]
    /// Why it is right so.
    package let reason: String

    /// Whether it lets a finding about some rules stand, by their ids.
    package func covers(_ kind: Kind, _ decision: String, rules found: [String]) -> Bool {
        self.kind == kind && self.decision == decision
            && (rules.isEmpty || !found.isEmpty && found.allSatisfy(rules.contains))
    }

    /// The name of its file.
    package static let fileName = "waivers.json"

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - known: The decisions of the model, and the ids of its rules.
    ///   - tables: The reference tables.
    static func read(
        _ file: PolicyFile,
        known: (decisions: [String], rules: Set<String>),
        tables: [String],
        _ problems: PolicyProblems
    ) -> [LintWaiver] {
        guard let document = PolicyDocument(file, problems) else { return [] }
        defer { problems.add(document.problems.problems) }
        return document.reader.array(limit: PolicyLimits.waivers).map { reader in
            let keys = ["kind", "decision", "rules", "table", "rows", "reason"]
            let object = reader.object(keys: keys)
            let kind = object.required("kind")?.choice(Kind.self) ?? .gap
            let isOfTable =
                kind == .hole || kind == .unknownText && object.optional("table") != nil
            for key in isOfTable ? ["decision", "rules"] : ["table", "rows"] {
                guard let reader = object.optional(key) else { continue }
                let wanted = isOfTable ? "table and rows" : "decision and rules"
                reader.problems.add(reader.path, "\(kind.rawValue) has \(wanted) instead.")
            }
            return LintWaiver(
                kind: kind,
                decision: isOfTable
                    ? name(object, "table", tables, "the policy has no table")
                    : name(object, "decision", known.decisions, "the model has no decision"),
                rules: isOfTable
                    ? texts(object, "rows") { _ in nil }
                    : texts(object, "rules") { rule in
                        guard !known.rules.contains(rule) else { return nil }
                        let hint = NearestName.hint(known.rules.sorted(), to: rule)
                        return "\"\(rule)\" is the id of no rule of the model.\(hint)"
                    },
                reason: object.required("reason")?.filledText() ?? ""
            )
        }
    }

    private static func name(
        _ object: ObjectReader,
        _ key: String,
        _ known: [String],
        _ words: String
    ) -> String {
        guard let reader = object.required(key) else { return "" }
        let name = reader.filledText()
        if !known.contains(name) {
            let hint = NearestName.hint(known, to: name)
            reader.problems.add(reader.path, "\(words) \"\(name)\".\(hint)")
        }
        return name
    }

    private static func texts(
        _ object: ObjectReader,
        _ key: String,
        _ fault: (String) -> String?
    ) -> [String] {
        guard let reader = object.optional(key) else { return [] }
        return reader.array(limit: PolicyLimits.waivers).map { element in
            let text = element.filledText(bytesMaximum: PolicyLimits.nameBytes)
            if let fault = fault(text) { element.problems.add(reader.path, fault) }
            return text
        }
    }
}
