// SPDX-License-Identifier: Apache-2.0

// Declarations out of a review.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities

extension CollectionReview {
    /// What has to be declared, the first day to run out first. Customers whose claim was declared
    /// are left out.
    ///
    /// - Parameters:
    ///   - isCreditorAbroad: Whether the seller is outside of metropolitan France, and has two
    ///     months more.
    ///   - terms: The rates of interest.
    package func declarations(
        isCreditorAbroad: Bool = false,
        _ terms: DunningTerms = DunningTerms()
    ) -> [ClaimDeclaration] {
        let all = book.customers.indices.compactMap {
            declaration(of: $0, isCreditorAbroad: isCreditorAbroad, terms)
        }
        return all.sorted { left, right in
            (left.deadline ?? .first, left.customer) < (right.deadline ?? .first, right.customer)
        }
    }

    /// What has to be declared of one customer; nil for nothing.
    package func declaration(
        of customer: Int,
        isCreditorAbroad: Bool = false,
        _ terms: DunningTerms = DunningTerms()
    ) -> ClaimDeclaration? {
        let party = book.customers[customer]
        guard let proceedings = party.proceedings, !party.isClaimDeclared,
            sums[customer].frozen > 0 || sums[customer].hasUnknownRate
        else { return nil }
        let opening = proceedings.frozenBefore
        let interest = InterestTable(
            through: opening,
            agreedRate: scenario(of: customer).agreedRate,
            rates: terms.rates ?? scenarios.rates
        )
        let frozen = invoices(of: customer).filter { place in
            book.invoices[Int(place)].issued.map { $0 < opening } ?? true
        }
        let claims = frozen.compactMap { claim(Int($0), opening, interest) }.sorted { left, right in
            (left.issued ?? .first, left.place) < (right.issued ?? .first, right.place)
        }
        guard !claims.isEmpty else { return nil }
        let credits = frozenCredits(of: customer, frozen, opening)
        return ClaimDeclaration(
            customer: customer,
            proceedings: proceedings,
            claims: claims,
            credits: credits,
            totals: Self.totals(claims, credits, book.currency),
            unknownRates: Set(
                claims.filter { $0.interest == nil }.flatMap {
                    interest.halfYearsWithoutRate(book.invoices[$0.place])
                }
            ).sorted(),
            time: time(proceedings, isCreditorAbroad)
        )
    }

    private func claim(
        _ place: Int,
        _ opening: CalendarDate,
        _ interest: InterestTable
    ) -> DeclaredClaim? {
        let invoice = book.invoices[place]
        let (then, now) = (invoice.open(on: opening), standings[place].open)
        // What was paid in full since needs no declaration.
        guard then > 0, now > 0 else { return nil }
        return DeclaredClaim(
            place: place,
            reference: invoice.reference,
            issued: invoice.issued,
            due: invoice.due,
            cents: invoice.cents.adding(cents: 0 &- invoice.credited),
            principal: then,
            interest: interest.interest(on: invoice),
            wasDue: invoice.due.map { $0 <= opening },
            isDisputed: dispute(of: place) != nil,
            paidSince: max(0, then.adding(cents: 0 &- now)),
            currency: invoice.currency ?? book.currency
        )
    }

    private func frozenCredits(
        of customer: Int,
        _ frozen: [Int32],
        _ opening: CalendarDate
    ) -> [DunningCredit] {
        let notes = frozen.compactMap { place -> DunningCredit? in
            let note = book.invoices[Int(place)]
            let open = standings[Int(place)].open
            guard open < 0 else { return nil }
            return DunningCredit(
                reference: note.reference,
                date: note.issued,
                cents: 0 &- max(open, -.max),
                isPayment: false,
                currency: note.currency ?? book.currency
            )
        }
        let others = credits(of: customer).compactMap { place -> DunningCredit? in
            let credit = book.credits[Int(place)]
            guard credit.date < opening else { return nil }
            return DunningCredit(
                reference: "",
                date: credit.date,
                cents: credit.cents,
                isPayment: credit.isPayment,
                currency: credit.currency ?? book.currency
            )
        }
        return notes + others
    }

    private static func totals(
        _ claims: [DeclaredClaim],
        _ credits: [DunningCredit],
        _ currency: Currency
    ) -> [DeclaredTotal] {
        var totals = [DeclaredTotal(currency: currency)]
        func change(_ currency: Currency, _ body: (inout DeclaredTotal) -> Void) {
            if let place = totals.firstIndex(where: { $0.currency == currency }) {
                body(&totals[place])
            } else {
                var total = DeclaredTotal(currency: currency)
                body(&total)
                totals.append(total)
            }
        }
        for claim in claims {
            change(claim.currency) { total in
                if claim.wasDue == false {
                    total.notDue = total.notDue.adding(cents: claim.principal)
                } else {
                    total.due = total.due.adding(cents: claim.principal)
                }
                total.interest = total.interest.adding(cents: claim.interest ?? 0)
            }
        }
        for credit in credits {
            change(credit.currency) { $0.credits = $0.credits.adding(cents: credit.cents) }
        }
        return totals
    }

    private func time(_ proceedings: OpenProceedings, _ isAbroad: Bool) -> DeclarationTime {
        guard let deadline = isAbroad ? proceedings.deadlineAbroad : proceedings.deadline else {
            return .notKnown
        }
        if asOf <= deadline { return .open(until: deadline) }
        guard let relief = proceedings.reliefDeadline, asOf <= relief else {
            return .forfeited(deadline: deadline)
        }
        return .relief(deadline: deadline, until: relief)
    }
}
