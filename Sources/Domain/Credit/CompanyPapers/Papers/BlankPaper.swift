// SPDX-License-Identifier: Apache-2.0

// Papers in which nothing stands: blanks, line ends, zero bytes, as a copy leaves them that failed.

internal import Documents

/// Tells papers in which nothing stands.
enum BlankPaper {
    /// Whether nothing stands in bytes; a mark of the order of bytes is nothing.
    static func isBlank(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        return rest.allSatisfy { $0 <= 0x20 }
    }

    /// What is wrong with a paper that begins with nothing.
    static func error(_ source: ByteSource) throws(InputError) -> InputError {
        var count = 0
        var hasText = false
        var zeros = 0
        try source.eachPart { part, _ in
            count += part.count
            for byte in part where byte <= 0x20 { zeros += byte == 0 ? 1 : 0 }
            hasText = hasText || (count > 3 && part.contains { $0 > 0x20 && $0 < 0x80 })
        }
        if hasText {
            return InputError(
                .content,
                "nothing stands in its beginning but blanks or zero bytes",
                hint: "take them away, or get the file again"
            )
        }
        let what = zeros > 0 ? "zero bytes" : count == 0 ? "a mark of its encoding" : "blanks"
        return InputError(
            .content,
            "it is empty: nothing stands in its \(count) bytes but \(what)",
            hint: "get the file again: it was not written to its end"
        )
    }
}
