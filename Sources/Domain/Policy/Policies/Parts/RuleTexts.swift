// SPDX-License-Identifier: Apache-2.0

// What is said of a rule that matched, to whom: `texts.en.json` and `texts.fr.json`, by the id of
// the rule.

internal import Documents
internal import VigieLimits

/// Whom a text is for.
package enum PolicyReader: String, Sendable, CaseIterable {
    /// The company that is decided about.
    case customer
    /// Who sells to it.
    case sales
    /// Who decides on credit.
    case credit
}

/// Texts of rules.
package struct RuleTexts: Sendable {
    private var texts: [String: [PolicyLanguage: [PolicyReader: String]]] = [:]

    /// Whether nothing is said of any rule.
    package var isEmpty: Bool { texts.isEmpty }

    /// What is said of a rule; nil if nothing is.
    package func text(
        _ rule: String,
        _ language: PolicyLanguage,
        _ reader: PolicyReader
    ) -> String? {
        let languages = texts[rule]
        let other: PolicyLanguage = language == .en ? .fr : .en
        return languages?[language]?[reader] ?? languages?[other]?[reader]
    }

    static func fileName(_ language: PolicyLanguage) -> String { "texts.\(language.rawValue).json" }

    /// Reads the files of the languages.
    ///
    /// - Parameter rules: The ids of all rules of the model.
    init(
        _ files: [PolicyLanguage: PolicyFile],
        _ languages: [PolicyLanguage],
        rules: Set<String>,
        _ problems: PolicyProblems
    ) {
        for language in languages {
            guard let file = files[language] else {
                if !files.isEmpty {
                    problems.add(
                        Self.fileName(language),
                        "",
                        "is missing; the policy has the language \"\(language.rawValue)\"."
                    )
                }
                continue
            }
            read(file, language, rules, problems)
        }
        for (rule, told) in texts.sorted(by: { $0.key < $1.key }) {
            for language in languages where told[language] == nil && files[language] != nil {
                problems.add(
                    Self.fileName(language),
                    rule,
                    "is missing; the other language has it."
                )
            }
        }
    }

    private mutating func read(
        _ file: PolicyFile,
        _ language: PolicyLanguage,
        _ rules: Set<String>,
        _ problems: PolicyProblems
    ) {
        guard let document = PolicyDocument(file, problems) else { return }
        let entries = document.reader.dictionary()
        guard entries.count <= PolicyLimits.ruleTexts else {
            return problems.add(file.path, "", "has more than \(PolicyLimits.ruleTexts) texts.")
        }
        for (rule, reader) in entries {
            if !rules.contains(rule) {
                let hint = NearestName.hint(rules.sorted(), to: rule)
                document.problems.add(rule, "is the id of no rule of the model.\(hint)")
            }
            let object = reader.object(keys: PolicyReader.allCases.map(\.rawValue))
            for audience in PolicyReader.allCases {
                guard let text = object.optional(audience.rawValue)?.filledText() else { continue }
                texts[rule, default: [:]][language, default: [:]][audience] = text
            }
        }
        problems.add(document.problems.problems)
    }
}
