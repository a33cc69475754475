// SPDX-License-Identifier: Apache-2.0

// Nasty CSV, as a whole and cut at every offset.

import Documents
import TestRecords
import Testing

@Suite struct CSVRecordReaderTests {
    @Test(arguments: [
        "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "\u{FEFF}a,b\n1,2\n",
    ])
    func readsAllLineEnds(text: String) throws {
        #expect(
            try records(text) == [
                Record(line: 1, cells: ["a", "b"]), Record(line: 2, cells: ["1", "2"]),
            ]
        )
    }

    @Test func skipsEmptyLinesAndCountsThem() throws {
        #expect(
            try records("\n\r\na,b\n\n\r\n1,2\n\n") == [
                Record(line: 3, cells: ["a", "b"]), Record(line: 6, cells: ["1", "2"]),
            ]
        )
    }

    @Test func readsQuotedCells() throws {
        let text = "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\"\",\n\"x\"\n"
        #expect(
            try records(text) == [
                Record(line: 1, cells: ["a,b", "say \"hi\"", "two\r\nlines", "", ""]),
                Record(line: 3, cells: ["x"]),
            ]
        )
    }

    @Test func quotationMarksInsideOfPlainCellsStand() throws {
        #expect(
            try records("5\" pipe,a\"b\"\n") == [Record(line: 1, cells: ["5\" pipe", "a\"b\""])]
        )
    }

    @Test func aQuotedEmptyCellIsNoEmptyLine() throws {
        #expect(
            try records("a\n\"\"\n\n1") == [
                Record(line: 1, cells: ["a"]), Record(line: 2, cells: [""]),
                Record(line: 4, cells: ["1"]),
            ]
        )
    }

    @Test func textBehindAQuotedCellSpoilsItsLineOnly() throws {
        #expect(
            try records("\"a\"b,\"c\" ,d\n1,2,3\n") == [
                Record(line: 1, cells: ["\"a\"b", "\"c\" ", "d"], fault: .textBehindQuote),
                Record(line: 2, cells: ["1", "2", "3"]),
            ]
        )
    }

    /// To Swift a mark and an accent behind it are one character, and CR with LF is too.
    @Test func marksAreBytes() throws {
        let expected = [Record(line: 1, cells: ["a\"\u{301}b", "\r\n\""])]
        #expect(try records("\"a\"\"\u{301}b\",\"\r\n\"\"\"\n") == expected)
    }

    @Test func blanksAroundQuotationMarksDoNotCount() throws {
        #expect(
            try records(" \"a, b\" ,\t\"c\"\t\n") == [Record(line: 1, cells: ["a, b", "c"])]
        )
    }

    /// The second company keeps its own line, wherever the first one's mark closes.
    @Test func aBrokenRecordNeverTakesTheNextOneIn() throws {
        #expect(
            try records("1,\"Dupont,1000\n2,\"Martin\",5\r\n3,Durand,7") == [
                Record(line: 1, cells: ["1", "\"Dupont", "1000"], fault: .textBehindQuote),
                Record(line: 2, cells: ["2", "Martin", "5"]),
                Record(line: 3, cells: ["3", "Durand", "7"]),
            ]
        )
        #expect(
            try records("1,\"Dupont\r2,Martin\r") == [
                Record(line: 1, cells: ["1", "\"Dupont"], fault: .quoteNotClosed),
                Record(line: 2, cells: ["2", "Martin"]),
            ]
        )
    }

    @Test func aMarkThatIsNeverClosedSpoilsItsLineInALongFileToo() throws {
        let rows = (0..<200_000).map { "\($0),1" }.joined(separator: "\n")
        let all = try records("a,b\n\"x,1\n" + rows)
        #expect(all.count == 200_002)
        #expect(all[1].fault == .quoteNotClosed && all.count { $0.fault != nil } == 1)
        #expect(all.last == Record(line: 200_002, cells: ["199999", "1"]))
    }

    @Test func lineEndsOfAllKindsCountOnce() throws {
        let expected = [Record(line: 1, cells: ["a"]), Record(line: 2, cells: ["b"])]
        for end in ["\n", "\r", "\r\n", "\r\r\n"] {
            #expect(try records("a\(end)b\(end)") == expected)
        }
    }

    @Test func theEndOfADOSTextIsTheEnd() throws {
        #expect(try records("a\n1\n\u{1A}").count == 2)
        #expect(try records("a\n1\n\u{1A}\r\n").count == 2)
        #expect(throws: InputError.self) { try records("a\n\u{1A}\n2\n") }
    }

    @Test func takesOtherDelimiters() throws {
        #expect(try records("a;b,c\n", delimiter: ";") == [Record(line: 1, cells: ["a", "b,c"])])
        #expect(try records("a\tb\n", delimiter: "\t") == [Record(line: 1, cells: ["a", "b"])])
    }

    @Test func keepsNul() throws {
        #expect(try records("a\u{0},b\n") == [Record(line: 1, cells: ["a\u{0}", "b"])])
    }

    @Test func aHugeCellIsAnErrorThatNamesTheLimit() {
        let text = "a\n1\n\"" + String(repeating: "x", count: 3 << 20)
        let failure = #expect(throws: InputError.self) { try records(text) }
        #expect(failure?.message.contains("line 3") == true)
        #expect(failure?.message.contains("1048576") == true)
    }

    @Test func nothingIsNoRecord() throws {
        #expect(try records("").isEmpty)
        #expect(try records("\n\r\n\r").isEmpty)
    }

    /// How the input is cut into chunks changes nothing.
    @Test func chunksOfAnySizeGiveTheSame() throws {
        let text =
            "\u{FEFF}id,\"na\"\"me\",x\r\n\"1\",\"a\r\nb\",2\r\r\n3,\"\",\n"
            + "\"q\"z,w\"w,\"é€😀\"\r\n\n7,8"
        let whole = try records(text)
        #expect(whole.count == 5)
        for chunk in 1...(text.utf8.count + 1) {
            #expect(try records(text, chunk: chunk) == whole, "chunks of \(chunk) bytes")
        }
    }

    /// Random bytes of those that matter: the same as a reader that has it all before it. Short
    /// ones are all edges; long ones have lines that are read at once, with and without marks.
    @Test(arguments: [(40, 6_000, "a1,\"\"\n\r; \t"), (700, 2_000, "aaaabbcc112,,,,\" \t\r\n")])
    func randomTextIsReadAsANaiveReaderDoes(longest: Int, count: Int, letters: String) throws {
        let alphabet = Array(letters.utf8) + [0, 0xC2, 0xA0]
        var random = SystemRandomNumberGenerator()
        for turn in 0..<count {
            // Every other text has no marks.
            let bytes = (0..<Int.random(in: 0...longest, using: &random)).map { _ in
                let byte = alphabet.randomElement(using: &random) ?? 0
                return turn.isMultiple(of: 2) && byte == UInt8(ascii: "\"") ? 0x78 : byte
            }
            let expected = NaiveRecords.read(bytes, delimiter: UInt8(ascii: ","))
            let chunk = [1, 2, 3, 7, 64, 100, 1 << 16].randomElement(using: &random) ?? 1
            let found = try records(bytes, chunk: chunk)
            #expect(found == expected, "\(bytes) in chunks of \(chunk)")
        }
    }

    /// Plain lines that are taken where they lie, in between others, some of them refused.
    @Test(arguments: [1, 60, 200, 5_000])
    func plainLinesTakenWhereTheyLieAreTheSame(chunk: Int) throws {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            ",", ",", "a", "bc", "some longer text", "\n", "\r", "\r\n", "\r\r\n", "\"", "\"\"",
            "é", " ",
            String(repeating: "x", count: 70), String(repeating: "y,", count: 40),
        ]
        for round in 0..<60 {
            var text = ""
            for _ in 0..<Int.random(in: 1...400, using: &random) {
                let place = min(
                    Int.random(in: 0..<pieces.count, using: &random),
                    Int.random(in: 0..<pieces.count, using: &random)
                )
                text += pieces[place]
            }
            let refusing = Int.random(in: 1...6, using: &random)
            let bytes = Array(text.utf8)
            var reader = CSVRecordReader(
                InputBuffer(memorySource(bytes, chunk: chunk), chunkBytes: chunk),
                delimiter: UInt8(ascii: ",")
            )
            var found: [Record] = []
            var turn = 0
            while true {
                var cells: [String] = []
                let isTaken = reader.takePlainLine { base, start, ends in
                    turn += 1
                    if turn % refusing == 0 { return false }
                    var start = start
                    for end in ends {
                        let cell = UnsafeRawBufferPointer(
                            start: base + start,
                            count: Int(end) - start
                        )
                        cells.append(String(decoding: cell, as: UTF8.self))
                        start = Int(end) + 1
                    }
                    return true
                }
                if isTaken {
                    found.append(Record(line: reader.line, cells: cells, fault: nil))
                } else {
                    guard try reader.next() else { break }
                    cells = reader.cells.map { reader.text($0) }
                    found.append(Record(line: reader.line, cells: cells, fault: reader.fault))
                }
            }
            #expect(
                try found == records(bytes, chunk: chunk),
                "round \(round): \(text.debugDescription)"
            )
        }
    }

    /// Lines of many cells, and of many more or fewer than the line before.
    @Test func linesOfAnyNumberOfCells() throws {
        let counts = [1, 2, 63, 64, 65, 300, 5, 300, 299, 1_000, 1, 1_000]
        let lines = counts.map { count in (0..<count).map { "c\($0)" } }
        let text = lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
        let found = try records(text + String(repeating: " ", count: 64))
        #expect(found.map(\.cells) == lines)
        #expect(found.map(\.line) == Array(1...counts.count))
    }
}
