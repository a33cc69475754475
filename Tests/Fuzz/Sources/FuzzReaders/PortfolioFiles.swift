// SPDX-License-Identifier: Apache-2.0

// Reads the input as a file of companies, whole and in pieces, without its broken lines and with
// them: what is given must be the same, and no company may come twice.

import Documents
import PortfolioFiles
import Portfolios
import Quantities

/// Called by libFuzzer with each input. The first byte says in which dialect it is read, and how
/// long the pieces are.
@_cdecl("vigie_fuzz_portfoliofiles")
func fuzzPortfolioFiles(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    var options = PortfolioFileOptions()
    let dialects = TableDialect.named + [TableDialect()]
    options.dialect = dialects[Int(start[0]) % dialects.count]
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let pieceBytes = Int(start[0] >> 4) + 1
    let strict = read(bytes, options, pieceBytes: bytes.count)
    precondition(strict == read(bytes, options, pieceBytes: pieceBytes), "cuts change a file")
    options.brokenLines = .skip
    let skipping = read(bytes, options, pieceBytes: bytes.count)
    precondition(skipping == read(bytes, options, pieceBytes: pieceBytes), "cuts change lines")
    check(skipping)
    // What is wrong is the same in both modes, and what comes before it is.
    precondition(strict.summary == skipping.summary, "the modes tell different things")
    precondition(skipping.lines.starts(with: strict.lines), "the modes give different lines")
    return 0
}

private struct Reading: Equatable {
    var lines: [NumberedLine] = []
    var summary: PortfolioFileSummary?
    var message = ""
}

private func read(
    _ bytes: [UInt8],
    _ options: PortfolioFileOptions,
    pieceBytes: Int
) -> Reading {
    var reading = Reading()
    do throws(InputError) {
        let reader = try PortfolioFileReader(source(of: bytes, pieceBytes: pieceBytes), options)
        do throws(PortfolioFileError) {
            while let line = try reader.next() { reading.lines.append(line) }
        } catch {
            if case .file(let error) = error { reading.message = error.message }
        }
        reading.summary = reader.summary
    } catch {
        reading.message = error.message
    }
    return reading
}

private func check(_ reading: Reading) {
    let lines = reading.lines
    precondition(zip(lines, lines.dropFirst()).allSatisfy { $0.number < $1.number }, "no order")
    // By their bytes: to Swift an accent of one character and one of two are the same text.
    let identities = Set(lines.map { Array($0.company.identity.description.utf8) })
    precondition(identities.count == lines.count, "a company comes twice")
    for line in lines {
        precondition(line.company.limit.map { $0.minorUnits >= 0 } ?? true, "a negative limit")
        let identity = line.company.identity
        let again = try? CompanyIdentity(kind: identity.kind, text: identity.text)
        precondition(again == identity, "no identity")
    }
    guard let summary = reading.summary, reading.message.isEmpty else { return }
    precondition(summary.accepted == lines.count, "lines are counted wrongly")
    precondition(summary.refused <= summary.problemCount, "a line is refused for nothing")
    precondition(summary.problems.allSatisfy { $0.code != .repeated || $0.firstLine != nil })
}
