// SPDX-License-Identifier: Apache-2.0

// Companies as rows over the wire: what the assessor says of them in process, whatever the blocks
// look like; and what each bad header and block is told.

import Assessment
import GRPCTransport
import NIOCore
import ProtobufCoding
import Quantities
import Scoring
import Telemetry
import Testing
import VigieApplication
import VigieLimits
import VigieProtos

@Suite struct AssessRowsTests {
    private static let path = "/vigie.v1.AssessmentService/StreamAssessRows"
    private static let facts = [
        "legal_state", "directory_activity", "struck_off_day", "statement_years",
        "statement_age_months", "payment_index", "payment_count",
    ]
    private static let items = ["total_assets", "net_sales", "net_income", "net_sales@1", "ebit"]

    private static func header(
        _ change: (inout Vigie_V1_AssessRowsHeader) -> Void = { _ in }
    ) -> Vigie_V1_AssessRowsHeader {
        .with {
            $0.asOfDate = "2025-12-31"
            $0.factColumns = facts
            $0.columns = items
            change(&$0)
        }
    }

    private static func message(_ header: Vigie_V1_AssessRowsHeader) -> [UInt8] {
        Vigie_V1_StreamAssessRowsRequest.with { $0.header = header }.serializedBytes()
    }

    private static func message(_ block: Vigie_V1_RowBlock) -> [UInt8] {
        Vigie_V1_StreamAssessRowsRequest.with { $0.block = block }.serializedBytes()
    }

