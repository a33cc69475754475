// SPDX-License-Identifier: Apache-2.0

// Texts, tables, JSON and CSV pieces of the output.

import CommandFiles
import CommandTables
import FoundationEssentials
import TestRecords
import Testing

@Suite struct OutputTests {
    private func written(_ body: (ByteSink) -> Void) -> String {
        let sink = ByteSink.memory()
        body(sink)
        return String(decoding: sink.pending, as: UTF8.self)
    }

    @Test(arguments: ["plain", "a\"b\\c", "\n\r\t\u{0}\u{1}\u{1F}\u{7F}", "é€😀", ""])
    func jsonTextsAreReadBackByFoundation(text: String) throws {
        let json = written { $0.writeJSON(text) }
        #expect(try JSONDecoder().decode([String].self, from: Data("[\(json)]".utf8)) == [text])
    }

    @Test func jsonNumbersAreExactOrNull() throws {
        for value in [
            0.1, 1e-300, -1.7976931348623157e308, Double.leastNonzeroMagnitude, 0.30000000000000004,
        ] {
            let json = written { $0.writeJSON(value) }
            #expect(
                try JSONDecoder().decode([Double].self, from: Data("[\(json)]".utf8)) == [value]
            )
        }
        #expect(written { $0.writeJSON(Double.nan) } == "null")
        #expect(written { $0.writeJSON(-Double.infinity) } == "null")
    }

    @Test func csvCellsAreQuotedWhereNeeded() throws {
        let texts = ["plain", "a,b", "say \"hi\"", "two\nlines", "cr\rhere", "", " é "]
        let line = written { sink in
            for (index, text) in texts.enumerated() {
                if index > 0 { sink.write(byte: UInt8(ascii: ",")) }
                sink.writeCSV(Array(text.utf8)[...])
            }
        }
        #expect(line.hasPrefix("plain,\"a,b\",\"say \"\"hi\"\"\","))
        #expect(try records(line) == [Record(line: 1, cells: texts)])
    }

    @Test func tablesAreAligned() {
        let text = TextTable.text(
            columns: [("name", .left), ("n", .right), ("label", .left)],
            rows: [["é", "1", "x"], ["longer", "1000", ""]],
            terminal: Terminal(descriptor: -1)
        )
        #expect(text == "name       n  label\né          1  x\nlonger  1000\n")
        let wide = TextTable.text(
            columns: [("name", .left), ("n", .right)],
            rows: [["東京電機", "1"], ["e\u{301}te\u{301} 😀", "2"], ["plain", "3"]],
            terminal: Terminal(descriptor: -1)
        )
        #expect(wide == "name      n\n東京電機  1\ne\u{301}te\u{301} 😀    2\nplain     3\n")
    }

    @Test(arguments: [
        ("plain", 5), ("été", 3), ("e\u{301}", 1), ("東京", 4), ("😀", 2), ("👩‍👩‍👧", 2),
        ("\u{1F1EB}\u{1F1F7}", 2), ("ﾊﾝ", 2), ("", 0),
    ])
    func widthsAreThoseOfATerminal(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test func longTextsAreCutByTheirWidth() {
        #expect("東京電機".cut(toDisplayWidth: 6) == "東京…")
        #expect("abc".cut(toDisplayWidth: 3) == "abc" && "abcd".cut(toDisplayWidth: 3) == "ab…")
    }

    @Test func jsonTextsCommandNoTerminal() {
        #expect(
            written { $0.writeJSON("a\u{9B}31m\u{A0}é\u{7F}") } == "\"a\\u009b31m\u{A0}é\\u007f\""
        )
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1 000"), (10_000_000, "10 000 000"), (-1005, "-1 005"),
        (Int.min, "-9 223 372 036 854 775 808"),
    ])
    func countsAreGrouped(count: Int, text: String) {
        #expect(grouped(count) == text)
    }

    @Test(arguments: [
        (0.0, "0.0"), (999, "999"), (1250, "1.25 k"), (3.4e6, "3.40 M"), (2e10, "20.0 G"),
    ])
    func quantitiesAreShort(value: Double, text: String) {
        #expect(short(value) == text)
    }

    @Test func decimalsAreFixed() {
        #expect(decimals(1.005, 2) == "1.00")
        #expect(decimals(-0.5, 0) == "-0")
        #expect(decimals(1e300, 1).count == 303)
    }

    @Test func progressTellsTimeLeft() {
        let text = ProgressLine.text(rowCount: 2_000_000, bytes: 25, totalBytes: 100, seconds: 20)
        #expect(text == "2 000 000 rows  25.0B  100 k rows/s  25 %  1:00 left")
        let pipe = ProgressLine.text(rowCount: 0, bytes: 0, totalBytes: nil, seconds: 0)
        #expect(pipe == "0 rows  0.0B")
    }
}
