// SPDX-License-Identifier: Apache-2.0

// Reads the input as invoices, or as bank statements, whole and in pieces: both must give the same.
// What was read is joined, and no money may be made or lost by it.

import CompanyPapers
import CreditFacts
import Documents
import InvoiceMatching
import PaymentBehaviour
import Quantities

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_invoices")
func fuzzInvoices(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    let whole = invoices(bytes, pieceBytes: max(1, count))
    let pieces = invoices(bytes, pieceBytes: 7)
    precondition(whole?.invoices == pieces?.invoices, "whole and in pieces differ")
    precondition(whole?.statuses == pieces?.statuses, "whole and in pieces differ")
    guard let whole else { return 0 }
    for invoice in whole.invoices {
        guard let company = invoice.seller.siren ?? invoice.buyer.siren else { continue }
        join(company, invoice.currency, whole, [])
    }
    return 0
}

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_bank")
func fuzzBank(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    let whole = statements(bytes, pieceBytes: max(1, count))
    let pieces = statements(bytes, pieceBytes: 7)
    precondition(whole?.statements == pieces?.statements, "whole and in pieces differ")
    let old = try? MT940.statements(Array(bytes), paper: 0, findingsPerCodeMax: 9)
    for list in [whole, old] {
        guard let list, let company = try? SIREN("999100019") else { continue }
        for currency in Set(list.statements.flatMap(\.transactions).map(\.currency)) {
            join(company, currency, someInvoices(of: company, currency), list.statements)
        }
    }
    return 0
}

private func invoices(_ bytes: UnsafeRawBufferPointer, pieceBytes: Int) -> InvoiceList? {
    guard let reader = try? InvoicePapers(paper: 0, findingsPerCodeMax: 9) else { return nil }
    return feed(bytes, pieceBytes) { part, isLast throws(DocumentError) in
        try reader.read(part, isLast: isLast)
    } ? reader.list : nil
}

private func statements(_ bytes: UnsafeRawBufferPointer, pieceBytes: Int) -> BankStatementList? {
    guard let reader = try? BankPapers(paper: 0, findingsPerCodeMax: 9) else { return nil }
    return feed(bytes, pieceBytes) { part, isLast throws(DocumentError) in
        try reader.read(part, isLast: isLast)
    } ? reader.list : nil
}

private func feed(
    _ bytes: UnsafeRawBufferPointer,
    _ pieceBytes: Int,
    _ read: (UnsafeRawBufferPointer, Bool) throws(DocumentError) -> Void
) -> Bool {
    var rest = bytes
    do throws(DocumentError) {
        repeat {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(pieceBytes))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
            try read(part, rest.isEmpty)
        } while !rest.isEmpty
        return true
    } catch { return false }
}

/// Invoices that the seeds of statements name.
private func someInvoices(of company: SIREN, _ currency: Currency) -> InvoiceList {
    var list = InvoiceList(findings: Findings(keptPerCodeMax: 9))
    for number in 0..<8 {
        var invoice = TradeInvoice(
            kind: .invoice,
            type: "380",
            number: "F2025-010\(number)",
            issued: CalendarDate.first,
            currency: currency,
            total: 120_000,
            payable: 120_000,
            source: PaperReference(paper: 0, line: Int32(number))
        )
        invoice.seller.siren = company
        invoice.buyer.name = "\(number % 2)"
        list.invoices.append(invoice)
    }
    return list
}

private func join(
    _ company: SIREN,
    _ currency: Currency,
    _ list: InvoiceList,
    _ statements: [BankStatement]
) {
    var papers = InvoicePapersOfCompany(company: company, currency: currency, asOf: .last)
    papers.invoices = list.invoices
    papers.statuses = list.statuses
    papers.statements = statements
    let ledger = InvoiceLedger(papers, findingsPerCodeMax: 9)
    for side in [ledger.customers, ledger.suppliers] {
        var invoices = side.invoices
        let left = PresumedPayments.apply(side.unallocated, to: &invoices)
        let window = PaymentWindow(twelveMonthsTo: .last)
        var totals = PartyTotals()
        for invoice in invoices {
            let paid = invoice.payments.reduce(Int128(0)) {
                $0 + ($1.returned == nil ? Int128($1.cents) : 0)
            }
            precondition(
                paid + Int128(invoice.credited) + Int128(invoice.open) == Int128(invoice.cents)
                    && invoice.open >= 0,
                "money made or lost"
            )
            totals.add(invoice, window)
        }
        for credit in left { totals.add(credit, window) }
        _ = (totals.daysTrend(), totals.index(), totals.pastDue)
    }
}
