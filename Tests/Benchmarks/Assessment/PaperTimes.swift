// SPDX-License-Identifier: Apache-2.0

// What it costs to read papers: filings of a folder, a journal of entries with its book, a ledger
// of one's own customers of any size.

import CompanyPapers
import CreditFacts
import Documents
import PaymentBehaviour
import Quantities

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

enum PaperTimes {
    /// The bytes of a file, as they come from the system.
    static func source(_ path: String) -> ByteSource {
        let file = open(path, O_RDONLY)
        return ByteSource(name: path, totalBytes: nil) { buffer throws(InputError) in
            let count = read(file, buffer.baseAddress, buffer.count)
            if count <= 0 { close(file) }
            return max(count, 0)
        }
    }

    /// Reads all papers into one stack, twice each as the command does; microseconds a paper.
    static func papers(_ paths: [String]) {
        var stack = PaperStack()
        let began = threadMicroseconds()
        for path in paths where !PaperStack.isTerms(source(path)) { stack.read(source(path)) }
        stack.finish()
        let read = threadMicroseconds()
        let companies = stack.companies()
        let joined = threadMicroseconds()
        let count = Double(max(paths.count, 1))
        let failures = stack.papers.count { $0.failure != nil }
        print("\(paths.count) papers, \(failures) of them not read, \(companies.count) companies")
        print("read \((read - began) / count) us a paper, joined \((joined - read) / count)")
    }

    /// Reads a journal without its book, with it and both ledgers by party, and as a paper
    /// of a stack, which keeps all invoices; nanoseconds a line, and the most memory so far.
    static func journal(_ path: String) throws {
        var reader = try JournalReader(
            source(path).textOfPaper(),
            paper: 0,
            findingsPerCodeMax: 10
        )
        let began = threadMicroseconds()
        while try reader.next() {}
        let lines = Double(max(reader.counts.read, 1))
        let read = (threadMicroseconds() - began) / lines * 1e3
        print("\(Int(lines)) lines: read \(read) ns a line")
        try book(path)
        var stack = PaperStack()
        let start = threadMicroseconds()
        stack.read(source(path))
        stack.finish()
        let whole = threadMicroseconds() - start
        let books = stack.books.count
        print("in a stack \(whole / lines * 1e3) ns a line; \(books) book; \(peak())")
    }

    private static func book(_ path: String) throws {
        let window = PaymentWindow(
            twelveMonthsTo: CalendarDate(year: 2025, month: 12, day: 31) ?? .last
        )
        let began = threadMicroseconds()
        let sums = (customers: LedgerTotals(window), suppliers: LedgerTotals(window))
        var reader = try JournalReader(
            source(path).textOfPaper(),
            paper: 0,
            findingsPerCodeMax: 10
        )
        var book = JournalBook(paper: 0, findingsPerCodeMax: 10, terms: { _, _ in nil }) {
            ($0 == .customers ? sums.customers : sums.suppliers).add($1)
        }
        try reader.read(into: &book)
        let lines = Double(max(book.finish().lines, 1))
        let spent = (threadMicroseconds() - began) / lines * 1e3
        var all = PartyTotals()
        for party in sums.customers.finish() { all.add(party) }
        print("with statement and ledgers \(spent) ns a line; \(peak())")
        print("open of customers \(CentsText.text(all.open))")
    }

    private static func peak() -> String {
        var usage = rusage()
        // 0 is oneself, under names of other types in other C libraries.
        getrusage(0, &usage)
        return "at most \(usage.ru_maxrss / 1_024) MiB"
    }

    /// Reads a ledger and sums it up by customer, holding no invoice that is settled.
    static func ledger(_ path: String, asOf: CalendarDate) throws {
        let window = PaymentWindow(twelveMonthsTo: asOf)
        let began = threadMicroseconds()
        let totals = LedgerTotals(window)
        let export = try LedgerExport.read(
            InputBuffer(source(path)),
            paper: 0,
            findingsPerCodeMax: 10
        ) { totals.add($0) }
        var all = PartyTotals()
        for party in totals.finish() { all.add(party) }
        let spent = threadMicroseconds() - began
        print("\(export.counts.read) lines, \(export.parties.count) customers")
        print("open \(CentsText.text(all.open)), past due \(CentsText.text(all.pastDue))")
        print("ages \(all.openByAge)")
        print("days beyond terms \(all.daysBeyondTermsPaid ?? .nan)")
        print("late over 30 \(all.shareLateOver30 ?? .nan), 90 \(all.shareLateOver90 ?? .nan)")
        print("seconds \(spent / 1e6), \(peak())")
    }
}
