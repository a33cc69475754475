// SPDX-License-Identifier: Apache-2.0

// Statement quality: what a statement must hold, and what years must be to each other.

import CreditFacts
import Quantities
import StatementAnalysis
import TestRandomness
import Testing

@Suite struct StatementHistoryTests {
    private func codes(_ series: StatementHistory) -> [String] {
        series.findings.map { "\($0.code.rawValue) \($0.field)" }
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private func twoYears() throws -> [FinancialStatement] {
        [
            try TestStatement.make(Years.lines2024, closing: "2024-12-31", rules: .plan2024),
            try TestStatement.make(Years.lines2025, paper: 1),
        ]
    }

    @Test func soundYearsHaveNoFindingsButTheChangeOfRules() throws {
        let series = StatementHistory(try twoYears(), asOf: try day("2026-06-01"))
        // The books themselves have written more off than there was.
        #expect(codes(series) == ["written_off_exceeds AT", "series_break rules"])
        #expect(series.company.map(\.closing.description) == ["2025-12-31", "2024-12-31"])
        #expect(series.findings.last?.values == ["pcg2024", "pcg2025"])
        #expect(series.findings.last?.source.paper == 1)
        #expect(series.years()?.previous?.closing.description == "2024-12-31")
    }

    @Test func theWorkedStatementsAreSound() throws {
        // Kept as it is printed, without the totals of the income statement.
        let worked = StatementHistory([try TestStatement.make(Worked.lines, scale: 1_000)])
        let left = codes(worked).filter { !$0.hasSuffix("_income") && !$0.hasSuffix("_costs") }
        #expect(left.isEmpty, "\(left)")
        let simplified = try TestStatement.make(Simplified.lines, form: .simplified)
        #expect(codes(StatementHistory([simplified])).isEmpty)
    }

    /// Each amount that is changed by more than rounding is noticed, if a total has it.
    @Test(arguments: [StatementForm.complete, .simplified])
    func everyDamagedAmountIsNoticed(form: StatementForm) throws {
        let sound =
            form == .complete
            ? try twoYears() : [try TestStatement.make(Simplified.lines, form: .simplified)]
        let before = StatementHistory(sound).findings.count
        let beside: Set = ["YY", "YZ", "374", "378", "376", "169", "EH"]
        let last = sound.count - 1
        for line in sound[last].amounts.keys where !beside.contains(line.description) {
            var damaged = sound
            damaged[last].amounts[line, default: 0] += 10_001
            let findings = StatementHistory(damaged).findings
            #expect(findings.count > before, "\(line)")
            damaged[last].amounts[line] = .max
            _ = StatementHistory(damaged)
            damaged[last].amounts[line] = .min
            _ = StatementHistory(damaged)
        }
    }

    @Test func wholeEurosMayBeOffByARounding() throws {
        let round = { (difference: Int, text: String) in
            try TestStatement.make("GG \(10 + difference) FR 20 GF 10\(text)")
        }
        #expect(codes(StatementHistory([try round(3, "")])).isEmpty)
        #expect(
            codes(StatementHistory([try round(4, "")])) == ["identity_differs operating_result"]
        )
        let exact = StatementHistory([try TestStatement.make("GG 10.01 FR 20 GF 10")])
        #expect(codes(exact) == ["identity_differs operating_result"])
        #expect(exact.findings.first?.values == ["10.01", "10.00", "0.01"])
        #expect(exact.findings.first?.severity == .error)
        // With an amount in cents nothing is rounded.
        #expect(codes(StatementHistory([try round(3, " DB 0.50")])).count == 1)
    }

    @Test func linesThatCannotBeNegative() throws {
        let series = StatementHistory([
            try TestStatement.make("FL -5 FT -5 DH -5 HK -5 DL -5 AQ -1 DX -0.01")
        ])
        #expect(codes(series) == ["negative_line AQ", "negative_line DX", "negative_line FL"])
    }

    @Test func moreWrittenOffThanThereWas() throws {
        let series = StatementHistory([try TestStatement.make("AP 100 AQ 102 BZ 5 CA 6 CX 1 CQ 3")])
        #expect(codes(series) == ["written_off_exceeds AP", "written_off_exceeds CX"])
    }

