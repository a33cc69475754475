// SPDX-License-Identifier: Apache-2.0

// Rows scored and decided on over the wire: what BatchDecide says of the same companies, whatever
// the blocks look like; and what each bad header and block is told.

import DecimalNumbers
import GRPCTransport
import NIOCore
import Policies
import ProtobufCoding
import Quantities
import Scoring
import Telemetry
import TestPolicies
import Testing
import VigieLimits
import VigieProtos

@Suite struct DecideRowsTests {
    private static let path = "/vigie.v1.DecisionService/StreamDecideRows"

    private static func answers(
        _ server: TestServer,
        _ header: Vigie_V1_DecideRowsHeader,
        _ blocks: [Vigie_V1_DecideRowsBlock]
    ) async throws -> [Vigie_V1_StreamDecideRowsResponse] {
        let first = Vigie_V1_StreamDecideRowsRequest.with { $0.header = header }
        let messages = blocks.map { block in
            Vigie_V1_StreamDecideRowsRequest.with { $0.block = block }.serializedBytes()
        }
        return try await server.stream(path, [first.serializedBytes()] + messages)
    }

    /// What a row of a block says, and what is said of the company, each by its name.
    private static func differences(
        _ block: Vigie_V1_DecidedBlock,
        _ row: Int,
        _ context: Vigie_V1_DecideRowsContext,
        _ wanted: Vigie_V1_CreditDecision
    ) -> [String] {
        func name(_ number: UInt32, _ names: [String]) -> String {
            number == 0 ? "" : names[Int(number) - 1]
        }
        func amount(_ value: Double, _ text: String) -> (String, String) {
            let written = Double(text) ?? .nan
            return written == value || written.isNaN && value.isNaN
                ? ("", "") : ("\(value)", text)
        }
        let missing = block.missingNames.indices.filter {
            block.missing[row] >> UInt64($0) & 1 == 1
        }
        let until = CalendarDate(wanted.limit.validUntil)?.dayNumber ?? .min
        var told: [(String, (String, String))] = [
            ("outcome", ("\(block.outcomes[row])", "\(wanted.outcome)")),
            ("class", (name(block.riskClasses[row], block.classNames), wanted.riskClass)),
            ("limit", amount(block.limits[row], wanted.limit.amount)),
            ("own", amount(block.ownLimits[row], wanted.limit.ownRisk)),
            ("need", amount(block.needs[row], wanted.need.amount)),
            ("headroom", amount(block.headrooms[row], wanted.headroom)),
            ("loss", amount(block.expectedLosses[row], wanted.expectedLoss)),
            ("opportunity", amount(block.opportunities[row], wanted.opportunity)),
            ("binding", (name(block.bindings[row], context.bindings), wanted.limit.binding)),
            ("days", ("\(block.termDays[row])", "\(wanted.terms.days)")),
            ("action", (name(block.actions[row], block.actionNames), wanted.action)),
            ("role", (name(block.roles[row], context.roles), wanted.grantingRole)),
            ("second", ("\(block.secondPersons[row])", "\(wanted.needsSecondPerson)")),
            ("until", ("\(block.validUntilDays[row])", "\(until)")),
            (
                "missing",
                (
                    missing.map { block.missingNames[$0] }.sorted().joined(separator: " "),
                    Set(wanted.missing.map(\.name)).sorted().joined(separator: " ")
                )
            ),
        ]
        for (place, table) in context.tables.enumerated() {
            let rule = block.rules[place * Int(block.rowCount) + row]
            let answer = wanted.tables.last { $0.decision == table }
            told.append((table, ("\(rule)", "\(Self.number(answer))")))
        }
        return told.filter { $0.1.0 != $0.1.1 }.map { "\($0.0): \($0.1.0), not \($0.1.1)" }
    }

    private static func number(_ answer: Vigie_V1_TableAnswer?) -> Int32 {
        switch answer?.kind {
        case .matched: Int32(answer?.rules.first?.number ?? 0)
        case .default: -1
        case .violation: -2
        case .invalidInput: -3
        case nil: .min
        default: 0
        }
    }

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func rowsAreDecidedAsCompaniesAre(_ name: String) async throws {
        let policy = try samplePolicy(name)
        try await SampleCase.run(policies: [policy]) { server in
            let itemCount = try #require(server.models.first).inputColumns.count
            let rows = RowsToDecide(policy, itemCount: itemCount, rowCount: 1_100, seed: 3)
            let parts = [0..<1, 1..<1_000, 1_000..<1_100]
            let answers = try await Self.answers(server, rows.header, parts.map(rows.block))
            try #require(answers.count == 4)
            let context = answers[0].context
            #expect(context.policyContentHash == policy.contentHash && context.currency == "EUR")
            #expect(context.slowReason.isEmpty && !context.tables.isEmpty)
            #expect(server.counters.value(of: .companiesDecided) == 1_100)
            var outcomes: Set<Int> = []
            for (part, answer) in zip(parts, answers.dropFirst()) {
                let block = answer.block
                try #require(Int(block.rowCount) == part.count)
                let companies = part.enumerated().map { rows.company($1, block.scores, at: $0) }
                let wanted = try await SampleCase.batches(server, [companies], rows.batchHeader)
                for (place, answer) in wanted[1].batch.answers.enumerated() {
                    try #require(answer.error.reason == "", "\(answer.error)")
                    let found = Self.differences(block, place, context, answer.decision)
                    try #require(found.isEmpty, "row \(place): \(found), \(companies[place])")
                    outcomes.insert(answer.decision.outcome.rawValue)
                }
            }
            #expect(outcomes.count >= 4, "\(outcomes)")
        }
    }

