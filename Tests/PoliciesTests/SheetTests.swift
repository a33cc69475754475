// SPDX-License-Identifier: Apache-2.0

// Tables as sheets: what a sheet shows, and what its cells become.

import Decisions
import Documents
import FEEL
import Policies
import TestPolicies
import Testing

@Suite struct SheetTests {
    /// A table with columns of texts, numbers and days.
    private static let model = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
        namespace="urn:m">
        <inputData id="i" name="code"><variable name="code" typeRef="string"/></inputData>
        <inputData id="j" name="debt"><variable name="debt" typeRef="number"/></inputData>
        <inputData id="k" name="since"><variable name="since" typeRef="date"/></inputData>
        <decision id="d" name="Limit"><variable name="Limit"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <informationRequirement><requiredInput href="#j"/></informationRequirement>
        <informationRequirement><requiredInput href="#k"/></informationRequirement>
        <decisionTable hitPolicy="FIRST">
        <input><inputExpression typeRef="string"><text>code</text></inputExpression></input>
        <input><inputExpression typeRef="number"><text>debt</text></inputExpression></input>
        <input><inputExpression typeRef="date"><text>since</text></inputExpression></input>
        <output name="code" typeRef="string"/><output name="limit" typeRef="number"/>
        <output name="isNew" typeRef="boolean"/><annotation name="en"/>
        <rule id="r-1"><inputEntry><text>"A"</text></inputEntry>
        <inputEntry><text>1,2, &gt;= 1250.50</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"0100"</text></outputEntry><outputEntry><text>0.20</text></outputEntry>
        <outputEntry><text>false</text></outputEntry>
        <annotationEntry><text>a, 1.5 times</text></annotationEntry></rule>
        <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <inputEntry><text>&lt; date("2026-12-01")</text></inputEntry>
        <outputEntry><text>null</text></outputEntry>
        <outputEntry><text>12345678901234567890.12</text></outputEntry>
        <outputEntry><text>true</text></outputEntry></rule>
        </decisionTable></decision></definitions>
        """

    private let source: TableSource
    private let table: DecisionTable

    init() throws {
        let file = DecisionFile(name: "m.dmn", bytes: Array(Self.model.utf8))
        source = try TableSource("Limit", in: file)
        table = try DecisionModel.read([file], .strict).tables[0]
    }

    /// The sheet that a sheet of the table is read as.
    private func sheet(
        _ numbers: SheetNumbers = .plain,
        _ change: (inout [[SheetCell]]) -> Void = { _ in }
    ) throws -> Sheet {
        var rows = TableSheet(source, numbers).rows.map { row in
            row.map { cell -> SheetCell in
                switch cell {
                case .text(let text): text.isEmpty ? .empty : .text(text)
                case .number(let digits): .number(Double(digits) ?? 0)
                }
            }
        }
        change(&rows)
        return Sheet(name: "", rows: rows.enumerated().map { (number: $0 + 1, cells: $1) })
    }

    private func imported(
        _ numbers: SheetNumbers = .plain,
        named: SheetNumbers? = nil,
        _ change: (inout [[SheetCell]]) -> Void = { _ in }
    ) throws -> TableImport {
        try TableImport(try sheet(numbers, change), file: "t.xlsx", named, into: source, table)
    }

    private func french() throws -> SheetNumbers { try #require(SheetNumbers(named: "excel-fr")) }

    @Test func isLaidOut() throws {
        let rows = TableSheet(source, .plain).rows
        #expect(
            rows[0].map(\.text)
                == ["decision", "Limit", "hit policy", "FIRST", "dialect", "plain"]
        )
        #expect(
            rows[1].map(\.text) == [
                "column", "input", "input", "input", "output", "output", "output", "annotation",
            ]
        )
        #expect(Array(rows[3].map(\.text).prefix(4)) == ["expression", "code", "debt", "since"])
        #expect(Array(rows[4].map(\.text).prefix(3)) == ["type", "string", "number"])
        #expect(rows.count == TableSheet.headRows + 2)
        #expect(
            rows[8] == [
                .text("r-1"), .text("\"A\""), .text("1,2, >= 1250.50"), .text("-"),
                .text("\"0100\""),
                .number("0.20"), .text("false"), .text("a, 1.5 times"),
            ]
        )
        // Spreadsheets keep 15 digits of a number: more are a text.
        #expect(rows[9][0] == .text("#2") && rows[9][5] == .text("12345678901234567890.12"))
        let local = TableSheet(source, try french()).rows
        #expect(local[8][2] == .text("1, 2, >= 1250,50") && local[8][5] == .number("0.20"))
        #expect(local[9][5] == .text("12345678901234567890,12"))
        #expect(local[9][3] == .text("< date(\"2026-12-01\")"))
        #expect(local[8][7] == .text("a, 1.5 times"), "notes are no expressions")
    }

    @Test(arguments: ["plain", "excel-fr", "excel-de", "excel-en", "excel-ch"])
    func comesBackAsItWas(_ name: String) throws {
        let numbers = try #require(SheetNumbers(named: name))
        let result = try imported(numbers)
        #expect(result.changes.isEmpty)
        #expect(source.rewritten(result.rules) == source.file.bytes)
    }

    @Test func changesAreTold() throws {
        let result = try imported { rows in
            rows[8][5] = .number(0.3)
            rows[8][7] = .text("b")
            rows.remove(at: 9)
            rows.append([
                .empty, .text("\"C\""), .empty, .day(20_788), .text("\"0\""), .number(5),
                .boolean(true),
            ])
        }
        #expect(
            result.changes == [
                "Limit, rule r-1, limit: was 0.20, is 0.3",
                "Limit, rule r-1, en: was a, 1.5 times, is b", "Limit, rule r-2: is new, row 10",
                "Limit, rule #2: is gone",
            ]
        )
        #expect(
            result.rules.last?.cells
                == ["\"C\"", "-", "date(\"2026-12-01\")", "\"0\"", "5", "true", ""]
        )
        let lines = try imported { $0[8][7] = .text("first\nsecond\r\nthird") }
        #expect(
            lines.changes == [
                "Limit, rule r-1, en: was a, 1.5 times, is first / second / third"
            ]
        )
        let moved = try imported { $0.swapAt(8, 9) }
        #expect(moved.changes == ["Limit: rules are in another order"])
    }

    /// A sheet of another country, as it is pasted: with its name it is what it is meant to be.
    @Test func localCellsAreReadByTheirName() throws {
        func cells(_ text: [String]) throws -> [String] {
            let result = try imported(named: try french()) { rows in
                rows.append([.empty] + text.map { $0.isEmpty ? .empty : .text($0) })
            }
            return result.rules.last?.cells ?? []
        }
        #expect(
            try cells(["A", ">= 1\u{A0}250,50", "01/12/2026", "'0100", "10\u{A0}000,52", "true"])
                == [
                    "\"A\"", ">= 1250.50", "date(\"2026-12-01\")", "\"0100\"", "10000.52", "true",
                    "",
                ]
        )
        #expect(
            try cells(["B", "[0..1 250,50[", "", "'0200", "2\u{202F}500,00", "false"])
                == ["\"B\"", "[0..1250.50[", "-", "\"0200\"", "2500.00", "false", ""]
        )
        #expect(
            try cells(["A, C", "1,5; 2", ">= 2026-12-01", "\"1,5\"", "-3", "true"])
                == [
                    "\"A\", \"C\"", "1.5, 2", ">= date(\"2026-12-01\")", "\"1,5\"", "-3", "true",
                    "",
                ]
        )
    }

    /// What programs make of marks while people type.
    @Test func marksOfTextsAreThoseOfExpressions() throws {
        let result = try imported { rows in
            rows.append(
                [
                    "", "“A b”, „c“, «\u{A0}d\u{A0}», \"“e”\"", "≥ 5", "", "“f\"”", "1", "true",
                    "“note”",
                ].map { $0.isEmpty ? .empty : .text($0) }
            )
        }
        #expect(
            result.rules.last?.cells == [
                "\"A b\", \"c\", \"d\", \"“e”\"", ">= 5", "-", "\"f\\\"\"", "1", "true", "“note”",
            ]
        )
    }

    /// A cell, its column from 0, and what is said of it.
    @Test(arguments: [
        (SheetCell.text("0,05"), 4, "F9: \"0,05\" may be one number or several"),
        (.text(">= 1 250"), 1, "C9: \">= 1 250\" may be one number or several"),
        (.text("01/12/2026"), 2, "D9: \"01/12/2026\" may be two days: write it as 2026-01-31"),
        (
            .number(100), 3,
            "E9: is a number, 100, and the column is of texts: write it in quotation"
        ),
        (.text("2026-01-01"), 4, "F9: \"2026-01-01\" is a day, and the column is of numbers"),
        (.text("[31/12/2025..40]"), 1, "C9: \"31/12/2025\" is a day, and the column is of numbers"),
        (.text("1-2-26"), 4, "F9: \"1-2-26\" is a day"),
        (.text("<= 20.000"), 1, "C9: \"<= 20.000\" may say 20000, or 20.0000: write one of them"),
        (.text("1.250.000"), 4, "F9: \"1.250.000\" may be one number or several"),
        (.unusable("is the error #REF!"), -1, "A9: is the error #REF!"),
        (.text("a\u{0}b"), 6, "H9: has a character that no model can have: U+0000; write it again"),
        (.text("\"\u{B}A\""), 0, "B9: has a character that no model can have: U+000B"),
        (.number(0.1 + 0.2), 4, "F9: is 0.30000000000000004: of more than 15 digits"),
        (.day(20_788), 4, "F9: is a day, and the column is of numbers"),
        (.boolean(true), 4, "F9: is true or false, and the column is of numbers"),
        (.empty, 4, "F9: is empty; an output that says nothing is null"),
        (.unusable("is the error #N/A"), 1, "C9: is the error #N/A"),
    ])
    func tells(_ cell: SheetCell, _ column: Int, _ says: String) throws {
        let error = #expect(throws: PolicyError.self) {
            try imported { $0[8][column + 1] = cell }
        }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("t.xlsx: ") == true)
    }

    /// A point with three digits behind it is one where that is said, or where nothing else can be.
    @Test func pointsAreTakenWhereTheyAreClear() throws {
        func debt(_ text: String, _ named: SheetNumbers? = nil) throws -> String? {
            try imported(named: named) { $0[8][2] = .text(text) }.rules.first?.cells[1]
        }
        for text in ["0.125", "<= 1250.500", "20.0000, 1.25", "3 - 2 - 1", "1/3"] {
            #expect(try debt(text) == text)
        }
        #expect(try debt("<= 20.000", SheetNumbers.plain.named) == "<= 20.000")
        #expect(try debt("<= 20.000", SheetNumbers(named: "excel-de")?.named) == "<= 20000")
        #expect(try debt("<= 20.000", SheetNumbers(named: "excel-en")?.named) == "<= 20.000")
    }

    @Test func mergedCellsAreTold() throws {
        func says(_ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>) throws -> String? {
            let sheet = Sheet(
                name: "S",
                rows: try sheet().rows,
                merged: [MergedCells(rows: rows, columns: columns)]
            )
            do throws(PolicyError) {
                _ = try TableImport(sheet, file: "t.xlsx", nil, into: source, table)
                return nil
            } catch {
                return error.description
            }
        }
        let told = try says(9...10, 1...1)
        #expect(told?.hasPrefix("t.xlsx: sheet \"S\", B9: is merged with the cells to B10") == true)
        #expect(try says(10...10, 0...3)?.contains("A10: is merged with the cells to D10") == true)
        #expect(try says(9...10, 20...21) == nil && says(11...12, 1...1) == nil)
    }

    /// What is wrong with the model that comes out is told by the sheet: here its first rule stands
    /// in row 11.
    @Test func problemsOfTheModelAreToldByTheirCells() throws {
        let sheet = Sheet(
            name: "S",
            rows: try sheet().rows.map { ($0.number > 8 ? $0.number + 2 : $0.number, $0.cells) }
        )
        let result = try TableImport(sheet, file: "t.xlsx", nil, into: source, table)
        func told(_ path: String, _ file: String = "m.dmn") -> String? {
            result.problem(DocumentProblem(file: file, path: path, message: "no"))?.description
        }
        let place = "line 3, decision \"Limit\", rule "
        #expect(
            told(place + "2, output \"limit\", column 2") == "t.xlsx: sheet \"S\", F12: no"
        )
        #expect(told(place + "1, input \"code\"") == "t.xlsx: sheet \"S\", B11: no")
        #expect(told(place + "1, output \"code\"") == "t.xlsx: sheet \"S\", E11: no")
        #expect(told(place + "1") == "t.xlsx: sheet \"S\", row 11: no")
        #expect(told(place + "3") == nil && told(place + "1", "n.dmn") == nil)
        #expect(told("line 3, decision \"Limits\", rule 1") == nil)
    }

    @Test func whatIsNoSheetOfTheTableIsTold() throws {
        func says(_ change: (inout [[SheetCell]]) -> Void) -> String {
            let error = #expect(throws: PolicyError.self) { try imported(.plain, change) }
            return error?.description ?? ""
        }
        #expect(
            says { $0[3][1] = .text("kode") }.contains(
                "B4: is \"kode\", and the model has \"code\""
            )
        )
        #expect(
            says { $0[0][3] = .text("ANY") }.contains("D1: is \"ANY\", and the model has \"FIRST\"")
        )
        #expect(says { $0[1].append(.text("output")) }.contains("I2: is \"output\""))
        #expect(
            says { $0[8][0] = .text("#2") }.contains("A10: \"#2\" is there twice, also in row 9")
        )
        #expect(says { $0[8][0] = .text("#7") }.contains("\"#7\" is no rule of the table"))
        #expect(says { $0[8].append(.text("x")) }.contains("I9: stands beside the columns"))
        #expect(says { $0.removeLast(2) }.contains("row 9: there is no rule"))
        #expect(says { $0[0][5] = .text("french") }.contains("F1: there is no dialect \"french\""))
        let german = try #require(SheetNumbers(named: "excel-de"))
        let both = #expect(throws: PolicyError.self) { try imported(try french(), named: german) }
        #expect(both?.description.contains("says that numbers are written as excel-fr") == true)
        let wrong = #expect(throws: PolicyError.self) {
            try imported(named: german) { $0[8][5] = .text("1.25") }
        }
        #expect(wrong?.description.contains("not written as excel-de has it: 1250,50") == true)
        #expect(TableImport.decision(of: try sheet()) == "Limit")
        #expect(TableImport.decision(of: try sheet { $0[0][0] = .text("notes") }) == nil)
    }
}

extension TableSheet.Cell {
    /// The text of a cell.
    fileprivate var text: String {
        switch self {
        case .text(let text), .number(let text): text
        }
    }
}
