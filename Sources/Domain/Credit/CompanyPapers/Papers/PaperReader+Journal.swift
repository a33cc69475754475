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
        // Whose book it is, and which part of it, stands nowhere but in the name of the file.
        let name = JournalFileName(source.name)
        let open: OpenBook
        if let held = stack.openBook, held.continues(with: name) {
            open = held
            open.book.goOn(withPaper: number)
        } else {
            stack.finishBook()
            open = OpenBook(name, paper: number, terms: stack.terms(of: name?.siren ?? stack.owner))
        }
        // A book of which a part cannot be read is no book.
        stack.openBook = nil
        if kind.form == .xml {
            open.closing = try readXML(source, &open.book, &paper)
        } else {
            var reader = try JournalReader(
                source.textOfPaper(),
                paper: number,
                findingsPerCodeMax: findingsMax
            )
            // One access to the book for all of its lines: each by itself would be checked.
            try reader.read(into: &open.book)
            paper.counts = reader.counts
            paper.findings.add(reader.findings)
        }
        try Self.checkWhole(paper.counts)
        if name.map({ $0.part.isEmpty }) ?? true {
            stack.add(open, &paper.findings)
        } else {
            stack.openBook = open
        }
    }

    // tidy: limit: what one can look through
    private static let linesSetAsideMax = 10

    /// A book of which a tenth of the lines cannot be used gives no figure that is right; of a few
    /// lines each is told, and what is left is for whoever reads that.
    private static func checkWhole(_ counts: RecordCounts) throws(InputError) {
        guard counts.kept > 0, counts.setAside > Self.linesSetAsideMax,
            counts.setAside > counts.read / 10
        else { return }
        throw InputError(
            .content,
            "\(counts.setAside) of its \(counts.read) lines cannot be used, too many for a book",
            hint: "what is wrong with them stands among the findings"
        )
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
}
