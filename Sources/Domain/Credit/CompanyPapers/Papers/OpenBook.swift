// SPDX-License-Identifier: Apache-2.0

// A book while its papers are read: one, or the parts of a book that was split.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities
internal import VigieLimits

/// A book that is not yet at its end.
final class OpenBook {
    let paper: Int32
    var book: JournalBook
    /// The day on which the year ends, as a paper itself says; nil where none does.
    var closing: CalendarDate?
    fileprivate let name: JournalFileName?
    fileprivate let invoices = Invoices()

    fileprivate final class Invoices {
        var customers: [LedgerInvoice] = []
        var suppliers: [LedgerInvoice] = []
    }

    init(_ name: JournalFileName?, paper: Int32, terms: [String: PaymentTerm]) {
        self.name = name
        self.paper = paper
        book = JournalBook(
            paper: paper,
            findingsPerCodeMax: PaperLimits.findingsPerCodeMaximum,
            terms: { side, party in side == .customers ? terms[party] : nil },
            invoice: { [invoices] side, invoice in
                if side == .customers {
                    invoices.customers.append(invoice)
                } else {
                    invoices.suppliers.append(invoice)
                }
            }
        )
    }

    /// Whether a paper is the next part of this book.
    func continues(with other: JournalFileName?) -> Bool {
        guard let name, let other, let siren = name.siren else { return false }
        return siren == other.siren && name.closing == other.closing && !other.part.isEmpty
    }
}

extension PaperStack {
    /// Ends a book of several papers whose last one was read. To be called once all were read.
    package mutating func finish() {
        finishBook()
        finishDataSet()
        resolveCorrections()
        noteTermsOfNobody()
    }

    /// Puts together what stands in several lists.
    private mutating func finishDataSet() {
        var findings = Findings(keptPerCodeMax: PaperLimits.findingsPerCodeMaximum)
        foreignFilings += dataSet.filings(&findings)
        let place = Int(dataSet.paper)
        if papers.indices.contains(place) { papers[place].findings.add(findings) }
        dataSet = FilingDataSet()
    }

    /// Ends the book whose next part might have come.
    mutating func finishBook() {
        guard let open = openBook else { return }
        openBook = nil
        var findings = Findings(keptPerCodeMax: PaperLimits.findingsPerCodeMaximum)
        add(open, &findings)
        let place = Int(open.paper)
        if papers.indices.contains(place) { papers[place].findings.add(findings) }
    }

    /// Adds a book that is at its end, unless the same one was read before.
    mutating func add(_ open: OpenBook, _ findings: inout Findings) {
        let summary = open.book.finish()
        let siren = open.name?.siren ?? owner
        let same = books.first { other in
            let held = other.summary
            return other.siren == siren && held.lines == summary.lines
                && held.debit == summary.debit && held.credit == summary.credit
                && held.firstDay == summary.firstDay && held.lastDay == summary.lastDay
                && held.accounts.map(\.number) == summary.accounts.map(\.number)
        }
        let place = PaperReference(paper: open.paper, line: 0)
        if let same {
            findings.add(Finding(.paperRepeated, at: place, [papers[Int(same.paper)].name]))
            return
        }
        findings.add(open.book.findings)
        if open.name?.siren == nil {
            findings.add(
                owner.map { Finding(.bookOwnerGiven, at: place, [$0.description]) }
                    ?? Finding(.bookOwnerUnknown, at: place)
            )
        }
        if let last = summary.lastDay, let end = open.closing ?? open.name?.closing,
            JournalSummary.endsEarly(last: last, closing: end)
        {
            let days = [last.description, end.description]
            findings.add(Finding(.bookEndsEarly, at: place, days))
        }
        if let own = open.closing, let named = open.name?.closing, own != named {
            let days = [own.description, named.description]
            findings.add(Finding(.bookClosingDiffers, at: place, days))
        }
        let statement = summary.statement(
            siren: siren,
            closing: open.closing ?? open.name?.closing,
            paper: open.paper,
            findings: &findings
        )
        if let statement { statements.append(statement) }
        var result = CompanyBook(
            paper: open.paper,
            siren: siren,
            closing: statement?.closing,
            summary: summary
        )
        result.customerInvoices = open.invoices.customers
        result.supplierInvoices = open.invoices.suppliers
        compareOpening(result, &findings)
        books.append(result)
    }

    /// Holds what books opened with against what those of the year before closed with.
    private func compareOpening(_ book: CompanyBook, _ findings: inout Findings) {
        for other in books where other.siren == book.siren {
            for (earlier, later) in [(other, book), (book, other)] {
                guard let closing = earlier.closing, let first = later.summary.firstDay,
                    (0...7).contains(first.days(since: closing))
                else { continue }
                let found = later.summary.openingFindings(
                    after: earlier.summary,
                    paper: later.paper
                )
                for finding in found { findings.add(finding) }
            }
        }
    }
}
