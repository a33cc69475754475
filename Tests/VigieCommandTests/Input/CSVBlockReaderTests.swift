// SPDX-License-Identifier: Apache-2.0

// CSV files to blocks: columns, dialects, bad rows.

import CommandFiles
import TestRecords
import Testing
import VigieCommand

@Suite struct CSVBlockReaderTests {
    private func reader(
        _ text: String,
        dialect: CSVBlockReader.Dialect = .init(),
        choice: ColumnChoice = .init(),
        known: Set<String> = ["x", "y"]
    ) throws -> CSVBlockReader {
        try CSVBlockReader(memoryBuffer(text), dialect: dialect, choice: choice, known: known)
    }

    private func block(
        _ text: String,
        dialect: CSVBlockReader.Dialect = .init(),
        choice: ColumnChoice = .init()
    ) throws -> InputBlock {
        try #require(
            try reader(text, dialect: dialect, choice: choice).readBlock(rowCountMaximum: 100)
        )
    }

    @Test func readsValuesAndIdentifiers() throws {
        let reader = try reader("x, id ,y\n1,\"A, B\",2\n,C,NA\n")
        #expect(reader.valueColumns == ["x", "y"])
        #expect(reader.textColumns == ["id"])
        #expect(reader.hasIdentifier)
        let block = try #require(try reader.readBlock(rowCountMaximum: 10))
        #expect(block.rowCount == 2)
        #expect(block.values.prefix(2) == [1, 2])
        #expect(block.values.suffix(2).allSatisfy { $0.isNaN })
        #expect(block.texts[0].text(0) == "A, B")
        #expect(block.texts[0].text(1) == "C")
        #expect(block.lines == [2, 3])
        #expect(block.badRows.isEmpty)
        #expect(try reader.readBlock(rowCountMaximum: 10) == nil)
    }

    @Test func cutsIntoBlocks() throws {
        let reader = try reader("x,y\n" + (0..<10).map { "\($0),0\n" }.joined())
        var counts: [Int] = []
        var consumed: [Int] = []
        while let block = try reader.readBlock(rowCountMaximum: 4) {
            counts.append(block.rowCount)
            consumed.append(block.consumedBytes)
        }
        #expect(counts == [4, 4, 2])
        #expect(consumed == consumed.sorted() && consumed.last! <= 44)
    }

    @Test func marksBadCells() throws {
        let block = try block("id,x,y\na,1,2\nb,\"two\",3\nc,4,inf\nd,5,6\n")
        #expect(block.rowCount == 4)
        #expect(block.values.prefix(2) == [1, 2] && block.values.suffix(2) == [5, 6])
        #expect(block.values[2..<6].allSatisfy { $0.isNaN })
        #expect(
            block.badRows.map(\.message) == [
                "line 3, x: 'two' is not a finite number",
                "line 4, y: 'inf' is not a finite number",
            ]
        )
        #expect(block.badRows.map(\.row) == [1, 2])
        #expect(block.badRows.map(\.value) == ["two", "inf"])
        #expect(block.texts[0].text(2) == "c")
    }

    @Test func marksRowsWithOtherCellCounts() throws {
        let block = try block("x,y,id\n1\n1,2,3,4\n1,2,k\n")
        #expect(
            block.badRows.map(\.message) == [
                "line 2: 1 cells where the header has 3", "line 3: 4 cells where the header has 3",
            ]
        )
        #expect(block.texts[0].text(0).isEmpty)
        #expect(block.texts[0].text(2) == "k")
        #expect(block.values.count == 6)
    }

    @Test func marksMalformedQuotes() throws {
        let block = try block("x,y\n\"1\"2,3\n4,5\n")
        #expect(block.badRows.map(\.column) == ["x"])
    }

    @Test func shortensAndEscapesBadValues() throws {
        let long = String(repeating: "z", count: 500)
        let block = try block("x,y\n\(long),1\n\u{1B}[31m,1\n")
        #expect(block.badRows[0].value.count == 61)
        #expect(block.badRows[1].value == "\\u{1b}[31m")
    }

    @Test func guessesTheDelimiter() throws {
        #expect(try block("x;y\n1;2\n").values == [1, 2])
        #expect(try block("x\ty\n1\t2\n").values == [1, 2])
        #expect(try block("\"x\";\"y\"\n1;2\n").values == [1, 2])
        #expect(try block("x\n5\n").values == [5])
    }

    @Test func takesGivenDialect() throws {
        let dialect = CSVBlockReader.Dialect(decimalComma: true)
        #expect(try block("x;y\n1,5;2\n", dialect: dialect).values == [1.5, 2])
        let bars = CSVBlockReader.Dialect(delimiter: UInt8(ascii: "|"))
        #expect(try block("x|y\n1|2\n", dialect: bars).values == [1, 2])
    }

    @Test func passesChosenColumnsThrough() throws {
        let choice = ColumnChoice(identifier: "siren", kept: ["name"])
        let reader = try reader("name,x,siren,id\nN,1,S,2\n", choice: choice)
        #expect(reader.textColumns == ["siren", "name"])
        #expect(reader.valueColumns == ["x", "id"])
        let block = try #require(try reader.readBlock(rowCountMaximum: 1))
        #expect(block.texts.map { $0.text(0) } == ["S", "N"])
        #expect(block.values == [1, 2])
    }

    @Test func leavesUnknownColumnsOutWhenAsked() throws {
        let reader = try reader("x,sector,y\n1,retail,2\n", choice: .init(ignoresUnknown: true))
        #expect(reader.plan.ignoredColumns == ["sector"])
        #expect(try reader.readBlock(rowCountMaximum: 1)?.values == [1, 2])
    }

    @Test func anInputNamedIdIsSent() throws {
        let reader = try reader("id,x\n1,2\n", known: ["id", "x"])
        #expect(reader.valueColumns == ["id", "x"] && !reader.hasIdentifier)
    }

    @Test(arguments: [
        ("", "empty"), ("\n\n", "empty"), ("x,,y\n1,2,3\n", "column 2 has no name"),
        ("x,x\n1,2\n", "two columns 'x'"), ("id\n1\n", "no column with an input"),
    ])
    func refusesBadHeaders(text: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) { try reader(text) }
        #expect(failure?.status == .badInput)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    }

    @Test func refusesAnAbsentIdentifier() {
        let failure = #expect(throws: CommandFailure.self) {
            try reader("x,y\n", choice: .init(identifier: "siren"))
        }
        #expect(failure?.message.contains("'siren'") == true)
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x78, 0x00], "UTF-16"), ([0x1F, 0x8B, 0x08, 0x00], "gzip"),
            ([0x50, 0x4B, 0x03, 0x04], "zip"),
        ] as [([UInt8], String)]
    )
    func refusesOtherKindsOfFiles(bytes: [UInt8], kind: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try InputBuffer(memorySource(bytes, chunk: 1)).skipPreamble()
        }
        #expect(failure?.message.contains(kind) == true)
    }
}
