// SPDX-License-Identifier: Apache-2.0

// How a text file begins, and what parts its cells.

extension InputBuffer {
    /// Skips a byte-order mark, and refuses what is plainly no UTF-8 text.
    package func skipPreamble() throws(CommandFailure) {
        while unread.count < 4, try refill(line: 1) {}
        let start = Array(unread.prefix(4))
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            consume(3)
        } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw CommandFailure(
                .badInput,
                "\(source.name) is in UTF-16",
                hint: "convert it: iconv -f UTF-16 -t UTF-8"
            )
        } else if start.starts(with: [0x1F, 0x8B]) {
            throw CommandFailure(
                .badInput,
                "\(source.name) is compressed with gzip",
                hint: "decompress it first: zcat FILE"
            )
        } else if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw CommandFailure(
                .badInput,
                "\(source.name) is a zip archive or a spreadsheet",
                hint: "save it as CSV (UTF-8) first"
            )
        }
    }

    /// Guesses the delimiter of a CSV file: the one of comma, semicolon and tab that is most
    /// frequent in the first line outside of quotation marks; the first of them when there is none.
    package func guessDelimiter(decimalComma: Bool) throws(CommandFailure) -> UInt8 {
        let candidates: [UInt8] =
            (decimalComma ? [] : [UInt8(ascii: ",")]) + [UInt8(ascii: ";"), UInt8(ascii: "\t")]
        while true {
            var counts = [Int](repeating: 0, count: candidates.count)
            var isQuoted = false
            var isComplete = false
            for byte in unread {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if isQuoted { continue }
                isComplete = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
                if isComplete { break }
                if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
            }
            if !isComplete { isComplete = try !refill(line: 1) }
            if isComplete {
                let most = counts.max() ?? 0
                return candidates[counts.firstIndex(of: most) ?? 0]
            }
        }
    }
}
