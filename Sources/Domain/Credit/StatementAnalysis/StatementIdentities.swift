// SPDX-License-Identifier: Apache-2.0

// What must hold between the lines of a statement: identities of the form, compiled like the
// ratios. Filed amounts are whole euros, each rounded by itself, so that n lines may be off by n.

internal import CCreditData
internal import CreditFacts
internal import Scoring

/// The identities of one form.
final class StatementIdentities: Sendable {
    /// A row of the table.
    struct Identity: Sendable {
        var name: String
        var isEquation: Bool
        /// Whether it holds the year against the one before.
        var usesYearBefore: Bool
        var lineCount: Int
        var severity: FindingSeverity
    }

    static let complete = StatementIdentities(form: .complete)
    static let consolidated = StatementIdentities(form: .consolidated)
    static let simplified = StatementIdentities(form: .simplified)

    let identities: [Identity]
    /// For each identity the sets of which each must have something, so that there is anything to
    /// compare: those of needs from one start to the next.
    private let needs: [LineSet]
    private let starts: [Int]
    /// Left and right side of each in turn.
    let program: StatementProgram

    static func of(_ form: StatementForm) -> StatementIdentities {
        switch form {
        case .complete: complete
        case .consolidated: consolidated
        case .simplified: simplified
        }
    }

    private init(form: StatementForm) {
        var sides: [(name: String, expression: Expression)] = []
        var found: [(Identity, needs: [StatementFormula.Need])] = []
        for row in FactTable.rows(vigie_identities) {
            guard row.count == 10, row[1].contains(form.rawValue),
                let left = try? Expression(parsing: row[2]),
                let right = try? Expression(parsing: row[4]),
                let count = Int(row[5]), let severity = FindingSeverity(rawValue: row[6])
            else { continue }
            var needs = row[7].split(separator: " ").compactMap {
                StatementFormula.need(String($0))
            }
            for (side, expression) in [("left", left), ("right", right)] {
                var names: Set<String> = []
                expression.collectNames(into: &names)
                needs.append(
                    .lines(names.compactMap(StatementLine.init(inFormulas:)), yearsEarlier: 0)
                )
                sides.append(("\(side)_\(found.count)", expression))
            }
            let identity = Identity(
                name: row[0],
                isEquation: row[3] == "=",
                usesYearBefore: (row[2] + row[4]).contains("@1"),
                lineCount: count,
                severity: severity
            )
            found.append((identity, needs))
        }
        let program = StatementProgram(
            definitions: sides,
            wanted: sides.map(\.name),
            more: [],
            form: form
        )
        self.program = program
        identities = found.map(\.0)
        var all: [LineSet] = []
        var starts = [0]
        for (_, needs) in found {
            all += needs.map(program.set)
            starts.append(all.count)
        }
        needs = all
        self.starts = starts
    }

    /// The identities that a statement does not keep.
    ///
    /// - Parameter previous: The statement of the year before itself, not what a later one says
    ///   of it: that has net amounts only.
    func findings(
        of statement: FinancialStatement,
        isInWholeEuros isWhole: Bool,
        previous: FinancialStatement?,
        evaluator: StatementEvaluator
    ) -> [Finding] {
        evaluator.removeAll()
        let row = evaluator.add(StatementYears(statement, previous: previous))
        guard row >= 0 else { return [] }
        evaluator.run()
        let set = evaluator.set(row: row)
        let isWholeBefore = previous?.isInWholeEuros ?? false
        var findings: [Finding] = []
        for number in identities.indices {
            var hasAll = true
            for place in starts[number]..<starts[number + 1] where (needs[place] & set) == LineSet()
            {
                hasAll = false
            }
            guard hasAll else { continue }
            let left = evaluator.value(2 * number, row: row)
            let right = evaluator.value(2 * number + 1, row: row)
            // Nearly all are kept to the bit, and most others to the cent.
            if left == right { continue }
            let identity = identities[number]
            // Half a cent, and what float64 does to great amounts.
            let exact = 0.005 + 1e-14 * (abs(left) + abs(right))
            let isRounded = isWhole || (identity.usesYearBefore && isWholeBefore)
            let tolerance = isRounded ? Double(identity.lineCount) + exact : exact
            let difference = left - right
            // Neither holds where a side is not known.
            guard identity.isEquation ? abs(difference) > tolerance : difference > tolerance
            else { continue }
            findings.append(
                Finding(
                    .identityDiffers,
                    at: statement.source,
                    field: identity.name,
                    [EurosText.text(left), EurosText.text(right), EurosText.text(difference)],
                    severity: identity.severity
                )
            )
        }
        return findings
    }
}

/// Amounts in euros as text.
enum EurosText {
    /// The text of an amount, with cents.
    static func text(_ euros: Double) -> String {
        let cents = (euros * 100).rounded()
        return Int64(exactly: cents).map(CentsText.text) ?? "\(euros)"
    }
}

extension FinancialStatement {
    /// Whether no amount has cents.
    var isInWholeEuros: Bool { amounts.values.allSatisfy { $0 % 100 == 0 } }
}
