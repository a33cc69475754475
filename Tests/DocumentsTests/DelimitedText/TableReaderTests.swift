// SPDX-License-Identifier: Apache-2.0

// Tables: where they begin, what is left out, and what is refused.

import Documents
import TestRecords
import Testing

@Suite struct TableReaderTests {
    private static let inputs = [
        TableInput(name: "x"), TableInput(name: "y"),
        TableInput(
            name: "total_assets",
            descriptions: ["Total assets. Must be positive.", "Total de l'actif. Positif."],
            isRequired: true
        ),
        TableInput(
            name: "net_sales",
            descriptions: ["Net sales of the year.", "Chiffre d'affaires net de l'exercice."]
        ),
        TableInput(
            name: "total_liabilities",
            descriptions: ["Total liabilities: all that is owed."]
        ),
    ]

    private func table(
        _ text: String,
        _ options: TableOptions = TableOptions(),
        inputs: [TableInput] = Self.inputs
    ) throws -> TableReader {
        try TableReader(memoryBuffer(text), options: options, inputs: inputs)
    }

    private func rows(_ text: String, _ options: TableOptions = TableOptions()) throws -> [[String]]
    {
        let table = try table(text, options)
        var rows: [[String]] = []
        while try table.next() {
            rows.append(table.problem.map { [$0] } ?? table.cells.map { table.text($0) })
        }
        return rows
    }

    @Test(arguments: [
        ("x,y\n", ","), ("x;y\n", ";"), ("x\ty\n", "\t"), ("x|y\n", "|"), ("x\n", ","),
        ("x;\"a, b, c, d\";y\n", ";"), ("x;a, b, c, d;y\n", ";"), ("sep=|\nx;z|y\n", "|"),
        ("\"sep=;\"\r\nx;y\n", ";"), ("SEP=\t\nx\ty\n", "\t"),
    ])
    func delimitersAreFound(text: String, delimiter: String) throws {
        let table = try table(text)
        #expect(table.delimiter == delimiter.utf8.first)
    }

    /// A mark that is opened in one row and closed in the same column of another joins the two.
    @Test(arguments: ["\n", "\r\n", "\r"])
    func twoRowsNeverBecomeOne(lineEnd: String) throws {
        func read(_ lines: String...) throws -> [String] {
            let text = (["name,x,y,note"] + lines).joined(separator: lineEnd) + lineEnd
            let table = try table(text, Self.keepingEmptyRows)
            _ = try table.surveyNumbers(columns: [1, 2])
            var rows: [String] = []
            while try table.next() {
                rows.append(table.hasProblem ? "bad \(table.line)" : table.text(table.cells[0]))
            }
            return rows
        }
        #expect(try read("\"A,1,2,", "B\",3,4,", "C,5,6,") == ["bad 2", "B\"", "C"])
        #expect(try read("A,1,2,\"a", "B,3,4,b\"", "C,5,6,c") == ["bad 2", "B", "C"])
        #expect(try read("\"A,1,2,", "B,3,4,", "\"\"C,,,", "D\",5,6,").first == "bad 2")
        #expect(try read("A,1,\"2,a", "B,3,\"4,b") == ["bad 2", "bad 3"])
        #expect(try read("\"A,1,2,a", "B\",n.d.,,b").first == "bad 2")
        #expect(try read("\"A,1,2,\"\"", "B\",3,4,").first == "bad 2")
        // Texts of several lines, with delimiters in them, are texts.
        #expect(try read("A,1,2,\"a, b, c", "d, e, f, g\"", "B,3,4,") == ["A", "B"])
        #expect(try read("\"A", "B\",1,2,", "C,3,4,") == ["A\(lineEnd)B", "C"])
        #expect(try read("A,1,2,\"12 Main Street", "", "Town\"", "B,3,4,") == ["A", "B"])
    }

    private static let keepingEmptyRows: TableOptions = {
        var options = TableOptions()
        options.keepsEmptyRows = true
        return options
    }()

    @Test func whatSpreadsheetsLeaveAroundIsLeftOut() throws {
        #expect(try rows("x,y,,\n1,2,,\n,,,\n3,4\n") == [["1", "2", "", ""], ["3", "4"]])
        #expect(try rows("x,y\n1,2,\n3,4,,\n") == [["1", "2", ""], ["3", "4", "", ""]])
        #expect(try rows("x,y\n , \u{A0}\n1,2\n") == [["1", "2"]])
        let table = try table("x,y,\n1,2,\n,,\n,,\n3,4,,,\n")
        while try table.next() {}
        #expect(table.notices.count == 3 && table.notices[0].contains("line 3"))
        #expect(table.notices[0].hasPrefix("2 rows"))
    }

