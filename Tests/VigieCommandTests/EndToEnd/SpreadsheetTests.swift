// SPDX-License-Identifier: Apache-2.0

// Files as spreadsheets and exports have them, each with what must come of it.

import FoundationEssentials
import TestCertificates
import TestRecords
import Testing

/// A file, how it is read, and the right outcome.
struct Spreadsheet: Sendable {
    var file: String
    var options = ""
    var status: Int32
    /// Outcome and score of each row: "734", "bad", "none" for a row without a score.
    var rows: [String] = []
    /// Words that standard error must have.
    var words: [String] = []

    init(
        _ file: String,
        _ options: String = "",
        _ status: Int32,
        _ rows: [String] = [],
        _ words: String...
    ) {
        self.file = file
        self.options = options
        self.status = status
        self.rows = rows
        self.words = words
    }

    /// What a failure is told of.
    var testDescription: String { "\(file) \(options)" }
}

@Suite(.server, .serialized) struct SpreadsheetTests {
    private let server: TestServer
    private let directory: String

    init() throws {
        server = try #require(TestServer.current)
        let root = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        directory = "/\(root)/Spreadsheets"
    }

    private static let whole = ["734", "any"]
    private static let readAsTheyAre: [Spreadsheet] = [
        .init("base.csv", "", 0, whole), .init("bom.csv", "", 0, ["734"]),
        .init("bom.jsonl", "", 0, ["734"]), .init("crlf.jsonl", "", 0, ["734"]),
        .init("blank_lines.csv", "", 0, whole), .init("crlf.csv", "", 0, ["734"]),
        .init("cr_only.csv", "", 0, ["734"]), .init("crcrlf.csv", "", 0, whole),
        .init("ctrlz.csv", "", 0, ["734"]),
        .init("comma_in_semicolon.csv", "--keep-all", 0, ["734"]),
        .init("fr_semicolon_point.csv", "", 0, ["734"]), .init("header_nbsp.csv", "", 0, ["734"]),
        .init("header_spaces.csv", "", 0, ["734"]), .init("pipe.csv", "", 0, ["734"]),
        .init("tabs.tsv", "", 0, ["734"]), .init("tabs.txt", "", 0, ["734"]),
        .init("sep_line.csv", "", 0, ["734"]), .init("dup_ids.csv", "", 0, ["734", "734"]),
        .init("utf16le.csv", "", 0, ["734"]), .init("utf16be.csv", "", 0, ["734"]),
        .init("trailing_empty_columns.csv", "", 0, ["734"], "empty columns"),
        .init("trailing_delim_rows.csv", "", 0, whole, "behind the last column"),
        .init("trailing_delim_header_only.csv", "", 0, ["734"], "without a name"),
        .init("blank_rows_delims.csv", "", 0, ["734"], "2 rows of delimiters only"),
        .init("leading_blank.csv", "", 0, ["any"]),
        .init("leading_spaces_line.csv", "", 0, ["any"]),
        .init("nbsp_pad.csv", "", 0, ["any", "any", "any", "any"]),
        .init("openscoring3.csv", "", 0, ["any"]), .init("one_column.csv", "", 0, ["any", "any"]),
        .init("two.json", "", 0, ["any", "any"]), .init("formula_id.csv", "", 0, whole),
        .init("unicode_id.csv", "", 0, whole), .init("escape_id.csv", "", 0, ["any"]),
        .init("total_row.csv", "", 0, ["734", "734"]),
        .init("header_only.csv", "", 0, [], "no rows"),
        .init("nul_bytes.csv", "", 2, ["734", "bad"], "line 3, total_assets"),
    ]

    /// The rows of `missing_words.csv`, whose first 14 hold words for missing values. Of the others
    /// only 1e-400, blanks and two quotation marks can be read.
    private static func missingWords(read count: Int) -> [String] {
        (0..<27).map { $0 < count || [21, 25, 26].contains($0) ? "any" : "bad" }
    }

