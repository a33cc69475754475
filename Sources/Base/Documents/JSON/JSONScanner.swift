// SPDX-License-Identifier: Apache-2.0

// The tokens of JSON (RFC 8259), for all that reads it: whole documents and lines of objects.

/// What is wrong with a JSON text, and at which byte.
package final class JSONFault: Error {
    /// What is wrong, for a person, without a full stop.
    package let message: String
    /// The byte, counted from 0.
    package let offset: Int

    init(message: String, offset: Int) {
        (self.message, self.offset) = (message, offset)
    }
}

/// Walks over a JSON text, whose bytes must outlive it.
struct JSONScanner {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        // A byte-order mark, which editors of another system put there.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The next byte; 0, which no document may have there, at the end.
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func skipBlanks() {
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
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

    /// The key of an object's next member, up to behind its colon and blanks; nil, behind the
    /// closing brace, when there is none.
    mutating func nextKey(isFirst: Bool) throws(JSONFault) -> (key: String, offset: Int)? {
        skipBlanks()
        if skip("}") { return nil }
        if !isFirst { try skipComma(before: "}") }
        let offset = position
        guard next == UInt8(ascii: "\"") else { throw fault("a key in double quotes is expected") }
        let key = try text()
        skipBlanks()
        guard skip(":") else { throw fault("':' is expected") }
        skipBlanks()
        return (key, offset)
    }

    /// Moves over the comma between two members or elements, and blanks.
    mutating func skipComma(before end: Unicode.Scalar) throws(JSONFault) {
        let comma = position
        guard skip(",") else { throw fault("',' or '\(end)' is expected") }
        skipBlanks()
        guard next != UInt8(truncatingIfNeeded: end.value) else {
            throw fault("a comma with nothing behind it", at: comma)
        }
    }

    /// Moves over a number; false, without moving on, if none comes next.
    mutating func skipNumber(allowsNonFinite: Bool) -> Bool {
        let start = position
        if skipFiniteNumber() { return true }
        position = start
        return allowsNonFinite
            && (skip(word: "NaN") || skip(word: "Infinity") || skip(word: "-Infinity"))
    }

    private mutating func skipFiniteNumber() -> Bool {
        let start = position
        _ = skip("-")
        if !skip("0"), !skipDigits() { return false }
        if skip("."), !skipDigits() { return false }
        if skip("e") || skip("E") {
            if !skip("-") { _ = skip("+") }
            guard skipDigits() else { return false }
        }
        // The number readers take no longer ones, and nobody writes them.
        return position - start <= 400
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") { position += 1 }
        return position > start
    }

    /// An error here, or elsewhere.
    func fault(_ message: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(message: message, offset: offset ?? position)
    }
}
