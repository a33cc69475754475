// SPDX-License-Identifier: Apache-2.0

// What keeps letters back, told with its reason; and what does not.

import Collection
import CreditFacts
import Quantities
import Testing

@Suite struct GateTests {
    private let asOf = day("2026-06-30")

    private func review(
        _ invoices: [LedgerInvoice],
        _ credits: [UnallocatedCredit] = [],
        _ scenarios: DunningScenarios? = nil,
        on asOf: CalendarDate? = nil,
        change: (inout CollectionCustomer) -> Void = { _ in }
    ) throws -> CollectionReview {
        try CollectionReview(
            book(invoices, credits, change: change),
            scenarios ?? Self.usual(),
            on: asOf ?? self.asOf
        )
    }

    private static func usual() throws -> DunningScenarios { try scenarios() }

    private func money(_ cents: Int64, _ date: String, isPayment: Bool = true) -> UnallocatedCredit
    {
        UnallocatedCredit(
            party: 0,
            date: day(date),
            cents: cents,
            isPayment: isPayment,
            source: PaperReference(paper: 0, line: 9)
        )
    }

    @Test func coverAndCreditsAreTakenOffWhatIsAtRisk() throws {
        let late = invoice("F1", 100_000, due: "2026-05-01")
        let credits = [money(20_000, "2026-06-01"), money(5_000, "2026-07-01")]
        let review = try review([late], credits) { $0.coverCents = 30_000 }
        let entry = review.entry(of: 0)
        // Money of July is not known on the last of June.
        #expect(entry.amountDue == 80_000 && entry.valueAtRisk == 5_000)
        let letter = try #require(review.letter(of: 0))
        #expect(letter.credits.map(\.cents) == [20_000] && letter.credits[0].isPayment)
        #expect(letter.totals.map(\.total) == [80_000], "cover is nothing that the customer paid")
    }

    @Test func whoHasACreditBalanceIsNotWrittenTo() throws {
        let late = invoice("F1", 10_000, due: "2026-05-01")
        let review = try review([late], [money(12_500, "2026-06-01")])
        let entry = review.entry(of: 0)
        #expect(entry.gate == .creditBalance(2_500) && entry.action == .allocate(2_500))
        #expect(review.letter(of: 0) == nil && review.plan().letters.isEmpty)
        let told = review.explanation(ofInvoice: 0).map { $0.text(in: .english) }
        #expect(told.contains("the customer has a credit balance: allocate €25.00 or pay it back"))
        // Nothing open at all, and money left.
        let empty = try self.review([], [money(500, "2026-06-01")])
        #expect(empty.worklist.others.map(\.action) == [.allocate(500)])
    }

