// SPDX-License-Identifier: Apache-2.0

// A journal of entries as a paper: its book, its invoices, the statement of its year.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

extension PaperReader {
    func readJournal(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let findingsMax = PaperLimits.findingsPerCodeMaximum
        var reader = try JournalReader(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        let invoices = Invoices()
        var book = JournalBook(
            paper: number,
            findingsPerCodeMax: findingsMax,
            terms: stack.terms,
            invoice: invoices.add
        )
        while try reader.next() { book.add(reader.current) }
        let summary = book.finish()
        paper.counts = reader.counts
        paper.findings.add(reader.findings)
        paper.findings.add(book.findings)
        var findings = Findings(keptPerCodeMax: findingsMax)
        let statement = summary.statement(
            siren: nil,
            closing: nil,
            paper: number,
            findings: &findings
        )
        paper.findings.add(findings)
        if let statement { stack.statements.append(statement) }
        var result = CompanyBook(
            paper: number,
            siren: statement?.siren,
            closing: statement?.closing,
            summary: summary
        )
        result.customerInvoices = invoices.customers
        result.supplierInvoices = invoices.suppliers
        stack.books.append(result)
    }

    private final class Invoices {
        var customers: [LedgerInvoice] = []
        var suppliers: [LedgerInvoice] = []

        func add(_ side: LedgerSide, _ invoice: LedgerInvoice) {
            if side == .customers { customers.append(invoice) } else { suppliers.append(invoice) }
        }
    }
}
