// SPDX-License-Identifier: Apache-2.0

// Reads one flat JSON object (RFC 8259) in place: names with numbers, texts,
// nulls. NaN is taken as null, for Python writes it so; nested values,
// booleans and infinities are told apart so that messages can name them.

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

    /// The byte at which the name of the last member begins.
    package private(set) var offset = 0
    private var scanner: JSONScanner
    private var isFirst = true
    private let numbers = PlainNumberParser()

    /// Creates a scanner of the bytes of one object. They must outlive it.
    package init(_ bytes: UnsafeRawBufferPointer) {
        scanner = JSONScanner(bytes)
    }

    /// The next member, or nil after the last.
    package mutating func next() throws(JSONFault) -> (name: String, value: Value)? {
        if isFirst {
            scanner.skipBlanks()
            guard scanner.skip("{") else { throw scanner.fault("'{' is expected") }
        }
        guard let (name, offset) = try scanner.nextKey(isFirst: isFirst) else {
            scanner.skipBlanks()
            guard scanner.isAtEnd else { throw scanner.fault("something follows the object") }
            return nil
        }
        (isFirst, self.offset) = (false, offset)
        return (name, try value())
    }

    private mutating func value() throws(JSONFault) -> Value {
        let (first, start) = (scanner.next, scanner.position)
        if first == UInt8(ascii: "\"") { return .text(try scanner.text()) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            try skipNested()
            return .other(start..<scanner.position)
        }
        while !scanner.isAtEnd, !isEnd(scanner.next) { scanner.position += 1 }
        let range = start..<scanner.position
        let word = UnsafeRawBufferPointer(rebasing: scanner.bytes[range])
        if word.isEmpty { throw scanner.fault("a value is expected") }
        let isNumeric = first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") <= 9
        if isNumeric, let number = numbers.jsonNumber(word) { return .number(number, range) }
        if word.elementsEqual("null".utf8) || word.elementsEqual("NaN".utf8) { return .missing }
        return .other(range)
    }

    /// Whether a byte stands behind a value.
    private func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x0A, UInt8(ascii: ","), UInt8(ascii: "}"): true
        default: false
        }
    }

    /// Skips an object or array. Only brackets and texts matter; depth costs no stack.
    private mutating func skipNested() throws(JSONFault) {
        var depth = 0
        while !scanner.isAtEnd {
            switch scanner.next {
            case UInt8(ascii: "\""):
                _ = try scanner.text()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            scanner.position += 1
            if depth == 0 { return }
        }
        throw scanner.fault("the end of a nested value is expected")
    }
}
