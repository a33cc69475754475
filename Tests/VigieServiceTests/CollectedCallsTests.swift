// SPDX-License-Identifier: Apache-2.0

// Small calls that are scored together: each gets what it would get alone, whoever
// else is there and whatever becomes of them.

import GRPCTransport
import NIOCore
import ProtobufCoding
import Scoring
import TestRandomness
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct CollectedCallsTests {
    /// The usual limits; ones that each turn meets over and over; ones that collect nothing.
    static let limits: [ServiceLimits] = {
        var tight = ServiceLimits()
        tight.collectedRowsMax = 5
        tight.collectedCallRowsMax = 4
        tight.collectedBytesMax = 600
        tight.collectedBlocksMax = 2
        tight.cachedHeadersMax = 1
        tight.blockIssuesMax = 120
        var none = ServiceLimits()
        none.collectedCallRowsMax = 0
        return [ServiceLimits(), tight, none]
    }()

    @Test(arguments: limits)
    func eachCallGetsWhatTheEngineGivesItsRows(limits: ServiceLimits) async throws {
        let models = try ScoringModel.bundledModels() + [TestBundle.model()]
        try await TestServer.run(models: models, limits: limits) { server in
            let questions = try (0..<400).map { try Question($0, models: models) }
            let answers = await ask(questions, server: server, connectionCount: 4)
            for (question, answer) in zip(questions, answers) {
                try question.check(answer.get())
            }
        }
    }

    @Test func wrongCallsDoNotHarmOthers() async throws {
        let models = [try TestBundle.model()]
        try await TestServer.run(models: models) { server in
            var questions = try (0..<200).map { try Question($0, models: models) }
            for index in stride(from: 3, to: 200, by: 7) { questions[index].makeWrong(index) }
            let answers = await ask(questions, server: server, connectionCount: 2)
            for (question, answer) in zip(questions, answers) {
                if question.isWrong {
                    let failure = try await Failure.of { _ = try answer.get() }
                    #expect(failure.code == .invalidArgument)
                } else {
                    try question.check(answer.get())
                }
            }
        }
    }

    @Test func abandonedCallsDoNotHarmOthers() async throws {
        let models = [try TestBundle.model()]
        try await TestServer.run(models: models) { server in
            let questions = try (0..<300).map { try Question($0, models: models) }
            let answers = await ask(questions, server: server, connectionCount: 2) { index in
                // Some are cancelled, some give up after a time in which hardly any is answered.
                index % 3 == 1 ? .cancel : index % 3 == 2 ? .deadline(.microseconds(300)) : .wait
            }
            for (index, answer) in answers.enumerated() {
                switch answer {
                case .success(let bytes):
                    try questions[index].check(bytes)
                case .failure(let error):
                    #expect(index % 3 != 0, "\(error)")
                    let status = (error as? ClientCallError)?.status.code
                    #expect(status == (index % 3 == 1 ? nil : .deadlineExceeded))
                }
            }
        }
    }

    @Test func callsUnderWayAreAnsweredBeforeTheServerStops() async throws {
        let models = [try TestBundle.model()]
        try await TestServer.run(models: models) { server in
            let questions = try (0..<100).map { try Question($0, models: models) }
            async let answers = ask(questions, server: server, connectionCount: 1)
            try await Task.sleep(for: .milliseconds(2))
            await server.server.stop(timeout: .seconds(10))
            for (question, answer) in zip(questions, await answers) {
                switch answer {
                case .success(let bytes): try question.check(bytes)
                case .failure(let error):
                    // Only a call that came too late to be begun.
                    #expect((error as? ClientCallError)?.status.code == .unavailable, "\(error)")
                }
            }
        }
    }
}

/// How long a caller waits.
private enum Patience {
    case wait
    case cancel
    case deadline(TimeAmount)
}

/// A call with what the engine says to its rows alone.
private struct Question {
    private(set) var bytes: [UInt8]
    private(set) var isWrong = false
    private let expected: ScoreColumns
    private let model: ScoringModel

    /// A call that depends on its index only: some have several rows, reasons or 64-bit values.
    init(_ index: Int, models: [ScoringModel]) throws {
        let model = models[index % models.count]
        self.model = model
        var random = SeededGenerator(seed: index)
        let rowCount = index % 4 == 0 ? Int.random(in: 2...70, using: &random) : 1
        let values = (0..<rowCount * model.inputColumns.count).map { _ in
            Int.random(in: 0..<12, using: &random) == 0
                ? Float.nan : Float.random(in: -2...30, using: &random)
        }
        var request = ScoreRequest()
        var header = Vigie_V1_ScoreHeader.with { $0.model = model.manifest.name }
        if index % 5 == 0 {
            request = ScoreRequest(outputs: [.rawScore, .probability], reasonCount: 2)
            header.reasonCount = 2
            header.outputs = [.rawScore, .probability]
        }
        let block = Vigie_V1_RowBlock.with {
            $0.rowCount = UInt32(rowCount)
            if index % 7 == 0 {
                $0.doubleValues = values.map(Double.init)
            } else {
                $0.floatValues = values
            }
        }
        bytes = Vigie_V1_ScoreRowsRequest(block, header: header).serializedBytes()
        expected = try scoreInProcess(values, rowCount: rowCount, model: model, request: request)
    }

    /// Makes the call one that is refused: without its last byte, without rows, or with a value
    /// too many.
    mutating func makeWrong(_ index: Int) {
        isWrong = true
        switch index % 3 {
        case 0: bytes.removeLast()
        case 1: bytes = [0x0A, 0, 0x12, 0]
        default: bytes = [0x0A, 0, 0x12, 20, 8, 1, 0x1A, 16] + [UInt8](repeating: 0, count: 16)
        }
    }

    /// Expects the very bits of the engine, and the issues with the call's own row numbers.
    func check(_ answer: [UInt8]) throws {
        let response = try Vigie_V1_ScoreRowsResponse(serializedBytes: answer)
        #expect(isEqual(response.block, expected))
        #expect(response.model.contentHash == model.contentHash)
        #expect(hasIssues(response.block, expected))
    }
}

/// Makes all calls at once, in turn over the connections; the answers in the order of the calls.
private func ask(
    _ questions: [Question],
    server: TestServer,
    connectionCount: Int,
    patience: @Sendable (Int) -> Patience = { _ in .wait }
) async -> [Result<[UInt8], any Error>] {
    var connections = [server.client]
    while connections.count < connectionCount, let connection = try? await server.connect() {
        connections.append(connection)
    }
    let tasks = questions.enumerated().map { index, question in
        let connection = connections[index % connections.count]
        let message = ByteBuffer(bytes: question.bytes)
        let patience = patience(index)
        var timeout = TimeAmount.seconds(30)
        if case .deadline(let amount) = patience { timeout = amount }
        let task = Task { [timeout] in
            let answer = try await connection.unary(
                path: "/vigie.v1.ScoringService/ScoreRows",
                message: message,
                deadline: .now() + timeout
            )
            return Array(answer.readableBytesView)
        }
        if case .cancel = patience { Task { task.cancel() } }
        return task
    }
    var answers: [Result<[UInt8], any Error>] = []
    for task in tasks { answers.append(await task.result) }
    for connection in connections.dropFirst() { connection.close() }
    return answers
}