    private static let withOptions: [Spreadsheet] = [
        .init("fr_semicolon_comma.csv", "", 65, [], "--dialect excel-fr"),
        .init("fr_semicolon_comma.csv", "--dialect excel-fr", 0, whole),
        .init("fr_semicolon_comma.csv", "--decimal comma", 0, whole),
        .init("fr_semicolon_comma.csv", "--decimal-comma", 0, whole),
        .init("french_excel_real.csv", "", 65, [], "--dialect excel-fr", "--keep-all"),
        .init("french_excel_real.csv", "--dialect excel-fr --keep-all", 0, ["any"]),
        .init("thousands_space.csv", "", 65, [], "--dialect excel-fr"),
        .init("thousands_space.csv", "--dialect excel-fr", 0, ["734"]),
        .init("thousands_nbsp.csv", "--dialect excel-fr", 0, ["734"]),
        .init("thousands_nnbsp.csv", "--dialect excel-fr", 0, ["734"]),
        .init("thousands_nnbsp.csv", "--decimal comma --thousands space", 0, ["734"]),
        .init("thousands_apostrophe.csv", "", 65, [], "--dialect"),
        .init("thousands_apostrophe.csv", "--decimal comma --thousands apostrophe", 0, ["734"]),
        .init("thousands_en.csv", "", 65, [], "--dialect excel-en"),
        .init("thousands_en.csv", "--dialect excel-en", 0, ["734"]),
        .init("thousands_en.csv", "--thousands comma", 0, ["734"]),
        .init("german.csv", "", 65, [], "29.830", "--dialect excel-de"),
        .init("german.csv", "--dialect excel-de", 0, ["any", "any"]),
        .init("ambig_comma.csv", "", 65, [], "29,830", "excel-fr", "excel-en"),
        .init("ambig_comma.csv", "--thousands comma", 0, ["734"]),
        .init("paren_negative.csv", "", 2, ["bad", "bad", "bad", "bad", "bad"], "'(3714)'"),
        .init("paren_negative.csv", "--negative brackets", 2, ["any", "bad", "bad", "bad", "bad"]),
        .init("paren_negative.csv", "--dialect sap-en", 0, ["any", "any", "any", "any", "any"]),
        .init("sci_excel.csv", "", 65, [], "--dialect excel-fr"),
        .init("sci_excel.csv", "--dialect excel-fr", 0, ["any"]),
        .init("currency.csv", "", 2, ["bad", "bad", "bad", "bad"], "'29830 €'", "--dialect"),
        .init("currency.csv", "--currency € --currency EUR", 2, ["734", "734", "734", "bad"]),
        .init(
            "missing_words.csv",
            "",
            2,
            missingWords(read: 8),
            "--missing=- --missing=-- --missing=n.d. --missing=n/d --missing=ND --missing=n.c."
        ),
        .init(
            "missing_words.csv",
            "--missing n.d. --missing - --missing=--",
            2,
            missingWords(read: 11),
            "do 'n/d', 'ND', 'n.c.' stand for missing values?"
        ),
        // A mark alone is no number in any dialect, nor is infinity.
        .init(
            "units.csv",
            "",
            2,
            ["bad", "bad", "734", "734", "734"],
            "'$ 3714' (line 3, ebit) is a number with --dialect excel-en"
        ),
        .init("missing_words.csv", "--dialect excel-fr", 2, missingWords(read: 14), "'.'", "'inf'"),
        .init("excel_errors.csv", "", 2, Array(repeating: "bad", count: 6), "'#N/A'"),
        // Without total assets there is no score, which is no fault of the reading.
        .init(
            "excel_errors.csv",
            "--dialect excel-en",
            2,
            ["none", "any", "any", "any", "any", "any"]
        ),
        .init("title_above.csv", "", 65, [], "line 3", "--skip-lines 2"),
        .init("title_above.csv", "--skip-lines 2", 0, ["734"]),
        .init("comment.csv", "", 65, [], "--skip-lines 1"),
        .init("comment.csv", "--skip-lines 1", 0, ["734"]),
        .init("unicode_digits.csv", "", 2, ["bad"]),
        .init("excel_date.csv", "", 65, [], "'date'", "--keep-all"),
        .init("excel_date.csv", "--keep-all", 0, ["734"]),
    ]

    private static let broken: [Spreadsheet] = [
        .init("open_quote_wrong_company.csv", "--keep name", 2, ["bad", "any", "any"], "line 2"),
        .init(
            "open_quote_wrong_company.csv",
            "--ignore-unknown-columns",
            2,
            ["bad", "any", "any"]
        ),
        .init("two_in_one.csv", "--keep name", 2, ["bad", "734", "734"], "line 2"),
        .init("two_in_one.csv", "--ignore-unknown-columns", 2, ["bad", "734", "734"]),
        .init("stray_quote.csv", "", 2, ["734", "bad", "any"], "line 3"),
        .init("duckdb14117.csv", "--keep name", 2, ["any", "bad", "any", "any"], "line 3"),
        .init("duckdb14117.csv", "--ignore-unknown-columns", 2, ["any", "bad", "any", "any"]),
        .init("unclosed_quote.csv", "", 2, ["bad", "any"], "line 2"),
        .init("quoted_newline.csv", "", 2, ["734", "bad"], "line 4"),
        .init("short_row.csv", "", 2, ["bad", "734", "bad"], "line 2", "line 4"),
    ]

