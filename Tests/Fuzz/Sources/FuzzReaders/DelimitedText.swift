// SPDX-License-Identifier: Apache-2.0

// Reads the input as a table, whole and in pieces: both must give the same rows.

import Documents

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_delimited")
func fuzzDelimited(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says in which dialect it is read, and how long the pieces are.
    let dialects = TableDialect.named + [TableDialect()]
    var options = TableOptions()
    options.dialect = dialects[Int(start[0]) % dialects.count]
    options.keepsEmptyRows = start[0] & 1 != 0
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let whole = rows(bytes, options, pieceBytes: bytes.count)
    let pieces = rows(bytes, options, pieceBytes: Int(start[0] >> 4) + 1)
    precondition(whole == pieces, "whole and in pieces differ")
    return 0
}

private let inputs = ["a", "b", "total_assets"].map {
    TableInput(name: $0, descriptions: ["Total assets: all that is owned."])
}

/// What a table gives: its header, and each row's line, problem, texts and numbers; at the end the
/// error, or what was left out.
private func rows(_ bytes: [UInt8], _ options: TableOptions, pieceBytes: Int) -> [String] {
    var found: [String] = []
    do throws(InputError) {
        let text = try TextInput(
            source(of: bytes, pieceBytes: pieceBytes),
            encoding: options.dialect.encoding
        )
        if text.isJSONObject { return ["JSON"] }
        let table = try TableReader(text.buffer, options: options, inputs: inputs)
        found.append("\(table.header)")
        found += try table.surveyNumbers(columns: Array(table.header.indices))
        while try table.next() {
            let row = table.cells.map { cell in
                let bytes = table.bytes(cell)
                let value = table.parser.value(bytes)
                precondition(value?.isInfinite != true, "a number that is infinite")
                let text = table.text(cell)
                // Swift reads as a decimal point whatever is no mark of thousands.
                if options.dialect.numbers.decimal == UInt8(ascii: "."), let value,
                    value.isFinite, let expected = Double(text)
                {
                    precondition(value == expected, "another number than Swift reads")
                }
                return "\(text) \(value.map { "\($0)" } ?? "-")"
            }
            found.append("\(table.line) \(table.problem ?? "") \(row)")
            for (column, cell) in table.cells.enumerated() {
                try table.look(table.bytes(cell), column: column)
            }
        }
        found += table.notices
    } catch {
        found.append(error.message)
    }
    return found
}

/// Bytes that come in pieces.
func source(of bytes: [UInt8], pieceBytes: Int) -> ByteSource {
    let rest = ByteSource(name: "input", totalBytes: nil) { _ throws(InputError) in 0 }
    let whole = rest.following(bytes)
    return ByteSource(name: "input", totalBytes: nil) { buffer throws(InputError) in
        try whole.read(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(pieceBytes)))
    }
}
