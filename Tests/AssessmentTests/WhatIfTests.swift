// SPDX-License-Identifier: Apache-2.0

// What assessments would be if facts were others, and the smallest change that reaches a class.

import Assessment
import CreditFacts
import Quantities
import Scoring
import Testing

@Suite struct WhatIfTests {
    private static let shared = Result {
        let models = try ScoringModel.bundledModels()
        return try Assessor(model: try #require(models.first), card: models.last)
    }

    private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    private static let complete = """
        AR 1500 AS 900 BJ 1500 BK 900 BT 200 BX 700 CF 100 CJ 1000 CK 0 CO 2500 1A 900 DA 100 DG \
        50 DI -30 DL 120 DU 700 DX 500 DY 280 EC 1480 EE 1600 FG 2000 FI 2000 FJ 2000 FL 2000 FR \
        2000 FS 600 FW 700 FX 20 FY 450 FZ 160 GA 70 GF 2000 GG 0 GR 30 GU 30 GV -30 GW -30 HL \
        2000 HM 2030 HN -30
        """
    private static let simplified = """
        028 500 030 300 044 500 048 300 060 100 068 200 084 50 096 350 098 0 110 850 112 300 120 \
        50 132 20 136 -10 142 60 156 250 166 150 172 90 176 490 180 550 218 900 232 900 242 400 \
        244 10 250 330 252 120 254 30 264 890 270 10 294 20 310 -10
        """

    private func statement(
        _ lines: String,
        _ form: StatementForm,
        closing: String = "2024-12-31"
    ) throws -> FinancialStatement {
        var amounts: [StatementLine: Int64] = [:]
        let words = lines.split(separator: " ")
        for place in stride(from: 0, to: words.count, by: 2) {
            let line = try #require(StatementLine(words[place]))
            amounts[line] = try #require(Int64(words[place + 1])) * 100_000
        }
        return FinancialStatement(
            siren: nil,
            closing: day(closing),
            months: 12,
            form: form,
            rules: .plan2024,
            amounts: amounts,
            source: PaperReference(paper: 0, line: 0)
        )
    }

    private func facts(_ form: StatementForm = .complete, years: Int = 3) throws -> CompanyFacts {
        var facts = CompanyFacts(siren: nil)
        let lines = form == .complete ? Self.complete : Self.simplified
        for year in 0..<years {
            facts.statements.append(try statement(lines, form, closing: "\(2024 - year)-12-31"))
        }
        return facts
    }

    private func invoices(daysLate: Int) -> [LedgerInvoice] {
        (0..<6).map { number in
            var invoice = LedgerInvoice(
                party: 0,
                reference: "F\(number)",
                issued: day("2025-05-01"),
                due: day("2025-06-30"),
                dueSource: .column,
                cents: 100_000,
                source: PaperReference(paper: 2, line: Int32(number + 2))
            )
            guard number > 0, let paid = day("2025-06-30").adding(days: daysLate) else {
                return invoice
            }
            invoice.open = 0
            invoice.payments = [InvoicePayment(date: paid, cents: 100_000)]
            return invoice
        }
    }

    private func whatIf(_ facts: CompanyFacts) throws -> WhatIf {
        let assessor = try Self.shared.get()
        let options = Assessor.Options(asOf: day("2025-12-31"))
        let before = try #require(try assessor.assess([facts], options).first)
        return WhatIf(assessor, facts, options, before: before)
    }

    // MARK: Words

    @Test(arguments: [
        ("equity=+200k", "equity", FactChange.Amount.by(20_000_000)),
        ("equity = +200k", "equity ", .by(20_000_000)), ("FW=-1,5m", "FW", .by(-150_000_000)),
        ("DX=150000.50", "DX", .to(15_000_050)), ("FY=-10%", "FY", .byPercent(-10)),
        ("late=0%", "late", .toPercent(0)), ("late=0", "late", .to(0)),
        ("debt=+1 000", "debt", .by(100_000)), ("debt=\u{2212}5", "debt", .by(-500)),
    ])
    func changesAsTheyAreSaid(text: String, name: String, amount: FactChange.Amount) {
        #expect(FactChange(text) == FactChange(name, amount))
    }

    @Test(arguments: [
        "", "=", "equity", "equity=", "equity=k", "equity=1e5", "equity=abc", "=5", "equity=--5",
        "equity=1%k", "equity=99999999999999999999", "equity=+", "equity=%", "equity=1.2.3",
    ])
    func whatIsNoChange(text: String) {
        #expect(FactChange(text) == nil, "\(text)")
    }

    // MARK: Statements

    /// Equity that is paid in lies in cash, and the balance sheet still balances.
    @Test func equityPaidIn() throws {
        let question = try whatIf(try facts())
        let answer = try question.assess([FactChange("equity", .by(20_000_000))])
        let last = try #require(answer.after.statements.first)
        #expect(last["DA"] == 30_000_000 && last["DL"] == 32_000_000)
        #expect(last["CF"] == 30_000_000 && last["CJ"] == 120_000_000)
        #expect(last["CO"] == 270_000_000 && last["EE"] == 180_000_000)
        let effect = try #require(answer.effects.first?.statement)
        #expect(effect.line.description == "DA" && effect.cash == 20_000_000)
        #expect(effect.from == 10_000_000 && effect.to == 30_000_000)
        let (old, new) = (question.before.adjusted?.probability, answer.after.adjusted?.probability)
        #expect(try #require(new) < (try #require(old)))
        // The years before stay as they were.
        #expect(answer.after.statements[1]["DL"] == 12_000_000)
    }

    /// A cost less is a result more, and so equity and cash; taxes are left out.
    @Test func aCostLess() throws {
        let answer = try whatIf(try facts()).assess([FactChange("staff_costs", .byPercent(-10))])
        let last = try #require(answer.after.statements.first)
        #expect(last["FY"] == 40_500_000 && last["GF"] == 195_500_000)
        #expect(last["GG"] == 4_500_000 && last["GW"] == 1_500_000 && last["HN"] == 1_500_000)
        #expect(last["HM"] == 198_500_000 && last["DI"] == 1_500_000)
        #expect(last["DL"] == 16_500_000 && last["CF"] == 14_500_000)
    }

    @Test func theSimplifiedForm() throws {
        let question = try whatIf(try facts(.simplified))
        let answer = try question.assess([
            FactChange("equity", .by(1_000_000)), FactChange("242", .by(-2_000_000)),
        ])
        let last = try #require(answer.after.statements.first)
        #expect(last["120"] == 6_000_000 && last["242"] == 38_000_000)
        #expect(last["264"] == 87_000_000 && last["270"] == 3_000_000)
        #expect(last["310"] == 1_000_000 && last["136"] == 1_000_000)
        #expect(last["142"] == 9_000_000 && last["084"] == 8_000_000)
        #expect(last["110"] == 88_000_000 && last["180"] == 58_000_000)
    }

    /// Whatever is changed, every identity that held holds: nothing new is found.
    @Test(arguments: [StatementForm.complete, .simplified])
    func theStatementStaysSound(form: StatementForm) throws {
        let question = try whatIf(try facts(form))
        var changed = 0
        for line in question.before.statements[0].amounts.keys.map(\.description) {
            for amount in [FactChange.Amount.by(123_400), .by(-123_400), .byPercent(5)] {
                guard let answer = try? question.assess([FactChange(line, amount)]) else {
                    continue
                }
                changed += 1
                let codes = answer.after.findings.map { "\($0.code) \($0.field)" }
                #expect(
                    codes == question.before.findings.map { "\($0.code) \($0.field)" },
                    "\(line)"
                )
                let last = try #require(answer.after.statements.first)
                let isSimple = form == .simplified
                let assets =
                    (last[isSimple ? "110" : "CO"] ?? 0) - (last[isSimple ? "112" : "1A"] ?? 0)
                #expect(assets == last[isSimple ? "180" : "EE"])
                #expect((last[isSimple ? "084" : "CF"] ?? 0) >= 0)
            }
        }
        #expect(changed > 40, "\(changed)")
    }

