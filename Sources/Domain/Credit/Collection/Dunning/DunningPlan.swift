// SPDX-License-Identifier: Apache-2.0

// The letters of a run. A plan is a function of the review alone: the same day planned twice is the
// same letters with the same keys, and whoever was written to this morning waits.
//
// Cost: some 550 ns for each invoice on a letter, on a busy machine (collection-bench), most of it
// the copy of an invoice and the texts that are kept of it.

internal import CreditFacts
package import PaymentTerms
package import Quantities

/// The letters of a run, and who gets none.
package struct DunningPlan: Sendable {
    /// The letters, the most at risk first.
    package let letters: [DunningLetter]
    /// Customers that owe something and get no letter, with what keeps it back.
    package let withoutLetter: [WorklistEntry]

    /// Half-years of which no rate is known that the letters ask for, such as 2026-2.
    package var unknownRates: [String] {
        Set(letters.flatMap(\.unknownRates)).sorted().map(\.text)
    }
}

/// What a run asks for beside the amounts.
package struct DunningTerms: Sendable {
    /// The rates of interest for paying late; nil for those of the scenarios.
    package var rates: InterestRates?
    /// The currency of the fixed compensation, for invoices in it only.
    package var indemnityCurrency = Currency.euro

    /// The usual ones.
    package init() {}
}

extension CollectionReview {
    /// Plans the letters of the day.
    package func plan(_ terms: DunningTerms = DunningTerms()) -> DunningPlan {
        let list = worklist
        var letters: [DunningLetter] = []
        var without = list.others
        let writer = LetterWriter(self, terms)
        for entry in list.entries {
            if entry.gate == nil {
                letters.append(writer.letter(entry))
            } else {
                without.append(entry)
            }
        }
        return DunningPlan(letters: letters, withoutLetter: without)
    }

    /// The letter of one customer; nil if something keeps it back.
    package func letter(
        of customer: Int,
        _ terms: DunningTerms = DunningTerms()
    ) -> DunningLetter? {
        let entry = entry(of: customer)
        return entry.gate == nil ? LetterWriter(self, terms).letter(entry) : nil
    }
}

/// Makes letters of a review.
private struct LetterWriter {
    private let review: CollectionReview
    private let terms: DunningTerms
    /// By scenario.
    private let interest: [InterestTable]

    init(_ review: CollectionReview, _ terms: DunningTerms) {
        (self.review, self.terms) = (review, terms)
        interest = review.scenarios.scenarios.map {
            InterestTable(
                through: review.asOf,
                agreedRate: $0.agreedRate,
                rates: terms.rates ?? review.scenarios.rates
            )
        }
    }

    func letter(_ entry: WorklistEntry) -> DunningLetter {
        let customer = review.book.customers[entry.customer]
        let place = review.scenarios.place(ofSegment: customer.segment)
        let scenario = review.scenarios.scenarios[place]
        let level = scenario.levels[entry.level - 1]
        let lines = lines(of: entry.customer, scenario, level, interest[place])
        let credits = credits(of: entry.customer)
        let set = customer.record.override
        return DunningLetter(
            customer: entry.customer,
            key: "\(review.asOf)|\(review.scenarios.version)|\(scenario.name)|\(entry.level)|"
                + customer.key,
            day: review.asOf,
            scenario: scenario,
            level: entry.level,
            levelSetBy: set?.level == nil ? nil : set?.person,
            lines: lines,
            credits: credits,
            totals: totals(lines, credits, level),
            deadline: review.asOf.adding(days: level.payWithinDays) ?? review.asOf,
            hasUnknownInterest: lines.contains { $0.interest == nil },
            unknownRates: Set(
                lines.filter { $0.interest == nil }.flatMap {
                    interest[place].halfYearsWithoutRate(review.book.invoices[$0.place])
                }
            ).sorted()
        )
    }

    private func lines(
        of customer: Int,
        _ scenario: DunningScenario,
        _ level: DunningLevel,
        _ interest: InterestTable
    ) -> [DunningLine] {
        var lines: [DunningLine] = []
        for number in review.invoices(of: customer) {
            let standing = review.standings[Int(number)]
            let isDue = standing.gate.isDue
            guard isDue || (scenario.listsNotDue && standing.gate == .notDue) else { continue }
            let invoice = review.book.invoices[Int(number)]
            let currency = invoice.currency ?? review.book.currency
            let hasIndemnity =
                isDue && level.claimsIndemnity && currency == terms.indemnityCurrency
            lines.append(
                DunningLine(
                    place: Int(number),
                    reference: invoice.reference,
                    issued: invoice.issued,
                    due: invoice.due,
                    cents: invoice.cents.adding(cents: 0 &- invoice.credited),
                    open: standing.open,
                    daysLate: Int(standing.daysLate),
                    level: Int(standing.level),
                    isInformation: !isDue,
                    interest: isDue && level.claimsInterest ? interest.interest(on: invoice) : 0,
                    indemnity: hasIndemnity ? LateInterest.fixedCompensationCents : 0,
                    currency: currency
                )
            )
        }
        return lines.sorted { ($1.daysLate, $0.place) < ($0.daysLate, $1.place) }
    }

    private func credits(of customer: Int) -> [DunningCredit] {
        let book = review.book
        let opening = book.customers[customer].proceedings?.frozenBefore
        var credits: [DunningCredit] = []
        for number in review.invoices(of: customer)
        where review.standings[Int(number)].gate == .creditNote {
            let note = book.invoices[Int(number)]
            // As in the sums: what may be from before the opening is set off there.
            if let opening, note.issued.map({ $0 < opening }) ?? true { continue }
            credits.append(
                DunningCredit(
                    reference: note.reference,
                    date: note.issued,
                    cents: 0 &- review.standings[Int(number)].open,
                    isPayment: false,
                    currency: note.currency ?? book.currency
                )
            )
        }
        for number in review.credits(of: customer) {
            let credit = book.credits[Int(number)]
            guard credit.date <= review.asOf, opening.map({ credit.date >= $0 }) ?? true else {
                continue
            }
            credits.append(
                DunningCredit(
                    reference: "",
                    date: credit.date,
                    cents: credit.cents,
                    isPayment: credit.isPayment,
                    currency: credit.currency ?? book.currency
                )
            )
        }
        return credits
    }

    private func totals(
        _ lines: [DunningLine],
        _ credits: [DunningCredit],
        _ level: DunningLevel
    ) -> [DunningTotal] {
        var totals = [DunningTotal(currency: review.book.currency, fee: level.feeCents)]
        func place(of currency: Currency) -> Int {
            if let place = totals.firstIndex(where: { $0.currency == currency }) { return place }
            totals.append(DunningTotal(currency: currency))
            return totals.count - 1
        }
        for line in lines where !line.isInformation {
            let place = place(of: line.currency)
            totals[place].gross = totals[place].gross.adding(cents: line.open)
            totals[place].interest = totals[place].interest.adding(cents: line.interest ?? 0)
            totals[place].indemnity = totals[place].indemnity.adding(cents: line.indemnity)
        }
        for credit in credits {
            let place = place(of: credit.currency)
            totals[place].credits = totals[place].credits.adding(cents: credit.cents)
        }
        return totals
    }
}
