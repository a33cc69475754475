// SPDX-License-Identifier: Apache-2.0

// Assessments of made-up companies: outcomes before scores, what was not known is not used,
// payments move the probability one way only.

import Assessment
import CreditFacts
import LegalHistory
import Quantities
import Scoring
import Testing

@Suite struct AssessorTests {
    private let assessor: Assessor
    private let options = Assessor.Options(asOf: Self.day("2025-12-31"))

    /// Models take a while to load.
    private static let shared = Result {
        let models = try ScoringModel.bundledModels()
        return try Assessor(model: try #require(models.first), card: models.last)
    }

    init() throws { assessor = try Self.shared.get() }

    private static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    private func assess(_ facts: CompanyFacts) throws -> Assessment {
        try #require(try assessor.assess([facts], options).first)
    }

    private func assess(_ facts: CompanyFacts, on day: String) throws -> Assessment {
        try #require(try assessor.assess([facts], Assessor.Options(asOf: Self.day(day))).first)
    }

    /// A complete statement with a profit and little debt; amounts in thousands of euros.
    private func statement(
        _ closing: String,
        changing changes: [String: Int64] = [:]
    ) -> FinancialStatement {
        var lines: [String: Int64] = [
            "AT": 900, "AU": 300, "BJ": 900, "BK": 300, "BT": 200, "BX": 500, "CF": 300,
            "CJ": 1_000,
            "CO": 1_900, "1A": 300, "DA": 300, "DG": 400, "DI": 100, "DL": 800, "DU": 300,
            "DX": 350,
            "DY": 150, "EC": 800, "EE": 1_600, "FL": 3_000, "FR": 3_000, "FS": 1_200, "FW": 600,
            "FY": 700, "FZ": 250, "GA": 80, "GF": 2_830, "GG": 170, "GU": 20, "GW": 150, "HK": 50,
            "HN": 100,
        ]
        lines.merge(changes) { $1 }
        var amounts: [StatementLine: Int64] = [:]
        for (code, value) in lines {
            if let line = StatementLine(code) { amounts[line] = value * 100_000 }
        }
        return FinancialStatement(
            siren: try? SIREN("999100019"),
            closing: Self.day(closing),
            months: 12,
            form: .complete,
            rules: .plan2024,
            amounts: amounts,
            source: PaperReference(paper: 0, line: 0)
        )
    }

    private func company(years: Int) -> CompanyFacts {
        var facts = CompanyFacts(siren: try? SIREN("999100019"))
        facts.statements = ["2024-12-31", "2023-12-31", "2022-12-31"].prefix(years).map {
            statement($0)
        }
        return facts
    }

    private func event(_ kind: LegalEventKind, _ published: String) throws -> LegalEvent {
        LegalEvent(
            siren: try SIREN("999100019"),
            kind: kind,
            decided: nil,
            published: Self.day(published),
            notice: "A\(published)",
            source: PaperReference(paper: 1, line: 1)
        )
    }

    private func invoices(daysLate: Int, count: Int = 5) -> [LedgerInvoice] {
        (0..<count).map { number in
            let due = Self.day("2025-06-30")
            var invoice = LedgerInvoice(
                party: 0,
                reference: "F\(number)",
                issued: Self.day("2025-05-31"),
                due: due,
                dueSource: .column,
                cents: 100_000,
                source: PaperReference(paper: 2, line: Int32(number + 2))
            )
            invoice.open = 0
            if let paid = due.adding(days: daysLate) {
                invoice.payments = [InvoicePayment(date: paid, cents: 100_000)]
            }
            return invoice
        }
    }

    @Test func amountsOfSeveralCurrenciesAreNotAddedUp() throws {
        var facts = company(years: 3)
        facts.owed = invoices(daysLate: 0)
        let plain = try assess(facts)
        for code in ["USD", "JPY"] {
            var foreign = invoices(daysLate: 90, count: 2)
            for place in foreign.indices {
                foreign[place].currency = Currency(code)
                foreign[place].open = 100_000
            }
            facts.owed += foreign
        }
        let mixed = try assess(facts)
        #expect(mixed.payments == plain.payments && mixed.base == plain.base)
        let told = mixed.findings.filter { $0.code == .currencyApart }.map(\.values)
        #expect(told == [["2", "JPY"], ["2", "USD"]])
        #expect(plain.confidence == .a && mixed.confidence == .b)
        // All in one currency is what it is, whichever that is, and euros are euros.
        facts.owed = invoices(daysLate: 0)
        for place in facts.owed.indices { facts.owed[place].currency = Currency("USD") }
        #expect(try assess(facts).payments == plain.payments)
        for place in facts.owed.indices where place.isMultiple(of: 2) {
            facts.owed[place].currency = nil
        }
        #expect(try assess(facts).findings.contains { $0.code == .currencyApart })
        for place in facts.owed.indices where place % 2 == 1 {
            facts.owed[place].currency = Currency("EUR")
        }
        #expect(try assess(facts).payments == plain.payments)
    }

    // MARK: Outcomes

    @Test func soundAccountsAreScored() throws {
        let assessment = try assess(company(years: 3))
        #expect(assessment.outcome == .scored)
        #expect(assessment.basis == .statements)
        #expect(assessment.model == "us-listed-failure@1.0.0")
        #expect(assessment.horizonMonths == 12)
        #expect(assessment.reasons.count == 5)
        #expect(assessment.reasons.allSatisfy { $0.closing == Self.day("2024-12-31") })
        let base = try #require(assessment.base)
        #expect(base.probability > 0 && base.probability < 0.02)
        #expect(assessment.adjusted == base)
    }

    @Test func openProceedingsComeBeforeAnyScore() throws {
        var facts = company(years: 3)
        facts.events = [try event(.reorganisationOpened, "2025-11-03")]
        let assessment = try assess(facts)
        #expect(assessment.outcome == .inProceedings)
        #expect(assessment.base == nil && assessment.adjusted == nil)
        #expect(assessment.reasons.isEmpty)
        #expect(!assessment.ratios.isEmpty)
    }

    @Test func anEventThatWasNotYetPublishedIsNotUsed() throws {
        var facts = company(years: 3)
        facts.events = [try event(.reorganisationOpened, "2025-11-03")]
        #expect(try assess(facts, on: "2025-11-02").outcome == .scored)
        #expect(try assess(facts, on: "2025-11-03").outcome == .inProceedings)
    }

    @Test func anUnclearJudgmentIsForAReader() throws {
        var facts = company(years: 3)
        facts.events = [try event(.unclear, "2025-11-03")]
        #expect(try assess(facts).outcome == .review)
    }

    @Test func aStrikeOffIsAnEnd() throws {
        var facts = company(years: 3)
        facts.events = [try event(.struckOff, "2025-11-03")]
        #expect(try assess(facts).outcome == .closed)
    }

    @Test func nothingKnownIsNotScorable() throws {
        let assessment = try assess(CompanyFacts(siren: nil))
        #expect(assessment.outcome == .notScorable)
        #expect(assessment.confidence == .g)
        #expect(assessment.adjusted == nil)
    }

    // MARK: As of

    @Test func accountsThatWereFiledLaterAreNotUsed() throws {
        var facts = company(years: 2)
        facts.statements[0].published = Self.day("2026-06-30")
        let assessment = try assess(facts)
        #expect(assessment.statements.map(\.closing) == [Self.day("2023-12-31")])
    }

    @Test func consolidatedAccountsAreNeverTheCompanys() throws {
        var facts = CompanyFacts(siren: nil)
        facts.statements = [statement("2024-12-31")]
        facts.statements[0].form = .consolidated
        #expect(try assess(facts).outcome == .notScorable)
    }

    @Test func aMissingYearEndsTheSeries() throws {
        var facts = company(years: 3)
        facts.statements.remove(at: 1)
        #expect(try assess(facts).statements.count == 1)
    }

    // MARK: Calibration, confidence

    @Test(arguments: [(1, 0.356), (2, 0.125), (3, -0.171)])
    func fewerYearsAreCalibratedApart(_ years: Int, _ shift: Double) throws {
        #expect(try assess(company(years: years)).depthLogOdds == shift)
    }

    @Test func littleKnownCapsTheClass() throws {
        let one = try assess(company(years: 1))
        #expect(one.confidence == .d)
        #expect((one.adjusted?.riskClass ?? 0) >= 3)
        #expect(try assess(company(years: 3)).confidence == .c)
        var paying = company(years: 3)
        paying.owed = invoices(daysLate: 0)
        #expect(try assess(paying).confidence == .a)
        #expect(try assess(company(years: 1), on: "2026-08-15").confidence == .e)
        // Accounts that are old are a warning too, which is the same once more.
        #expect(try assess(company(years: 1), on: "2026-12-31").confidence == .e)
        let old = try assess(company(years: 1), on: "2026-12-31")
        #expect(old.findings.contains { $0.code == .accountsStale })
    }

    // MARK: Payments

    @Test func worsePaymentsNeverLowerTheRisk() throws {
        var last = 0.0
        for days in stride(from: -30, through: 180, by: 5) {
            var facts = company(years: 3)
            facts.owed = invoices(daysLate: days)
            let assessment = try assess(facts)
            let probability = try #require(assessment.adjusted).probability
            #expect(probability >= last, "\(days) days")
            last = probability
        }
    }

    @Test func promptPaymentAddsNothing() throws {
        var facts = company(years: 3)
        facts.owed = invoices(daysLate: 0)
        let assessment = try assess(facts)
        #expect(assessment.payments.index == 80)
        #expect(assessment.paymentLogOdds == 0)
        #expect(assessment.adjusted?.probability == assessment.base?.probability)
    }

    @Test func twoPaymentsAreNoExperience() throws {
        var facts = company(years: 3)
        facts.owed = invoices(daysLate: 90, count: 2)
        let assessment = try assess(facts)
        #expect(assessment.payments.index == nil)
        #expect(assessment.paymentLogOdds == 0)
    }

    @Test func paymentsAloneGiveABaseRateThatSaysSo() throws {
        var facts = CompanyFacts(siren: nil)
        facts.owed = invoices(daysLate: 40)
        let assessment = try assess(facts)
        #expect(assessment.basis == .payments)
        #expect(assessment.confidence == .f)
        #expect((assessment.adjusted?.riskClass ?? 0) >= 6)
    }

    @Test func manyMissingItemsTakeTheCard() throws {
        var facts = CompanyFacts(siren: nil)
        var poor = statement("2024-12-31")
        let kept = ["CO", "CJ", "DL", "DX", "EC", "EE", "HN"].compactMap { StatementLine($0) }
        poor.amounts = poor.amounts.filter { kept.contains($0.key) }
        facts.statements = [poor]
        let assessment = try assess(facts)
        #expect(assessment.basis == .fewRatios)
        #expect(assessment.model == "us-listed-scorecard@1.0.0")
    }

    // MARK: Many at once

    @Test func companiesDoNotTouchEachOther() throws {
        var failing = company(years: 2)
        failing.events = [try event(.liquidationOpened, "2025-03-01")]
        let companies = [company(years: 3), failing, CompanyFacts(siren: nil), company(years: 1)]
        let together = try assessor.assess(companies, options)
        for (facts, assessment) in zip(companies, together) {
            let alone = try assess(facts)
            #expect(alone.outcome == assessment.outcome)
            #expect(alone.adjusted == assessment.adjusted)
            #expect(alone.reasons == assessment.reasons)
        }
    }
}
