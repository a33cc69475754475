// SPDX-License-Identifier: Apache-2.0

// What must hold between the lines of a statement: identities of the form, a table. Filed amounts
// are whole euros, each rounded by itself, so that n lines may be off by n.
//
// Both sides are sums of lines, so they are added up exactly, in cents. Estimate: 37 identities
// with 200 lines at 0.8 ns, 0.2 us for a statement that keeps them all.

internal import CCreditData
internal import CreditFacts
internal import Scoring

/// The identities of one form.
final class StatementIdentities: Sendable {
    /// A row of the table.
    final class Identity: Sendable {
        let name: String
        let isEquation: Bool
        /// Whether it holds the year against the one before.
        let usesYearBefore: Bool
        let lineCount: Int
        let severity: FindingSeverity
        /// Its sides.
        let left: LineSum
        let right: LineSum
        /// Each must have something, so that there is anything to compare.
        let needs: [StatementFormula.Need]

        /// Reads a row of the table; nil where it is not sound, which tests hold it against.
        init?(_ row: [String]) {
            guard let left = LineSum(row[2]), let right = LineSum(row[4]),
                let count = Int(row[5]), let severity = FindingSeverity(rawValue: row[6])
            else { return nil }
            name = row[0]
            isEquation = row[3] == "="
            usesYearBefore = (left.terms + right.terms).contains { $0.yearsEarlier > 0 }
            lineCount = count
            self.severity = severity
            self.left = left
            self.right = right
            needs =
                row[7].split(separator: " ").compactMap { StatementFormula.need(String($0)) }
                + [left, right].map { .lines($0.terms.map(\.line), yearsEarlier: 0) }
        }
    }

    static let complete = StatementIdentities(form: .complete)
    static let consolidated = StatementIdentities(form: .consolidated)
    static let simplified = StatementIdentities(form: .simplified)

    let identities: [Identity]
    /// Whether one holds a year against the one before.
    let usesYearBefore: Bool
    private let areEquations: [Bool]
    private let useYearBefore: [Bool]
    /// Numbers of the lines that are added to the left side less the right, and of those that are
    /// taken off it, identity after identity.
    private let numbers: [UInt16]
    /// Where those of an identity begin: added ones at twice its place, the others behind.
    private let starts: [Int]

    static func of(_ form: StatementForm) -> StatementIdentities {
        switch form {
        case .complete: complete
        case .consolidated: consolidated
        case .simplified: simplified
        }
    }

    private init(form: StatementForm) {
        identities = FactTable.rows(vigie_identities).compactMap { row in
            row.count == 10 && row[1].contains(form.rawValue) ? Identity(row) : nil
        }
        var numbers: [UInt16] = []
        var starts = [0]
        for identity in identities {
            for sign in [1, -1] {
                for term in identity.left.terms + identity.right.negated.terms
                where term.sign == sign && term.yearsEarlier == 0 {
                    if let number = term.line.number { numbers.append(UInt16(number)) }
                }
                starts.append(numbers.count)
            }
        }
        usesYearBefore = identities.contains(where: \.usesYearBefore)
        areEquations = identities.map(\.isEquation)
        useYearBefore = identities.map(\.usesYearBefore)
        self.numbers = numbers
        self.starts = starts
    }

    /// The identities that a statement does not keep.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - cells: Its amounts.
    ///   - previous: The statement of the year before itself, not what a later one says of it: that
    ///     has net amounts only.
    func findings(
        of statement: FinancialStatement,
        _ cells: StatementCells,
        previous: FinancialStatement?
    ) -> [Finding] {
        var findings: [Finding] = []
        for place in identities.indices {
            let usesYearBefore = useYearBefore[place]
            if usesYearBefore, previous == nil { continue }
            var known: Int128?
            if !usesYearBefore {
                let difference = difference(place, cells)
                if difference == 0 || (difference < 0 && !areEquations[place]) { continue }
                known = difference
            }
            let identity = identities[place]
            if let finding = finding(identity, of: statement, cells, previous, known) {
                findings.append(finding)
            }
        }
        return findings
    }

    /// The left side less the right one, in cents.
    private func difference(_ place: Int, _ cells: StatementCells) -> Int128 {
        numbers.withUnsafeBufferPointer { numbers in
            var sum: Int128 = 0
            for number in starts[2 * place]..<starts[2 * place + 1] {
                sum &+= Int128(cells.cents[Int(numbers[number])])
            }
            for number in starts[2 * place + 1]..<starts[2 * place + 2] {
                sum &-= Int128(cells.cents[Int(numbers[number])])
            }
            return sum
        }
    }

    private func finding(
        _ identity: Identity,
        of statement: FinancialStatement,
        _ cells: StatementCells,
        _ previous: FinancialStatement?,
        _ known: Int128?
    ) -> Finding? {
        let difference =
            known ?? identity.left.cents(cells, previous) - identity.right.cents(cells, previous)
        let isRounded =
            cells.isInWholeEuros || (identity.usesYearBefore && previous?.isInWholeEuros ?? false)
        let tolerance = isRounded ? Int128(identity.lineCount) * 100 : 0
        guard identity.isEquation ? difference.magnitude > tolerance : difference > tolerance,
            identity.needs.allSatisfy({ $0.isFulfilled(cells, previous) })
        else { return nil }
        let left = identity.left.cents(cells, previous)
        let right = identity.right.cents(cells, previous)
        return Finding(
            .identityDiffers,
            at: statement.source,
            field: identity.name,
            [EurosText.text(left), EurosText.text(right), EurosText.text(difference)],
            severity: identity.severity
        )
    }
}

extension StatementFormula.Need {
    /// Whether a statement has it.
    fileprivate func isFulfilled(_ cells: StatementCells, _ previous: FinancialStatement?) -> Bool {
        switch self {
        case .lines(let lines, yearsEarlier: 0): lines.contains(where: cells.has)
        case .lines(let lines, _): lines.contains { previous?.amounts[$0] != nil }
        case .yearBefore: previous != nil
        case .given: false
        }
    }
}
