// SPDX-License-Identifier: Apache-2.0

// Forecasts. An open invoice is conditioned on not having been paid so far: what is 40 days late
// does not begin anew at its due date.
//
// The law of an invoice is that of the strays, week by week; within each week the calendar moves
// it. So what a week brings, and with it the forecast of cash, needs no calendar at all, and a day
// needs the seven of its week. Cost: seven look-ups for each of seven days that are asked for, some
// 600 ns an invoice on a busy machine (collection-bench); a week of cash is one look-up.

package import CreditFacts
internal import Quantities

extension DelayModel {
    /// When invoices will be paid. Those are left out of which nothing can be said: without a due
    /// date, disputed, or paid.
    ///
    /// - Parameter isExpected: Whether an invoice, by its place, can be paid at all; claims that
    ///   are frozen by proceedings cannot.
    package func forecasts(
        _ invoices: [LedgerInvoice],
        isExpected: (Int) -> Bool = { _ in true }
    ) -> [InvoiceForecast] {
        var forecasts: [InvoiceForecast] = []
        let days = DayWeights(calendar, after: asOf)
        withShares { shares in
            invoices.withUnsafeBufferPointer { invoices in
                guard let first = invoices.baseAddress else { return }
                forecasts.reserveCapacity(invoices.count)
                for place in 0..<invoices.count where isExpected(place) {
                    guard let law = law(first + place, shares)?.law else { continue }
                    forecasts.append(law.forecast(Int32(truncatingIfNeeded: place), days))
                }
            }
        }
        return forecasts
    }

    /// What comes in each of the next weeks, of which the first may be cut. Amounts are added as
    /// they are: pass invoices of one currency. Those of one customer are reckoned to come together
    /// or not at all, which makes the band wide rather than narrow.
    package func cash(
        _ invoices: [LedgerInvoice],
        weeks count: Int,
        isExpected: (Int) -> Bool = { _ in true }
    ) -> CashForecast {
        let count = max(0, min(count, CashWeeks.countMax))
        var weeks = CashWeeks(count, after: asOf)
        let places = invoices.withUnsafeBufferPointer { invoices in
            PlacesByParty(invoices.count, parties: segments.count) { invoices[$0].party }
        }
        withShares { shares in
            invoices.withUnsafeBufferPointer { invoices in
                guard let first = invoices.baseAddress else { return }
                for party in segments.indices {
                    for place in places[party] {
                        let open = first[Int(place)].open(on: asOf)
                        guard open > 0 else { continue }
                        guard isExpected(Int(place)),
                            let law = law(first + Int(place), shares)?.law
                        else {
                            weeks.add(notForecast: open)
                            continue
                        }
                        weeks.add(Double(open), law)
                    }
                    weeks.endCustomer()
                }
            }
        }
        return weeks.forecast
    }

    /// The shares of all segments' laws, one after the other.
    private func withShares(_ body: (UnsafePointer<Double>) -> Void) {
        let shares = laws.flatMap(\.shares)
        shares.withUnsafeBufferPointer { shares in
            if let first = shares.baseAddress { body(first) }
        }
    }

    /// The law of an open invoice; nil where nothing can be said of it.
    @inline(__always)
    private func law(
        _ place: UnsafePointer<LedgerInvoice>,
        _ shares: UnsafePointer<Double>
    ) -> (law: InvoiceLaw, open: Int64)? {
        guard let due = place.pointee.due else { return nil }
        let open = place.pointee.open(on: asOf)
        guard open > 0, place.pointee.disputes.isEmpty || !place.pointee.isDisputed(on: asOf)
        else { return nil }
        let party = Int(place.pointee.party)
        let segment = party >= 0 && party < segments.count ? Int(segments[party]) : 0
        let law = InvoiceLaw(
            shares + segment * (StrayLaw.binCount + 1),
            habit(of: party),
            due: due.dayNumber,
            asOf: asOf.dayNumber
        )
        return (law, open)
    }
}
