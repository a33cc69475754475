// SPDX-License-Identifier: Apache-2.0

// Reads the input as notices in one of their forms. No record may vanish: it is used, set aside or
// told of.

import CompanyPapers
import CreditFacts
import Documents

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_notices")
func fuzzNotices(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says in which form it is read, and how long the pieces are.
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let pieceBytes = Int(start[0] >> 3) + 1
    switch start[0] % 3 {
    case 0:
        check(try? NoticeRecords.events(json: bytes, paper: 0, findingsPerCodeMax: 10))
    case 1:
        let whole = table(bytes, bytes.count)
        check(whole)
        precondition(whole?.events == table(bytes, pieceBytes)?.events, "pieces differ")
    default:
        let whole = xml(bytes, bytes.count)
        check(whole)
        precondition(whole?.events == xml(bytes, pieceBytes)?.events, "pieces differ")
    }
    return 0
}

private func table(_ bytes: [UInt8], _ pieceBytes: Int) -> NoticeEvents? {
    guard let buffer = try? source(of: bytes, pieceBytes: pieceBytes).textOfPaper() else {
        return nil
    }
    return try? NoticeRecords.events(table: buffer, paper: 0, findingsPerCodeMax: 10)
}

private func xml(_ bytes: [UInt8], _ pieceBytes: Int) -> NoticeEvents? {
    do throws(DocumentError) {
        let reader = try NoticeXML(paper: 0, findingsPerCodeMax: 10)
        try inPieces(bytes, pieceBytes) { (piece, isLast) throws(DocumentError) in
            try reader.read(piece, isLast: isLast)
        }
        return reader.events
    } catch {
        return nil
    }
}

private func check(_ found: NoticeEvents?) {
    guard let found else { return }
    let counts = found.counts
    precondition(counts.setAside <= counts.read, "more set aside than read")
    precondition(counts.kept > 0 || !found.findings.kept.isEmpty, "nothing, and nothing said")
    precondition(
        counts.setAside == 0 || !found.findings.kept.isEmpty,
        "set aside, and nothing said"
    )
}
