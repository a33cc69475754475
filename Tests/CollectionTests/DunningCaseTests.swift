// SPDX-License-Identifier: Apache-2.0

// Case 17: part-paid invoices, credit notes, disputes, promises and proceedings in one run.

import Collection
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct DunningCaseTests {
    /// The case's book. What it says in words is what facts say in the product.
    private func book(_ input: DocumentNode) throws -> CollectionBook {
        let asOf = try input.member("as_of").text()
        var (customers, invoices): ([CollectionCustomer], [LedgerInvoice]) = ([], [])
        for node in try input.member("invoices").list() {
            let partner = try node.member("partner").text()
            let party = customers.firstIndex { $0.key == partner } ?? customers.count
            if party == customers.count {
                var customer = CollectionCustomer(key: partner, name: partner)
                customer.probability = try number(input.member("p_bad").member(partner))
                customers.append(customer)
            }
            let paid = try cents(node.member("paid"))
            var item = invoice(
                try node.member("id").text(),
                of: party,
                try cents(node.member("amount")),
                due: try node.member("due").text(),
                paid: paid == 0 ? [] : [("2026-11-10", paid)]
            )
            switch try node.optional("note")?.text() {
            case "dispute": item.disputes = [InvoiceDispute(opened: day("2026-10-01"))]
            case "RJ opened 2026-10-10":
                customers[party].proceedings = proceedings(
                    opened: "2026-10-10",
                    published: "2026-10-20",
                    on: asOf
                )
            case "invoice of 2026-10-20, after opening": item.issued = day("2026-10-20")
            case "promise until 2026-12-01":
                let made = day("2026-11-20")
                item.promises = [
                    PaymentPromise(
                        made: made,
                        date: day("2026-12-01"),
                        cents: nil,
                        isVerifiable: true
                    )
                ]
            case let note?: Issue.record("\(note) is a note that no fact is made of")
            case nil: break
            }
            invoices.append(item)
        }
        return CollectionBook(customers: customers, invoices: invoices)
    }

    private func number(_ node: DocumentNode) throws -> Double {
        DocumentReader(node.value, ProblemList(file: "case")).number()
    }

    private func cents(_ node: DocumentNode) throws -> Int64 {
        Int64((try number(node) * 100).rounded())
    }

    private func review() throws -> (CollectionReview, DocumentNode) {
        let (input, expected) = try CollectionCase.read("17-dunning-run")
        let asOf = day(try input.member("as_of").text())
        return (CollectionReview(try book(input), try scenarios([6, 31, 61]), on: asOf), expected)
    }

    @Test func eachInvoiceHasItsOwnOpenAmount() throws {
        let (review, expected) = try review()
        for node in try expected.member("lines").list() {
            let reference = try node.member("invoice").text()
            let place = try #require(review.book.invoices.firstIndex { $0.reference == reference })
            let standing = review.standings[place]
            #expect(try standing.open == cents(node.member("open")), "\(reference)")
            #expect(try Int(standing.daysLate) == node.member("days_late").integer())
            let key = review.book.customers[Int(review.book.invoices[place].party)].key
            #expect(try key == node.member("partner").text())
        }
    }

    @Test func oneLetterForEachCustomerAtItsHighestLevel() throws {
        let (review, expected) = try review()
        let list = review.worklist
        let keys = list.entries.map { review.book.customers[$0.customer].key }
        #expect(try keys == expected.member("order").list().map { try $0.text() })
        let plan = review.plan()
        #expect(plan.letters.count == list.entries.count)
        for node in try expected.member("worklist").list() {
            let partner = try node.member("partner").text()
            let place = try #require(keys.firstIndex(of: partner))
            let (entry, letter) = (list.entries[place], plan.letters[place])
            #expect(try entry.level == node.member("level").integer())
            #expect(try entry.amountDue == cents(node.member("amount_due")))
            #expect(try entry.valueAtRisk == cents(node.member("value_at_risk")))
            #expect(letter.customer == entry.customer && letter.level == entry.level)
            let references = try node.member("invoices").list().map { try $0.text() }
            #expect(letter.lines.map(\.reference) == references)
            let note = try node.optional("credit_note_shown")?.text()
            #expect(letter.credits.map(\.reference) == (note.map { [$0] } ?? []))
            #expect(letter.totals.map(\.principal) == [entry.amountDue])
        }
    }

    @Test func whatIsBlockedIsToldWithItsReason() throws {
        let (review, expected) = try review()
        let gates: [String: (InvoiceGate, String)] = [
            "dispute": (.disputed, "disputed since 1 October 2026: settle that first"),
            "pre-opening claim: declare, do not dun": (
                .frozen,
                "claim from before the judgment of 10 October 2026: declare it, do not dun for it"
            ),
            "promise until 2026-12-01": (.promised, "promised to be paid until 1 December 2026"),
        ]
        let onLetters = Set(review.plan().letters.flatMap(\.lines).map(\.reference))
        var blocked = 0
        for (place, invoice) in review.book.invoices.enumerated() {
            let node = try expected.member("blocked").optional(invoice.reference)
            guard let told = try node?.text() else { continue }
            blocked += 1
            let (gate, words) = try #require(gates[told])
            #expect(review.standings[place].gate == gate)
            let reasons = review.explanation(ofInvoice: place)
            #expect(reasons.map { $0.text(in: .english) } == [words, "on no letter"])
            #expect(!onLetters.contains(invoice.reference))
        }
        #expect(blocked == 3)
        let paid = try #require(review.book.invoices.firstIndex { $0.reference == "F6" })
        #expect(review.standings[paid].gate == .paid)
        #expect(review.explanation(ofInvoice: paid).first?.text(in: .french) == "réglée")
        // C owes nothing and is in no list; D is told, with the day that it is left alone until.
        let others = review.worklist.others
        #expect(others.map { review.book.customers[$0.customer].key } == ["D"])
        #expect(others.first?.gate == .noneDue)
        #expect(others.first?.action == .wait(until: day("2026-12-01")))
    }

    @Test func theClaimIsDeclaredBeforeAnythingElse() throws {
        let (review, _) = try review()
        let first = try #require(review.worklist.entries.first)
        #expect(first.action == .declareClaim(by: day("2026-12-20")))
        let reason = first.reason(currency: .euro)
        #expect(reason.text(in: .french) == "Déclarer la créance avant le 20 décembre 2026")
    }
}
