// SPDX-License-Identifier: Apache-2.0

// A strict reader of one JSON object whose values are texts, numbers and the like,
// with the place of each member. It finds where tokens begin and end; what a token
// of a text stands for is FoundationEssentials' to say.

internal import FoundationEssentials

/// Reads the members of an object in their order, repeated ones too.
struct FlatObjectReader {
    /// A value of a member.
    enum Value: Equatable {
        /// A text.
        case text(String)
        /// A number as it is written.
        case number(String)
        /// True, false or null.
        case word
    }

    /// What is wrong, and at which byte.
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte-order mark, which editors of another system put there.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The place of a byte for people.
    func place(of offset: Int) -> String {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return "line \(line), column \(offset - start + 1)"
    }

    /// Gives each member with its place.
    mutating func readMembers(
        _ take: (_ key: String, _ value: Value, _ place: String) -> Void
    ) throws(Failure) {
        try expect("{", "an object begins with {")
        guard next() != UInt8(ascii: "}") else { return try end() }
        while true {
            guard next() == UInt8(ascii: "\"") else {
                throw failure("a name in double quotes must stand here")
            }
            let place = place(of: offset)
            let key = try text()
            try expect(":", "a colon must stand behind a name")
            take(key, try value(), place)
            switch next() {
            case UInt8(ascii: ","):
                let comma = offset
                offset += 1
                guard next() != UInt8(ascii: "}") else {
                    throw Failure(message: "a comma with nothing behind it", offset: comma)
                }
            case UInt8(ascii: "}"): return try end()
            default: throw failure("a comma or } must stand behind a value")
            }
        }
    }

    private mutating func end() throws(Failure) {
        offset += 1
        guard next() == nil else { throw failure("text behind the end of the object") }
    }

    /// The next byte that is no white space, where `offset` then is; nil at the end.
    private mutating func next() -> UInt8? {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) {
            offset += 1
        }
        return offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func expect(_ sign: Unicode.Scalar, _ message: String) throws(Failure) {
        guard next() == UInt8(ascii: sign) else { throw failure(message) }
        offset += 1
    }

    private func failure(_ message: String) -> Failure {
        Failure(message: message, offset: offset)
    }

    private mutating func value() throws(Failure) -> Value {
        switch next() {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            throw failure("a value is a text or a number, no object or list")
        default: break
        }
        let start = offset
        while offset < bytes.count, Self.isOfWord(bytes[offset]) { offset += 1 }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        if ["true", "false", "null"].contains(word) { return .word }
        guard (try? JSONDecoder().decode(Double.self, from: Data(word.utf8))) != nil else {
            throw Failure(message: "a text or a number must stand here", offset: start)
        }
        return .number(word)
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// A text, from its first quote to behind its last.
    private mutating func text() throws(Failure) -> String {
        let start = offset
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard offset < bytes.count else {
            throw Failure(message: "a text without its closing quote", offset: start)
        }
        offset += 1
        do {
            return try JSONDecoder().decode(String.self, from: Data(bytes[start..<offset]))
        } catch {
            throw Failure(message: "a text that is not valid JSON", offset: start)
        }
    }
}
