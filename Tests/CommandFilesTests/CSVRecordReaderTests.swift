// SPDX-License-Identifier: Apache-2.0

// Nasty CSV, as a whole and cut at every offset.

import CommandFiles
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

    @Test func textBehindAQuotedCellIsMarked() throws {
        let all = try records("\"a\"b,\"c\" ,d\n")
        #expect(all.map(\.malformed) == [[true, true, false]])
        #expect(all[0].cells.count == 3)
    }

    @Test func takesOtherDelimiters() throws {
        #expect(try records("a;b,c\n", delimiter: ";") == [Record(line: 1, cells: ["a", "b,c"])])
        #expect(try records("a\tb\n", delimiter: "\t") == [Record(line: 1, cells: ["a", "b"])])
    }

    @Test func keepsNulAndBadUTF8() throws {
        let bytes: [UInt8] = Array("a,b\n".utf8) + [0x00, 0x2C, 0xFF, 0xC3, 0x0A]
        var reader = CSVRecordReader(
            InputBuffer(memorySource(bytes)),
            delimiter: UInt8(ascii: ",")
        )
        _ = try reader.next()
        #expect(try reader.next())
        #expect(reader.cells.map { reader.text($0) } == ["\u{0}", "\u{FFFD}\u{FFFD}"])
    }

    @Test func aQuotedCellThatIsNeverClosedIsAnError() {
        let failure = #expect(throws: CommandFailure.self) { try records("a,b\n1,\"2\n3,4\n") }
        #expect(failure?.status == .badInput)
        #expect(failure?.message.contains("line 2") == true)
    }

    @Test func aHugeCellIsAnErrorThatNamesTheLimit() {
        let text = "a\n1\n\"" + String(repeating: "x", count: 3 << 20)
        let failure = #expect(throws: CommandFailure.self) { try records(text) }
        #expect(failure?.status == .badInput)
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

    /// Random text of the characters that matter: no trap, and no dependence on the chunks.
    @Test func randomTextGivesTheSameInAnyChunks() {
        let alphabet = Array("a1,\"\n\r;")
        for _ in 0..<3000 {
            let text = String((0..<Int.random(in: 0...40)).map { _ in alphabet.randomElement()! })
            let whole = Result { try records(text) }
            for chunk in [1, 2, 3, 7] {
                let cut = Result { try records(text, chunk: chunk) }
                #expect((try? cut.get()) == (try? whole.get()), "\(text.debugDescription)")
            }
        }
    }
}
