// SPDX-License-Identifier: Apache-2.0

// Many companies over the wire: each answered in its place, whatever the others are.

import GRPCTransport
import ProtobufCoding
import Telemetry
import Testing
import VigieLimits
import VigieProtos

@Suite struct BatchAssessTests {
    private static let path = "/vigie.v1.AssessmentService/BatchAssess"

    private static let header = Vigie_V1_BatchAssessRequest.with {
        $0.header = SampleCompany.header()
    }.serializedBytes()

    /// The bytes of a message of encoded companies.
    private static func batch(_ companies: [[UInt8]]) -> [UInt8] {
        var writer = ProtobufWriter()
        let start = writer.open(2 << 3 | 2)
        for company in companies {
            writer.tag(1 << 3 | 2)
            writer.bytes(company)
        }
        writer.close(start)
        return writer.contents
    }

    private static func answers(
        _ server: TestServer,
        _ messages: [[UInt8]]
    ) async throws -> [Vigie_V1_BatchAssessResponse] {
        try await server.stream(path, messages)
    }

    private static let good = SampleCompany.message().serializedBytes()

    @Test func companiesAreAnsweredInTheirOrder() async throws {
        let expected = try AssessTests.inProcess()
        try await AssessTests.run { server in
            let companies = Array(repeating: Self.good, count: 200)
            let answers = try await Self.answers(
                server,
                [Self.header, Self.batch(companies), Self.batch([]), Self.batch([Self.good])]
            )
            try #require(answers.count == 4)
            #expect(answers[0].context.modelFeatures.count > 10)
            #expect(answers[1].batch.answers.count == 200)
            #expect(answers[2].batch.answers.isEmpty)
            let first = answers[1].batch.answers[0]
            AssessTests.check(first.assessment, expected)
            #expect(answers[1].batch.answers.allSatisfy { $0 == first })
            #expect(answers[3].batch.answers == [first])
            #expect(server.counters.value(of: .companiesAssessed) == 201)
        }
    }

    @Test func howManyAreAssessedTogetherChangesNothing() async throws {
        var batches: [[Vigie_V1_CompanyAnswer]] = []
        for together in [1, 3, 64] {
            var limits = ServiceLimits()
            limits.companiesTogetherMax = together
            // After the first, one at a time.
            if together == 64 {
                limits.companiesTogetherMin = 1
                limits.batchChunkNanoseconds = 1
            }
            try await AssessTests.run(limits: limits) { server in
                let companies = [Self.good, [0xFF], [], Self.good, Self.good, [], Self.good]
                let answers = try await Self.answers(
                    server,
                    [Self.header, Self.batch([Self.good]), Self.batch(companies)]
                )
                batches.append(try #require(answers.last).batch.answers)
            }
        }
        #expect(batches[0].count == 7 && batches[1] == batches[0] && batches[2] == batches[0])
    }

    @Test func memoryForAnswersIsSetAsideFirst() async throws {
        var limits = ServiceLimits()
        limits.companyAnswerBytes = 1 << 40
        try await AssessTests.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, [Self.header, Self.batch([Self.good])])
            }
            #expect(failure.code == .unavailable)
            #expect(failure.information.reason == "OVERLOADED")
        }
    }

    @Test func aDamagedCompanyHarmsNoOther() async throws {
        try await AssessTests.run { server in
            var cut = Self.good
            cut.removeLast(3)
            let answers = try await Self.answers(
                server,
                [Self.header, Self.batch([Self.good, cut, [0xFF], Self.good])]
            )
            let batch = try #require(answers.last).batch.answers
            let reasons = ["", "MALFORMED_MESSAGE", "MALFORMED_MESSAGE", ""]
            #expect(batch.map { $0.error.reason } == reasons)
            #expect(batch[0] == batch[3] && batch[0].assessment.hasAdjusted)
            #expect(batch[1].error.code == 3)
        }
    }

    @Test func everyByteMayBeDamaged() async throws {
        try await AssessTests.run { server in
            for mask in [UInt8(0xFF), 0x80, 0x01] {
                let damaged = Self.good.indices.map { place in
                    var company = Self.good
                    company[place] ^= mask
                    return company
                }
                let cut = Self.good.indices.map { Array(Self.good[..<$0]) }
                let answers = try await Self.answers(
                    server,
                    [Self.header, Self.batch(damaged + [Self.good]), Self.batch(cut)]
                )
                try #require(answers.count == 3)
                #expect(answers[1].batch.answers.count == Self.good.count + 1)
                #expect(answers[1].batch.answers.last?.assessment.hasAdjusted == true)
                #expect(answers[2].batch.answers.count == Self.good.count)
            }
        }
    }

    @Test(
        arguments: [
            ([[UInt8]](), "NO_HEADER"), ([[]], "EMPTY_MESSAGE"), ([batch([])], "NO_HEADER"),
            ([header, header], "SECOND_HEADER"), ([header + batch([])], "HEADER_AND_BATCH"),
            ([[0x0A, 0x05]], "MALFORMED_MESSAGE"), ([header, [0x12, 0x7F]], "MALFORMED_MESSAGE"),
        ]
    )
    func messagesOutOfOrderAreTold(_ messages: [[UInt8]], _ reason: String) async throws {
        try await AssessTests.run { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, messages)
            }
            #expect(failure.code == .invalidArgument)
            #expect(failure.information.reason == reason)
        }
    }

    @Test func limitsAreNamed() async throws {
        var limits = ServiceLimits()
        limits.batchCompaniesMax = 2
        limits.companyBytesMax = Self.good.count - 1
        try await AssessTests.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, [Self.header, Self.batch([[], [], []])])
            }
            #expect(failure.code == .resourceExhausted)
            #expect(failure.message.contains("batchCompaniesMax"))
            let answers = try await Self.answers(
                server,
                [Self.header, Self.batch([[], Self.good])]
            )
            let batch = try #require(answers.last).batch.answers
            #expect(batch[0].assessment.outcome == .notScorable)
            #expect(batch[1].error.message.contains("companyBytesMax"))
        }
        limits = ServiceLimits()
        limits.blockReasonsMax = 9
        try await AssessTests.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, [Self.header, Self.batch([[], []])])
            }
            #expect(failure.code == .resourceExhausted)
            #expect(failure.message.contains("blockReasonsMax"))
        }
        limits = ServiceLimits()
        limits.batchMessageBytesMax = 100
        try await AssessTests.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await Self.answers(server, [Self.header])
            }
            #expect(failure.message.contains("batchMessageBytesMax"))
        }
    }
}
