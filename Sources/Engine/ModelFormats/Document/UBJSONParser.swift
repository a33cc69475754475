// SPDX-License-Identifier: Apache-2.0

// Reads UBJSON (draft 12) into a tree.

internal import ExactTexts

/// Walks a UBJSON document once. Counts and lengths are compared with the bytes that are left
/// before anything is made of them.
struct UBJSONParser {
    let bytes: [UInt8]
    let depthLimit: Int
    var position = 0

    init(_ bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// The whole document.
    mutating func parseDocument() throws(ModelFormatError) -> DocumentValue {
        let value = try parseValue(depth: 0)
        guard position == bytes.count else { throw malformed("something follows the document") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(ModelFormatError) -> DocumentValue {
        let marker = try takeMarker()
        switch marker {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseList(depth: depth + 1)
        case UInt8(ascii: "S"): return .text(try parseText())
        case UInt8(ascii: "Z"): return .null
        case UInt8(ascii: "T"): return .bool(true)
        case UInt8(ascii: "F"): return .bool(false)
        default: break
        }
        guard let encoding = NumberList.Encoding(marker: marker) else {
            throw unknownMarker(marker)
        }
        return .number(try takeNumbers(1, encoding))
    }

    /// Members, without a count up to `}`, with a count just as many.
    private mutating func parseObject(depth: Int) throws(ModelFormatError) -> DocumentValue {
        try check(depth: depth)
        let count = try takeCount()
        var members: [ExactText: DocumentValue] = [:]
        while count.map({ members.count < $0 }) ?? !skip("}") {
            let start = position
            let key = try parseText()
            guard members.updateValue(try parseValue(depth: depth), forKey: key) == nil else {
                throw malformed("the key \"\(key.prefix(40))\" appears twice", at: start)
            }
        }
        return .object(members)
    }

    /// Elements, without a count up to `]`, with a count just as many; with a type they are
    /// numbers.
    private mutating func parseList(depth: Int) throws(ModelFormatError) -> DocumentValue {
        try check(depth: depth)
        if skip("$") {
            let marker = try takeMarker()
            guard let encoding = NumberList.Encoding(marker: marker) else {
                throw malformed("a list of one type whose type is no number", at: position - 1)
            }
            guard let count = try takeCount() else { throw malformed("a count is expected") }
            return count == 0 ? .list([]) : .numbers(try takeNumbers(count, encoding))
        }
        let count = try takeCount()
        var elements: [DocumentValue] = []
        while count.map({ elements.count < $0 }) ?? !skip("]") {
            elements.append(try parseValue(depth: depth))
        }
        return .list(elements)
    }

    private mutating func takeNumbers(
        _ count: Int,
        _ encoding: NumberList.Encoding
    ) throws(ModelFormatError) -> NumberList {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: encoding.byteCount ?? 1)
        guard !overflow, byteCount <= bytes.count - position else {
            throw malformed("the document ends inside \(count) numbers")
        }
        defer { position += byteCount }
        return NumberList(
            count: count,
            bytes: bytes[position..<position + byteCount],
            encoding: encoding
        )
    }

    /// `#` and a number; nil if there is no `#`.
    private mutating func takeCount() throws(ModelFormatError) -> Int? {
        skip("#") ? try takeLength() : nil
    }

    private mutating func takeLength() throws(ModelFormatError) -> Int {
        let start = position
        guard let encoding = NumberList.Encoding(marker: try takeMarker()),
            let length = try takeNumbers(1, encoding).integers?.first, length >= 0
        else { throw malformed("a length is expected", at: start) }
        return length
    }

    /// A length and as many bytes.
    private mutating func parseText() throws(ModelFormatError) -> String {
        let start = position
        let length = try takeLength()
        guard length <= bytes.count - position else {
            throw malformed("the document ends inside a text of \(length) bytes", at: start)
        }
        defer { position += length }
        let text = bytes[position..<position + length]
        guard let string = String(validating: text, as: UTF8.self) else {
            throw malformed("a text is not valid UTF-8", at: start)
        }
        return string
    }

    /// The next byte that is not the "no operation" mark.
    private mutating func takeMarker() throws(ModelFormatError) -> UInt8 {
        while skip("N") {}
        guard position < bytes.count else { throw malformed("the document ends early") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func skip(_ marker: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: marker) else { return false }
        position += 1
        return true
    }

    private func check(depth: Int) throws(ModelFormatError) {
        guard depth <= depthLimit else {
            throw ModelFormatError(
                code: .unsupported,
                place: "byte \(position - 1)",
                message: "brackets nested more than \(depthLimit) levels deep"
            )
        }
    }

    private func unknownMarker(_ marker: UInt8) -> ModelFormatError {
        malformed("no value begins with the byte \(marker)", at: position - 1)
    }

    private func malformed(_ message: String, at position: Int? = nil) -> ModelFormatError {
        let place = "byte \(position ?? self.position)"
        return ModelFormatError(code: .malformed, place: place, message: message)
    }
}

extension NumberList.Encoding {
    /// The encoding of a type marker; nil if it is of no number.
    fileprivate init?(marker: UInt8) {
        switch marker {
        case UInt8(ascii: "i"): self = .int8
        case UInt8(ascii: "U"): self = .uint8
        case UInt8(ascii: "I"): self = .int16
        case UInt8(ascii: "l"): self = .int32
        case UInt8(ascii: "L"): self = .int64
        case UInt8(ascii: "d"): self = .float32
        case UInt8(ascii: "D"): self = .float64
        default: return nil
        }
    }
}
