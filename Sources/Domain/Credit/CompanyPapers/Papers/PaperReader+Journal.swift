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
        let invoices = Invoices()
        var book = JournalBook(
            paper: number,
            findingsPerCodeMax: findingsMax,
            terms: { [terms = stack.terms] side, party in
                side == .customers ? terms[party] : nil
            },
            invoice: invoices.add
        )
        // Whose book it is stands nowhere but in the name of the file.
        let name = JournalFileName(source.name)
        let closing: CalendarDate?
        if kind.form == .xml {
            closing = try readXML(source, &book, &paper)
        } else {
            var reader = try JournalReader(
                source.textOfPaper(),
                paper: number,
                findingsPerCodeMax: findingsMax
            )
            while try reader.next() { book.add(reader.current) }
            closing = nil
            paper.counts = reader.counts
            paper.findings.add(reader.findings)
        }
        let summary = book.finish()
        paper.findings.add(book.findings)
        var findings = Findings(keptPerCodeMax: findingsMax)
        let statement = summary.statement(
            siren: name?.siren,
            closing: closing ?? name?.closing,
            paper: number,
            findings: &findings
        )
        paper.findings.add(findings)
        if let statement { stack.statements.append(statement) }
        var result = CompanyBook(
            paper: number,
            siren: name?.siren,
            closing: statement?.closing,
            summary: summary
        )
        result.customerInvoices = invoices.customers
        result.supplierInvoices = invoices.suppliers
        stack.books.append(result)
    }

    /// Reads the form in XML. Returns the day on which the year ends, as the file says.
    private func readXML(
        _ source: ByteSource,
        _ book: inout JournalBook,
        _ paper: inout CompanyPaper
    ) throws(InputError) -> CalendarDate? {
        let sink = BookSink(book)
        let reader = try document { () throws(DocumentError) in
            try JournalXML(
                source: source.name,
                paper: number,
                findingsPerCodeMax: PaperLimits.findingsPerCodeMaximum,
                line: { sink.book.add($0) }
            )
        }
        try source.eachPart { part, isLast throws(InputError) in
            try document { () throws(DocumentError) in try reader.read(part, isLast: isLast) }
        }
        book = sink.book
        paper.counts = reader.counts
        paper.findings.add(reader.findings)
        return reader.closing
    }

    private final class BookSink {
        var book: JournalBook

        init(_ book: JournalBook) { self.book = book }
    }

    private final class Invoices {
        var customers: [LedgerInvoice] = []
        var suppliers: [LedgerInvoice] = []

        func add(_ side: LedgerSide, _ invoice: LedgerInvoice) {
            if side == .customers { customers.append(invoice) } else { suppliers.append(invoice) }
        }
    }
}