    @Test func whatCannotBeChanged() throws {
        let question = try whatIf(try facts())
        let error = { (change: FactChange) throws -> WhatIfError? in
            do throws(WhatIfError) {
                _ = try question.assess([change])
                return nil
            } catch { return error }
        }
        #expect(try error(FactChange("equty", .by(1))) == .unknown("equty"))
        #expect(try error(FactChange("242", .by(1))) == .unknown("242"))
        #expect(try error(FactChange("GA", .by(1))) == .noCash("GA"))
        #expect(try error(FactChange("CF", .by(1))) == .noCash("CF"))
        #expect(try error(FactChange("debt", .by(-20_000_000))) == .cashShort(10_000_000))
        #expect(try error(FactChange("BT", .by(-20_000_001))) == .belowZero("BT", 20_000_000))
        #expect(try error(FactChange("late", .to(0))) == .noPayments)
        #expect(try error(FactChange("BX", .byPercent(1e15))) == .badAmount("BX"))
        for error in [WhatIfError.unknown("x"), .noStatement, .noPayments, .cashShort(5)] {
            #expect(error.text(inFrench: true) != error.text(inFrench: false))
        }
        let empty = try whatIf(CompanyFacts(siren: nil))
        #expect(throws: WhatIfError.noStatement) {
            try empty.assess([FactChange("equity", .by(1))])
        }
    }

    // MARK: Payments

    @Test func paymentsInTime() throws {
        var late = try facts()
        late.owed = invoices(daysLate: 70)
        let question = try whatIf(late)
        let answer = try question.assess([FactChange("late", .to(0))])
        #expect(question.before.payments.shareLateOver30 == 1)
        #expect(answer.after.payments.index == 80 && answer.after.payments.pastDue == 0)
        #expect(answer.after.payments.shareLateOver30 == 0)
        #expect(answer.effects.first?.delayPart == 0)
        #expect(answer.after.paymentLogOdds == 0 && question.before.paymentLogOdds > 0)
    }

    /// Fewer delays never raise the risk.
    @Test func fewerDelaysNeverRaiseTheRisk() throws {
        var late = try facts()
        late.owed = invoices(daysLate: 70)
        let question = try whatIf(late)
        var last = 1.0
        for percent in stride(from: 300.0, through: 0, by: -10) {
            let answer = try question.assess([FactChange("late", .toPercent(percent))])
            let probability = try #require(answer.after.adjusted).probability
            #expect(probability <= last, "\(percent) %")
            last = probability
        }
    }

    // MARK: Reaching a class

    @Test func theSmallestChangeReachesAndNoStepBelowDoes() throws {
        var late = try facts()
        late.owed = invoices(daysLate: 90)
        let question = try whatIf(late)
        let start = try #require(question.before.adjusted).riskClass
        #expect(start > 2)
        var reached = 0
        for target in 1..<start {
            for reach in try question.reach(target) {
                guard let effect = reach.effect else {
                    #expect(reach.reason != nil)
                    continue
                }
                reached += 1
                // By the same path as any other question.
                let again = try question.assess([effect.change])
                #expect(try #require(again.after.adjusted).riskClass <= target)
                #expect(again.after.adjusted == reach.after?.adjusted)
                // A little less does not reach it.
                let less: FactChange.Amount
                switch effect.change.amount {
                case .by(let cents): less = .by(cents - cents.signum() * 200)
                case .toPercent(let percent): less = .toPercent(percent + 0.05)
                default: continue
                }
                let below = try question.assess([FactChange(effect.change.name, less)])
                #expect(try #require(below.after.adjusted).riskClass > target, "\(reach.driver)")
            }
        }
        #expect(reached > 0)
    }

    @Test func classesThatNothingReaches() throws {
        let question = try whatIf(try facts(years: 1))
        let held = try #require(question.before.adjusted).riskClass
        #expect(try question.reach(held).allSatisfy { $0.reason == .alreadyThere })
        // One year of accounts: no class better than the third, whatever changes.
        #expect(question.before.confidence == .d)
        let capped = try question.reach(1)
        #expect(capped.allSatisfy { $0.reason == .capped(3) && $0.effect == nil })
        #expect(capped.map(\.driver).contains("equity"))
        let late = try #require(try question.reach(3).first { $0.driver == "late" })
        #expect(late.reason == .impossible(.noPayments) || held <= 3)
        #expect(try question.reach(3, by: "turnover") == nil)
    }
}