    /// Rows, column after column; some with cells that make no sense.
    private static func cells(_ rowCount: Int, seed: UInt64) -> [Double] {
        var state = seed
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31)
        }
        var columns: [[Double]] = []
        let choices: [[Double]] = [
            [.nan, 0, 1, 1, 1, 2, 6, 8, 11, 12, 13, 0.5], [.nan, 1, 1, 1, 2, 3],
            [.nan, .nan, .nan, 18_000, 30_000, .infinity], [0, 1, 2, 3, 3, 5, .nan, -1],
            [3, 12, 20, 40, .nan], [.nan, .nan, 0, 40, 80, 101], [.nan, 0, 3, 9],
        ]
        for column in choices {
            columns.append((0..<rowCount).map { _ in column[Int(random() * Double(column.count))] })
        }
        for _ in items {
            columns.append(
                (0..<rowCount).map { _ in random() < 0.1 ? .nan : (random() - 0.2) * 1e7 }
            )
        }
        return columns.flatMap { $0 }
    }

    private static func block(_ cells: [Double], _ rowCount: Int) -> Vigie_V1_RowBlock {
        .with {
            $0.rowCount = UInt32(rowCount)
            $0.layout = .columnMajor
            $0.doubleValues = cells
        }
    }

    /// What the assessor says in process.
    private static func expected(
        _ server: TestServer,
        _ cells: [Double],
        _ rowCount: Int,
        reasons: Int,
        limits: ServiceLimits
    ) throws -> AssessedTable {
        var request = AssessmentRequest()
        request.asOfDate = "2025-12-31"
        request.reasonCount = reasons
        let registry = try ModelRegistry(models: server.models)
        let plan = try AssessmentQueries(registry: registry).plan(request)
        let assessor = try TableAssessor(
            model: plan.model,
            card: plan.card,
            factColumns: facts,
            itemColumns: items,
            options: plan.options,
            issuesMaximum: limits.blockIssuesMax
        )
        let answers = AssessedTable()
        try cells.withUnsafeBufferPointer { values in
            let block = try RowBlock(
                rowCount: rowCount,
                columnCount: assessor.columnCount,
                layout: .columnMajor,
                values: .float64(values)
            )
            assessor.assess(block, rows: 0..<rowCount, TableScratch(), answers)
        }
        return answers
    }

    private static func check(_ block: Vigie_V1_AssessedBlock, _ table: AssessedTable) {
        let bits = { (values: [Double]) in values.map(\.bitPattern) }
        #expect(Int(block.rowCount) == table.rowCount)
        #expect(block.outcomes.map(\.rawValue) == table.outcomes.map(Int.init))
        #expect(block.bases.map(\.rawValue) == table.bases.map(Int.init))
        #expect(bits(block.baseProbabilities) == bits(table.baseProbabilities))
        #expect(bits(block.probabilities) == bits(table.probabilities))
        #expect(block.scores == table.scores)
        #expect(block.riskClasses == table.riskClasses.map(UInt32.init))
        #expect(block.confidences.map(\.rawValue) == table.confidences.map(Int.init))
        #expect(block.classesCapped == table.areCapped.map { $0 == 1 })
        #expect(Int(block.reasonCount) == table.reasonCount)
        #expect(block.reasonFeatures == table.reasonFeatures)
        #expect(bits(block.reasonContributions) == bits(table.reasonContributions))
        #expect(Int(block.issueCount) == table.issueCount)
        #expect(block.issueRows == table.issueRows)
        #expect(block.issueKinds.map(\.rawValue) == table.issueKinds.map(Int.init))
        #expect(block.issueColumns == table.issueColumns)
        #expect(bits(block.issueValues) == bits(table.issueValues))
    }

    private static func answers(
        _ server: TestServer,
        _ messages: [[UInt8]]
    ) async throws -> [Vigie_V1_StreamAssessRowsResponse] {
        try await server.stream(path, messages)
    }

    // MARK: Blocks

    /// On the event loop, on a thread, and in chunks with little told of issues.
    private static var limits: [ServiceLimits] {
        var onThreads = ServiceLimits()
        onThreads.inPlaceNanosecondsMax = 0
        onThreads.inPlaceDecodedBytesMax = 0
        var small = ServiceLimits()
        small.inPlaceNanosecondsMax = 1e12
        small.blockIssuesMax = 40
        small.chunkNanoseconds = 10
        return [ServiceLimits(), onThreads, small]
    }

    @Test(arguments: 0..<3, [0, 2])
    func blocksAreAnsweredInTheirOrder(_ place: Int, _ reasons: Int) async throws {
        let limits = Self.limits[place]
        let sizes = [1, 3, 700, 2, 1_025, 64, 512, 5_000]
        let blocks = sizes.enumerated().map { Self.cells($1, seed: UInt64($0 + 1)) }
        try await AssessTests.run(limits: limits) { server in
            let header = Self.header { $0.reasonCount = UInt32(reasons) }
            let messages = zip(blocks, sizes).map { Self.message(Self.block($0, $1)) }
            let answers = try await Self.answers(server, [Self.message(header)] + messages)
            try #require(answers.count == sizes.count + 1)
            #expect(answers[0].context.model.name == "us-listed-failure")
            #expect(answers[0].context.model.asOfDate == "2025-12-31")
            #expect(answers[0].context.card.name == "us-listed-scorecard")
            #expect(answers[0].context.modelFeatures.isEmpty == (reasons == 0))
            for (place, answer) in answers.dropFirst().enumerated() {
                let expected = try Self.expected(
                    server,
                    blocks[place],
                    sizes[place],
                    reasons: reasons,
                    limits: limits
                )
                Self.check(answer.block, expected)
            }
            #expect(
                server.counters.value(of: .companiesAssessed) == UInt64(sizes.reduce(0, +))
            )
            #expect(server.counters.value(of: .rowsScored) == 0)
        }
    }

    @Test func layoutsAndWidthsDoNotMatter() async throws {
        let rowCount = 300
        let cells = Self.cells(rowCount, seed: 9).map { Double(Float($0)) }
        let width = Self.facts.count + Self.items.count
        let byRow = (0..<rowCount).flatMap { row in
            (0..<width).map { cells[$0 * rowCount + row] }
        }
        var rows = Self.block(byRow, rowCount)
        rows.layout = .rowMajor
        var floats = Self.block([], rowCount)
        floats.floatValues = cells.map { Float($0) }
        try await AssessTests.run { server in
            let answers = try await Self.answers(
                server,
                [Self.message(Self.header())]
                    + [Self.block(cells, rowCount), rows, floats].map { Self.message($0) }
            )
            try #require(answers.count == 4)
            let expected = try Self.expected(
                server,
                cells,
                rowCount,
                reasons: 0,
                limits: ServiceLimits()
            )
            for answer in answers.dropFirst() { Self.check(answer.block, expected) }
        }
    }

    @Test func aLongHeaderIsPreparedByAThread() async throws {
        var limits = ServiceLimits()
        limits.inPlaceDecodedBytesMax = 16
        try await AssessTests.run(limits: limits) { server in
            let cells = Self.cells(5, seed: 3)
            for _ in 0..<2 {
                let answers = try await Self.answers(
                    server,
                    [Self.message(Self.header()), Self.message(Self.block(cells, 5))]
                )
                #expect(answers.count == 2 && answers[1].block.rowCount == 5)
            }
        }
    }

    @Test func aHeaderAloneIsAnswered() async throws {
        try await AssessTests.run { server in
            let answers = try await Self.answers(server, [Self.message(Self.header())])
            #expect(answers.count == 1 && answers[0].context.hasModel)
        }
    }

    // MARK: What is refused

    private struct Refusal: Sendable, CustomStringConvertible {
        var messages: [[UInt8]]
        var reason: String
        var field: String
        var description: String { "\(reason) \(field)" }
    }

    private static func refused(
        _ reason: String,
        _ field: String,
        _ change: (inout Vigie_V1_AssessRowsHeader) -> Void
    ) -> Refusal {
        Refusal(messages: [message(header(change))], reason: reason, field: field)
    }

    private static let refusals: [Refusal] = [
        refused("UNKNOWN_COLUMN", "header.fact_columns[1]") { $0.factColumns[1] = "active" },
        refused("DUPLICATE_COLUMN", "header.fact_columns[1]") { $0.factColumns[1] = facts[0] },
        refused("MISSING_COLUMN", "header.fact_columns[0]") { $0.factColumns[0] = "closing_day@1" },
        refused("AMBIGUOUS_COLUMNS", "header.fact_columns[3]") {
            $0.factColumns[0] = "closing_day"
        },
        refused("MISSING_COLUMN", "header.fact_columns") { $0.factColumns = ["legal_state"] },
        refused("UNKNOWN_COLUMN", "header.columns[4]") { $0.columns[4] = "ebitt" },
        refused("UNKNOWN_COLUMN", "header.columns[0]") { $0.columns[0] = "net_sales@3" },
        refused("DUPLICATE_COLUMN", "header.columns[2]") { $0.columns[2] = "net_sales" },
        refused("LIMIT_EXCEEDED", "header.columns[2]") {
            $0.columns[2] = String(repeating: "a", count: 257)
        },
        refused("LIMIT_EXCEEDED", "header.columns") {
            $0.columns = Array(repeating: "ebit", count: 4_097)
        },
        refused("NO_COLUMNS", "header.fact_columns") { ($0.factColumns, $0.columns) = ([], []) },
        refused("INVALID_DATE", "header.as_of_date") { $0.asOfDate = "31.12.2025" },
        refused("TOO_MANY_REASONS", "header.reason_count") { $0.reasonCount = 4_096 },
        Refusal(messages: [], reason: "NO_HEADER", field: "header"),
        Refusal(messages: [[]], reason: "EMPTY_MESSAGE", field: "message"),
        Refusal(messages: [[0x0A, 1, 0xFF]], reason: "MALFORMED_MESSAGE", field: ""),
        Refusal(messages: [message(block([], 1))], reason: "NO_HEADER", field: "header"),
        Refusal(
            messages: [message(header()), message(header())],
            reason: "SECOND_HEADER",
            field: "header"
        ),
        Refusal(
            messages: [message(header()), message(block([], 0))],
            reason: "NO_ROWS",
            field: "block.row_count"
        ),
        Refusal(
            messages: [message(header()), message(block([1, 2, 3], 1))],
            reason: "WRONG_VALUE_COUNT",
            field: "block"
        ),
        Refusal(
            messages: [message(header()), message(block([], 262_145))],
            reason: "LIMIT_EXCEEDED",
            field: "block.row_count"
        ),
        Refusal(
            messages: [
                message(header()),
                message(
                    .with {
                        $0.rowCount = 1
                        $0.quantisedValues = [1, 2, 3]
                    }
                ),
            ],
            reason: "QUANTISED_NOT_TAKEN",
            field: "block.quantised_values"
        ),
    ]

    @Test(arguments: refusals.indices)
    func whatIsWrongIsTold(_ place: Int) async throws {
        let refusal = Self.refusals[place]
        try await AssessTests.run { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, refusal.messages)
            }
            #expect(failure.code == .invalidArgument, "\(refusal)")
            #expect(failure.information.reason == refusal.reason, "\(refusal)")
            if !refusal.field.isEmpty {
                #expect(failure.field == refusal.field, "\(refusal)")
            }
        }
    }

    @Test func aModelWithoutStatementsAssessesNobody() async throws {
        try await TestServer.run { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, [Self.message(Self.header())])
            }
            #expect(failure.information.reason == "MODEL_WITHOUT_STATEMENTS")
        }
    }
}