    @Test func twoOfOneYear() throws {
        let one = try TestStatement.make("FL 1000", paper: 0)
        let same = try TestStatement.make("FL 1000", paper: 1)
        let other = try TestStatement.make("FL 1010", paper: 2)
        #expect(codes(StatementHistory([one, same])) == ["statement_twice "])
        for order in [[one, other], [one, same, other]] {
            let series = StatementHistory(order)
            #expect(series.company.map { $0["FL"] } == [101_000])
            #expect(codes(series).last == "statement_replaced " || order.count == 3)
        }
        var filedLast = one
        filedLast.published = try day("2026-05-01")
        var filedFirst = other
        filedFirst.published = try day("2026-04-01")
        for order in [[filedLast, filedFirst], [filedFirst, filedLast]] {
            #expect(StatementHistory(order).company.map { $0["FL"] } == [100_000])
        }
        // The last one in the list counts where nothing says when.
        #expect(StatementHistory([other, one]).company.map { $0["FL"] } == [100_000])
    }

    /// Books in cents and what was filed of them in euros are one.
    @Test func booksAndTheirFiling() throws {
        let books = try TestStatement.make("FL 1000.49 HN 5.20 FX 1")
        let filed = try TestStatement.make("FL 1000 HN 5")
        for order in [[books, filed], [filed, books]] {
            let series = StatementHistory(order)
            #expect(codes(series) == ["statement_twice "])
            #expect(series.company.map { $0["FX"] } == [100])
        }
    }

    /// Accounts of a group are no correction of the company's own.
    @Test func groupsAreApart() throws {
        let series = StatementHistory([
            try TestStatement.make("FL 1010", closing: "2025-03-31"),
            try TestStatement.make("FL 9000", closing: "2025-03-31", form: .consolidated),
            try TestStatement.make("FL 900", closing: "2024-03-31", form: .consolidated),
        ])
        #expect(series.company.map { $0["FL"] } == [101_000])
        #expect(series.group.map { $0["FL"] } == [900_000, 90_000])
        #expect(codes(series) == ["group_apart ", "group_apart "])
        #expect(series.years()?.previous == nil)
    }

    @Test func theCompleteFormCounts() throws {
        let series = StatementHistory([
            try TestStatement.make("FL 1000"),
            try TestStatement.make("210 999", form: .simplified),
            try TestStatement.make("210 900", closing: "2024-12-31", form: .simplified),
        ])
        #expect(series.company.map(\.form) == [.complete, .simplified])
        #expect(codes(series) == ["forms_mixed ", "series_break form"])
        // Lines of another form are no year before.
        #expect(series.years()?.previous == nil)
    }

    @Test(arguments: [
        ("2025-12-31", 12, "2024-12-31", ""), ("2025-12-31", 12, "2023-12-31", "years_gap "),
        ("2025-12-31", 12, "2025-06-30", "years_cross "),
        ("2025-12-31", 6, "2025-06-30", "year_length months"),
        ("2025-12-31", 12, "2024-12-28", ""), ("2024-02-29", 12, "2023-02-28", ""),
        ("2025-12-31", 18, "2024-06-30", "year_length months"),
        ("2025-12-31", 18, "2024-12-31", "year_length months,years_cross "),
    ])
    func yearsThatDoNotMeet(later: String, months: Int, earlier: String, expected: String) throws {
        let series = StatementHistory([
            try TestStatement.make("FL 1", closing: later, months: months),
            try TestStatement.make("FL 1", closing: earlier),
        ])
        #expect(codes(series).joined(separator: ",") == expected)
        #expect((series.years()?.previous != nil) == !expected.contains("years_"))
    }

    @Test(arguments: [
        ("2024-12-31", "2026-08-31", ""), ("2024-12-31", "2026-09-01", "warning"),
        ("2024-12-31", "2027-01-01", "error"), ("1919-12-31", "2026-01-01", "error"),
    ])
    func age(closing: String, asOf: String, severity: String) throws {
        let series = StatementHistory(
            [try TestStatement.make("FL 1", closing: closing)],
            asOf: try day(asOf)
        )
        let stale = series.findings.first { $0.code == .accountsStale }
        #expect(stale.map { "\($0.severity)" } ?? "" == severity)
    }

