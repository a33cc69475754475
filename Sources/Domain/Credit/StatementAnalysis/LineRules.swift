// SPDX-License-Identifier: Apache-2.0

// What is known of single lines: which gross amount a line is written off, which lines can never
// be negative.

internal import CCreditData
internal import CreditFacts

/// The rules of one form.
struct LineRules: Sendable {
    static let complete = LineRules(form: "C")
    static let simplified = LineRules(form: "S")

    /// What is known of a line that is never negative: the gross line that it is written off.
    private struct Rule: Sendable {
        var line: StatementLine?
        var gross: StatementLine?
        /// The number of the gross line.
        var grossNumber = 0
    }

    private let rules: [Rule]
    /// For each gross line, where what is written off it may stand.
    private let writtenOff: [StatementLine: [StatementLine]]
    /// Lines that tell home and abroad apart, which books do not.
    let byPlace: Set<StatementLine>

    static func of(_ form: StatementForm) -> LineRules {
        form == .simplified ? simplified : complete
    }

    private init(form: String) {
        var rules = Array(repeating: Rule(), count: StatementLine.numberCount)
        var writtenOff: [StatementLine: [StatementLine]] = [:]
        var byPlace: Set<StatementLine> = []
        for row in FactTable.rows(vigie_line_rules) where row.count == 4 && row[0] == form {
            guard let line = StatementLine(row[1]), let number = line.number else { continue }
            if row[2] == "by_place" {
                byPlace.insert(line)
                continue
            }
            rules[number].line = line
            if let gross = StatementLine(row[3]) {
                writtenOff[gross, default: []].append(line)
                rules[number].gross = gross
                rules[number].grossNumber = gross.number ?? 0
            }
        }
        self.rules = rules
        self.writtenOff = writtenOff
        self.byPlace = byPlace
    }

    /// What a statement has written off a line; nil where it does not say.
    func amountWrittenOff(_ line: StatementLine, in statement: FinancialStatement) -> Int64? {
        writtenOff[line]?.lazy.compactMap { statement.amounts[$0] }.first
    }

    /// Lines of a statement that cannot be, in the order of their codes.
    func findings(of statement: FinancialStatement, _ cells: StatementCells) -> [Finding] {
        var findings: [Finding] = []
        let note = { (code: FindingCode, line: StatementLine, cents: [Int64]) in
            let values = cents.map(CentsText.text)
            findings.append(
                Finding(code, at: statement.source, field: line.description, values)
            )
        }
        let slack: Int64 = cells.isInWholeEuros ? 100 : 0
        for place in 0..<cells.count {
            let number = Int(cells.numbers[place])
            guard let line = rules[number].line else { continue }
            let cents = cells.cents[number]
            if cents < 0 {
                note(.negativeLine, line, [cents])
            } else if cents > 0, let gross = rules[number].gross {
                let worth = max(cells.cents[rules[number].grossNumber], 0)
                if cents - worth > slack { note(.writtenOffExceeds, gross, [worth, cents]) }
            }
        }
        return findings.count < 2
            ? findings
            : findings.sorted { ($0.field, $0.code.rawValue) < ($1.field, $1.code.rawValue) }
    }
}
