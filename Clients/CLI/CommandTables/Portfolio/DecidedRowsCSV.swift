// SPDX-License-Identifier: Apache-2.0

// Decisions on rows as CSV: a column for each that a stream answers, and one for each table of the
// policy, with the number of the rule that matched.
//
// Cost, expected: two microseconds a row, most of it for texts of amounts.

package import CommandFiles
internal import CreditPolicy
internal import DecimalNumbers
package import VigieClient

/// Writes decisions on rows.
package struct DecidedRowsCSV {
    private static let columns = [
        "company", "outcome", "class", "limit", "own_limit", "need", "headroom", "expected_loss",
        "opportunity", "binding", "term_days", "action", "role", "second_person", "valid_until",
        "missing",
    ]

    /// What a stream has to answer for it.
    package static let answers: DecisionColumns = [
        .outcome, .riskClass, .limit, .ownLimit, .need, .headroom, .expectedLoss, .opportunity,
        .binding, .termDays, .action, .role, .validUntil, .missing, .rules,
    ]

    /// The decisions of the policy that are tables.
    private let tables: [String]
    /// Shows a cell, as a terminal may.
    private let shown: (String) -> String

    /// Writes for a policy with these tables.
    package init(tables: [String], shown: @escaping (String) -> String) {
        (self.tables, self.shown) = (tables, shown)
    }

    /// Writes the titles.
    package func begin(_ sink: ByteSink) {
        line(Self.columns + tables.map { "rule.\($0)" }, sink)
    }

    /// Writes decisions, a line each.
    package func write(
        _ rows: DecisionTables.Rows,
        _ decided: DecidedRows,
        _ sink: ByteSink
    ) throws(CommandFailure) {
        for row in 0..<rows.count {
            let name = String(decoding: rows.name(row), as: UTF8.self)
            line([name] + cells(decided[row]), sink)
            try sink.flushIfFull()
        }
    }

    private func cells(_ row: DecidedRow) -> [String] {
        let amounts = [
            row.limit, row.ownLimit, row.need, row.headroom, row.expectedLoss, row.opportunity,
        ]
        return [row.outcome.map(Self.word) ?? "", row.riskClass ?? ""]
            + amounts.map { $0.flatMap { DecimalNumber(shortest: $0)?.plain } ?? "" }
            + [
                row.binding ?? "", row.termDays.map { "\($0)" } ?? "", row.action ?? "",
                row.grantingRole ?? "", row.needsSecondPerson.map { "\($0)" } ?? "",
                row.validUntil.map { "\($0)" } ?? "",
                (row.missing ?? []).joined(separator: " "),
            ] + tables.map { row.rules?[$0].map(Self.word) ?? "" }
    }

    private static func word(_ outcome: DecisionOutcome) -> String {
        switch outcome {
        case .granted: "granted"
        case .routed: "routed"
        case .refused: "refused"
        case .investigation: "investigation"
        case .humanReview: "human_review"
        case .other(let number): "\(number)"
        }
    }

    private static func word(_ answer: RuleAnswer) -> String {
        switch answer {
        case .rule(let number): "\(number)"
        case .none: "none"
        case .standard: "default"
        case .violation: "violation"
        case .invalidInput(let number): "input \(number)"
        case .notAsked: ""
        }
    }

    private func line(_ cells: [String], _ sink: ByteSink) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { sink.write(",") }
            sink.writeCSV(Array(shown(cell).utf8)[...])
        }
        sink.write("\n")
    }
}
