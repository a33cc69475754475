// SPDX-License-Identifier: Apache-2.0

// The one pass over a book, held against a naive reading of the rules, and against a book that
// knows nothing of the future.

import Collection
import CreditFacts
import Quantities
import TestRandomness
import Testing

@Suite struct ReviewTests {
    private let asOf = day("2026-06-30")

    /// A book by chance: every state that an invoice can be in.
    private func book(_ seed: Int) -> CollectionBook {
        var random = SeededGenerator(seed: seed)
        func date(_ from: Int, _ to: Int) -> CalendarDate {
            asOf.adding(days: Int.random(in: from...to, using: &random)) ?? asOf
        }
        var customers: [CollectionCustomer] = []
        for number in 0..<12 {
            var customer = CollectionCustomer(key: "C\(number)", name: "Customer \(number)")
            customer.probability = random.once(in: 4) ? nil : Double(random.upTo(99)) / 100
            customer.coverCents = random.once(in: 3) ? Int64(random.upTo(50_000)) : 0
            if random.once(in: 4) {
                customer.proceedings = proceedings(
                    opened: date(-200, -20).description,
                    published: date(-15, 0).description,
                    on: asOf.description
                )
            }
            customers.append(customer)
        }
        var invoices: [LedgerInvoice] = []
        for number in 0..<150 {
            let issued = date(-400, 10)
            var one = invoice(
                "F\(number)",
                of: random.once(in: 40) ? 99 : Int.random(in: 0..<12, using: &random),
                Int64(random.upTo(80_000)) * (random.once(in: 8) ? -1 : 1),
                due: random.once(in: 15) ? nil : issued.adding(days: 30)?.description,
                issued: random.once(in: 15) ? nil : issued.description
            )
            if one.cents > 0, random.once(in: 2) {
                var payment = InvoicePayment(
                    date: issued.adding(days: random.upTo(200)) ?? issued,
                    cents: random.once(in: 3) ? one.cents / 2 : one.cents
                )
                if random.once(in: 6) { payment.returned = payment.date.adding(days: 9) }
                one.payments.append(payment)
                if payment.returned == nil { one.open -= payment.cents }
            }
            if random.once(in: 6) {
                var dispute = InvoiceDispute(opened: date(-60, 20))
                if random.once(in: 2) { dispute.closed = dispute.opened.adding(days: 15) }
                one.disputes = [dispute]
            }
            if random.once(in: 6) {
                let made = date(-40, 10)
                one.promises = [
                    PaymentPromise(
                        made: made,
                        date: made.adding(days: random.upTo(40)) ?? made,
                        cents: random.once(in: 2) ? nil : Int64(random.upTo(80_000)),
                        isVerifiable: true
                    )
                ]
            }
            invoices.append(one)
        }
        let credits = (0..<20).map { number in
            UnallocatedCredit(
                party: Int32(number % 13),
                date: date(-300, 20),
                cents: Int64(random.upTo(30_000)),
                isPayment: number % 2 == 0,
                source: PaperReference(paper: 0, line: 1)
            )
        }
        return CollectionBook(customers: customers, invoices: invoices, credits: credits)
    }

    /// What was open, counted from the day of the invoice on.
    private func open(_ one: LedgerInvoice) -> Int64 {
        if let issued = one.issued, issued > asOf { return 0 }
        let paid = one.payments.filter { payment in
            payment.date <= asOf && payment.returned.map { $0 > asOf } ?? true
        }
        return one.cents - paid.reduce(0) { $0 + $1.cents }
    }

    private func gate(_ one: LedgerInvoice, _ customer: CollectionCustomer) -> InvoiceGate {
        let open = open(one)
        if open == 0 { return one.issued.map { $0 > asOf } == true ? .notIssued : .paid }
        if open < 0 { return .creditNote }
        if isFrozen(one.issued, customer) { return .frozen }
        if one.isDisputed(on: asOf) { return .disputed }
        if let promise = one.promises.first, promise.made <= asOf, promise.date >= asOf {
            let paid = one.payments.filter { payment in
                payment.date <= asOf && payment.date >= promise.made
                    && payment.returned.map { $0 > asOf } ?? true
            }
            let sum = paid.reduce(0) { $0 + $1.cents }
            let isKept = sum >= promise.cents ?? one.cents
            if !isKept, promise.cents.map({ $0 >= open }) ?? true { return .promised }
        }
        guard let due = one.due else { return .noDueDate }
        let days = asOf.days(since: due)
        return days <= 0 ? .notDue : days < 6 ? .withinTolerance : .dunned
    }

    private func isFrozen(_ date: CalendarDate?, _ customer: CollectionCustomer) -> Bool {
        guard let opening = customer.proceedings?.frozenBefore else { return false }
        return date.map { $0 < opening } ?? true
    }

