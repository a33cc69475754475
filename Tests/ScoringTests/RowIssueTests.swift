// SPDX-License-Identifier: Apache-2.0

// Values that a model cannot take: what ends a row's score and what counts as missing.

import Scoring
import Testing

@Suite("Issues of rows")
struct RowIssueTests {
    private static let columns = ["age", "assets", "debt", "assets@1"]

    /// An issue as a test writes it.
    private struct Issue: Equatable {
        var row: Int
        var kind: RowIssueKind?
        var column: Int
        var value: UInt64

        init(_ row: Int, _ kind: RowIssueKind?, _ column: Int, _ value: Double) {
            self.row = row
            self.kind = kind
            self.column = column
            self.value = value.bitPattern
        }
    }

    private func issues(_ result: ScoreColumns) -> [Issue] {
        result.issueRows.indices.map { index in
            Issue(
                Int(result.issueRows[index]),
                RowIssueKind(rawValue: result.issueKinds[index]),
                Int(result.issueColumns[index]),
                result.issueValues[index]
            )
        }
    }

    @Test("a required value ends the score, any other counts as missing")
    func policy() throws {
        let model = try TestBundle.derived.load()
        let rows: [[Double]] = [
            [1, .nan, 1, 1], [1, 0, 1, 1], [1, -0.0, 1, 1], [1, .infinity, -1, 1],
            [1, 1, -0.02, 1], [1e6, 1, .infinity, 0], [-.infinity, 1, 1, -5], [1, 1, 1, .nan],
        ]
        let result = try model.score(rows.flatMap { $0 }, columns: Self.columns)
        #expect(result.outcomes == [2, 2, 2, 2, 1, 1, 1, 1])
        let expected = [
            Issue(0, .requiredValueMissing, 2, .nan), Issue(1, .valueOutOfRange, 2, 0),
            Issue(2, .valueOutOfRange, 2, -0.0), Issue(3, .valueInfinite, 2, .infinity),
            Issue(3, .valueOutOfRange, 3, -1), Issue(4, .valueOutOfRange, 3, -0.02),
            Issue(5, .valueOutOfRange, 4, 0), Issue(5, .valueInfinite, 3, .infinity),
            Issue(5, .valueOutOfRange, 1, 1e6), Issue(6, .valueOutOfRange, 4, -5),
            Issue(6, .valueInfinite, 1, -.infinity),
        ]
        #expect(result.issueCount == expected.count)
        // Of one row, those that end its score come first; else the order is the model's.
        let found = issues(result)
        #expect(found.prefix(6) == expected.prefix(6))
        for row in 5...6 {
            let own = found.filter { $0.row == row }
            #expect(own.count == expected.count { $0.row == row })
            #expect(own.allSatisfy { expected.contains($0) })
        }
        // As if it had not been sent.
        let clean = try model.score(
            [1, 1, .nan, 1, .nan, 1, .nan, .nan, .nan, 1, 1, .nan, 1, 1, 1, .nan],
            columns: Self.columns
        )
        #expect(clean.issueCount == 0 && !clean.hasUnscored)
        #expect(result.rawScores.suffix(4).map(\.bitPattern) == clean.rawScores.map(\.bitPattern))
        result.removeAll()
        #expect(result.rowCount == 0 && result.issueCount == 0 && !result.hasUnscored)
    }

    @Test("the manifest may say that a value ends the score")
    func manifest() throws {
        let strict = try TestBundle.derived.replacing(
            #""description": "$text", "minimum": 0}"#,
            #""description": "$text", "minimum": 0, "out_of_range": "not_scorable"}"#
        ).load()
        let rows = [1, 1, -1, 1, 1, 1, 1, 0, 1, 1, .nan, 1]
        let result = try strict.score(rows, columns: Self.columns)
        #expect(result.outcomes == [2, 1, 1])
        #expect(issues(result).map(\.row) == [0, 1])
        #expect(!strict.inputColumns[1].isInvalidAllowed)
        #expect(strict.inputColumns[2].isInvalidAllowed)
        let again = try TestBundle.derived.load()
        #expect(
            again.inputColumns.map(\.isInvalidAllowed) == [false] + .init(repeating: true, count: 6)
        )
    }

    @Test("a value that may not be missing cannot count as missing")
    func contradiction() {
        let bundle = TestBundle.derived.replacing(
            #""exclusive_minimum": true"#,
            #""exclusive_minimum": true, "out_of_range": "missing""#
        )
        #expect {
            _ = try bundle.load()
        } throws: { error in
            "\(error)".contains("inputs[0].out_of_range")
        }
    }

    @Test("of plain columns the trees see a missing value, in any width and layout")
    func plainColumns() throws {
        let ranged = TestBundle.plain.replacing(
            #"{"name": "second", "unit": "ratio","#,
            #"{"name": "second", "unit": "ratio", "minimum": -1, "maximum": 1,"#
        )
        let model = try ranged.load()
        let cells: [Double] = [0, -2, 1.0000001, .infinity, -.infinity, .nan, 0.5, -0.5]
        let values = (0..<1200).flatMap { row -> [Double] in
            [Double(row % 3) / 7, cells[row % cells.count], Double(row % 25) - 12]
        }
        let blanked = values.enumerated().map { index, value -> Double in
            index % 3 == 1 && !(abs(value) <= 1) ? .nan : value
        }
        let floats = values.map { Float($0) }
        let request = ScoreRequest(outputs: .all, reasonCount: 2)
        let expected = try model.score(blanked, request: request)
        for result in [
            try model.score(values, request: request),
            try model.score(values, request: ScoreRequest(outputs: .all)),
            try model.score(values.transposed(columnCount: 3), layout: .columnMajor),
            try model.score(floats.map { Double($0) }, request: request, step: 7),
        ] {
            #expect(result.rawScores.bits == expected.rawScores.bits)
            #expect(result.outcomes == expected.outcomes)
            #expect(result.issueCount > expected.issueCount)
        }
        let narrow = try model.score(floats: floats)
        let narrowBlanked = try model.score(floats: blanked.map { Float($0) })
        #expect(narrow.rawScores.bits == narrowBlanked.rawScores.bits)
    }

    @Test("all issues are counted, as many are told as may be", arguments: [0, 1, 700, 1500, 4000])
    func limit(issuesMaximum: Int) throws {
        let model = try TestBundle.derived.load()
        let values = (0..<1000).flatMap { row -> [Double] in
            [row % 2 == 0 ? 1e9 : 1, row % 3 == 0 ? .nan : 1, -1, 1]
        }
        let all = issues(try model.score(values, columns: Self.columns))
        let request = ScoreRequest(outputs: .all, issuesMaximum: issuesMaximum)
        for step in [Int.max, 100] {
            let result = try model.score(
                values,
                columns: Self.columns,
                request: request,
                step: step
            )
            #expect(result.issueCount == 1834)
            #expect(issues(result) == Array(all.prefix(issuesMaximum)))
            #expect(result.outcomes.count { $0 == 2 } == 334)
        }
    }
}
