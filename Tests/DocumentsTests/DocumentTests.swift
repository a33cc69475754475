// SPDX-License-Identifier: Apache-2.0

// JSON and UBJSON as values, sound and hostile.

import Documents
import Testing

@Suite("Documents")
struct DocumentTests {
    private func json(_ text: String, nonFinite: Bool = false) throws -> DocumentValue {
        try DocumentValue(json: Array(text.utf8), depthLimit: 8, allowsNonFinite: nonFinite)
    }

    private func ubjson(_ bytes: [UInt8]) throws -> DocumentValue {
        try DocumentValue(ubjson: bytes, depthLimit: 8)
    }

    private func ubjson(_ text: String) throws -> DocumentValue { try ubjson(Array(text.utf8)) }

    private func doubles(_ value: DocumentValue) -> [Double] {
        switch value {
        case .number(let numbers), .numbers(let numbers): numbers.doubles
        default: []
        }
    }

    @Test("numbers are the nearest of the type that is asked for")
    func nearest() throws {
        // Just above the middle of two float32 numbers, which a float64 between would lose.
        let text = "1.00000005960464477539062500001"
        guard case .number(let number) = try json(text) else {
            Issue.record("no number")
            return
        }
        #expect(number.floats == [Float(1).nextUp])
        #expect(Float(number.doubles[0]) == 1)
        #expect(doubles(try json("[1, -0.5e1 ,2E+2,0]")) == [1, -5, 200, 0])
        guard case .numbers(let numbers) = try json("[3,4E0,-5]") else {
            Issue.record("no numbers")
            return
        }
        #expect(numbers.count == 3)
        #expect(numbers.integers == [3, 4, -5])
    }

    @Test(
        "what is no number is none",
        arguments: ["01", "1.", ".5", "+1", "1e", "-", "0x1", "NaN"]
    )
    func noNumber(text: String) {
        #expect(throws: DocumentError.self) { try json(text) }
        #expect(throws: DocumentError.self) { try json("[1, \(text)]") }
    }

    @Test("non-finite numbers are read where they are allowed")
    func nonFinite() throws {
        let values = doubles(try json("[Infinity,-Infinity,NaN]", nonFinite: true))
        #expect(values[..<2] == [.infinity, -.infinity])
        #expect(values[2].isNaN)
    }

    @Test("texts are unescaped")
    func texts() throws {
        guard case .text(let text) = try json(#""a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00""#) else {
            Issue.record("no text")
            return
        }
        #expect(text == "a\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{E9}\u{1F600}")
    }

