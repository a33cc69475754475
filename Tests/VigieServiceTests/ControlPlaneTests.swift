// SPDX-License-Identifier: Apache-2.0

// ModelService and Health over TLS.

import GRPCTransport
import NIOCore
import ProtobufCoding
import Scoring
import Testing
import VigieProtos
import VigieService

@Suite struct ModelServiceTests {
    private static let listPath = "/vigie.v1.ModelService/ListModels"
    private static let describePath = "/vigie.v1.ModelService/DescribeModel"

    @Test func listsPageByPage() async throws {
        let models = try (0..<7).map { try TestBundle.model(name: "m\($0)") }
        try await TestServer.run(models: models) { server in
            var names: [String] = []
            var pages = 0
            var request = Vigie_V1_ListModelsRequest.with { $0.pageSize = 3 }
            repeat {
                let page: Vigie_V1_ListModelsResponse = try await server.call(
                    Self.listPath,
                    request
                )
                names += page.models.map(\.name)
                #expect(page.models.map(\.isDefault) == page.models.map { $0.name == "m0" })
                request.pageToken = page.nextPageToken
                pages += 1
            } while !request.pageToken.isEmpty
            #expect(names == (0..<7).map { "m\($0)" })
            #expect(pages == 3)
            let all: Vigie_V1_ListModelsResponse = try await server.call(
                Self.listPath,
                Vigie_V1_ListModelsRequest()
            )
            #expect(all.models.count == 7 && all.nextPageToken.isEmpty)
        }
    }

    @Test(arguments: [
        (Vigie_V1_ListModelsRequest.with { $0.pageSize = -1 }, "NEGATIVE_PAGE_SIZE", "page_size"),
        (.with { $0.pageToken = "other@1" }, "UNKNOWN_PAGE_TOKEN", "page_token"),
    ])
    func refusesBadPages(
        request: Vigie_V1_ListModelsRequest,
        reason: String,
        field: String
    ) async throws {
        try await TestServer.run { server in
            let failure = try await Failure.of {
                let _: Vigie_V1_ListModelsResponse = try await server.call(Self.listPath, request)
            }
            #expect(failure.code == .invalidArgument)
            #expect(failure.information.reason == reason)
            #expect(failure.field == field)
        }
    }

    @Test func describesAModel() async throws {
        try await TestServer.run { server in
            let response: Vigie_V1_DescribeModelResponse = try await server.call(
                Self.describePath,
                Vigie_V1_DescribeModelRequest()
            )
            let model = response.model
            #expect(model.summary.name == "test" && model.summary.isDefault)
            #expect(model.summary.contentHash == server.models[0].contentHash)
            #expect(model.summary.description_p.fr == "Un test.")
            #expect(model.eventDefinition.en == "It fails.")
            #expect(model.inputs.map(\.name) == ["a", "b", "c"])
            #expect(model.inputs.map(\.missingAllowed) == [false, true, true])
            #expect(model.inputs[0].minimum == 0 && model.inputs[0].maximum == .infinity)
            #expect(model.features.map(\.name) == ["a", "b", "c"])
            #expect(model.scoreScale.pointsToDoubleOdds == 60)
            #expect(model.riskClasses.map(\.label.en) == ["low", "high"])
            #expect(model.metrics == ["test_auc": 0.75])
            #expect(model.provenance == ["training_data": "none"])
            #expect(model.modelFormat == "scorecard")
        }
    }

    @Test func refusesUnknownModelsAndGarbage() async throws {
        try await TestServer.run { server in
            let unknown = try await Failure.of {
                let request = Vigie_V1_DescribeModelRequest.with { $0.name = "test@9" }
                let _: Vigie_V1_DescribeModelResponse = try await server.call(
                    Self.describePath,
                    request
                )
            }
            #expect(unknown.code == .notFound)
            #expect(unknown.resource == "test@9")
            let garbage = try await Failure.of {
                _ = try await server.call(Self.describePath, bytes: [0xFF, 0xFF])
            }
            #expect(garbage.code == .invalidArgument)
            #expect(garbage.information.reason == "MALFORMED_MESSAGE")
        }
    }
}

@Suite struct HealthTests {
    private func check(
        _ server: TestServer,
        _ service: String
    ) async throws -> Grpc_Health_V1_HealthCheckResponse.ServingStatus {
        let request = Grpc_Health_V1_HealthCheckRequest.with { $0.service = service }
        let response: Grpc_Health_V1_HealthCheckResponse = try await server.call(
            "/grpc.health.v1.Health/Check",
            request
        )
        return response.status
    }

    @Test func checksTheServerAndItsServices() async throws {
        try await TestServer.run { server in
            for name in ["", "vigie.v1.ScoringService", "vigie.v1.ModelService"] {
                #expect(try await check(server, name) == .serving)
            }
            let failure = try await Failure.of { _ = try await check(server, "no.Such") }
            #expect(failure.code == .notFound)
            #expect(failure.resource == "no.Such")
        }
    }

    @Test func listsAllServices() async throws {
        try await TestServer.run { server in
            let list: Grpc_Health_V1_HealthListResponse = try await server.call(
                "/grpc.health.v1.Health/List",
                Grpc_Health_V1_HealthListRequest()
            )
            // The server as a whole, and all services but those about the server.
            let names = server.server.services.map(\.name).filter { !$0.hasPrefix("grpc.") }
            #expect(Set(list.statuses.keys) == Set(names + [""]) && names.count > 4)
            #expect(list.statuses.values.allSatisfy { $0.status == .serving })
        }
    }

    @Test(arguments: [("", true), ("no.Such", false)])
    func watchesUntilTheServerStops(service: String, isKnown: Bool) async throws {
        try await TestServer.run { server in
            let stream = server.client.stream(path: "/grpc.health.v1.Health/Watch")
            let bytes = Grpc_Health_V1_HealthCheckRequest.with {
                $0.service = service
            }.serializedBytes()
            try await stream.send(ByteBuffer(bytes: bytes))
            stream.finishSending()
            #expect(try await next(stream) == (isKnown ? .serving : .serviceUnknown))
            async let stopped: Void = server.server.stop(timeout: .seconds(20))
            if isKnown { #expect(try await next(stream) == .notServing) }
            let failure = try await Failure.of { _ = try await next(stream) }
            #expect(failure.code == .unavailable)
            await stopped
        }
    }

    private func next(
        _ stream: ClientStream
    ) async throws -> Grpc_Health_V1_HealthCheckResponse.ServingStatus? {
        guard let message = try await stream.next() else { return nil }
        return try Grpc_Health_V1_HealthCheckResponse(
            serializedBytes: Array(message.readableBytesView)
        ).status
    }
}
