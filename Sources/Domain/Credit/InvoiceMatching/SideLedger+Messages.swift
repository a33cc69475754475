// SPDX-License-Identifier: Apache-2.0

// What messages of the life cycle do to invoices.

internal import CreditFacts
internal import Quantities

extension SideLedger {
    /// Takes a message, if it is about a document of this side.
    mutating func take(_ status: InvoiceStatus, paymentsKnownTo known: CalendarDate?) -> Bool {
        let found = document(status.number, issued: status.issued, seller: status.seller)
        guard let found else { return false }
        switch status.effect {
        case .filed:
            if documents[found].replacement == nil { documents[found].isVoid = false }
        case .void: documents[found].isVoid = true
        case .none: break
        default:
            // A credit note is disputed by nobody, and paid in its invoice.
            if !documents[found].isCredit { take(status, current(found), known) }
        }
        return true
    }

    private mutating func take(_ status: InvoiceStatus, _ place: Int, _ known: CalendarDate?) {
        var invoice = documents[place].invoice
        let goesOn = invoice.disputes.last.map { $0.closed == nil } ?? false
        switch status.effect {
        case .disputed where !goesOn:
            invoice.disputes.append(InvoiceDispute(opened: status.date))
        case .settled where goesOn:
            invoice.disputes[invoice.disputes.count - 1].closed = status.date
        case .promised:
            guard let date = status.valueDate else { break }
            invoice.promises.append(
                PaymentPromise(
                    made: status.date,
                    date: date,
                    cents: status.cents,
                    isVerifiable: known.map { date <= $0 } ?? false
                )
            )
        case .paid: paidStatuses.append((place, status))
        default: break
        }
        documents[place].invoice = invoice
    }

    /// Messages of payments say the same as the bank, or more where no statement is at hand.
    mutating func applyPaidStatuses() {
        for (place, status) in paidStatuses {
            let place = current(place)
            guard let cents = status.cents, let date = status.valueDate, date <= papers.asOf,
                !documents[place].isVoid
            else { continue }
            guard status.currency == nil || status.currency == papers.currency else {
                note(.otherCurrency, status.source, status.number)
                continue
            }
            if cents < 0 {
                _ = takeBack(from: place, cents.magnitudeOfCents, date)
            } else if !isKnown(place, cents, date) {
                payByStatus(place, cents, date, status)
            }
        }
    }

    private mutating func isKnown(_ place: Int, _ cents: Int64, _ date: CalendarDate) -> Bool {
        let days = MatchingThresholds.standard.statusPaymentDays
        let payments = documents[place].invoice.payments
        let same = payments.indices.suffix(Self.comparedMax).first {
            payments[$0].cents == cents && abs(payments[$0].date.days(since: date)) <= days
                && !documents[place].claimed.contains($0)
        }
        guard let same else { return false }
        documents[place].claimed.insert(same)
        return true
    }

    private mutating func payByStatus(
        _ place: Int,
        _ cents: Int64,
        _ date: CalendarDate,
        _ status: InvoiceStatus
    ) {
        // Money that came and said nothing: the message says what it was for.
        let days = MatchingThresholds.standard.statusPaymentDays
        let key = PartyAmount(party: documents[place].invoice.party, cents: cents)
        let known = leftByAmount[key] ?? []
        let index = known.indices.suffix(Self.comparedMax).first {
            let money = unallocated[known[$0]]
            return money.cents == cents && abs(money.date.days(since: date)) <= days
        }
        if let index, cents > 0, documents[place].invoice.open >= cents {
            let day = unallocated[known[index]].date
            unallocated[known[index]].cents = 0
            leftByAmount[key]?.remove(at: index)
            give(place, cents, day)
        } else {
            let open = documents[place].invoice.open
            if cents > open {
                note(.paidTwice, status.source, status.number, "\(cents - open)")
            }
            guard min(cents, open) > 0 else { return }
            give(place, min(cents, open), date)
        }
        documents[place].claimed.insert(documents[place].invoice.payments.count - 1)
    }
}