    @Test(arguments: 0..<40)
    func isTheNaiveOne(seed: Int) throws {
        let book = book(seed)
        let review = CollectionReview(book, try scenarios(), on: asOf)
        var due = [Int64](repeating: 0, count: 12)
        var stray = book.credits.count { $0.party >= 12 && $0.date <= asOf }
        for (place, one) in book.invoices.enumerated() {
            guard book.customers.indices.contains(Int(one.party)) else {
                stray += 1
                continue
            }
            let customer = book.customers[Int(one.party)]
            let (gate, open) = (gate(one, customer), open(one))
            #expect(review.standings[place].gate == gate && review.standings[place].open == open)
            if gate.isDue { due[Int(one.party)] += open }
            if gate == .creditNote, !isFrozen(one.issued, customer) { due[Int(one.party)] += open }
        }
        for credit in book.credits where credit.party < 12 && credit.date <= asOf {
            let customer = book.customers[Int(credit.party)]
            if !isFrozen(credit.date, customer) { due[Int(credit.party)] -= credit.cents }
        }
        #expect(review.strayCount == stray)
        for (place, customer) in book.customers.enumerated() {
            let entry = review.entry(of: place)
            #expect(entry.amountDue == due[place])
            let risk = Double(max(0, due[place] - customer.coverCents))
            let probability = customer.probability ?? 0.05
            #expect(entry.valueAtRisk == Int64((risk * probability).rounded()))
        }
        let values = review.worklist.entries.map(\.valueAtRisk)
        #expect(values == values.sorted(by: >))
    }

    @Test(arguments: 0..<20)
    func everyLetterIsOneCustomersAndAddsUp(seed: Int) throws {
        let review = CollectionReview(book(seed), try scenarios(), on: asOf)
        let plan = review.plan()
        #expect(Set(plan.letters.map(\.customer)).count == plan.letters.count)
        #expect(plan.letters == review.plan().letters, "a plan is a function of the day")
        let written = Set(plan.letters.map(\.customer))
        for letter in plan.letters {
            #expect(letter.level == letter.lines.map(\.level).max())
            for line in letter.lines {
                #expect(line.open == review.standings[line.place].open)
                let last = review.explanation(ofInvoice: line.place).last
                #expect(last?.code == "letter_on")
            }
            #expect(letter.totals[0].principal == review.entry(of: letter.customer).amountDue)
        }
        let told = written.union(plan.withoutLetter.map(\.customer))
        for place in review.book.customers.indices where review.sums[place].open > 0 {
            #expect(told.contains(place), "who owes something is told")
        }
    }

    /// What happened after the day changes nothing.
    @Test(arguments: 0..<20)
    func nothingOfTheFutureIsUsed(seed: Int) throws {
        let full = book(seed)
        var known = full
        known.invoices = full.invoices.map { one in
            var one = one
            let future = one.payments.filter { $0.date > asOf }
            for payment in future where payment.returned == nil { one.open += payment.cents }
            one.payments = InvoicePayments(
                one.payments.filter { $0.date <= asOf }.map { payment in
                    var payment = payment
                    if let returned = payment.returned, returned > asOf {
                        payment.returned = nil
                        one.open -= payment.cents
                    }
                    return payment
                }
            )
            one.disputes = one.disputes.filter { $0.opened <= asOf }.map { dispute in
                var dispute = dispute
                if let closed = dispute.closed, closed > asOf { dispute.closed = nil }
                return dispute
            }
            one.promises = one.promises.filter { $0.made <= asOf }
            return one
        }
        known.credits = full.credits.filter { $0.date <= asOf }
        let scenarios = try scenarios()
        let reviews = [full, known].map { CollectionReview($0, scenarios, on: asOf) }
        #expect(reviews[0].standings == reviews[1].standings)
        #expect(reviews[0].worklist.entries == reviews[1].worklist.entries)
    }

    @Test func amountsBeyondAllBoundsDoNotTrap() throws {
        var invoices = (0..<4).map { invoice("F\($0)", .max, due: "2026-01-01") }
        invoices += (0..<4).map { invoice("N\($0)", .min, due: "2026-01-01") }
        invoices[0].payments.append(InvoicePayment(date: day("2026-09-01"), cents: .min))
        invoices[1].payments.append(InvoicePayment(date: day("2026-09-01"), cents: .max))
        for party in 0..<4 { invoices[party].party = Int32(party % 2) }
        let book = CollectionBook(
            customers: (0..<2).map { CollectionCustomer(key: "\($0)", name: "") },
            invoices: invoices
        )
        let review = CollectionReview(book, try scenarios(), on: asOf)
        let terms = DunningTerms()
        #expect(review.plan(terms).letters.count + review.worklist.others.count == 2)
    }
}
