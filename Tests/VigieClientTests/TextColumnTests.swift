// SPDX-License-Identifier: Apache-2.0

// Columns of texts: each different text once, whatever its bytes.

import Testing
import VigieClient

@Suite("Columns of texts of a table")
struct TextColumnTests {
    @Test("give back what was put in, as a naive list does")
    func naive() {
        var column = TextColumnBuffer()
        var expected: [[UInt8]?] = []
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let length = Int.random(in: 0...3, using: &generator)
            let text = (0..<length).map { _ in
                [0, 0x20, 0x61, 0xC3, 0xFF].randomElement(using: &generator) ?? UInt8(0)
            }
            if Int.random(in: 0..<9, using: &generator) == 0 {
                column.appendMissing()
                expected.append(nil)
            } else {
                text.withUnsafeBytes { column.append($0) }
                expected.append(text)
            }
        }
        let found = column.codes.map { code in code == 0 ? nil : Array(column[Int(code) - 1]) }
        #expect(found == expected)
        #expect(Set((0..<column.textCount).map { Array(column[$0]) }).count == column.textCount)
        #expect(column.textCount == Set(expected.compactMap(\.self)).count)
        column.removeAll()
        column.append("a")
        #expect(column.codes == [1] && column.textCount == 1)
    }

    @Test("texts that are canonically equivalent are two")
    func accents() {
        var column = TextColumnBuffer()
        for text in ["caf\u{E9}", "cafe\u{301}", "caf\u{E9}", nil] { column.append(text) }
        #expect(column.codes == [1, 2, 1, 0])
    }

    @Test("a row that does not fit changes nothing")
    func rows() throws {
        var table = FeatureTable(columns: ["x"], textColumns: ["g", "h"])
        try table.append(row: [1], texts: ["a", nil])
        #expect(throws: VigieError.self) { try table.append(row: [1], texts: ["a"]) }
        #expect(throws: VigieError.self) { try table.append(row: [1, 2], texts: ["a", "b"]) }
        #expect(throws: VigieError.self) { try table.append(row: [1]) }
        #expect(throws: VigieError.self) { try table.append(values: [1.0]) }
        try table.append(row: [nil], texts: ["b", "a"])
        #expect(table.rowCount == 2 && table.columns == ["x"] && table.textColumns == ["g", "h"])
        #expect(table.texts.map(\.codes) == [[1, 2], [0, 2]])
        table.removeAllRows()
        try table.append(row: [2], texts: [nil, "z"])
        #expect(table.rowCount == 1 && table.texts.map(\.codes) == [[0], [1]])
    }
}
