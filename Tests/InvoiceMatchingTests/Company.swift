// SPDX-License-Identifier: Apache-2.0

// A company with invoices, messages and payments, written shortly.

import CreditFacts
import InvoiceMatching
import Quantities
import Testing

struct Company {
    var papers: InvoicePapersOfCompany
    private var line: Int32 = 0
    private let euro: Currency
    private let customers: [SIREN]

    init(asOf: String = "2025-12-31") throws {
        euro = try #require(Currency("EUR"))
        papers = InvoicePapersOfCompany(
            company: try SIREN("999100019"),
            currency: euro,
            asOf: try #require(CalendarDate(asOf))
        )
        customers = [try SIREN("999100027"), try SIREN("999100035")]
    }

    private mutating func place() -> PaperReference {
        line += 1
        return PaperReference(paper: 0, line: line)
    }

    private func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    /// An invoice of the company; the due date is the last day of the month after.
    mutating func invoice(
        _ number: String,
        _ issued: String,
        _ cents: Int64,
        to customer: Int = 0,
        prepaid: Int64 = 0,
        kind: TradeInvoiceKind = .invoice,
        of preceding: (String, String?)? = nil,
        isPurchase: Bool = false,
        change: (inout TradeInvoice) -> Void = { _ in }
    ) {
        var invoice = TradeInvoice(
            kind: kind,
            type: "",
            number: number,
            issued: date(issued),
            currency: euro,
            total: cents &+ prepaid,
            prepaid: prepaid,
            payable: cents,
            source: place()
        )
        let other = TradeParty(siren: customers[customer], name: "Client \(customer)")
        let own = TradeParty(siren: papers.company, name: "Own")
        (invoice.seller, invoice.buyer) = isPurchase ? (other, own) : (own, other)
        invoice.due = [date(issued).adding(months: 1)?.lastOfMonth ?? .first]
        if let preceding {
            invoice.preceding = [
                .init(number: preceding.0, issued: preceding.1.map { date($0) })
            ]
        }
        change(&invoice)
        papers.invoices.append(invoice)
    }

    mutating func status(
        _ effect: InvoiceStatusEffect,
        _ number: String,
        _ told: String,
        cents: Int64? = nil,
        on day: String? = nil
    ) {
        var status = InvoiceStatus(
            number: number,
            issued: nil,
            code: "",
            effect: effect,
            date: date(told),
            source: place()
        )
        status.cents = cents
        status.valueDate = day.map { date($0) }
        papers.statuses.append(status)
    }

    /// A movement, in a statement of its own unless it goes on with the last one.
    mutating func movement(
        _ cents: Int64,
        _ day: String,
        _ text: String = "",
        from account: String = "",
        isNew: Bool = false,
        change: (inout BankTransaction) -> Void = { _ in }
    ) {
        var movement = BankTransaction(
            date: date(day),
            cents: cents,
            currency: euro,
            source: place()
        )
        movement.texts = text.isEmpty ? [] : [text]
        movement.partyAccount = account
        if papers.statements.isEmpty || isNew {
            papers.statements.append(BankStatement(source: place()))
        }
        let last = papers.statements.count - 1
        movement.entry = papers.statements[last].transactions.count
        change(&movement)
        papers.statements[last].transactions.append(movement)
        papers.statements[last].through = papers.asOf
    }

    var ledger: InvoiceLedger { InvoiceLedger(papers, findingsPerCodeMax: 50) }
}

extension InvoiceLedger {
    /// Each invoice of customers as its number, what is open, and its payments.
    var lines: [String] { customers.lines }
}

extension MatchedLedger {
    var lines: [String] {
        invoices.map { invoice in
            let payments = invoice.payments.map { payment in
                "\(payment.cents)@\(payment.date)" + (payment.returned.map { "<\($0)" } ?? "")
            }
            return ([invoice.reference, "\(invoice.open)"] + payments).joined(separator: " ")
        }
    }

    var left: [Int64] { unallocated.map(\.cents) }
}
