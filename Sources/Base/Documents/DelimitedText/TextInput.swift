// SPDX-License-Identifier: Apache-2.0

// How a text file is opened: what it is, its encoding, its byte-order mark.

internal import VigieLimits

/// A text that is ready to be read, as UTF-8 and behind its byte-order mark.
package struct TextInput {
    /// The text.
    package let buffer: InputBuffer
    /// The encoding that the file has.
    package let encoding: TextEncoding
    /// Whether it begins with a JSON object.
    package let isJSONObject: Bool

    /// Opens a text. Without an `encoding` it is told by a byte-order mark, or it is UTF-8. What is
    /// plainly no table is refused.
    package init(
        _ source: ByteSource,
        encoding given: TextEncoding? = nil,
        chunkBytes: Int = InputLimits.chunkBytes
    ) throws(InputError) {
        var start = try source.start(count: InputLimits.signatureBytes)
        if let kind = FileSignature.of(start) {
            let verb = kind.name.hasPrefix("compressed") || kind.name.hasPrefix("in ")
            let name = verb ? kind.name : "not a table but \(kind.name)"
            throw InputError(.content, "\(source.name) is \(name)", hint: kind.advice)
        }
        let marked = Self.byteOrderMark(start)
        if given == nil, marked == nil, let encoding = Self.unmarkedUTF16(start) {
            throw InputError(
                .content,
                "\(source.name) looks like UTF-16 without a byte-order mark",
                hint: "read it with --encoding \(encoding.rawValue)",
                nextOptions: ["--encoding", encoding.rawValue]
            )
        }
        if given == nil, marked == nil, Self.isBinary(start) {
            throw InputError(
                .content,
                "\(source.name) is no text: it has the bytes of a program's own format",
                hint: "export the table as CSV (UTF-8) first"
            )
        }
        if let given, let marked, marked.encoding != given {
            throw InputError(
                .options,
                "\(source.name) says that it is in \(marked.encoding.rawValue), not in "
                    + given.rawValue,
                hint: "leave --encoding out: its byte-order mark tells"
            )
        }
        encoding = given ?? marked?.encoding ?? .utf8
        start.removeFirst(marked?.count ?? 0)
        buffer = InputBuffer(
            source.following(start).decoded(from: encoding),
            chunkBytes: chunkBytes
        )
        _ = try buffer.refill(line: 1)
        try buffer.requireUTF8()
        while buffer.unread.count < InputLimits.signatureBytes, try buffer.refill(line: 1) {}
        let text = Array(buffer.unread.prefix(InputLimits.signatureBytes))
        if FileSignature.isJSONArray(text) {
            throw InputError(
                .content,
                "\(source.name) is one JSON array, not a table",
                hint: "write one object on each line: jq -c '.[]' FILE > FILE.jsonl"
            )
        }
        // The same once more: of a page in UTF-16 only the text tells.
        if encoding != .utf8, let kind = FileSignature.of(text) {
            throw InputError(
                .content,
                "\(source.name) is not a table but \(kind.name)",
                hint: kind.advice
            )
        }
        isJSONObject = FileSignature.isJSONObject(text)
    }

    fileprivate static func byteOrderMark(_ start: [UInt8]) -> (encoding: TextEncoding, count: Int)?
    {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// Whether a tenth of the bytes are control bytes. A text may have a few.
    private static func isBinary(_ start: [UInt8]) -> Bool {
        start.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1A && $0 != 0x1B) } * 10
            > start.count
    }

    /// The encoding of a text in UTF-16 without a mark; nil for another text. It has a zero
    /// in every second byte, as long as it is plain ASCII.
    package static func unmarkedUTF16(_ start: [UInt8]) -> TextEncoding? {
        let pairs = start.count / 2
        guard pairs >= 2 else { return nil }
        let zeros = (0..<2).map { side in
            (0..<pairs).count { start[2 * $0 + side] == 0 }
        }
        if zeros[1] * 2 > pairs, zeros[0] * 8 < pairs { return .utf16LittleEndian }
        return zeros[0] * 2 > pairs && zeros[1] * 8 < pairs ? .utf16BigEndian : nil
    }
}

extension ByteSource {
    /// The text of a paper that nobody says the encoding of, without a byte-order mark: UTF-16 is
    /// told by its mark or its zeros and decoded, anything else is given as it is, since texts of
    /// one file may differ. What is packed with gzip is unpacked, and what else is no text refused.
    package func textOfPaper() throws(InputError) -> InputBuffer {
        var start = try start(count: InputLimits.signatureBytes)
        if Self.isPacked(start) {
            let inner = try following(start).unpacked()
            start = try inner.start(count: InputLimits.signatureBytes)
            return try inner.textOfPaper(behind: start)
        }
        return try textOfPaper(behind: start)
    }

    private func textOfPaper(behind bytes: [UInt8]) throws(InputError) -> InputBuffer {
        var start = bytes
        if let kind = FileSignature.ofBytes(start) {
            throw InputError(.content, "\(name) is \(kind.name)", hint: kind.advice)
        }
        let marked = TextInput.byteOrderMark(start)
        let encoding = marked?.encoding ?? TextInput.unmarkedUTF16(start) ?? .utf8
        start.removeFirst(marked?.count ?? 0)
        return InputBuffer(following(start).decoded(from: encoding))
    }
}