    @Test func yearsThatAreNotOverAreNotUsed() throws {
        let series = StatementHistory(
            [try TestStatement.make("FL 1", closing: "2029-12-31")],
            asOf: try day("2026-01-01")
        )
        #expect(series.company.isEmpty && codes(series) == ["closing_in_future "])
        #expect(series.years() == nil)
    }

    /// Assets are net in what a later paper says.
    @Test func whatALaterPaperSays() throws {
        let own = try TestStatement.make(
            "FL 1000 FW 400 AP 900 AQ 300 DL 50 BX 70 1A 30 CO 130",
            closing: "2024-12-31"
        )
        let comparative = try TestStatement.make(
            "FL 1000 FW 411 AP 602 DL 58 BX 70 CO 100",
            closing: "2024-12-31",
            paper: 1
        )
        let last = try TestStatement.make("FL 1", paper: 1)
        let series = StatementHistory([own, last], comparatives: [comparative])
        #expect(codes(series) == ["opening_line_differs DL", "year_restated FW"])
        #expect(series.findings.map(\.values) == [["50.00", "58.00"], ["400.00", "411.00"]])
        #expect(series.findings.allSatisfy { $0.source.paper == 1 })
        // Where the year before has no paper of its own, the later one's column stands for it.
        let alone = StatementHistory([last], comparatives: [comparative])
        #expect(alone.years()?.previous?["FW"] == 41_100 && codes(alone).isEmpty)
    }

    @Test func theCashFlowWithoutWhatBringsNoCash() throws {
        let lines = Years.lines2025 + " 747 2000 757 12000 657 3000 767 0 667 0"
        let series = StatementHistory([try TestStatement.make(lines)])
        #expect(codes(series).last == "cash_flow_corrected caf")
        #expect(series.findings.last?.values == ["73036.34", "62036.34"])
        let old = StatementHistory([try TestStatement.make(lines, rules: .plan2024)])
        #expect(!old.findings.contains { $0.code == .cashFlowCorrected })
    }

    @Test func lengthsThatCannotBeTrapNothing() throws {
        for months in [Int.min, -5, 0, 37, 5_000, .max] {
            let series = StatementHistory([
                try TestStatement.make("FL 1", months: months),
                try TestStatement.make("FL 1", closing: "0001-01-01", months: months),
            ])
            #expect(series.findings.contains { $0.code == .yearLength && $0.severity == .error })
        }
    }

    /// What statements of random lines hold: identities of sums hold to the cent, whatever the
    /// amounts; nothing traps.
    @Test func randomStatements() throws {
        var generator = SeededGenerator(seed: 3)
        for form in [StatementForm.complete, .simplified, .consolidated] {
            for _ in 0..<50 {
                let statements = try (0..<3).map { _ in
                    try TestStatement.random(
                        TestStatement.lines(form),
                        form: form,
                        using: &generator
                    )
                }
                let series = StatementHistory(statements, comparatives: statements)
                #expect(series.company.count + series.group.count == 1)
            }
        }
    }

    /// Lines of the form, of which each total is the sum.
    private static let totals = """
        BJ=AB+CX+AF+AH+AJ+AL+AN+AP+AR+AT+AV+AX+CS+CU+BB+BD+BF+BH \
        BK=AC+CQ+AG+AI+AK+AM+AO+AQ+AS+AU+AW+AY+CT+CV+BC+BE+BG+BI \
        CJ=BL+BN+BP+BR+BT+BV+BX+BZ+CB+CD+CF+CH CK=BM+BO+BQ+BS+BU+BW+BY+CA+CC+CE+CG+CI \
        CO=AA+BJ+CJ+CW+CM+CN 1A=BK+CK FC=FA+FB FF=FD+FE FI=FG+FH FJ=FA+FD+FG FK=FB+FE+FH \
        FL=FJ+FK FR=FL+FM+FN+FO+FP+FQ GF=FS+FT+FU+FV+FW+FX+FY+FZ+GA+GB+GC+GD+GE GG=FR-GF \
        GP=GJ+GK+GL+GM+GN+GO GU=GQ+GR+GS+GT GV=GP-GU GW=GG+GH-GI+GV HD=HA+HB+HC HH=HE+HF+HG \
        HI=HD-HH HL=FR+GH+GP+HD HM=GF+GI+GU+HH+HJ+HK HN=HL-HM DI=HN-ZZ \
        DL=DA+DB+DC+DD+DE+DF+DG+DH+DI+DJ+DK DO=DM+DN DR=DP+DQ \
        EC=DS+DT+DU+DV+DW+DX+DY+DZ+EA+EB EE=DL+DO+DR+EC+ED
        """

