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
        /// Sets of which each must have something, so that there is anything to compare.
        var needs: [LineSet]
    }

    static let complete = StatementIdentities(form: .complete)
    static let consolidated = StatementIdentities(form: .consolidated)
    static let simplified = StatementIdentities(form: .simplified)

    let identities: [Identity]
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
                let count = Int(row[5]), let severity = FindingSeverity(word: row[6])
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
                severity: severity,
                needs: []
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
        identities = found.map { identity, needs in
            var identity = identity
            identity.needs = needs.map(program.set)
            return identity
        }
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
        for (number, identity) in identities.enumerated() {
            guard identity.needs.allSatisfy({ ($0 & set) != LineSet() }) else { continue }
            let left = evaluator.value(2 * number, row: row)
            let right = evaluator.value(2 * number + 1, row: row)
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
