// SPDX-License-Identifier: Apache-2.0

// Companies as rows, assessed as they come by a real server.

import Testing
import VigieClient

@Suite struct CompanyTableTests {
    private let facts = ["legal_state", "statement_years", "statement_age_months", "payment_index"]
    private let items = ["total_assets", "net_sales", "net_income"]

    private func options(reasons: Int = 0) -> AssessmentOptions {
        AssessmentOptions(asOf: Day("2025-12-31"), reasonCount: reasons)
    }

    private func tables(_ rows: [[[Double?]]]) throws -> AsyncStream<CompanyTable> {
        let tables = try rows.map { rows in
            var table = CompanyTable(factColumns: facts, columns: items)
            for row in rows { try table.append(row: row) }
            return table
        }
        return AsyncStream { continuation in
            for table in tables { continuation.yield(table) }
            continuation.finish()
        }
    }

    @Test func outcomesComeBeforeFigures() async throws {
        let scored: [Double?] = [nil, 1, 8, nil, 3e6, 5e6, 1e5]
        let rows: [[[Double?]]] = [
            [scored, [6, 1, 8, 80, 3e6, 5e6, 1e5], [8, 0, nil, nil, nil, nil, nil]],
            [],
            [[nil, nil, nil, 40, nil, nil, nil], [11, nil, nil, 40, nil, nil, nil]],
            Array(repeating: scored, count: 3_000),
            [[nil, nil, nil, nil, nil, nil, nil], [13, 1, 8, nil, 1, 1, .infinity]],
        ]
        try await withServer { _, client in
            var answers: [RowAssessments] = []
            let tables = try tables(rows)
            for try await some in client.assess(tables: tables, options: options(reasons: 2)) {
                answers.append(some)
            }
            #expect(answers.map(\.count) == [3, 2, 3_000, 2])
            #expect(answers[0].map(\.outcome) == [.scored, .inProceedings, .closed])
            #expect(answers[0].model.name == "us-listed-failure")
            #expect(answers[0].card?.name == "us-listed-scorecard")
            let first = answers[0][0]
            #expect(first.basis == .fewRatios && first.confidence == "D")
            let figures = try #require(first.figures)
            #expect(figures.probability == first.baseProbability && figures.riskClass >= 3)
            #expect(first.reasons.count == 2)
            #expect(first.reasons.allSatisfy { !$0.feature.isEmpty && !$0.label.english.isEmpty })
            #expect(answers[0][1].figures == nil && answers[0][1].reasons.isEmpty)
            #expect(answers[1].map(\.outcome) == [.scored, .review])
            #expect(answers[1][0].basis == .payments && answers[1][0].confidence == "G")
            #expect(answers[2].allSatisfy { $0 == first })
            #expect(answers[3].map(\.outcome) == [.notScorable, .notScorable])
            #expect(
                answers[3].issues == [
                    RowIssue(row: 1, kind: .valueOutOfRange, column: "legal_state", value: 13)
                ]
            )
            #expect(answers[3].issueCount == 1)
        }
    }

    @Test func whatIsWrongIsTold() async throws {
        try await withServer { _, client in
            var other = CompanyTable(factColumns: facts, columns: ["ebit"])
            try other.append(row: [1, 1, 1, 1, 1])
            var first = CompanyTable(factColumns: facts, columns: items)
            try first.append(values: [1, 1, 1, 1, 1, 1, 1.0])
            let stream = AsyncStream { [first, other] continuation in
                continuation.yield(first)
                continuation.yield(other)
                continuation.finish()
            }
            var error = await #expect(throws: VigieError.self) {
                for try await _ in client.assess(tables: stream, options: options()) {}
            }
            #expect(error?.code == .invalidArgument)
            var unknown = CompanyTable(factColumns: ["age"], columns: [])
            try unknown.append(row: [1])
            let single = AsyncStream { [unknown] continuation in
                continuation.yield(unknown)
                continuation.finish()
            }
            error = await #expect(throws: VigieError.self) {
                for try await _ in client.assess(tables: single, options: options()) {}
            }
            #expect(error?.reason == "UNKNOWN_COLUMN")
            #expect(error?.fieldViolations.map(\.field) == ["header.fact_columns[0]"])
        }
    }
}
