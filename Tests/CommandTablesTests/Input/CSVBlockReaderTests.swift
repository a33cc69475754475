// SPDX-License-Identifier: Apache-2.0

// CSV files to blocks: columns, dialects, bad rows.

import CommandTables
import Documents
import TestRecords
import Testing

@Suite struct CSVBlockReaderTests {
    private func reader(
        _ text: String,
        dialect: TableDialect = .init(),
        choice: ColumnChoice = .init(),
        known: [String] = ["x", "y"]
    ) throws -> CSVBlockReader {
        var options = TableOptions()
        options.dialect = dialect
        return try CSVBlockReader(
            memoryBuffer(text),
            options: options,
            choice: choice,
            inputs: known.map { TableInput(name: $0) }
        )
    }

    private func block(
        _ text: String,
        dialect: TableDialect = .init(),
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

    /// Wherever the mark stands: in a value, in a column that passes through or in one left out.
    @Test(arguments: [
        "a,\"1\"2,3,k,z", "a,1,3,k,\"z", "a,1,3,\"k,z", "\"a,1,3,k,z", "a,1,3,\"k\"k,z",
        "a,1,3,k,\"z\"z",
    ])
    func aBrokenRecordIsABadRowAndNoMore(record: String) throws {
        let choice = ColumnChoice(kept: ["town"], ignoresUnknown: true)
        let block = try block(
            "id,x,y,town,other\nf,7,8,l,\n\(record)\nb,4,5,m,\"n\"\n",
            choice: choice
        )
        #expect(block.badRows.map(\.line) == [3] && block.lines == [2, 3, 4])
        #expect(block.badRows[0].problem.contains("quotation mark"))
        #expect(block.values.prefix(2) == [7, 8] && block.values.suffix(2) == [4, 5])
        #expect(block.values[2..<4].allSatisfy { $0.isNaN })
        #expect(block.texts[0].text(2) == "b" && block.texts[1].text(2) == "m")
    }

    @Test func allUnknownColumnsPassThroughWhenAsked() throws {
        let reader = try reader("z,x,id,y,w\n1,2,3,4,5\n", choice: .init(keepsAll: true))
        #expect(reader.textColumns == ["id", "z", "w"] && reader.hasIdentifier)
        #expect(reader.valueColumns == ["x", "y"])
    }

    @Test func unknownColumnsAreToldAtOnce() {
        let error = #expect(throws: InputError.self) {
            try reader("SIREN;X;nom;y\n1;29 830,50;a;1\n")
        }
        #expect(error?.message.contains("3 columns that are no inputs") == true)
        #expect(
            error?.nextOptions == [
                "--id", "SIREN", "--map", "X=x", "--keep-all", "--dialect", "excel-fr",
            ]
        )
    }

    @Test func aHeaderAloneMustFit() throws {
        #expect(try reader("x,y\n").readBlock(rowCountMaximum: 1) == nil)
        let open = try reader("x,y")
        #expect(throws: InputError.self) { try open.readBlock(rowCountMaximum: 1) }
        let lacking = try CSVBlockReader(
            memoryBuffer("x\n"),
            inputs: [TableInput(name: "x"), TableInput(name: "y", isRequired: true)]
        )
        #expect(throws: InputError.self) { try lacking.readBlock(rowCountMaximum: 1) }
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
        var dialect = TableDialect()
        dialect.numbers.decimal = UInt8(ascii: ",")
        dialect.numbers.isDeclared = true
        #expect(try block("x;y\n1,5;2\n", dialect: dialect).values == [1.5, 2])
        var signs = TableDialect()
        signs.delimiter = UInt8(ascii: "^")
        #expect(try block("x^y\n1^2\n", dialect: signs).values == [1, 2])
    }

    @Test func passesChosenColumnsThrough() throws {
        let choice = ColumnChoice(identifier: "siren", kept: ["name"])
        let reader = try reader("name,x,siren,y\nN,1,S,2\n", choice: choice)
        #expect(reader.textColumns == ["siren", "name"])
        #expect(reader.valueColumns == ["x", "y"])
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
        ("", "empty"), ("\n\n", "empty"), ("x,,y\n1,2,3\n", "column 2 holds values"),
        ("x,x\n1,2\n", "more than one column 'x'"), ("id\n1\n", "no column with an input"),
    ])
    func refusesBadHeaders(text: String, message: String) {
        let failure = #expect(throws: InputError.self) { try reader(text) }
        #expect(failure?.kind == .content)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    }

    @Test func refusesAnAbsentIdentifier() {
        let failure = #expect(throws: InputError.self) {
            try reader("x,y\n", choice: .init(identifier: "siren"))
        }
        #expect(failure?.message.contains("'siren'") == true)
    }
}
