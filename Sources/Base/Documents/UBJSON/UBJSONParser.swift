// SPDX-License-Identifier: Apache-2.0

// Reads UBJSON (draft 12) into a tree.

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
    mutating func parseDocument() throws(DocumentError) -> DocumentValue {
        let value = try parseValue(depth: 0)
        guard position == bytes.count else { throw malformed("something follows the document") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(DocumentError) -> DocumentValue {
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
    private mutating func parseObject(depth: Int) throws(DocumentError) -> DocumentValue {
        try check(depth: depth)
        let count = try takeCount()
        var members: [DocumentObject.Member] = []
        while count.map({ members.count < $0 }) ?? !skip("}") {
            let start = position
            let key = try parseText()
            let value = try parseValue(depth: depth)
            members.append(DocumentObject.Member(key: key, value: value, offset: start))
        }
        let object = DocumentObject(members)
        if let second = object.firstRepeated {
            throw malformed(second.repeatedMessage, at: second.offset)
        }
        return .object(object)
    }

    /// Elements, without a count up to `]`, with a count just as many; with a type they are
    /// numbers.
    private mutating func parseList(depth: Int) throws(DocumentError) -> DocumentValue {
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
    ) throws(DocumentError) -> NumberList {
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
    private mutating func takeCount() throws(DocumentError) -> Int? {
        skip("#") ? try takeLength() : nil
    }

    private mutating func takeLength() throws(DocumentError) -> Int {
        let start = position
        guard let encoding = NumberList.Encoding(marker: try takeMarker()),
            let length = try takeNumbers(1, encoding).integers?.first, length >= 0
        else { throw malformed("a length is expected", at: start) }
        return length
    }

    /// A length and as many bytes.
    private mutating func parseText() throws(DocumentError) -> String {
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
    private mutating func takeMarker() throws(DocumentError) -> UInt8 {
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

    private func check(depth: Int) throws(DocumentError) {
        guard depth <= depthLimit else {
            throw DocumentError(
                code: .unsupported,
                place: "byte \(position - 1)",
                message: DocumentValue.tooDeep(depthLimit)
            )
        }
    }

    private func unknownMarker(_ marker: UInt8) -> DocumentError {
        malformed("no value begins with the byte \(marker)", at: position - 1)
    }

    private func malformed(_ message: String, at position: Int? = nil) -> DocumentError {
        let place = "byte \(position ?? self.position)"
        return DocumentError(code: .malformed, place: place, message: message)
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

extension DocumentValue {
    /// Reads a UBJSON document (draft 12), whose keys must differ within an object.
    ///
    /// - Parameters:
    ///   - ubjson: The whole document.
    ///   - depthLimit: Levels of brackets that it may have.
    /// - Throws: An error at a byte, counted from 0; of code `unsupported` if the nesting is too
    ///   deep.
    package init(ubjson: [UInt8], depthLimit: Int) throws(DocumentError) {
        var parser = UBJSONParser(ubjson, depthLimit: depthLimit)
        self = try parser.parseDocument()
    }
}
