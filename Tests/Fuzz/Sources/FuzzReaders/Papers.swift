// SPDX-License-Identifier: Apache-2.0

// Reads the input as papers of a family, whole and in pieces: both must say the same. The first
// byte says which reader it is, and how long the pieces are.

import CompanyPapers
import CreditFacts
import Documents
import Quantities

/// Called by libFuzzer with each input: exports of ledgers, files of terms, tables of lines.
@_cdecl("vigie_fuzz_ledgers")
func fuzzLedgers(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    compare(start, count) { choice, buffer, isWhole, told throws(InputError) in
        switch choice & 3 {
        case 0, 1:
            let export = try LedgerExport.read(
                buffer,
                paper: 0,
                findingsPerCodeMax: 3,
                takesPlainLines: isWhole
            )
            for invoice in export.invoices {
                let paid = invoice.payments.reduce(0) { $0 + $1.cents }
                precondition(invoice.cents == invoice.open + invoice.credited + paid)
                precondition(export.parties.indices.contains(Int(invoice.party)))
                told.append("\(invoice)")
            }
            told += export.credits.map { "\($0)" } + export.parties.map { "\($0)" }
            note(export.counts, export.findings, &told)
        case 2:
            let terms = try TermsOfCustomers(buffer, paper: 0, findingsPerCodeMax: 3)
            note(terms.counts, terms.findings, &told)
        default:
            let heading = FormLines.Heading(closing: CalendarDate(dayNumber: 20_000))
            let lines = try FormLines(
                buffer,
                heading: heading,
                paper: 0,
                findingsPerCodeMax: 3
            )
            told += lines.statements.map { "\($0.closing) \($0.amounts.count)" }
            note(lines.counts, lines.findings, &told)
        }
    }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count).dropFirst())
    if start[0] & 7 == 7 { _ = try? LedgerProfile.read(json: bytes) }
    return 0
}

/// Called by libFuzzer with each input: registers, and published ratios.
@_cdecl("vigie_fuzz_registers")
func fuzzRegisters(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    compare(start, count) { choice, buffer, _, told throws(InputError) in
        switch choice & 3 {
        case 0:
            let records = try RegisterRecords(buffer, paper: 0, findingsPerCodeMax: 3)
            told += records.entries.map { "\($0)" }
            note(records.counts, records.findings, &told)
        case 1 where choice & 4 != 0:
            var names = try DirectoryNames(buffer)
            while let company = try names.next() { told.append("\(company)") }
        case 2 where choice & 4 != 0:
            var addresses = try DirectoryAddresses(buffer)
            while let address = try addresses.next() { told.append("\(address)") }
        case 1:
            var stock = try DirectoryStock(buffer, paper: 0, findingsPerCodeMax: 3)
            while let entry = try stock.next() { told.append("\(entry)") }
        case 2:
            var stock = try EstablishmentStock(buffer, paper: 0, findingsPerCodeMax: 3)
            while let entry = try stock.next() { told.append("\(entry)") }
        default:
            let list = try PublishedRatiosList(buffer, paper: 0, findingsPerCodeMax: 3)
            told += list.ratios.map { "\($0.siren) \($0.closing) \($0.type)" }
            note(list.counts, list.findings, &told)
        }
    }
    return 0
}

/// Called by libFuzzer with each input: filed accounts in JSON and XML, foreign facts.
@_cdecl("vigie_fuzz_filings")
func fuzzFilings(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count).dropFirst())
    switch start[0] & 3 {
    case 0, 1:
        compare(start, count) { _, buffer, _, told throws(InputError) in
            let list = try FiledAccountsList(json: buffer, paper: 0, findingsPerCodeMax: 3)
            told += list.filings.map { "\($0.siren) \($0.closing) \($0.type) \($0.filed as Any)" }
            note(list.counts, list.findings, &told)
        }
    case 2:
        guard let reader = try? FiledAccountsXML(paper: 0, findingsPerCodeMax: 3) else { break }
        try? bytes.withUnsafeBytes { try reader.read($0, isLast: true) }
    default:
        // A report with marked numbers, the lists of filings; the first byte tells the JSON one.
        var stack = PaperStack()
        if start[0] & 4 == 0 {
            let empty = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
            stack.read(empty.following(bytes))
            var findings = Findings(keptPerCodeMax: 3)
            for filings in stack.foreignFilings {
                _ = filings.statements(asOf: .last, findings: &findings)
            }
            break
        }
        guard let facts = try? ForeignFilings(json: bytes, paper: 0, findingsPerCodeMax: 3) else {
            break
        }
        var findings = Findings(keptPerCodeMax: 3)
        _ = facts.statements(asOf: .last, findings: &findings)
    }
    return 0
}

private func note(_ counts: RecordCounts, _ findings: Findings, _ told: inout [String]) {
    precondition(counts.setAside >= 0 && counts.leftOut >= 0 && counts.kept >= 0)
    told.append("\(counts)")
    told += findings.kept.map { "\($0)" }
}

private func compare(
    _ start: UnsafePointer<UInt8>,
    _ count: Int,
    _ read: (UInt8, InputBuffer, _ isWhole: Bool, inout [String]) throws(InputError) -> Void
) {
    guard count > 1 else { return }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count).dropFirst())
    let told = [bytes.count, Int(start[0] >> 3) + 1].map { pieceBytes in
        let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
        let buffer = InputBuffer(source.following(bytes), chunkBytes: pieceBytes)
        var told: [String] = []
        do throws(InputError) {
            try read(start[0], buffer, pieceBytes == bytes.count, &told)
        } catch {
            precondition(!error.message.isEmpty, "an error that tells nothing")
            told = [error.message]
        }
        return told
    }
    precondition(told[0] == told[1], "whole and in pieces differ")
}
