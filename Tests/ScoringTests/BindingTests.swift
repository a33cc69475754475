// SPDX-License-Identifier: Apache-2.0

import Documents
import Scoring
import Testing

@Suite("Binding columns")
struct BindingTests {
    static let wrong: [(columns: [String], code: ScoringError.Code, index: Int?, text: String)] = [
        (["assets", "dept"], .unknownColumn, 1, "no column \"dept\". Did you mean \"debt\"?"),
        (["assets", "Debt"], .unknownColumn, 1, "Did you mean \"debt\"?"),
        (["assets", "zzzzzzzz"], .unknownColumn, 1, "DescribeModel lists its columns."),
        (["assets", "age@1"], .unknownColumn, 1, "no column \"age@1\""),
        (["assets", "debt@3"], .unknownColumn, 1, "no column \"debt@3\". Did you mean"),
        (["assets", ""], .unknownColumn, 1, "no column \"\"."),
        (["assets", "a\nb"], .unknownColumn, 1, "no column \"a\\u{a}b\"."),
        (["assets", "debt", "assets"], .duplicateColumn, 2, "\"assets\" is named twice."),
        (["debt"], .missingColumn, nil, "requires the columns \"assets\"."),
        (Array(repeating: "assets", count: 8), .tooManyColumns, nil, "8 columns; the model has 7."),
        (
            ["assets", String(repeating: "x", count: 100_000)], .unknownColumn, 1,
            "no column \"\(String(repeating: "x", count: 60))…\"."
        ),
    ]

    @Test("what does not fit is named, with a suggestion", arguments: wrong)
    func refused(columns: [String], code: ScoringError.Code, index: Int?, text: String) throws {
        let model = try TestBundle.derived.load()
        let error = try #require(throws: ScoringError.self) { try model.bind(columns: columns) }
        #expect(error.code == code)
        #expect(error.columnIndex == index)
        #expect(error.message.contains(text), "\(error.message)")
        #expect(error.message.utf8.count < 300)
    }

    @Test("plain models require every column")
    func plain() throws {
        let model = try TestBundle.plain.load()
        let error = try #require(throws: ScoringError.self) { try model.bind(columns: ["second"]) }
        #expect(error.message.contains("\"first\", \"third\""))
    }

    @Test("a block's values must be as many as its rows and columns say")
    func blocks() throws {
        func error(rows: Int, columns: Int, values: Int) throws -> ScoringError.Code? {
            let values = [Float](repeating: 0, count: values)
            return values.withUnsafeBufferPointer { buffer -> ScoringError.Code? in
                do {
                    _ = try RowBlock(
                        rowCount: rows,
                        columnCount: columns,
                        layout: .rowMajor,
                        values: .float32(buffer)
                    )
                    return nil
                } catch { return (error as? ScoringError)?.code }
            }
        }
        #expect(try error(rows: 2, columns: 3, values: 6) == nil)
        #expect(try error(rows: 2, columns: 3, values: 5) == .wrongValueCount)
        #expect(try error(rows: 2, columns: 3, values: 7) == .wrongValueCount)
        #expect(try error(rows: 0, columns: 3, values: 0) == .noRows)
        #expect(try error(rows: -1, columns: 3, values: 0) == .noRows)
        #expect(try error(rows: .max, columns: 3, values: 6) == .wrongValueCount)
    }
}
