// SPDX-License-Identifier: Apache-2.0

// What findings say to people, and how grave they are: a table.

internal import CCreditData

/// How grave a finding is.
package enum FindingSeverity: String, Sendable, Comparable, CaseIterable {
    /// Worth knowing.
    case info
    /// Lowers how far the result is trusted.
    case warning
    /// Something was not read.
    case error

    private var rank: Int { self == .info ? 0 : self == .warning ? 1 : 2 }

    /// Whether one is less grave than another.
    package static func < (left: FindingSeverity, right: FindingSeverity) -> Bool {
        left.rank < right.rank
    }
}

/// The words of a finding's code.
package struct FindingWords: Sendable {
    /// How grave it is.
    package let severity: FindingSeverity
    private let french: String
    private let english: String

    private static let table: [String: FindingWords] = {
        var table: [String: FindingWords] = [:]
        for row in FactTable.rows(vigie_findings) where row.count == 4 {
            guard let severity = FindingSeverity(rawValue: row[1]) else { continue }
            table[row[0]] = FindingWords(severity: severity, french: row[2], english: row[3])
        }
        return table
    }()

    /// The words of a code; nil if the table has none.
    package static func of(_ code: FindingCode) -> FindingWords? { table[code.rawValue] }

    /// The sentence for a finding, without a full stop. Values of papers are shortened.
    func text(of finding: Finding, inFrench: Bool) -> String {
        let pieces = (inFrench ? french : english).split(
            separator: "{",
            omittingEmptySubsequences: false
        )
        var text = String(pieces.first ?? "")
        for piece in pieces.dropFirst() {
            let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            text += value(parts[0], of: finding, inFrench)
            if parts.count > 1 { text += parts[1] }
        }
        return text
    }

    /// What a check of a statement is called, by its name.
    private static func check(_ finding: Finding, _ inFrench: Bool) -> String? {
        guard finding.code == .identityDiffers else { return nil }
        return checks[finding.field].map { inFrench ? $0.french : $0.english }
    }

    private static let checks: [String: (french: String, english: String)] = {
        var checks: [String: (french: String, english: String)] = [:]
        for row in FactTable.rows(vigie_identities) where row.count == 10 {
            checks[row[0]] = (row[8], row[9])
        }
        return checks
    }()

    private func value(_ name: Substring, of finding: Finding, _ inFrench: Bool) -> String {
        if name == "field" { return Self.check(finding, inFrench) ?? finding.field }
        if name == "all" { return finding.values.map(Self.short).joined(separator: ", ") }
        if name == "last" { return Self.short(finding.values.last ?? "?") }
        guard let number = Int(name), number > 0, number <= finding.values.count else { return "?" }
        return Self.short(finding.values[number - 1])
    }

    /// A text that a message can hold.
    private static func short(_ text: String) -> String {
        // tidy: limit: what one can read in a line
        text.count <= 60 ? text : String(text.prefix(60)) + "…"
    }
}

extension Finding {
    /// How grave it is.
    package var severity: FindingSeverity {
        ownSeverity ?? FindingWords.of(code)?.severity ?? .warning
    }

    /// What it says, without a full stop.
    package func text(inFrench: Bool) -> String {
        FindingWords.of(code)?.text(of: self, inFrench: inFrench) ?? code.rawValue
    }
}