    private static let refused: [Spreadsheet] = [
        .init("latin1_names.csv", "", 65, [], "--encoding latin-1"),
        .init("latin1_names.csv", "--encoding latin-1", 0, ["734"]),
        .init("latin1_header.csv", "", 65, [], "--encoding latin-1"),
        .init("latin1_header.csv", "--encoding iso-8859-1 --keep-all", 0, ["734"]),
        .init("cp1252_euro.csv", "", 65, [], "--encoding windows-1252"),
        .init("cp1252_euro.csv", "--encoding windows-1252 --dialect excel-fr", 0, ["734"]),
        .init("array_one_line.json", "", 65, [], "JSON array"),
        .init("array.json", "", 65, [], "JSON array"),
        .init("pretty.json", "", 65, [], "several lines"),
        .init("page.html", "", 65, [], "web page"), .init("fake.xlsx", "", 65, [], "spreadsheet"),
        .init("base.csv.gz", "", 65, [], "gzip"), .init("empty.csv", "", 65, [], "is empty"),
        .init("bom_only.csv", "", 65, [], "is empty"),
        .init("newline_only.csv", "", 65, [], "is empty"),
        .init("header_only_wrong.csv", "", 65, [], "'siren'"),
        .init("no_rows_wrong.csv", "", 65, [], "one line without an end"),
        .init("only_id.csv", "", 65, [], "no column with an input"),
        .init("dup_header.csv", "", 65, [], "'net_income'"),
        .init("header_case.csv", "", 65, [], "--id ID", "Total_Assets=total_assets", "EBIT=ebit"),
        .init("upper_id.csv", "", 65, [], "--id ID"), .init("upper_id.csv", "--id ID", 0, ["any"]),
        .init("siren.csv", "", 65, [], "--id siren", "'name'", "'city'", "--keep-all"),
        .init("siren.csv", "--id siren --keep-all", 0, whole),
        .init(
            "header_fr.csv",
            "",
            65,
            [],
            "total actif=total_assets",
            "résultat net=net_income",
            "chiffre d'\\''affaires=net_sales",
            "--id siren"
        ),
    ]

    /// Several at a time: a process waits for most of its time.
    @Test(arguments: [readAsTheyAre, withOptions, broken, refused])
    func outcomes(sheets: [Spreadsheet]) throws {
        var running: [(sheet: Spreadsheet, process: ChildProcess)] = []
        for sheet in sheets {
            let options = sheet.options.split(separator: " ").map(String.init)
            let arguments = ["score", "\(directory)/\(sheet.file)", "-o", "jsonl"] + options
            running.append((sheet, try server.start(arguments)))
            guard running.count > 3 else { continue }
            let first = running.removeFirst()
            try check(first.sheet, try first.process.wait())
        }
        for last in running { try check(last.sheet, try last.process.wait()) }
    }

