// SPDX-License-Identifier: Apache-2.0

// Reads one flat JSON object (RFC 8259) in place: names with numbers, texts,
// nulls. NaN is taken as null, for Python writes it so; nested values,
// booleans and infinities are told apart so that messages can name them. A text
// with half of a surrogate pair is refused: no character stands for it.

/// Walks through the members of one JSON object.
package struct JSONObjectScanner {
    /// The value of a member.
    package enum Value: Equatable {
        /// A finite number, and its text as a range of the bytes.
        case number(Double, Range<Int>)
        /// A text, escapes resolved.
        case text(String)
        /// null or NaN.
        case missing
        /// A value of a kind that cannot be used, as a range of the bytes.
        case other(Range<Int>)
    }

    /// What is wrong with the text, without a full stop.
    package struct SyntaxError: Error, Equatable {
        /// What was expected and where.
        package let message: String
    }

    private let bytes: UnsafeRawBufferPointer
    private var cursor = 0
    private var isFirst = true
    private let numbers = PlainNumberParser()

    /// Creates a scanner of the bytes of one object. They must outlive it.
    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next member, or nil after the last.
    package mutating func next() throws(SyntaxError) -> (name: String, value: Value)? {
        skipBlanks()
        if isFirst {
            try expect("{")
            skipBlanks()
        }
        if peek() == UInt8(ascii: "}") {
            cursor += 1
            skipBlanks()
            if cursor < bytes.count { throw expected("the end of the line") }
            return nil
        }
        if !isFirst {
            try expect(",")
            skipBlanks()
        }
        isFirst = false
        let name = try text()
        skipBlanks()
        try expect(":")
        skipBlanks()
        return (name, try value())
    }

    private mutating func value() throws(SyntaxError) -> Value {
        guard let first = peek() else { throw expected("a value") }
        if first == UInt8(ascii: "\"") { return .text(try text()) }
        let start = cursor
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            try skipNested()
            return .other(start..<cursor)
        }
        while let byte = peek(), !isBlank(byte), byte != UInt8(ascii: ","),
            byte != UInt8(ascii: "}")
        {
            cursor += 1
        }
        let word = UnsafeRawBufferPointer(rebasing: bytes[start..<cursor])
        if word.isEmpty { throw expected("a value") }
        let isNumeric = first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") <= 9
        if isNumeric, let number = numbers.jsonNumber(word) {
            return .number(number, start..<cursor)
        }
        if word.elementsEqual("null".utf8) || word.elementsEqual("NaN".utf8) { return .missing }
        return .other(start..<cursor)
    }

    /// Skips an object or array. Only brackets and texts matter; depth costs no stack.
    private mutating func skipNested() throws(SyntaxError) {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                _ = try text()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            cursor += 1
            if depth == 0 { return }
        }
        throw expected("the end of a nested value")
    }

    private mutating func text() throws(SyntaxError) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw expected("a quotation mark") }
        cursor += 1
        let start = cursor
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            cursor += 1
        }
        let plain = bytes[start..<cursor]
        if peek() == UInt8(ascii: "\"") {
            cursor += 1
            return String(decoding: plain, as: UTF8.self)
        }
        return try escapedText(Array(plain))
    }

    /// The rest of a text that has escapes, behind what was read of it.
    private mutating func escapedText(_ start: [UInt8]) throws(SyntaxError) -> String {
        var text = start
        while let byte = peek() {
            cursor += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if byte != UInt8(ascii: "\\") {
                text.append(byte)
                continue
            }
            guard let kind = peek() else { break }
            cursor += 1
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
            default: throw expected("a valid escape")
            }
        }
        throw expected("the end of a text")
    }

    /// The character of a \u escape, of a surrogate pair too.
    private mutating func escapedScalar() throws(SyntaxError) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, bytes[cursor...].starts(with: "\\u".utf8) else {
            throw expected("a whole character")
        }
        cursor += 2
        let low = try hexadecimal()
        guard low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw expected("the other half of a character") }
        return scalar
    }

    private mutating func hexadecimal() throws(SyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                byte < 0x80
            else { throw expected("four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            cursor += 1
        }
        return value
    }

    private func peek() -> UInt8? {
        cursor < bytes.count ? bytes[cursor] : nil
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    private mutating func skipBlanks() {
        while let byte = peek(), isBlank(byte) { cursor += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(SyntaxError) {
        guard peek() == UInt8(ascii: character) else { throw expected("'\(character)'") }
        cursor += 1
    }

    private func expected(_ what: String) -> SyntaxError {
        SyntaxError(message: "no JSON object: \(what) expected at byte \(cursor + 1)")
    }
}