    @Test(
        "broken JSON is refused at its place",
        arguments: [
            ("", "line 1, column 1: the document ends early"), ("{", "a key in double quotes is expected"),
            ("{\"a\" 1}", "line 1, column 6: ':' is expected"), ("[1 2]", "',' or ']' is expected"),
            ("[1,]", "line 1, column 3: a comma with nothing behind it"),
            ("{\"a\":1,\n}", "line 1, column 7: a comma with nothing behind it"),
            ("[01]", "line 1, column 2: a value is expected"),
            ("{\"b\":1,\"a\":1,\"b\":2,\"a\":2}", "column 14: the key \"b\" appears twice"),
            ("{\"e\u{301}\":1,\"a\":1,\"e\\u0301\":2}", "appears twice"),
            ("{\"a\":1,\n \"a\":2}", "line 2, column 2: the key \"a\" appears twice"),
            (" \"a", "column 2: a text without its closing quotation mark"), ("\"\u{1}\"", "a control character"),
            (#""\x""#, "an unknown escape"), (#""\u12""#, "four hexadecimal digits"),
            (#""\ud83d""#, "half of a surrogate pair"), (#""\ud83d\u0041""#, "half of a surrogate"),
            ("1 2", "something follows the document"), ("tru", "a value is expected"),
            (String(repeating: "[", count: 100_000), "nested more than 8 levels deep"),
            (String(repeating: "{\"a\":", count: 100_000), "nested more than 8 levels deep"),
        ]
    )
    func broken(text: String, message: String) {
        let error = #expect(throws: DocumentError.self) { try json(text) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("text that is not UTF-8 is refused")
    func notUTF8() {
        #expect(throws: DocumentError.self) {
            try DocumentValue(json: [0x22, 0xC3, 0x28, 0x22], depthLimit: 8)
        }
        #expect(throws: DocumentError.self) { try ubjson([0x53, 0x55, 2, 0xC3, 0x28]) }
    }

    @Test("UBJSON numbers of every type")
    func numbers() throws {
        let negative = UInt8(bitPattern: -2)
        #expect(doubles(try ubjson([0x69, negative])) == [-2])
        #expect(doubles(try ubjson([0x55, negative])) == [254])
        #expect(doubles(try ubjson([0x49, 0xFF, negative])) == [-2])
        #expect(doubles(try ubjson([0x6C, 0, 1, 0, 0])) == [65536])
        #expect(doubles(try ubjson([0x4C, 0, 0, 0, 1, 0, 0, 0, 0])) == [4_294_967_296])
        #expect(doubles(try ubjson([0x64, 0x3F, 0x80, 0, 0])) == [1])
        #expect(doubles(try ubjson([0x44, 0xBF, 0xF0, 0, 0, 0, 0, 0, 0])) == [-1])
        let list: [UInt8] = [0x5B, 0x24, 0x49, 0x23, 0x69, 2, 0, 1, 0xFF, 0xFF]
        #expect(doubles(try ubjson(list)) == [1, -1])
    }

    @Test("UBJSON objects and lists, with counts and without")
    func containers() throws {
        for text in ["{i\u{1}ai\u{5}U\u{1}bT}", "{#i\u{2}i\u{1}ai\u{5}U\u{1}bT"] {
            guard case .object(let members) = try ubjson(text) else {
                Issue.record("no object")
                return
            }
            #expect(members.members.map(\.key) == ["a", "b"])
            #expect(doubles(members["a"] ?? .null) == [5])
        }
        for text in ["[ZSi\u{1}xF]", "[#i\u{3}ZSi\u{1}xF", "[NZNSi\u{1}xF]"] {
            #expect(try ubjson(text).elements?.map(\.kind) == ["null", "a text", "true or false"])
        }
    }

    @Test(
        "broken UBJSON is refused at its byte",
        arguments: [
            ("", "byte 0: the document ends early"), ("{", "the document ends early"),
            ("?", "byte 0: no value begins with the byte 63"), ("[i\u{1}", "ends early"),
            ("i", "the document ends inside 1 numbers"), ("TT", "something follows the document"),
            ("[$SU\u{1}", "byte 2: a list of one type whose type is no number"),
            ("[$dU", "a count is expected"), ("[#", "ends early"), ("[#T", "a length is expected"),
            ("[#i\u{7F}", "ends early"), ("Si\u{5}ab", "ends inside a text of 5 bytes"),
            ("{i\u{1}aTi\u{1}aF}", "the key \"a\" appears twice"),
            ("[$d#L\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}", "ends inside 918"),
            (String(repeating: "[", count: 100_000), "nested more than 8 levels deep"),
        ]
    )
    func brokenUBJSON(text: String, message: String) {
        let error = #expect(throws: DocumentError.self) { try ubjson(text) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("a negative length is refused")
    func negativeLength() {
        #expect(throws: DocumentError.self) { try ubjson([0x53, 0x69, 0xFF, 0x61]) }
        #expect(throws: DocumentError.self) { try ubjson([0x5B, 0x24, 0x64, 0x23, 0x69, 0xFF]) }
    }

    @Test("members are found by the bytes of their keys, and know their places")
    func members() throws {
        let text = "{\"e\u{301}\": 1, \"\u{E9}\": 2, \"a\": 3,\"\": 4}"
        guard case .object(let object) = try json(text) else {
            Issue.record("no object")
            return
        }
        #expect(doubles(object["e\u{301}"] ?? .null) == [1])
        #expect(doubles(object["\u{E9}"] ?? .null) == [2])
        #expect(doubles(object[""] ?? .null) == [4])
        #expect(object["e"] == nil && object["z"] == nil)
        #expect(object.members.map(\.offset) == [27, 20, 1, 11])
    }

    @Test("every key of a large object is found, and no other")
    func manyMembers() throws {
        let keys = (0..<1_000).map { "k\($0 &* 7_919 % 1_000)" }
        let text = "{" + keys.map { "\"\($0)\":\($0.dropFirst())" }.joined(separator: ",") + "}"
        guard case .object(let object) = try json(text) else {
            Issue.record("no object")
            return
        }
        for key in keys { #expect(doubles(object[key] ?? .null).first == Double(key.dropFirst())) }
        for key in ["k", "k1000", "k00", "j", "l", ""] { #expect(object[key] == nil) }
    }

    @Test("a byte-order mark is no part of the document")
    func byteOrderMark() throws {
        #expect(doubles(try json("\u{FEFF}[1,2]")) == [1, 2])
    }
}
