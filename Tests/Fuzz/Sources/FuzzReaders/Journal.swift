// SPDX-License-Identifier: Apache-2.0

// Reads the input as a journal of entries, flat or in XML, whole and in pieces, plain lines where
// they lie and the long way: both must give the same book, and what is open must be what the
// accounts of third parties come to.

import CompanyPapers
import CreditFacts
import Documents

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_journal")
func fuzzJournal(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says in which form it is read, and how long the pieces are.
    let isXML = start[0] & 1 != 0
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let pieceBytes = Int(start[0] >> 3) + 1
    if isXML {
        precondition(xmlBook(bytes, bytes.count) == xmlBook(bytes, pieceBytes), "pieces differ")
    } else {
        precondition(flatBook(bytes, bytes.count) == flatBook(bytes, pieceBytes), "pieces differ")
    }
    return 0
}

private final class OpenInvoices {
    var told: [String] = []
    var customers: Int64 = 0
    var hasPayments = false
}

private func emptyBook(_ open: OpenInvoices) -> JournalBook {
    JournalBook(paper: 0, findingsPerCodeMax: 10, terms: { _, _ in nil }) { side, invoice in
        open.told.append("\(invoice)")
        if side == .customers { open.customers += invoice.open }
    }
}

private func flatBook(_ bytes: [UInt8], _ pieceBytes: Int) -> [String] {
    let open = OpenInvoices()
    var book = emptyBook(open)
    do throws(InputError) {
        var reader = try JournalReader(
            try source(of: bytes, pieceBytes: pieceBytes).textOfPaper(),
            paper: 0,
            findingsPerCodeMax: 10,
            takesPlainLines: pieceBytes == bytes.count
        )
        while try reader.next() {
            if reader.current.paymentDate != nil { open.hasPayments = true }
            book.add(reader.current)
        }
        return told(&book, open, reader.findings) + ["\(reader.counts)"]
    } catch {
        precondition(!error.message.isEmpty, "an error that tells nothing")
        return [error.message]
    }
}

private func xmlBook(_ bytes: [UInt8], _ pieceBytes: Int) -> [String] {
    let open = OpenInvoices()
    var book = emptyBook(open)
    do throws(DocumentError) {
        let reader = try JournalXML(source: "input", paper: 0, findingsPerCodeMax: 10) {
            if $0.paymentDate != nil { open.hasPayments = true }
            book.add($0)
        }
        try inPieces(bytes, pieceBytes) { (piece, isLast) throws(DocumentError) in
            try reader.read(piece, isLast: isLast)
        }
        return told(&book, open, reader.findings) + ["\(reader.counts)"]
    } catch {
        // Its place is that of the piece; what is wrong is the same.
        return [error.message]
    }
}

/// What a book says, once it was found that nothing of it is lost.
private func told(_ book: inout JournalBook, _ open: OpenInvoices, _ findings: Findings) -> [String]
{
    let summary = book.finish()
    let balance = summary.accounts.reduce(Int64(0)) { sum, account in
        let number = account.number
        let isCustomers =
            number.hasPrefix("41") && !number.hasPrefix("418") && !number.hasPrefix("419")
        return isCustomers ? sum + account.totals.balance : sum
    }
    let credits = summary.customerCredits.reduce(Int64(0)) { $0 + $1.cents }
    precondition(open.hasPayments || open.customers - credits == balance, "money was lost")
    return open.told + ["\(summary.accounts)", "\(summary.customerCredits)", "\(findings.kept)"]
        + ["\(book.findings.kept)"]
}

/// Gives bytes piece by piece.
func inPieces(
    _ bytes: [UInt8],
    _ pieceBytes: Int,
    _ read: (UnsafeRawBufferPointer, Bool) throws(DocumentError) -> Void
) throws(DocumentError) {
    var start = 0
    repeat {
        let end = min(start + pieceBytes, bytes.count)
        var failure: DocumentError?
        bytes[start..<end].withUnsafeBytes { piece in
            do throws(DocumentError) { try read(piece, end == bytes.count) } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        start = end
    } while start < bytes.count
}
