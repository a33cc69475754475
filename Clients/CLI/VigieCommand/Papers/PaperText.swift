// SPDX-License-Identifier: Apache-2.0

// What papers say, for people.

internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import Quantities

/// Texts about papers.
enum PaperText {
    // tidy: limit: lines of findings that one reads on a screen; JSON has all that are kept
    private static let findingsShown = 20

    /// A line for each paper, then what was noticed, the gravest first.
    static func check(_ stack: PaperStack, _ language: Language, _ terminal: Terminal) -> String {
        let isFrench = language == .fr
        let rows = stack.papers.map { paper in
            [
                paper.name,
                paper.kind.map { isFrench ? $0.french : $0.english } ?? "?",
                "\(paper.counts.read)", "\(paper.counts.kept)", "\(paper.counts.setAside)",
                "\(paper.findings.counts.values.reduce(0, +))",
            ]
        }
        var text = TextTable.text(
            columns: [
                (isFrench ? "pièce" : "paper", .left), (isFrench ? "nature" : "kind", .left),
                (isFrench ? "lus" : "read", .right), (isFrench ? "retenus" : "kept", .right),
                (isFrench ? "écartés" : "set aside", .right),
                (isFrench ? "constats" : "findings", .right),
            ],
            rows: rows,
            terminal: terminal
        )
        for paper in stack.papers {
            if let failure = paper.failure {
                text += "\n\(escaped(paper.name)): \(escaped(language.failure(failure.message)))"
                if let hint = failure.hint { text += "\n  \(language.failure(hint))" }
                text += "\n"
            }
        }
        return text + findings(stack, isFrench)
    }

    /// Papers and records that were not read, a line each; for commands that show no papers.
    static func unread(_ stack: PaperStack, _ language: Language) -> [String] {
        let isFrench = language == .fr
        var lines: [String] = []
        for paper in stack.papers {
            if let failure = paper.failure {
                let words = escaped(language.failure(failure.message))
                lines.append("\(escaped(paper.name)): \(words)")
            } else if paper.counts.setAside > 0 {
                let count = "\(paper.counts.setAside)/\(paper.counts.read)"
                lines.append(
                    "\(escaped(paper.name)): "
                        + (isFrench
                            ? "\(count) enregistrements écartés (vigie papers check)"
                            : "\(count) records were set aside (vigie papers check)")
                )
            }
        }
        return lines
    }

    private static func findings(_ stack: PaperStack, _ isFrench: Bool) -> String {
        var all: [(severity: FindingSeverity, text: String)] = []
        var total = 0
        for paper in stack.papers {
            total += paper.findings.counts.values.reduce(0, +)
            for finding in paper.findings.kept {
                let line = finding.source.line > 0 ? ":\(finding.source.line)" : ""
                let words = escaped(finding.text(inFrench: isFrench))
                let severity = FactWords.text(finding.severity.rawValue, inFrench: isFrench)
                all.append(
                    (finding.severity, "\(severity)  \(escaped(paper.name))\(line): \(words)")
                )
            }
        }
        guard !all.isEmpty else { return "" }
        // The sort keeps what is equal in its order.
        let order = FindingSeverity.allCases.reversed().flatMap { severity in
            all.filter { $0.severity == severity }
        }
        var text = "\n" + order.prefix(findingsShown).map { $0.text + "\n" }.joined()
        let left = total - min(order.count, findingsShown)
        if left > 0 {
            text += isFrench ? "… et \(left) autres (-o json)\n" : "… and \(left) more (-o json)\n"
        }
        return text
    }

    /// How many facts of each kind there are, for each company.
    static func contents(_ stack: PaperStack, _ language: Language, _ terminal: Terminal) -> String
    {
        let isFrench = language == .fr
        let rows = stack.companies().map { facts in
            [
                facts.siren?.description ?? "–", facts.name ?? "–",
                "\(facts.statements.count)", "\(facts.events.count)",
                "\(facts.registerEntries.count)", "\(facts.receivable.count)",
                "\(facts.owed.count)",
            ]
        }
        return check(stack, language, terminal) + "\n"
            + TextTable.text(
                columns: [
                    ("siren", .left), (isFrench ? "nom" : "name", .left),
                    (isFrench ? "comptes" : "statements", .right),
                    (isFrench ? "événements" : "events", .right),
                    (isFrench ? "registres" : "register", .right),
                    (isFrench ? "créances" : "receivable", .right),
                    (isFrench ? "dettes" : "owed", .right),
                ],
                rows: rows,
                terminal: terminal
            )
    }
}
