// SPDX-License-Identifier: Apache-2.0

// Limits: what they are made of, which part binds, and until when they hold.

import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing

/// A fact of a number that is written as text.
func number(_ text: String) -> CreditFact {
    CreditFact(DecimalNumber(parsing: text.utf8).map(FEELValue.number) ?? .null)
}

/// A day.
func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

/// A question about a company of which numbers are known.
func question(
    _ stage: BusinessStage,
    role: String? = "director",
    on asOf: String = "2025-06-30",
    _ numbers: [String: String]
) -> CreditQuestion {
    CreditQuestion(
        company: "Company",
        asOf: day(asOf),
        stage: stage,
        role: role,
        facts: numbers.mapValues(number)
    )
}

/// The same, for a quote.
func question(
    role: String? = "director",
    on asOf: String = "2025-06-30",
    _ numbers: [String: String]
) -> CreditQuestion {
    question(.quote, role: role, on: asOf, numbers)
}

@Suite struct LimitTests {
    private func decided(
        on asOf: String = "2025-06-30",
        _ numbers: [String: String],
        _ more: [String: CreditFact] = [:]
    ) throws -> CreditDecision {
        try decided(.quote, on: asOf, numbers, more)
    }

    private func decided(
        _ stage: BusinessStage,
        on asOf: String = "2025-06-30",
        _ numbers: [String: String],
        _ more: [String: CreditFact] = [:]
    ) throws -> CreditDecision {
        var asked = question(stage, on: asOf, numbers)
        asked.facts.merge(more) { $1 }
        return try CreditDecider(TestPolicy.read()).decide(asked)
    }

    /// A company of class B: net worth 10,000 at 0.1, equity 20,000 at 0.25, turnover at 0.05.
    private let fair = [
        "grade": "2", "amount": "8000", "net_worth": "10000", "equity": "20000",
        "own_turnover": "1000000",
    ]

    private func with(_ changes: [String: String]) -> [String: String] {
        fair.merging(changes) { $1 }
    }

    private func bound(_ decision: CreditDecision) -> String {
        "\(decision.text("limit") ?? "-") \(decision.text("binding") ?? "-")"
    }

