// SPDX-License-Identifier: Apache-2.0

// Reads JSON (RFC 8259) into a tree.

internal import ExactTexts

/// Walks a JSON document once.
struct JSONParser {
    let bytes: [UInt8]
    let depthLimit: Int
    let allowsNonFinite: Bool
    var position = 0

    init(_ bytes: [UInt8], depthLimit: Int, allowsNonFinite: Bool) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        self.allowsNonFinite = allowsNonFinite
    }

    /// The whole document.
    mutating func parseDocument() throws(ModelFormatError) -> DocumentValue {
        let value = try parseValue(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw malformed("something follows the document") }
        return value
    }

    /// The next byte; 0, which no document may have there, at the end.
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func skipBlanks() {
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }

    private mutating func parseValue(depth: Int) throws(ModelFormatError) -> DocumentValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseList(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try parseText())
        default: break
        }
        if skip(word: "true") { return .bool(true) }
        if skip(word: "false") { return .bool(false) }
        if skip(word: "null") { return .null }
        let start = position
        guard scanNumber() else {
            throw malformed(
                position < bytes.count ? "a value is expected" : "the document ends early"
            )
        }
        return .number(NumberList(count: 1, bytes: bytes[start..<position], encoding: .text))
    }

    private mutating func parseObject(depth: Int) throws(ModelFormatError) -> DocumentValue {
        try check(depth: depth)
        position += 1
        var members: [ExactText: DocumentValue] = [:]
        skipBlanks()
        if skip("}") { return .object(members) }
        while true {
            skipBlanks()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw malformed("a key is expected") }
            let key = try parseText()
            skipBlanks()
            guard skip(":") else { throw malformed("':' is expected") }
            guard members.updateValue(try parseValue(depth: depth), forKey: key) == nil else {
                throw malformed("the key \"\(key.prefix(40))\" appears twice", at: start)
            }
            skipBlanks()
            if skip("}") { return .object(members) }
            guard skip(",") else { throw malformed("',' or '}' is expected") }
        }
    }

    private mutating func parseList(depth: Int) throws(ModelFormatError) -> DocumentValue {
        try check(depth: depth)
        position += 1
        if let numbers = scanNumbers() { return .numbers(numbers) }
        var elements: [DocumentValue] = []
        skipBlanks()
        if skip("]") { return .list(elements) }
        while true {
            elements.append(try parseValue(depth: depth))
            skipBlanks()
            if skip("]") { return .list(elements) }
            guard skip(",") else { throw malformed("',' or ']' is expected") }
        }
    }

    /// The rest of a list that has only numbers; nil, without moving on, if it has anything else.
    private mutating func scanNumbers() -> NumberList? {
        let start = position
        var count = 0
        while true {
            skipBlanks()
            guard scanNumber() else { break }
            count += 1
            skipBlanks()
            let end = position
            if skip("]") {
                return NumberList(count: count, bytes: bytes[start..<end], encoding: .text)
            }
            guard skip(",") else { break }
        }
        position = start
        return nil
    }

    /// Moves over a character if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(truncatingIfNeeded: character.value) else { return false }
        position += 1
        return true
    }

    /// Moves over a word if it comes next.
    mutating func skip(word text: StaticString) -> Bool {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isThere = text.withUTF8Buffer { $0.elementsEqual(bytes[position..<end]) }
        if isThere { position = end }
        return isThere
    }

    private func check(depth: Int) throws(ModelFormatError) {
        guard depth <= depthLimit else {
            throw ModelFormatError(
                code: .unsupported,
                place: place(of: position),
                message: "brackets nested more than \(depthLimit) levels deep"
            )
        }
    }

    /// An error here, or elsewhere.
    func malformed(_ message: String, at position: Int? = nil) -> ModelFormatError {
        let place = place(of: position ?? self.position)
        return ModelFormatError(code: .malformed, place: place, message: message)
    }

    private func place(of position: Int) -> String {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return "line \(line), column \(before.count - lineStart + 1)"
    }
}