    private func check(_ sheet: Spreadsheet, _ result: ProgramResult) throws {
        let told: Comment = "\(sheet.testDescription)\n\(result.output)\(result.errors)"
        #expect(result.status == sheet.status, told)
        for word in sheet.words { #expect(result.errors.contains(word), told) }
        #expect(!result.output.contains("\u{FFFD}") && !result.errors.contains("\u{FFFD}"), told)
        #expect(!result.output.contains("\u{1B}") && !result.errors.contains("\u{1B}"), told)
        #expect(!result.errors.contains(" 0 scored") || sheet.status == 2, told)
        struct Row: Decodable {
            var outcome: String
            var score: Int?
        }
        let rows = try result.output.split(separator: "\n").map { try decoded(Row.self, $0) }
        #expect(rows.count == sheet.rows.count, told)
        for (row, expected) in zip(rows, sheet.rows) {
            switch expected {
            case "bad": #expect(row.outcome == "bad_input", told)
            case "none": #expect(row.outcome == "not_scorable", told)
            case "any": #expect(row.outcome == "scored", told)
            default: #expect(row.score.map(String.init) == expected, told)
            }
        }
    }

    /// The command line of the message is one that works.
    @Test(arguments: ["header_fr.csv", "header_case.csv", "siren.csv", "french_excel_real.csv"])
    func theCommandLineToGoOnWithWorks(file: String) throws {
        let path = "\(directory)/\(file)"
        let first = try server.vigie(["score", path, "-o", "csv"])
        let start = try #require(first.errors.firstRange(of: "go on with: "), "\(first.errors)")
        let line = first.errors[start.upperBound...].prefix { $0 != "\n" }
        let script = try server.file("\(ChildProcess.programDirectory)/\(line)\n", ending: "sh")
        let result = try ChildProcess(
            path: "/bin/sh",
            [script],
            environment: [
                "VIGIE_SERVER": server.address, "VIGIE_CA_CERT": server.certificates.caPath,
            ],
            directory: server.directory
        ).wait()
        #expect(result.status == 0 && result.output.contains("scored"), "\(line)\n\(result.errors)")
    }

    /// Identifiers come out byte for byte.
    @Test(arguments: ["unicode_id.csv", "escape_id.csv", "formula_id.csv", "dup_ids.csv"])
    func identifiersAreUnchangedInFiles(file: String) throws {
        let path = "\(directory)/\(file)"
        let output = server.directory + "/identifiers.csv"
        let result = try server.vigie(["score", path, "-O", output])
        #expect(result.status == 0, "\(result.errors)")
        let before = try records(try ChildProcess.text(path)).map { $0.cells[0] }
        #expect(try records(try ChildProcess.text(output)).map { $0.cells[0] } == before)
        let table = try server.vigie(["score", path, "-o", "table"])
        #expect(!table.output.contains("\u{1B}"))
    }

    /// `vigied model predict` reads the same files with the same options.
    @Test(arguments: [
        ("base.csv", "", 0, ""), ("bom.csv", "", 0, ""), ("crcrlf.csv", "", 0, ""),
        ("sep_line.csv", "", 0, ""), ("utf16le.csv", "", 0, ""), ("tabs.tsv", "", 0, ""),
        ("trailing_empty_columns.csv", "", 0, ""),
        ("fr_semicolon_comma.csv", "", 65, "--dialect excel-fr"),
        ("fr_semicolon_comma.csv", "--dialect excel-fr", 0, ""),
        ("thousands_en.csv", "--dialect excel-en", 0, ""), ("german.csv", "", 65, "excel-de"),
        ("header_case.csv", "", 65, "--map Total_Assets=total_assets"),
        ("title_above.csv", "", 65, "--skip-lines 2"), ("stray_quote.csv", "", 65, "line 3"),
        ("unclosed_quote.csv", "", 65, "line 2"), ("latin1_names.csv", "", 65, "latin-1"),
        ("page.html", "", 65, "web page"), ("array_one_line.json", "", 65, "JSON array"),
        ("pretty.json", "", 65, "JSON"), ("fake.xlsx", "", 65, "spreadsheet"),
        ("missing_words.csv", "--missing n.d. --missing - --missing=--", 65, "'n/d'"),
        ("excel_errors.csv", "", 65, "#N/A"), ("excel_errors.csv", "--dialect excel-en", 0, ""),
        ("paren_negative.csv", "--dialect sap-en", 0, ""), ("paren_negative.csv", "", 65, "(3714)"),
        ("header_only.csv", "", 0, "no rows"),
    ])
    func modelPredictReadsTheSame(file: String, options: String, status: Int, words: String) throws
    {
        let model = try server.file(
            file == "german.csv"
                ? Self.model.replacing("ebit", with: "net_income") : Self.model,
            ending: "txt"
        )
        let arguments = ["model", "predict", "--model", model, "--input", "\(directory)/\(file)"]
        let result = try ChildProcess(
            "vigied",
            arguments + options.split(separator: " ").map(String.init),
            environment: [:],
            directory: server.directory
        ).wait()
        #expect(result.status == Int32(status), "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
    }

    @Test func modelPredictNeverEmptiesItsInput() throws {
        let model = try server.file(Self.model, ending: "txt")
        let input = try server.file("total_assets,ebit\n1,2\n")
        for output in [input, model] {
            let result = try ChildProcess(
                "vigied",
                ["model", "predict", "--model", model, "--input", input, "--output", output],
                environment: [:],
                directory: server.directory
            ).wait()
            #expect(result.status == 64, "\(result.errors)")
        }
        #expect(try ChildProcess.text(model) == Self.model)
        #expect(try ChildProcess.text(input) == "total_assets,ebit\n1,2\n")
    }

    /// A column without a name counts by its position, and a row that ends before it has none.
    @Test func aRowOfTooFewCellsByPosition() throws {
        let model = try server.file(Self.model, ending: "txt")
        let input = try server.file("total_assets,\n1,2\n3\n")
        let result = try ChildProcess(
            "vigied",
            ["model", "predict", "--model", model, "--input", input, "--by-position"],
            environment: [:],
            directory: server.directory
        ).wait()
        #expect(result.status == 65, "\(result.errors)")
        #expect(result.errors.contains("line 3: 1 cells where the model takes 2"))
    }

    /// One tree of LightGBM over two of the columns of the files.
    private static let model = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=regression
        feature_names=total_assets ebit
        feature_infos=[0:100000] [-10000:10000]
        tree_sizes=300

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=0
        split_gain=1
        threshold=1000
        decision_type=2
        left_child=-1
        right_child=-2
        leaf_value=0.1 0.2
        leaf_weight=1 1
        leaf_count=1 1
        internal_value=0
        internal_weight=0
        internal_count=2
        is_linear=0
        shrinkage=1


        end of trees

        """
}
