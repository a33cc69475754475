// SPDX-License-Identifier: Apache-2.0

// Papers of the tests, and books read from them.

import CompanyPapers
import CreditFacts
import Documents
import Foundation
import PaymentTerms
import Quantities
import Testing

enum Paper {
    static func bytes(_ name: String, folder: String = "fec") throws -> [UInt8] {
        let all = try #require(Bundle.module.resourceURL)
        return Array(try Data(contentsOf: all.appendingPathComponent("Papers/\(folder)/\(name)")))
    }

    /// A small table, row by row.
    static func rows(_ name: String, folder: String = "fec") throws -> [[String: String]] {
        let text = String(decoding: try bytes(name, folder: folder), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    static func source(_ bytes: [UInt8]) -> ByteSource {
        ByteSource(name: "book.txt", totalBytes: nil) { _ throws(InputError) in 0 }
            .following(bytes)
    }

    static func buffer(_ bytes: [UInt8]) -> InputBuffer { InputBuffer(source(bytes)) }

    /// Each way in which one byte of a file can be wrong, and each place at which it can end.
    static func damaged(_ bytes: [UInt8], with replacements: [UInt8]) -> [[UInt8]] {
        bytes.indices.flatMap { place in
            var removed = bytes
            removed.remove(at: place)
            let changed = ([bytes[place] ^ 1] + replacements).map { byte in
                var changed = bytes
                changed[place] = byte
                return changed
            }
            return [removed, Array(bytes[..<place])] + changed
        }
    }
}

/// A book that was read to its end.
struct Book {
    private(set) var summary = JournalSummary()
    private(set) var findings = Findings(keptPerCodeMax: 200)
    private(set) var counts = RecordCounts()
    private(set) var closing: CalendarDate?
    private(set) var labels: [String] = []
    private(set) var invoices: [LedgerSide: [LedgerInvoice]] = [:]

    init(file: String) throws { try self.init(bytes: Paper.bytes(file)) }

    init(text: String) throws { try self.init(bytes: Array(text.utf8)) }

    init(bytes: [UInt8], takesPlainLines: Bool = true) throws {
        try self.init(parts: [bytes], takesPlainLines: takesPlainLines)
    }

    /// A book whose lines are all added by the reader.
    init(atOnce bytes: [UInt8]) throws {
        let sink = Sink()
        var book = try Self.empty(sink)
        var reader = try JournalReader(
            Paper.source(bytes).textOfPaper(),
            paper: 0,
            findingsPerCodeMax: 200
        )
        try reader.read(into: &book)
        (findings, counts) = (reader.findings, reader.counts)
        finish(&book, sink)
    }

    /// A book of several files.
    init(parts: [[UInt8]], takesPlainLines: Bool = true) throws {
        let sink = Sink()
        var book = try Self.empty(sink)
        for (paper, bytes) in parts.enumerated() {
            if paper > 0 { book.goOn(withPaper: Int32(paper)) }
            var reader = try JournalReader(
                Paper.source(bytes).textOfPaper(),
                paper: Int32(paper),
                findingsPerCodeMax: 200,
                takesPlainLines: takesPlainLines
            )
            while try reader.next() {
                labels.append(WesternText.decoded(reader.current.label))
                book.add(reader.current)
            }
            findings.add(reader.findings)
            counts = reader.counts
        }
        finish(&book, sink)
    }

    /// A book in XML, read in parts of so many bytes.
    init(xml: [UInt8], partBytes: Int = 1 << 16) throws {
        let sink = Sink()
        var book = try Self.empty(sink)
        var labels: [String] = []
        let reader = try JournalXML(source: "book.xml", paper: 0, findingsPerCodeMax: 200) {
            labels.append(WesternText.decoded($0.label))
            book.add($0)
        }
        var start = 0
        repeat {
            let end = min(start + partBytes, xml.count)
            try xml[start..<end].withUnsafeBytes { try reader.read($0, isLast: end == xml.count) }
            start = end
        } while start < xml.count
        findings = reader.findings
        (counts, closing, self.labels) = (reader.counts, reader.closing, labels)
        finish(&book, sink)
    }

    private final class Sink { var invoices: [LedgerSide: [LedgerInvoice]] = [:] }

    private static func empty(_ sink: Sink) throws -> JournalBook {
        var terms: [String: PaymentTerm] = [:]
        for row in try Paper.rows("terms.csv") {
            let term = PaymentTerm(rule: row["rule"] ?? "", days: Int(row["days"] ?? "") ?? -1)
            terms[row["customer"] ?? ""] = term
        }
        return JournalBook(
            paper: 0,
            findingsPerCodeMax: 200,
            terms: { [terms] side, party in side == .customers ? terms[party] : nil },
            invoice: { side, invoice in sink.invoices[side, default: []].append(invoice) }
        )
    }

    private mutating func finish(_ book: inout JournalBook, _ sink: Sink) {
        summary = book.finish()
        findings.add(book.findings)
        invoices = sink.invoices
    }

    /// Its invoices without the places where they were read, in an order of their own.
    func facts(_ side: LedgerSide) -> [String] {
        invoices[side, default: []].map { invoice in
            var invoice = invoice
            invoice.source = PaperReference(paper: 0, line: 0)
            let parties = side == .customers ? summary.customers : summary.suppliers
            return "\(parties[Int(invoice.party)]) \(invoice)"
                .replacing("party: \(invoice.party)", with: "")
        }
        .sorted()
    }
}