    @Test func smallAmountsAreLeftAlone() throws {
        let scenarios = try scenarios([6], #", "minimum_cents": 1000"#)
        let late = invoice("F1", 999, due: "2026-05-01")
        let small = try review([late], [], scenarios)
        #expect(small.entry(of: 0).gate == .belowMinimum)
        let enough = try review([late, invoice("F2", 1, due: "2026-06-29")], [], scenarios)
        #expect(enough.entry(of: 0).gate == nil, "what is late by a day is due as well")
        #expect(enough.letter(of: 0)?.lines.map(\.reference) == ["F1", "F2"])
    }

    @Test func toleranceAloneIsNoLetter() throws {
        let review = try review([invoice("F1", 50_000, due: "2026-06-25")])
        #expect(review.standings[0].gate == .withinTolerance && review.standings[0].daysLate == 5)
        #expect(review.entry(of: 0).gate == .noneDue && review.letter(of: 0) == nil)
        let next = try self.review([invoice("F1", 50_000, due: "2026-06-24")])
        #expect(next.letter(of: 0)?.level == 1)
    }

    @Test func aPromiseOfAPartKeepsNothingBack() throws {
        var late = invoice("F1", 50_000, due: "2026-05-01")
        func promised(_ cents: Int64?, until: String) -> LedgerInvoice {
            var promised = late
            promised.promises = [
                PaymentPromise(
                    made: day("2026-06-20"),
                    date: day(until),
                    cents: cents,
                    isVerifiable: true
                )
            ]
            return promised
        }
        #expect(try review([promised(nil, until: "2026-06-30")]).standings[0].gate == .promised)
        #expect(try review([promised(50_000, until: "2026-07-05")]).standings[0].gate == .promised)
        #expect(try review([promised(49_999, until: "2026-07-05")]).standings[0].gate == .dunned)
        late = promised(nil, until: "2026-06-29")
        let broken = try review([late])
        #expect(broken.standings[0].gate == .dunned, "its day is over")
        let action = NextAction.callAboutPromise(date: day("2026-06-29"), cents: nil)
        #expect(broken.entry(of: 0).action == action)
        // Before it was made nobody knew of it.
        let before = try review([late], on: day("2026-06-19"))
        #expect(before.entry(of: 0).action == .dun(.letter))
    }

    @Test func aCustomerCanPromiseAllThatIsOpen() throws {
        let late = invoice(
            "F1",
            50_000,
            due: "2026-05-01",
            issued: "2026-04-01",
            paid: [("2026-06-29", 20_000)]
        )
        func review(until: String, on asOf: String) throws -> WorklistEntry {
            let review = try self.review([late], on: day(asOf)) { customer in
                customer.record.promises = [
                    PaymentPromise(
                        made: day("2026-06-20"),
                        date: day(until),
                        cents: nil,
                        isVerifiable: true
                    )
                ]
            }
            return review.entry(of: 0)
        }
        let running = try review(until: "2026-07-02", on: "2026-06-30")
        #expect(running.gate == .promised(until: day("2026-07-02")))
        // 500 euros were open when it was made, and 200 came.
        let partly = try review(until: "2026-07-02", on: "2026-07-03")
        #expect(partly.action == .callAboutPromise(date: day("2026-07-02"), cents: 50_000))
    }

    @Test func whatAPersonSetAsideStaysAside() throws {
        let invoices = ["F1", "F2"].map { invoice($0, 50_000, due: "2026-03-01") }
        let held = try review(invoices) { customer in
            let hold = CollectionOverride.Kind.hold(until: day("2026-06-30"))
            var record = InvoiceRecord()
            record.override = CollectionOverride(hold, by: "ann", on: day("2026-06-01"))
            customer.record.invoices["F1"] = record
        }
        #expect(held.standings.map(\.gate) == [.held, .dunned])
        #expect(held.letter(of: 0)?.lines.map(\.reference) == ["F2"])
        let told = held.explanation(ofInvoice: 0)[0].text(in: .french)
        #expect(told == "laissée de côté par ann jusqu'au 30 juin 2026")
        let whole = try review(invoices) { customer in
            customer.record.override = CollectionOverride(
                .hold(until: nil),
                by: "ann",
                on: day("2026-06-01")
            )
        }
        #expect(whole.entry(of: 0).gate == .held(by: "ann", until: nil))
        #expect(whole.plan().letters.isEmpty)
        let level = try review(invoices) { customer in
            customer.record.override = CollectionOverride(.level(1), by: "ann", on: asOf)
        }
        let letter = try #require(level.letter(of: 0))
        #expect(letter.level == 1 && letter.levelSetBy == "ann" && level.sums[0].level == 3)
    }

    @Test func lettersWaitForEachOther() throws {
        let late = invoice("F1", 50_000, due: "2026-03-01")
        func review(_ sent: SentLetter, _ more: String = "") throws -> CollectionReview {
            try self.review([late], [], scenarios([6, 31, 61], more)) {
                $0.record.lastLetter = sent
            }
        }
        let sent = SentLetter(level: 2, scenario: "usual", day: day("2026-06-24"))
        let waiting = try review(sent)
        #expect(waiting.entry(of: 0).gate == .waiting(sent, next: day("2026-07-01")))
        #expect(waiting.worklist.entries.isEmpty && waiting.worklist.others.count == 1)
        var older = sent
        older.day = day("2026-06-23")
        #expect(try review(older).letter(of: 0)?.level == 3)
        // Step by step it cannot skip a level, and that is told.
        older.level = 1
        let step = try review(older, #", "stepwise": true"#)
        #expect(step.letter(of: 0)?.level == 2)
        let told = step.explanation(ofInvoice: 0).map { $0.text(in: .english) }
        #expect(
            told[1] == "being late is worth level 3; the scenario goes up by one level at a time"
        )
        #expect(told[2] == "on the letter of level 2, for €500.00")
    }

    @Test func claimsBeforeTheOpeningAreSetOffAgainstEachOther() throws {
        let invoices = [
            invoice("OLD", 50_000, due: "2026-03-01", issued: "2026-02-01"),
            invoice("LOST", 7_000, due: "2026-06-01"),
            invoice("NEW", 30_000, due: "2026-06-20", issued: "2026-05-20"),
            invoice("NOTE", -10_000, due: nil, issued: "2026-02-10"),
            invoice("NOTE2", -1_000, due: nil, issued: "2026-06-10"),
        ]
        let review = try review(invoices, [money(3_000, "2026-03-03"), money(2_000, "2026-06-03")])
        {
            $0.proceedings = proceedings(
                opened: "2026-05-10",
                published: "2026-05-15",
                on: "2026-06-30"
            )
        }
        #expect(review.sums[0].frozen == 57_000 && review.sums[0].frozenCredits == 13_000)
        #expect(review.entry(of: 0).amountDue == 27_000)
        let letter = try #require(review.letter(of: 0))
        #expect(letter.lines.map(\.reference) == ["NEW"])
        #expect(letter.credits.map(\.cents) == [1_000, 2_000])
        #expect(letter.totals[0].total == review.entry(of: 0).amountDue)
        #expect(review.entry(of: 0).action == .declareClaim(by: day("2026-07-15")))
    }

    @Test func otherCurrenciesStayApart() throws {
        let dollar = try #require(Currency("USD"))
        var invoices = [invoice("F1", 50_000, due: "2026-03-01")]
        invoices.append(invoice("F2", 10_000, due: "2026-03-01"))
        invoices[1].currency = dollar
        var book = book(invoices)
        var review = CollectionReview(book, try scenarios(), on: asOf)
        #expect(review.sums[0].hasUnknownRate && review.entry(of: 0).amountDue == 50_000)
        let letter = try #require(review.letter(of: 0))
        #expect(letter.totals.map(\.total) == [50_000, 10_000])
        #expect(letter.totals.map(\.currency) == [.euro, dollar])
        book.rates = [dollar: 925_000]
        review = CollectionReview(book, try scenarios(), on: asOf)
        #expect(!review.sums[0].hasUnknownRate && review.entry(of: 0).amountDue == 59_250)
    }

    @Test func theNextStepFollowsFromWhatIsThere() throws {
        func action(
            _ invoices: [LedgerInvoice],
            _ more: String = "",
            on asOf: String = "2026-06-30",
            change: (inout CollectionCustomer) -> Void = { _ in }
        ) throws -> NextAction {
            let review = try review(
                invoices,
                [],
                scenarios([6], more),
                on: day(asOf),
                change: change
            )
            return review.entry(of: 0).action
        }
        let late = invoice("F1", 100_000, due: "2026-05-01", issued: "2026-04-01")
        let call = #", "call_from_cents": 10000"#
        #expect(try action([late], call) == .callAboutValue(10_000))
        #expect(try action([late], #", "call_from_cents": 10001"#) == .dun(.letter))
        var disputed = late
        disputed.disputes = [InvoiceDispute(opened: day("2026-05-20"))]
        #expect(try action([disputed]) == .settleDispute(since: day("2026-05-20")))
        #expect(try action([invoice("F1", 1, due: nil)]) == .completeDates)
        #expect(try action([invoice("F1", 1, due: "2026-07-30")]) == .none)
        let opened = proceedings(opened: "2026-04-10", published: "2026-04-15", on: "2026-06-30")
        #expect(
            try action([late]) { $0.proceedings = opened }
                == .askForRelief(deadline: day("2026-06-15"))
        )
        #expect(
            try action([late], on: "2026-06-15") { $0.proceedings = opened }
                == .declareClaim(by: day("2026-06-15"))
        )
        #expect(
            try action([late]) { ($0.proceedings, $0.isClaimDeclared) = (opened, true) } == .none
        )
        #expect(try action([late], on: "2026-10-16") { $0.proceedings = opened } == .none)
    }
}
