// SPDX-License-Identifier: Apache-2.0

// Papers of the tests, and books read from them.

import CompanyPapers
import CreditFacts
import Documents
import Foundation
import PaymentTerms
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

    static func buffer(_ bytes: [UInt8]) -> InputBuffer {
        let source = ByteSource(name: "book.txt", totalBytes: nil) { _ throws(InputError) in 0 }
        return InputBuffer(source.following(bytes))
    }
}

/// A book that was read to its end.
struct Book {
    private(set) var summary = JournalSummary()
    private(set) var findings = Findings(keptPerCodeMax: 200)
    private(set) var counts = RecordCounts()
    private(set) var labels: [String] = []
    private(set) var invoices: [LedgerSide: [LedgerInvoice]] = [:]

    init(file: String) throws { try self.init(bytes: Paper.bytes(file)) }

    init(text: String) throws { try self.init(bytes: Array(text.utf8)) }

    private init(bytes: [UInt8]) throws {
        var terms: [String: PaymentTerm] = [:]
        for row in try Paper.rows("terms.csv") {
            let term = PaymentTerm(rule: row["rule"] ?? "", days: Int(row["days"] ?? "") ?? -1)
            terms[row["customer"] ?? ""] = term
        }
        final class Sink { var invoices: [LedgerSide: [LedgerInvoice]] = [:] }
        let sink = Sink()
        var reader = try JournalReader(Paper.buffer(bytes), paper: 0, findingsPerCodeMax: 200)
        var book = JournalBook(
            paper: 0,
            findingsPerCodeMax: 200,
            terms: { [terms] side, party in side == .customers ? terms[party] : nil },
            invoice: { side, invoice in sink.invoices[side, default: []].append(invoice) }
        )
        while try reader.next() {
            labels.append(WesternText.decoded(reader.current.label))
            book.add(reader.current)
        }
        summary = book.finish()
        findings = reader.findings
        findings.add(book.findings)
        counts = reader.counts
        invoices = sink.invoices
    }
}