    /// In chunks, decoded by threads, and column after column.
    @Test func theShapeOfABlockChangesNothing() async throws {
        let policy = try samplePolicy("cautious-supplier")
        var answers: [[Vigie_V1_StreamDecideRowsResponse]] = []
        for chunk in [1e9, 10] {
            var limits = ServiceLimits()
            limits.chunkNanoseconds = chunk
            try await SampleCase.run(limits: limits, policies: [policy]) { server in
                let itemCount = try #require(server.models.first).inputColumns.count
                let rows = RowsToDecide(policy, itemCount: itemCount, rowCount: 6_000, seed: 4)
                var block = rows.block(0..<6_000)
                answers.append(try await Self.answers(server, rows.header, [block, block]))
                block.rows.layout = .columnMajor
                let values = block.rows.floatValues
                block.rows.floatValues = (0..<values.count).map {
                    values[$0 % 6_000 * itemCount + $0 / 6_000]
                }
                answers.append(try await Self.answers(server, rows.header, [block, block]))
            }
        }
        for other in answers.dropFirst() {
            // NaN is no value that equals itself.
            #expect(
                other.map { $0.serializedBytes() } == answers[0].map { $0.serializedBytes() }
            )
        }
    }

    @Test func onlyWhatIsAskedForIsAnswered() async throws {
        let policy = try samplePolicy("cautious-supplier")
        try await SampleCase.run(policies: [policy]) { server in
            let itemCount = try #require(server.models.first).inputColumns.count
            let rows = RowsToDecide(policy, itemCount: itemCount, rowCount: 10, seed: 5)
            var header = rows.header
            header.outputs = []
            header.scoreOutputs = []
            var block = try await Self.answers(server, header, [rows.block(0..<10)])[1].block
            #expect(block.outcomes.count == 10 && block.limits.count == 10)
            #expect(block.rules.isEmpty && block.needs.isEmpty && block.missingNames.isEmpty)
            #expect(block.scores.scores.isEmpty, "the policy takes class and probability only")
            #expect(block.scores.riskClasses.count == 10)
            header.outputs = [.rules]
            block = try await Self.answers(server, header, [rows.block(0..<10)])[1].block
            #expect(block.outcomes.isEmpty && block.limits.isEmpty && block.rules.count >= 60)
        }
    }

    // MARK: What is refused

    @Test func badHeadersAreTold() async throws {
        let policy = try samplePolicy("export-wholesaler")
        typealias Change = (inout Vigie_V1_DecideRowsHeader) -> Void
        let changes: [(reason: String, field: String, Change)] = [
            ("UNKNOWN_COLUMN", "header.columns[0]", { $0.columns = ["nobody's"] }),
            ("UNKNOWN_FACT", "header.fact_columns[0]", { $0.factColumns[0] = "past_duo" }),
            ("WRONG_COLUMN_KIND", "header.fact_columns[0]", { $0.factColumns[0] = "sector" }),
            (
                "WRONG_COLUMN_KIND", "header.fact_columns[0]",
                { $0.factColumns[0] = "guarantees_held" }
            ),
            (
                "WRONG_COLUMN_KIND", "header.fact_text_columns[0]",
                { $0.factTextColumns[0] = "role" }
            ),
            (
                "WRONG_COLUMN_KIND", "header.fact_text_columns[0]",
                { $0.factTextColumns[0] = "equity" }
            ),
            ("BAD_FACT", "header.fact_columns", { $0.factColumns[1] = $0.factColumns[0] }),
            ("BAD_FACT", "header.fact_columns", { $0.facts = [SampleCase.fact("equity", "1")] }),
            (
                "UNKNOWN_FACT", "header.facts[0].name",
                { $0.facts = [SampleCase.fact("grade", "1")] }
            ),
            (
                "BAD_VALUE", "header.facts[0].as_of_date",
                {
                    $0.facts = [SampleCase.fact("score", "1")]
                    $0.facts[0].asOfDate = "2025-01-01"
                }
            ),
            ("BAD_VALUE", "header.outputs[0]", { $0.outputs = [.UNRECOGNIZED(99)] }),
            ("BAD_VALUE", "header.score_outputs[0]", { $0.scoreOutputs = [.unspecified] }),
            ("UNKNOWN_ROLE", "header.role", { $0.role = "king" }),
            ("INVALID_DATE", "header.as_of_date", { $0.asOfDate = "tomorrow" }),
            (
                "LIMIT_EXCEEDED", "header.fact_columns",
                { $0.factColumns = Array(repeating: "equity", count: 513) }
            ),
        ]
        try await SampleCase.run(policies: [policy]) { server in
            let rows = RowsToDecide(policy, itemCount: 1, rowCount: 1, seed: 6)
            for (reason, field, change) in changes {
                var header = rows.header
                change(&header)
                let failure = try await Failure.of {
                    _ = try await Self.answers(server, header, [])
                }
                #expect(failure.information.reason == reason, "\(failure)")
                #expect(failure.field == field, "\(failure)")
            }
        }
    }

    @Test func badBlocksAreTold() async throws {
        let policy = try samplePolicy("cautious-supplier")
        typealias Change = (inout Vigie_V1_DecideRowsBlock) -> Void
        let changes: [(reason: String, Change)] = [
            ("WRONG_VALUE_COUNT", { $0.rows.floatValues.removeLast() }),
            ("WRONG_VALUE_COUNT", { $0.facts.values.removeLast() }),
            ("WRONG_VALUE_COUNT", { $0.facts.values = [] }),
            ("WRONG_TEXT_COLUMN_COUNT", { $0.facts.textColumns.removeLast() }),
            ("WRONG_TEXT_COLUMN_COUNT", { $0.facts.textColumns.append(.init()) }),
            ("WRONG_TEXT_COLUMN_COUNT", { $0.clearFacts() }),
            ("INVALID_CODE", { $0.facts.textColumns[0].codes[0] = 99 }),
            ("INVALID_CODE", { $0.facts.textColumns[0].codes.removeLast() }),
            ("INVALID_UTF8", { $0.facts.textColumns[0].dictionary[0] = [0xFF] }),
            ("BAD_FACT", { $0.facts.textColumns[1].dictionary[0] = Array("lunch".utf8) }),
            ("NO_VALUES", { $0.clearRows() }),
            (
                "LIMIT_EXCEEDED",
                { $0.facts.textColumns[0].dictionary[0] = Array(repeating: 65, count: 4_097) }
            ),
            (
                "LIMIT_EXCEEDED",
                { $0.facts.textColumns[0].dictionary = Array(repeating: [], count: 65_537) }
            ),
        ]
        try await SampleCase.run(policies: [policy]) { server in
            let itemCount = try #require(server.models.first).inputColumns.count
            let rows = RowsToDecide(policy, itemCount: itemCount, rowCount: 20, seed: 7)
            for (place, (reason, change)) in changes.enumerated() {
                var block = rows.block(0..<20)
                change(&block)
                let failure = try await Failure.of {
                    _ = try await Self.answers(server, rows.header, [block])
                }
                let told = failure.information.reason
                #expect(told == reason || told == "NO_BLOCK", "change \(place): \(failure)")
            }
        }
    }

    @Test func nobodyAsksAsMoreThanHeIs() async throws {
        let policy = try samplePolicy("cautious-supplier")
        try await SampleCase.run(gate: RoleGate(), policies: [policy]) { server in
            let rows = RowsToDecide(policy, itemCount: 1, rowCount: 1, seed: 8)
            func first(_ role: String, as caller: String) async throws {
                var header = rows.header
                header.role = role
                let stream = server.client.stream(
                    path: Self.path,
                    metadata: [("authorization", caller)]
                )
                let message = Vigie_V1_StreamDecideRowsRequest.with { $0.header = header }
                try await stream.send(.init(bytes: message.serializedBytes()))
                stream.finishSending()
                while try await stream.next() != nil {}
            }
            // The same header each time: what one may is not what the next one may.
            try await first("manager", as: "ann:director")
            try await first("manager", as: "bob:manager")
            let failure = try await Failure.of { try await first("manager", as: "eve:analyst") }
            #expect(failure.information.reason == "CREDIT_ROLE_NEEDED")
        }
    }

    @Test func decideStreamsMaxAndConnectionDecideStreamsMaxHold() async throws {
        let policy = try samplePolicy("cautious-supplier")
        for isOfConnection in [false, true] {
            var limits = ServiceLimits()
            if isOfConnection {
                limits.connectionDecideStreamsMax = 1
            } else {
                limits.decideStreamsMax = 1
            }
            try await SampleCase.run(limits: limits, policies: [policy]) { server in
                let rows = RowsToDecide(policy, itemCount: 1, rowCount: 1, seed: 9)
                let message = Vigie_V1_StreamDecideRowsRequest.with { $0.header = rows.header }
                let stream = server.client.stream(path: Self.path)
                try await stream.send(.init(bytes: message.serializedBytes()))
                #expect(try await stream.next() != nil)
                let failure = try await Failure.of {
                    _ = try await Self.answers(server, rows.header, [])
                }
                #expect(failure.code == .unavailable)
                let name = isOfConnection ? "connectionDecideStreamsMax" : "decideStreamsMax"
                #expect(failure.message.contains("(\(name))"))
                stream.finishSending()
                #expect(try await stream.next() == nil)
                // The place of one that has ended is free.
                #expect(try await Self.answers(server, rows.header, []).count == 1)
            }
        }
    }
}
