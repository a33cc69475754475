// SPDX-License-Identifier: Apache-2.0

// Papers over the wire: put together from their parts, within limits, and only where they are read.

import FoundationEssentials
import GRPCTransport
import NIOCore
import ProtobufCoding
import Telemetry
import Testing
import VigieLimits
import VigieProtos

@Suite struct ReadPapersTests {
    private static let path = "/vigie.v1.AssessmentService/ReadPapers"

    private static let header = Vigie_V1_ReadPapersRequest.with {
        $0.header.asOfDate = "2025-12-31"
    }.serializedBytes()

    private static func part(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Vigie_V1_ReadPapersRequest.with {
            $0.part.fileName = name
            $0.part.content = content
        }.serializedBytes()
    }

    private static func read(
        _ server: TestServer,
        _ messages: [[UInt8]]
    ) async throws -> Vigie_V1_ReadPapersResponse {
        let answers: [Vigie_V1_ReadPapersResponse] = try await server.stream(path, messages)
        return try #require(answers.first)
    }

    /// 1,200 bytes, packed with gzip.
    private static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xB4, 0x4E, 0xE2, 0x4A,
        0x1C, 0xC5, 0xA3, 0x78, 0x14, 0x8F, 0xE2, 0x21, 0x80, 0x01, 0x58, 0xDD, 0x43, 0x75, 0xB0,
        0x04, 0x00, 0x00,
    ]

    /// A paper of the tests of readers.
    private static func sample(_ name: String) throws -> [UInt8] {
        let tests = try #require(#filePath.firstRange(of: "/VigieServiceTests/"))
        let path = #filePath[..<tests.lowerBound] + "/CompanyPapersTests/Papers/\(name)"
        return Array(try #require(FileManager.default.contents(atPath: String(path))))
    }

    @Test func factsGoBackAsTheyCame() async throws {
        let journal = try Self.sample("fec/999100019FEC20251231.txt")
        let notices = try Self.sample("bodacc/annonces-commerciales.json")
        try await AssessTests.run(readsPapers: true) { server in
            var messages = [Self.header]
            for start in stride(from: 0, to: journal.count, by: 10_000) {
                let part = Array(journal[start..<min(start + 10_000, journal.count)])
                messages.append(Self.part(start == 0 ? "999100019FEC20251231.txt" : "", part))
            }
            messages.append(Self.part("notices.json", notices))
            let facts = try await Self.read(server, messages)
            #expect(facts.papers.map(\.error) == ["", ""])
            #expect(facts.papers.allSatisfy { $0.kept > 0 })
            #expect(server.counters.value(of: .papersRead) == 2)
            let owner = try #require(facts.companies.first { $0.siren == "999100019" })
            #expect(owner.statements.closingDays.count == 1)
            #expect(owner.owed.cents.count > 10 && owner.hasLedgerUntilDay)
            for company in facts.companies {
                let answer: Vigie_V1_AssessResponse = try await server.call(
                    AssessTests.path,
                    Vigie_V1_AssessRequest.with {
                        $0.header.asOfDate = "2025-12-31"
                        $0.header.lineNames = facts.lineNames
                        $0.company = company
                    }
                )
                #expect(answer.assessment.siren == company.siren)
            }
        }
    }

    @Test(
        arguments: [
            ([[UInt8]](), "NO_HEADER"), ([part("a", [1])], "NO_HEADER"), ([[]], "EMPTY_MESSAGE"),
            ([header, header], "SECOND_HEADER"), ([header, part("", [1])], "NO_FILE_NAME"),
            ([[0x0A, 0x05]], "MALFORMED_MESSAGE"),
            ([[0x0A, 0x03, 0x12, 0x01, 0x7B]], "BAD_PROFILES"),
        ]
    )
    func messagesOutOfOrderAreTold(_ messages: [[UInt8]], _ reason: String) async throws {
        try await AssessTests.run(readsPapers: true) { server in
            let failure = try await Failure.of { _ = try await Self.read(server, messages) }
            #expect(failure.code == .invalidArgument)
            #expect(failure.information.reason == reason)
        }
    }

    @Test func papersAreReadOnlyWhereTheyAre() async throws {
        try await AssessTests.run { server in
            for messages in [[], [Self.header]] {
                let failure = try await Failure.of { _ = try await Self.read(server, messages) }
                #expect(failure.code == .failedPrecondition)
                #expect(failure.information.reason == "READING_IS_OFF")
            }
        }
    }

    static let limits: [AssessTests.Limit] = [
        .init("paperPartBytesMax") { $0.paperPartBytesMax = 2 },
        .init("papersBytesMax") { $0.papersBytesMax = 2 },
        .init("papersMax") { $0.papersMax = 1 },
        .init("factTextBytesMax") { $0.factTextBytesMax = 2 },
        .init("papersUnpackedBytesMax") { $0.papersUnpackedBytesMax = 1_000 },
        .init("papersUnpackedTimesMax") {
            $0.papersUnpackedTimesMax = 2
            $0.papersUnpackedFreeBytes = 0
        },
        .init("paperReadingSecondsMax") { $0.paperReadingSecondsMax = 0 },
        .init("paperFactsBytesMax") { $0.paperFactsBytesMax = 2 },
    ]

    @Test(arguments: limits)
    func eachLimitIsNamed(_ limit: AssessTests.Limit) async throws {
        var lowered = ServiceLimits()
        limit.lower(&lowered)
        try await AssessTests.run(limits: lowered, readsPapers: true) { server in
            let failure = try await Failure.of {
                let messages = [
                    Self.header, Self.part("a.csv", [0x61]), Self.part("", Self.packed),
                    Self.part("b.csv.gz", Self.packed),
                ]
                _ = try await Self.read(server, messages)
            }
            #expect(failure.message.contains(limit.testDescription), "\(failure.message)")
        }
    }

    /// A document that is read whole takes many times its size.
    @Test func documentsAreBounded() async throws {
        let notices = try Self.sample("bodacc/annonces-commerciales.json")
        var limits = ServiceLimits()
        limits.paperDocumentBytesMax = 1_000
        try await AssessTests.run(limits: limits, readsPapers: true) { server in
            let facts = try await Self.read(server, [Self.header, Self.part("n.json", notices)])
            #expect(facts.papers.first?.error.contains("1000 bytes") == true)
        }
    }

    @Test func onlySoManyCallsAtATime() async throws {
        var limits = ServiceLimits()
        limits.readPapersCallsMax = 1
        limits.paperThreads = 1
        try await AssessTests.run(limits: limits, readsPapers: true) { server in
            for _ in 0..<3 {
                let first = server.client.stream(path: Self.path)
                try await first.send(ByteBuffer(bytes: Self.header))
                let failure = try await Failure.of {
                    _ = try await Self.read(server, [Self.header])
                }
                #expect(failure.code == .unavailable)
                #expect(failure.information.reason == "OVERLOADED")
                #expect(failure.message.contains("(readPapersCallsMax)"))
                first.finishSending()
                #expect(try await first.next() != nil)
                #expect(try await first.next() == nil)
            }
            let answer = try await Self.read(server, [Self.header])
            #expect(answer.papers.isEmpty)
        }
    }
}
