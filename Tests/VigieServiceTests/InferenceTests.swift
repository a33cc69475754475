// SPDX-License-Identifier: Apache-2.0

// The Open Inference Protocol: what damaged and hostile requests are answered, and that large ones
// take the same path as small ones. That clients of Triton get the right scores is tested with
// Triton's own client.

import GRPCTransport
import ProtobufCoding
import Scoring
import TestRandomness
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct InferenceTests {
    private static let path = "/inference.GRPCInferenceService/ModelInfer"
    private static let streamPath = "/inference.GRPCInferenceService/ModelStreamInfer"

    /// A request of rows of the test model, in raw form.
    private static func request(
        _ rows: [[Float]],
        name: String = "rows"
    ) -> Inference_ModelInferRequest {
        .with {
            $0.modelName = "test"
            $0.id = "7"
            $0.inputs = [
                .with {
                    $0.name = name
                    $0.datatype = "FP32"
                    $0.shape = [Int64(rows.count), Int64(rows.first?.count ?? 3)]
                }
            ]
            $0.rawInputContents = [raw(rows.flatMap(\.self))]
        }
    }

    private static func raw<Value>(_ values: [Value]) -> [UInt8] {
        values.withUnsafeBytes { Array($0) }
    }

    private static func rows(_ count: Int, seed: UInt64) -> [[Float]] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<3).map { _ in
                let value = Float.random(in: -2...20, using: &random)
                return UInt8.random(in: 0..<8, using: &random) == 0 ? .nan : value
            }
        }
    }

    /// The probabilities of an answer, as ScoreRows gives them for the same rows.
    private static func check(
        _ answer: Inference_ModelInferResponse,
        _ rows: [[Float]],
        _ server: TestServer
    ) async throws {
        let expected = try await server.score(
            .init(.init(rows.flatMap(\.self), rowCount: rows.count))
        ).block
        #expect(answer.id == "7" && answer.modelName == "test")
        #expect(answer.outputs.map(\.shape) == Array(repeating: [Int64(rows.count), 1], count: 6))
        let place = try #require(answer.outputs.firstIndex { $0.name == "probability" })
        #expect(answer.rawOutputContents[place] == raw(expected.probabilities))
        let outcomes = try #require(answer.outputs.firstIndex { $0.name == "outcome" })
        let scored: [Int32] = rows.map { $0[0].isNaN || $0[0] < 0 ? 2 : 1 }
        #expect(answer.rawOutputContents[outcomes] == raw(scored))
    }

    @Test(arguments: [1, 100, 30_000])
    func scoresAreThoseOfScoreRows(count: Int) async throws {
        try await TestServer.run { server in
            let rows = Self.rows(count, seed: 3)
            let answer: Inference_ModelInferResponse = try await server.call(
                Self.path,
                Self.request(rows)
            )
            try await Self.check(answer, rows, server)
        }
    }

    @Test func aLoopThatMayDoNothingLeavesAllToThreads() async throws {
        var limits = ServiceLimits()
        limits.inPlaceNanosecondsMax = 0
        limits.inPlaceDecodedBytesMax = 0
        try await TestServer.run(limits: limits) { server in
            let rows = Self.rows(5, seed: 4)
            let request = Self.request(rows)
            let answer: Inference_ModelInferResponse = try await server.call(Self.path, request)
            try await Self.check(answer, rows, server)
            // Messages that lie in one piece, with others before and behind them.
            let wide = rows.map { $0 + [1] }
            let bad = Self.request(wide, name: "nothing").serializedBytes()
            let messages = [request.serializedBytes(), bad, request.serializedBytes()]
            let answers: [Inference_ModelStreamInferResponse] = try await server.stream(
                Self.streamPath,
                messages
            )
            try #require(answers.count == 3)
            #expect(answers[1].errorMessage.contains("input 'nothing'"))
            try await Self.check(answers[0].inferResponse, rows, server)
            try await Self.check(answers[2].inferResponse, rows, server)
        }
    }

    @Test func aStreamGoesOnAfterARequestThatIsWrong() async throws {
        try await TestServer.run { server in
            let rows = Self.rows(20, seed: 6)
            let good = Self.request(rows).serializedBytes()
            let bad = Self.request(rows.map { $0 + [1] }).serializedBytes()
            let answers: [Inference_ModelStreamInferResponse] = try await server.stream(
                Self.streamPath,
                [good, bad, [0xFF], good]
            )
            try #require(answers.count == 4)
            #expect(answers.map(\.errorMessage.isEmpty) == [true, false, false, true])
            #expect(answers[1].errorMessage.contains("Expected [-1,3], got [-1,4]"))
            #expect(answers[1].inferResponse.id == "7")
            try await Self.check(answers[3].inferResponse, rows, server)
        }
    }

    /// What an answer repeats must be what a client can read, and what is passed over be sound.
    @Test func textsThatAreNoneAreRefused() async throws {
        let good = Self.request(Self.rows(2, seed: 4)).serializedBytes()
        let added: [[UInt8]] = [
            // An id, a name before the good one, a parameter: as texts, and as a message.
            [26, 1, 0xFF], [10, 2, 0xC3, 0x28], [34, 3, 10, 1, 0xFF], [34, 4, 18, 2, 8, 0xFF],
            [34, 1, 10],
        ]
        try await TestServer.run { server in
            for bytes in added.flatMap({ [$0 + good, good + $0] }) {
                let error = await #expect(throws: ClientCallError.self) {
                    _ = try await server.call(Self.path, bytes: bytes)
                }
                #expect(error?.status.code == .invalidArgument, "\(bytes.prefix(8))")
            }
        }
    }

    /// The model has three columns: of a few too many it is told which they are, and of very many
    /// no more is looked at than that there are.
    @Test func veryManyInputsAreNotLookedAt() async throws {
        try await TestServer.run { server in
            for (count, words) in [(6, "input"), (7, "more than 6 inputs"), (5_000, "than 6 in")] {
                var request = Self.request(Self.rows(1, seed: 4), name: "nothing")
                request.inputs = Array(repeating: request.inputs[0], count: count)
                // What stands behind the inputs is not even sound.
                let behind: [UInt8] = count > 6 ? [0xFF] : []
                let error = await #expect(throws: ClientCallError.self) {
                    _ = try await server.call(Self.path, bytes: request.serializedBytes() + behind)
                }
                #expect(error?.status.code == .invalidArgument)
                #expect(error?.status.message.contains(words) == true, "\(count)")
            }
        }
    }

    @Test func damagedRequestsAreRefusedOrAnswered() async throws {
        var typed = Self.request([])
        typed.rawInputContents = []
        typed.inputs[0].shape = [4, 3]
        typed.inputs[0].datatype = "INT32"
        typed.inputs[0].contents.intContents = Array(repeating: 3, count: 12)
        typed.outputs = [.with { $0.name = "score" }]
        typed.parameters["priority"] = .with { $0.int64Param = 1 }
        let samples = [Self.request(Self.rows(4, seed: 9)), typed].map { $0.serializedBytes() }
        try await TestServer.run { server in
            var random = SeededGenerator(seed: 11)
            var answered = 0
            for number in 0..<1_500 {
                var bytes = samples[number % samples.count]
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                    case 2: bytes.remove(at: place)
                    default: bytes.insert(bytes[place], at: place)
                    }
                }
                do {
                    _ = try await server.call(Self.path, bytes: bytes)
                    answered += 1
                } catch let error as ClientCallError {
                    let code = error.status.code
                    #expect(code == .invalidArgument || code == .notFound, "\(error.status)")
                }
            }
            #expect(answered > 0 && answered < 1_500)
        }
    }

    /// perf_analyzer reads statistics where a server has them, and takes versions for numbers.
    @Test(arguments: ["1.0.0", "7"])
    func statisticsAreToldOfWhereVersionsAreWholeNumbers(version: String) async throws {
        try await TestServer.run(models: [TestBundle.model(version: version)]) { server in
            let metadata: Inference_ServerMetadataResponse = try await server.call(
                "/inference.GRPCInferenceService/ServerMetadata",
                Inference_ServerMetadataRequest()
            )
            #expect(metadata.extensions.contains("statistics") == (version == "7"))
            var request = Self.request(Self.rows(2, seed: 1))
            request.modelVersion = version
            let answer: Inference_ModelInferResponse = try await server.call(Self.path, request)
            #expect(answer.modelVersion == version)
        }
    }

    @Test func limitsAreNamed() async throws {
        var limits = ServiceLimits()
        limits.messageFieldsMax = 100
        limits.blockRowsMax = 5
        limits.columnsMax = 3
        limits.outputsMax = 3
        try await TestServer.run(limits: limits) { server in
            func message(_ change: (inout Inference_ModelInferRequest) -> Void) async throws
                -> String
            {
                var request = Self.request(Self.rows(2, seed: 1))
                change(&request)
                return try await Failure.of {
                    let _: Inference_ModelInferResponse = try await server.call(Self.path, request)
                }.message
            }
            let fields = try await message { $0.inputs[0].shape += Array(repeating: 1, count: 3) }
            #expect(fields.contains("unexpected shape"))
            let parts = try await message { request in
                for number in 0..<101 { request.parameters["\(number)"] = .init() }
            }
            #expect(parts.contains("messageFieldsMax"))
            let rows = try await message { $0.inputs[0].shape[0] = 6 }
            #expect(rows.contains("blockRowsMax"))
            let inputs = try await message { request in
                request.inputs += Array(repeating: request.inputs[0], count: 3)
            }
            #expect(inputs.contains("columnsMax"))
            let outputs = try await message { request in
                request.outputs = Array(repeating: .with { $0.name = "score" }, count: 4)
            }
            #expect(outputs.contains("outputsMax"))
        }
    }
}