    @Test func leastPartBinds() throws {
        #expect(bound(try decided(fair)) == "1000 net_worth")
        #expect(
            bound(try decided(with(["equity": "3000"]))) == "700 equity",
            "750, in whole hundreds"
        )
        #expect(bound(try decided(with(["amount": "430"]))) == "500 need", "met in whole hundreds")
        #expect(bound(try decided(with(["own_turnover": "9000"]))) == "400 concentration")
        #expect(
            bound(try decided(with(["own_turnover": "30000", "group_exposure": "900"])))
                == "600 concentration"
        )
        #expect(bound(try decided(with(["net_worth": "-5000"]))) == "0 net_worth")
        #expect(
            bound(try decided(with(["own_turnover": "30000", "group_exposure": "9000"])))
                == "0 concentration",
            "a group that owes too much already"
        )
        let ended = try decided(with(["grade": "4"]))
        #expect(bound(ended) == "0 no_own_risk" && ended.outcome == .refused)
        #expect(ended.terms.isPrepaid && ended.terms.days == 0)
        let bureau = try decided(with(["grade": "3", "bureau_limit": "5000"]))
        #expect(bound(bureau) == "2000 bureau_limit")
    }

    @Test func coverAndGuaranteesBear() throws {
        let cover = try decided(with(["insurer_cover": "3000"]))
        #expect(bound(cover) == "3700 net_worth")
        #expect(cover.limit?.ownRisk == 1000 && cover.limit?.covered == 2700)
        // A company without any credit at our own risk has that of its insurer.
        #expect(
            bound(try decided(with(["grade": "4", "insurer_cover": "3000"]))) == "2700 no_own_risk"
        )
        let over = try decided(
            with(["insurer_cover": "3000"]),
            ["cover_expires": CreditFact(.string("2025-06-29"))]
        )
        #expect(bound(over) == "1000 net_worth")
        let ends = try decided(
            with(["insurer_cover": "3000"]),
            ["cover_expires": CreditFact(.string("2025-07-15"))]
        )
        #expect(ends.validity?.until == day("2025-07-15") && ends.validity?.reason == "cover")
        let held = { (name: String, until: String) in
            CreditFact(
                .list([
                    .context(
                        FEELContext([
                            ("id", .string(name)), ("amount", .number(1000)),
                            ("valid_to", .string(until)),
                        ])
                    )
                ])
            )
        }
        let surety = try decided(fair, ["guarantees_held": held("surety", "2025-08-01")])
        #expect(bound(surety) == "1800 net_worth")
        #expect(surety.validity?.reason == "surety" && surety.validity?.until == day("2025-08-01"))
        let gone = try decided(fair, ["guarantees_held": held("surety", "2025-06-01")])
        #expect(bound(gone) == "1000 net_worth" && gone.validity?.reason == "review")
        let unknown = try decided(fair, ["guarantees_held": held("handshake", "2030-01-01")])
        #expect(bound(unknown) == "1000 net_worth")
        #expect(unknown.messages.contains("\"handshake\" is no guarantee of the policy"))
        let unread = try decided(fair, ["guarantees_held": held("surety", "31/05/2025")])
        #expect(bound(unread) == "1000 net_worth", "a day that nobody can read is no endless one")
        #expect(unread.messages.contains { $0.hasPrefix("\"surety\" does not count") })
    }

    @Test(arguments: ["open_invoices", "to_invoice", "orders_not_invoiced", "group_exposure"])
    func whatIsOwedIsNotForgotten(_ name: String) throws {
        let policy = try TestPolicy.read(replacing: [
            (
                "policy.json", "{\"name\": \"\(name)\",",
                "{\"name\": \"\(name)\", \"maximum_age_days\": 10,"
            )
        ])
        func decided(seen: String) throws -> CreditDecision {
            var asked = question(.order, with(["orders_not_invoiced": "100", "to_invoice": "0"]))
            asked.facts[name] = CreditFact(.number(700), observed: day(seen))
            return try CreditDecider(policy).decide(asked)
        }
        #expect(try decided(seen: "2025-06-20").outcome == .granted)
        let old = try decided(seen: "2025-06-19")
        #expect(old.outcome == .investigation && old.missing.map(\.name) == [name])
    }

    @Test func needIsEstimated() throws {
        let order = with([
            "amount": "200", "orders_not_invoiced": "200", "to_invoice": "100",
            "open_invoices": "300",
            "deposits": "50",
        ])
        let exposure = try decided(.order, order)
        #expect(exposure.need?.amount == 720, "(200 + 100 + 300) × 1.5 × 0.8")
        #expect(exposure.need?.formula == "(200 + 100 + 300) × 1.5 × 0.8")
        #expect(exposure.headroom == 250, "800 less 550")
        let purchases = try decided(.prospect, with(["yearly_purchases": "6000"]))
        #expect(purchases.need?.amount == 1000)
        let planned = with(["forecast_sales": "60000", "forecast_months": "6"])
        #expect(try decided(.invoice, planned).need?.amount == 18000, "60000/180 × 45 × 1.2")
        let most = try decided(.collection, with(["yearly_purchases": "6000"]))
        #expect(most.need?.amount == 8000 && most.need?.method == .amount)
        // The number of each is exact: a tenth three times is three tenths.
        let tenths = with([
            "amount": "0.1", "orders_not_invoiced": "0.1", "to_invoice": "0.1",
            "open_invoices": "0.1",
        ])
        #expect(try decided(.order, tenths).need?.amount?.plain == "0.36")
    }

    @Test func theOrderThatIsAskedAboutCounts() throws {
        let large = with(["amount": "800", "orders_not_invoiced": "100", "open_invoices": "50"])
        let beside = try decided(.order, large)
        #expect(beside.need?.formula == "(900 + ? + 50) × 1.5 × 0.8", "it is none of the 100")
        #expect(beside.headroom == 50, "1,000, less 950")
        #expect(beside.messages.contains { $0.hasPrefix("amount is more than orders_not_") })
        let alone = try decided(.order, with(["amount": "1500"]))
        #expect(alone.headroom == -500 && alone.action == "hold")
        #expect(alone.messages.isEmpty, "nothing is told of other orders")
        let within = try decided(.order, with(["amount": "100", "orders_not_invoiced": "100"]))
        #expect(within.headroom == 100, "200, less 100")
        let invoice = with(["open_invoices": "50", "forecast_sales": "600", "forecast_months": "1"])
        #expect(try decided(.invoice, invoice).headroom == 950, "an order only at its stage")
        var unknown = with(["open_invoices": "50"])
        unknown["amount"] = nil
        let asked = try decided(.order, unknown)
        #expect(asked.outcome == .investigation && asked.missing.map(\.name) == ["amount"])
    }

    @Test func nothingNeededIsNoRefusal() throws {
        let nothing = try decided(with(["amount": "0"]))
        #expect(nothing.outcome == .granted && nothing.grantingRole == nil)
        #expect(bound(nothing) == "0 need")
        // Who could be given nothing is refused whatever he asks for.
        #expect(try decided(with(["amount": "0", "grade": "4"])).outcome == .refused)
        #expect(try decided(with(["amount": "0", "net_worth": "-1"])).outcome == .refused)
    }

    @Test func sectorsThatNoTableKnowsAreTold() throws {
        func messages(_ sector: String) throws -> [String] {
            try decided(fair, ["sector": CreditFact(.string(sector))]).messages
        }
        #expect(try messages("carrier").isEmpty)
        #expect(
            try messages("carier") == [
                "no table knows the sector \"carier\": what holds for all others is taken. "
                    + "Did you mean \"carrier\"?"
            ]
        )
    }

    @Test func lossAndGain() throws {
        let decision = try decided(
            .prospect,
            with([
                "yearly_purchases": "6000", "probability": "0.02", "margin_rate": "0.1",
                "approach_cost": "100",
            ])
        )
        #expect(decision.expectedLoss == 10, "0.02 × 0.5 × 1000")
        #expect(decision.opportunity == 490, "600 − 10 − 100")
    }

    @Test func lawBoundsTerms() throws {
        let best = with(["grade": "1"])
        let decision = try decided(best)
        #expect(decision.terms.days == 60 && decision.terms.isBoundByLaw)
        let carrier = try decided(best, ["sector": CreditFact(.string("carrier"))])
        #expect(carrier.terms.days == 30 && carrier.terms.legalMaximumDays == 30)
        // The table of sectors halves the share of net worth, and quarters it from July 2026 on.
        #expect(bound(carrier) == "1000 net_worth")
        let later = try decided(
            on: "2026-07-01",
            best,
            ["sector": CreditFact(.string("carrier"))]
        )
        #expect(bound(later) == "500 net_worth")
        #expect(decision.validity?.until == day("2025-12-30"))
    }

    @Test func guaranteesLift() throws {
        let decision = try decided(fair)
        #expect(decision.offers.map(\.guarantee.identifier) == ["demand", "surety"])
        #expect(decision.offers.map(\.amount) == [7000, 8800], "8,750 in whole hundreds")
        #expect(decision.offers.allSatisfy { $0.limit == 8000 })
        #expect(decision.offers[0].yearlyCost == 105 && decision.offers[1].yearlyCost == nil)
        #expect(decision.fittingDays == 5, "45 × 1000 / 8000")
        let capped = try decided(with(["own_turnover": "40000"]))
        #expect(capped.offers.first?.limit == 2000, "no guarantee lifts what bounds the whole")
        #expect(try decided(with(["amount": "900"])).offers.isEmpty)
    }

    @Test func clausesAreFilled() throws {
        let decision = try decided(with(["amount": "900"]))
        #expect(decision.clauses.map(\.clause.identifier) == ["terms"])
        #expect(decision.clauses.first?.english == "Company pays within 45 days, up to 900 EUR.")
        #expect(
            decision.clauses.first?.french == "Company paie à 45 jours, dans la limite de 900 EUR."
        )
        let lacking = try decided(with(["grade": "1", "net_worth": "100000"]))
        #expect(lacking.clauses.last?.english == "Covered up to [insurer_cover].")
        #expect(lacking.clauses.last?.missing == ["insurer_cover"])
    }
}
