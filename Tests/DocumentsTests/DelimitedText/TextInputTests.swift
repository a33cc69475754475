// SPDX-License-Identifier: Apache-2.0

// What a file is, and the encoding that it has.

import Documents
import TestRecords
import Testing

@Suite struct TextInputTests {
    private func text(_ bytes: [UInt8], _ encoding: TextEncoding? = nil, chunk: Int = 3) throws
        -> String
    {
        let input = try TextInput(memorySource(bytes, chunk: chunk), encoding: encoding)
        var text: [UInt8] = []
        repeat {
            text += Array(input.buffer.unread)
            input.buffer.consume(input.buffer.unread.count)
        } while try input.buffer.refill(line: 1)
        return String(decoding: text, as: UTF8.self)
    }

    @Test(arguments: [
        ([0x50, 0x4B, 0x03, 0x04, 0x14], "spreadsheet"), ([0xD0, 0xCF, 0x11, 0xE0], "xls"),
        ([0x1F, 0x8B, 0x08, 0x00], "gzip"), (Array("%PDF-1.4".utf8), "PDF"),
        (Array("<!DOCTYPE HTML>\n<html>".utf8), "web page"), (Array("  <html>".utf8), "web page"),
        (Array("<?xml version='1.0'?>".utf8), "XML"), (Array("<rows><row>".utf8), "XML"),
        (Array("SQLite format 3\u{0}".utf8), "SQLite"), (Array("PAR1\u{15}\u{0}".utf8), "Parquet"),
        ([0x89, 0x50, 0x4E, 0x47], "image"), ([0xFF, 0xD8, 0xFF, 0xE0], "image"),
        (Array("[{\"id\":1}]".utf8), "JSON array"), (Array("[\n {}]".utf8), "JSON array"),
        (Array("-----BEGIN CERTIFICATE-----".utf8), "certificate"),
        ([0x69, 0x00, 0x64, 0x00, 0x2C, 0x00], "utf-16le"),
        ([0x00, 0x69, 0x00, 0x64, 0x00, 0x2C], "utf-16be"),
        ([0xFF, 0xFE, 0x00, 0x00, 0x69, 0x00], "UTF-32"),
        ([0x80, 0x02, 0x00, 0x01, 0x7D, 0x71, 0x00, 0xE9, 0x03], "no text"),
    ])
    func whatIsNoTableIsToldByItsContent(bytes: [UInt8], kind: String) {
        for chunk in [1, 100] {
            let error = #expect(throws: InputError.self) { try text(bytes, chunk: chunk) }
            let words = "\(error?.message ?? "") \(error?.hint ?? "")"
            #expect(words.contains(kind), "\(words)")
        }
    }

    @Test(arguments: [
        "ORCID,x\n", "[id],[x]\n", "BZh,x", "RIFF;x\n", "PAR1,x", "id", "a<b,c\n", "{x}",
    ])
    func columnsMayHaveSuchNames(header: String) throws {
        #expect(try text(Array(header.utf8)) == header)
    }

    @Test func encodingsAreRead() throws {
        let name = "Société à 5 €"
        #expect(try text([0x53, 0xE9, 0xA4, 0x0A], .latin1) == "Sé¤\n")
        #expect(try text([0x53, 0xE9, 0xA4], .latin9) == "Sé€")
        #expect(try text([0x35, 0x80, 0x92], .windows1252) == "5€’")
        #expect(try text([0x82, 0x8A], .codePage850) == "éè")
        #expect(try text([0x8E, 0xDB], .macRoman) == "é€")
        let units = Array((name + "😀").utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        for chunk in [1, 3, 1000] {
            #expect(try text(little, .utf16LittleEndian, chunk: chunk) == name + "😀")
            #expect(try text([0xFF, 0xFE] + little, chunk: chunk) == name + "😀")
            #expect(try text([0xFE, 0xFF] + big, chunk: chunk) == name + "😀")
        }
        #expect(try text([0xEF, 0xBB, 0xBF] + Array(name.utf8)) == name)
    }

    @Test(arguments: [
        ([0x53, 0x6F, 0x63, 0x69, 0xE9, 0x74, 0xE9, 0x0A], "latin-1"),
        ([0x35, 0x20, 0x80, 0x3B, 0x0A], "windows-1252"),
        ([0x4C, 0x92, 0x45, 0x74, 0x6F, 0x69, 0x6C, 0x65, 0xE9], "windows-1252"),
        ([0x53, 0x82, 0x74, 0x82, 0x0A], "cp850"), ([0x53, 0x8E, 0x74, 0x8E, 0x0A], "mac-roman"),
    ])
    func otherEncodingsAreRefusedWithTheirName(bytes: [UInt8], encoding: String) {
        let error = #expect(throws: InputError.self) { try text(Array("id\n".utf8) + bytes) }
        #expect(error?.message.contains("line 2") == true)
        #expect(error?.message.contains(encoding) == true, "\(error?.message ?? "")")
        #expect(error?.nextOptions == ["--encoding", encoding])
    }

    @Test(
        arguments: [
            ([0x81], .windows1252), ([0x85], .latin1), ([0x69, 0x00, 0x00], .utf16LittleEndian),
            ([0x00, 0xD8, 0x69, 0x00], .utf16LittleEndian), ([0x00, 0xDC], .utf16LittleEndian),
            ([0x61, 0xC3], nil), ([0xED, 0xA0, 0x80], nil), ([0xC0, 0x80], nil),
            ([0xF5, 0x80, 0x80, 0x80], nil), ([0xFF, 0xFE, 0x61, 0x00], .windows1252),
        ] as [([UInt8], TextEncoding?)]
    )
    func nothingIsReplaced(bytes: [UInt8], encoding: TextEncoding?) {
        for chunk in [1, 2, 100] {
            #expect(throws: InputError.self) { try text(bytes, encoding, chunk: chunk) }
        }
    }

    /// The check of UTF-8 says what the standard library says, however the bytes are cut.
    @Test func utf8IsCheckedAsTheStandardLibraryDoes() {
        let pieces: [[UInt8]] = [
            Array("abcdefgh".utf8), Array("é".utf8), Array("€".utf8), Array("😀".utf8), [0x80],
            [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xFF],
        ]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...6)).flatMap { _ in pieces.randomElement() ?? [] }
            var check = UTF8Check()
            var isGood = true
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = Array(rest.prefix(Int.random(in: 1...5)))
                rest = rest.dropFirst(part.count)
                isGood = isGood && part.withUnsafeBytes { check.firstFault(in: $0) } == nil
                if !isGood { break }
            }
            isGood = isGood && check.isComplete
            #expect(isGood == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }
}