    @Test func rowsThatCannotBeTrustedSayWhy() throws {
        let problem = "2 cells where the header has 3"
        #expect(
            try rows("x,z,y\n1,2\n1,2,3,4\n") == [[problem], ["4 cells where the header has 3"]]
        )
        #expect(try rows("x,y,\n1,2,\n3,4,5\n1,2,\n")[1][0].contains("column 3"))
        #expect(try rows("x,z,y\n1,\"a,3\n1,\"b\",3\n")[0][0].contains("not closed"))
    }

    @Test func rowsWithoutValuesStandWhereTheyCount() throws {
        var options = TableOptions()
        options.keepsEmptyRows = true
        #expect(try rows("x,y\n,\n1,2\n", options) == [["", ""], ["1", "2"]])
    }

    @Test(arguments: [
        ("", "is empty"), ("\n \n", "is empty"), ("x,x\n", "'x'"), ("x,,y\n1,2,3\n", "column 2"),
        (",,\n1,2,3\n", "no name"), ("x,\"y\n1,2\n", "not closed"), ("\u{FEFF}", "is empty"),
    ])
    func headersAreRefused(text: String, message: String) {
        let error = #expect(throws: InputError.self) { try table(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("Bilan 2025\n\nx;y\n1;2\n", 2), ("# exported\nx,y\n", 1), ("a\nb\nc\nx,y\n", 3),
        ("Export;;\nle 1/11;;\nTotal actif;Chiffre d'affaires\n", 2),
    ])
    func titlesAboveTheHeaderAreTold(text: String, count: Int) throws {
        let error = #expect(throws: InputError.self) { try table(text) }
        #expect(error?.message.contains("looks like the header") == true)
        let options = try #require(error?.nextOptions)
        #expect(options.first == "--skip-lines")
        let skipped = try #require(options.last.flatMap(Int.init))
        #expect(skipped == count && error?.message.contains("line \(count + 1) looks") == true)
        var next = TableOptions()
        next.dialect.skippedLines = skipped
        _ = try table(text, next)
    }

    @Test func mappedColumnsHaveTheirNewNames() throws {
        var options = TableOptions()
        options.mappings = ["total actif=x", "a=b=y"].compactMap { ColumnMapping($0) }
        #expect(try table("total actif,a=b\n1,2\n", options).header == ["x", "y"])
        #expect(throws: InputError.self) { try table("total,a=b\n", options) }
        let lines = try ColumnMapping.lines("# names\n\n a = x \r\nb=y", source: "m")
        #expect(lines == [ColumnMapping("a=x"), ColumnMapping("b=y")])
        #expect(throws: InputError.self) { try ColumnMapping.lines("a\n", source: "m") }
    }

    @Test(arguments: [
        ("Total_Assets", "total_assets"), ("TOTAL ASSETS", "total_assets"),
        ("Net-Sales", "net_sales"),
        ("totl_assets", "total_assets"), ("total actif", "total_assets"),
        ("chiffre d'affaires", "net_sales"), ("Chiffre d’Affaires NET", "net_sales"),
        ("name", nil), ("ville", nil), ("", nil), ("éé", nil), ("total", nil),
    ])
    func guessesAreByWords(column: String, input: String?) {
        #expect(ColumnGuess(Self.inputs).input(for: column) == input)
    }

    @Test func allUnknownColumnsAreToldWithOptionsToGoOnWith() {
        let (error, guessed) = UnknownColumns.error(
            ["SIREN", "raison sociale", "Total actif"],
            inputs: Self.inputs,
            taken: ["x"],
            hasIdentifier: false,
            source: "f"
        )
        #expect(
            error.nextOptions == [
                "--id", "SIREN", "--map", "Total actif=total_assets", "--keep-all",
            ]
        )
        #expect(guessed == ["Total actif"])
        #expect(error.message.split(separator: "\n").count == 4)
    }

    // MARK: Numbers

    private func survey(_ text: String, _ dialect: TableDialect = .init()) throws -> [String] {
        var options = TableOptions()
        options.dialect = dialect
        let table = try table(text, options)
        return try table.surveyNumbers(columns: Array(table.header.indices))
    }

    @Test(arguments: [
        ("x;y\n29.830;-1.000,00\n", "--dialect excel-de"),
        ("x;y\n29.830;14.318\n", "--decimal point"),
        ("x,y\n29.830,\"1,5\"\n", "--decimal point"), ("x;y\n29830,50;1\n", "--dialect excel-fr"),
        ("x;y\n29 830;1\n", "--dialect excel-fr"), ("x;y\n29,830;1\n", "excel-en"),
        ("x,y\n\"29,830.50\",\"16,967\"\n", "--dialect excel-en"),
        ("x;y\n29'830,5;1\n", "--dialect excel-fr"),
    ])
    func numbersOfAnotherStyleAreRefused(text: String, words: String) {
        let error = #expect(throws: InputError.self) { try survey(text) }
        let told = "\(error?.message ?? "") \(error?.hint ?? "")"
        #expect(told.contains(words), "\(told)")
    }

    @Test(arguments: [
        "x,y\n29.830,14.318\n", "x;y\n29830.50;1.234\n", "x;y\n0.123;1\n", "x;y\n1;2\n",
        "x;y\n1.5;2\n1,5;3\n2;3\n", "x;y\n;\n",
    ])
    func numbersWithOneReadingAreRead(text: String) throws {
        _ = try survey(text)
    }

    /// Of facts the comma between cells does not say what points are, and of amounts no other
    /// column does: x is one, and y is none.
    @Test(arguments: [
        ("x,y\n20.000,14.318\n", "line 2, x"), ("x,y\n20.000,0.5\n", "line 2, x"),
        ("x;y\n20.000;1\n", "line 2, x"), ("x;y\n1;20.000\n", "line 2, y"),
        ("x;y\n1;0.5\n2;20.000\n", nil), ("x;y\n1.5;20.000\n", nil),
        ("x,y\n0.125,1\n", nil), ("x,y\n20000.000,1\n", nil), ("x,y\n20.0000,1\n", nil),
        // What shows further down counts as well.
        ("x,y\n20.000,1\n" + String(repeating: "1,0.5\n", count: 40_000) + "1.5,1\n", nil),
        (
            "x,y\n1,1\n" + String(repeating: "1,0.5\n", count: 40_000) + "20.000,1\n",
            "line 40003, x"
        ),
    ])
    func pointsOfFactsHaveToBeShown(text: String, place: String?) throws {
        var options = TableOptions()
        options.areFacts = true
        func read(_ style: NumberStyle) throws {
            options.dialect.numbers = style
            let inputs = [TableInput(name: "x", isAmount: true), TableInput(name: "y")]
            let table = try table(text, options, inputs: inputs)
            _ = try table.surveyNumbers(columns: [0, 1])
            while try table.next() {
                for (column, cell) in table.cells.enumerated() {
                    let bytes = table.bytes(cell)
                    guard table.looksAtAllNumbers || table.parser.plain.isAmbiguous(bytes) else {
                        continue
                    }
                    try table.look(bytes, column: column)
                }
            }
        }
        var told: InputError?
        do { try read(NumberStyle()) } catch let error as InputError { told = error }
        #expect((told != nil) == (place != nil), "\(String(describing: told))")
        guard let place else { return }
        #expect(told?.message.contains("\(place): '20.000' may be 20000 or a") ?? false, "\(place)")
        #expect(told?.hint?.contains("--decimal point if it is not") ?? false)
        var declared = NumberStyle()
        declared.isDeclared = true
        try read(declared)
    }

    @Test func wordsForMissingValuesAreAsked() throws {
        let notices = try survey("x,y\nn.d.,1\n-,2\n3,4\n(5),6\n")
        #expect(notices.contains { $0.contains("--missing=n.d. --missing=-") }, "\(notices)")
        #expect(notices.contains { $0.contains("'(5)'") && $0.contains("--dialect") })
    }

    /// Whoever said how numbers are written is not led to another dialect, by which those that are
    /// so would be others.
    @Test func nobodyIsLedAwayFromWhatHeSaid() throws {
        func refusal(_ dialect: TableDialect) throws -> InputError {
            var options = TableOptions()
            options.dialect = dialect
            let table = try table("x;y\n20.000;0.001\n30.000;0.002\n", options)
            return try #require(
                throws: InputError.self
            ) { _ = try table.surveyNumbers(columns: [0, 1]) }
        }
        let german = try #require(TableDialect.named.first { $0.name == "excel-de" })
        let told = try refusal(german)
        #expect(told.nextOptions.isEmpty && told.message.contains("0.001"))
        #expect(told.message.contains("the options say otherwise"), "\(told.message)")
    }

    /// What shows only after the rows that were looked at stops the reading where it shows.
    @Test func marksThatShowLateStopTheReading() throws {
        let many = String(repeating: "1;2\n", count: 30_000)
        let table = try table("x;y\n" + many + "1.234;5\n")
        _ = try table.surveyNumbers(columns: [0, 1])
        let error = #expect(throws: InputError.self) {
            while try table.next() {
                for (column, cell) in table.cells.enumerated() {
                    try table.look(table.bytes(cell), column: column)
                }
            }
        }
        #expect(error?.message.contains("line 30002") == true)
    }

    @Test func textForPeopleCommandsNoTerminal() {
        #expect(escaped("a\u{1B}[31m\u{202E}é\u{9B}東") == "a\\u{1b}[31m\\u{202e}é\\u{9b}東")
        #expect(shortened(String(repeating: "z", count: 500)).count == 61)
    }
}