    /// A statement that adds up keeps all identities, to the cent, and in whole euros as each
    /// line is rounded by itself; and one of its amounts that is wrong breaks them.
    @Test func statementsThatAddUp() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<40 {
            var statement = try TestStatement.make("")
            func value(_ code: Substring) throws -> Int64 {
                let line = try #require(StatementLine(code))
                if code == "ZZ" { return 0 }
                if let amount = statement.amounts[line] { return amount }
                let amount = Int64.random(in: 0...99_999_999_99, using: &generator)
                statement.amounts[line] = amount
                return amount
            }
            for total in Self.totals.split(separator: " ") {
                let sides = total.split(separator: "=")
                var sum: Int64 = 0
                for part in sides[1].split(separator: "+") {
                    let parts = part.split(separator: "-")
                    sum += try value(parts[0])
                    for taken in parts.dropFirst() { sum -= try value(taken) }
                }
                statement.amounts[try #require(StatementLine(sides[0]))] = sum
            }
            // Reserves take what is left of the balance sheet; overdrafts are a part of DU.
            let left = try value("CO") - value("1A") - value("EE")
            for code in ["DG", "DL", "EE"] {
                statement.amounts[try #require(StatementLine(code)), default: 0] += left
            }
            let broken = { (statement: FinancialStatement) in
                StatementHistory([statement]).findings.filter { $0.code == .identityDiffers }
            }
            #expect(broken(statement).isEmpty, "\(broken(statement))")
            var rounded = statement
            for (line, cents) in statement.amounts {
                rounded.amounts[line] = Int64((Double(cents) / 100).rounded()) * 100
            }
            #expect(broken(rounded).isEmpty, "\(broken(rounded))")
            let line = try #require(
                statement.amounts.keys.sorted().randomElement(using: &generator)
            )
            statement.amounts[line, default: 0] += 1
            #expect(!broken(statement).isEmpty, "\(line)")
        }
    }

    /// The residual of net cash is what the lines outside of it make, whatever the amounts, as long
    /// as the balance sheet balances.
    @Test func theResidualIsExplained() throws {
        var generator = SeededGenerator(seed: 5)
        let parts = ["AA", "BJ", "CJ", "CW", "CM", "CN", "DL", "DO", "DR", "ED", "CF", "CD", "EH"]
            .compactMap(StatementLine.init)
        let debts = ["DS", "DT", "DU", "DV", "DW", "DX", "DY", "DZ", "EA", "EB"]
            .compactMap(StatementLine.init)
        for _ in 0..<200 {
            var statement = try TestStatement.make("")
            for line in parts + debts {
                statement.amounts[line] = Int64.random(in: 0...9_999_999_99, using: &generator)
            }
            let sum = { (codes: [String]) in codes.reduce(Int64(0)) { $0 + (statement[$1] ?? 0) } }
            let assets = sum(["AA", "BJ", "CJ", "CW", "CM", "CN"])
            let debt = debts.reduce(Int64(0)) { $0 + (statement.amounts[$1] ?? 0) }
            // Equity is what is left.
            let others = sum(["DO", "DR", "ED"]) + debt
            if let line = StatementLine("DL") { statement.amounts[line] = assets - others }
            if let line = StatementLine("EC") { statement.amounts[line] = debt }
            if let line = StatementLine("EE") { statement.amounts[line] = assets }
            if let line = StatementLine("CO") { statement.amounts[line] = assets }
            let figures = StatementFormulas.complete.figures(of: StatementYears(statement))
            let residual = try #require(figures["tresorerie_nette_ecart"])
            let lines = try #require(figures["tresorerie_nette_autres_postes"])
            #expect(abs(residual - lines) < 1e-4)
        }
    }
}
