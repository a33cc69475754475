// SPDX-License-Identifier: Apache-2.0

// Identities against the plain way: each side of each row of the table is added up line by line.

import CCreditData
import CreditFacts
import Quantities
import StatementAnalysis
import TestRandomness
import Testing

@Suite struct IdentityTests {
    /// A side as signs and codes; "@1" for the year before.
    private func terms(_ side: String) -> [(sign: Int128, code: String, isBefore: Bool)] {
        var terms: [(Int128, String, Bool)] = []
        var (outer, sign): (Int128, Int128) = (1, 1)
        var name = ""
        func end() {
            if name.isEmpty { return }
            var code = name.hasSuffix("@1") ? String(name.dropLast(2)) : name
            if code == "A1" { code = "1A" }
            if code.count == 4 { code.removeFirst() }
            terms.append((sign, code, name.hasSuffix("@1")))
            name = ""
        }
        for character in side {
            switch character {
            case "+", "-":
                end()
                sign = character == "+" ? outer : -outer
            case "(": outer = sign
            case ")":
                end()
                outer = 1
            case " ": continue
            default: name.append(character)
            }
        }
        end()
        return terms
    }

    private func sum(
        _ side: String,
        _ statement: FinancialStatement,
        _ previous: FinancialStatement?
    ) -> (cents: Int128, hasAny: Bool, usesBefore: Bool) {
        var result: (cents: Int128, hasAny: Bool, usesBefore: Bool) = (0, false, false)
        for (sign, code, isBefore) in terms(side) {
            let cents = isBefore ? previous?[code] : statement[code]
            result.cents += sign * Int128(cents ?? 0)
            // What a side needs of the year before, it needs of this one.
            if statement[code] != nil { result.hasAny = true }
            if isBefore { result.usesBefore = true }
        }
        return result
    }

    private func isWhole(_ statement: FinancialStatement?) -> Bool {
        statement?.amounts.values.allSatisfy { $0 % 100 == 0 } ?? false
    }

    /// Names of the identities that do not hold.
    private func broken(
        _ statement: FinancialStatement,
        _ previous: FinancialStatement?
    ) -> [String] {
        FactTable.rows(vigie_identities).compactMap { row in
            guard row[1].contains(statement.form.rawValue) else { return nil }
            let left = sum(row[2], statement, previous)
            let right = sum(row[4], statement, previous)
            let usesBefore = left.usesBefore || right.usesBefore
            guard left.hasAny, right.hasAny, !usesBefore || previous != nil else { return nil }
            for need in row[7].split(separator: " ") {
                let code =
                    need == "A1" ? "1A" : need.count == 4 ? String(need.dropFirst()) : "\(need)"
                guard statement[code] != nil else { return nil }
            }
            let isRounded = isWhole(statement) || (usesBefore && isWhole(previous))
            let tolerance = isRounded ? (Int128(row[5]) ?? 0) * 100 : 0
            let difference = left.cents - right.cents
            let holds =
                row[3] == "=" ? difference.magnitude <= tolerance : difference <= tolerance
            return holds ? nil : row[0]
        }
    }

    private func found(_ statements: [FinancialStatement], of paper: Int32) -> [String] {
        StatementHistory(statements).findings
            .filter { $0.code == .identityDiffers && $0.source.paper == paper }
            .map(\.field)
    }

    @Test(arguments: [StatementForm.complete, .simplified, .consolidated])
    func compiledSumsAreThePlainOnes(form: StatementForm) throws {
        var generator = SeededGenerator(seed: 41)
        let lines = TestStatement.lines(form)
        var (some, all) = (0, 0)
        for round in 0..<400 {
            var last = try TestStatement.random(lines, form: form, using: &generator)
            var previous = try TestStatement.random(lines, form: form, using: &generator)
            last.months = 12
            previous.source = PaperReference(paper: 1, line: 0)
            previous.closing = try #require(CalendarDate("2024-12-31"))
            if round % 3 == 0 {
                for line in last.amounts.keys { last.amounts[line] = (round % 2 == 0 ? 0 : 100) }
            }
            if round % 5 == 0 {
                for (line, cents) in last.amounts { last.amounts[line] = cents / 100 * 100 }
            }
            let both = round % 4 > 0
            let expected = broken(last, both ? previous : nil)
            #expect(found(both ? [previous, last] : [last], of: 0) == expected)
            #expect(found([previous, last], of: 1) == broken(previous, nil))
            some += expected.isEmpty ? 0 : 1
            all += expected.count
        }
        #expect(some > 100 && all > 1_000)
    }

    /// No identity is left out because the table has a fault.
    @Test func everyIdentityIsCompiled() throws {
        for row in FactTable.rows(vigie_identities) {
            for form in [StatementForm.complete, .simplified, .consolidated]
            where row[1].contains(form.rawValue) {
                var last = try TestStatement.make("", form: form)
                let sides = terms(row[2]) + terms(row[4])
                for (place, term) in sides.enumerated() {
                    let line = try #require(StatementLine(term.code))
                    // Lines that are added on the left side are larger than all others.
                    let isGreat = place == 0 && !term.isBefore
                    last.amounts[line] = isGreat ? 1_000_000_007 : 100_001
                }
                for need in row[7].split(separator: " ") {
                    let code =
                        need == "A1" ? "1A" : need.count == 4 ? String(need.dropFirst()) : "\(need)"
                    let line = try #require(StatementLine(code))
                    last.amounts[line] = last.amounts[line] ?? 1
                }
                var previous = last
                previous.closing = try #require(CalendarDate("2024-12-31"))
                previous.source = PaperReference(paper: 1, line: 0)
                for line in previous.amounts.keys { previous.amounts[line] = 3 }
                #expect(found([last, previous], of: 0).contains(row[0]), "\(row[0])")
            }
        }
    }
}
