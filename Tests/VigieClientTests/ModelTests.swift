// SPDX-License-Identifier: Apache-2.0

// Models and health, as a real server tells them.

import Testing
import VigieClient

@Suite struct ModelTests {
    @Test func modelsAreListedAndDescribed() async throws {
        try await withServer { server, client in
            let summaries = try await client.listModels()
            #expect(summaries.map(\.name) == ["us-listed-failure", "us-listed-scorecard"])
            #expect(summaries.map(\.isDefault) == [true, false])
            for summary in summaries {
                let description = try await client.describeModel(summary.name)
                let model = try #require(
                    server.models.first { $0.contentHash == summary.contentHash }
                )
                #expect(description.summary == summary)
                #expect(description.inputs.map(\.name) == model.columns)
                #expect(description.features.map(\.name) == model.featureNames)
                #expect(description.riskClasses.count == 10)
                #expect(description.scoreScale.minimum == 1)
                #expect(description.scoreScale.maximum == 1_000)
                #expect(description.inputs.contains { $0.minimum == 0 && $0.maximum == nil })
                #expect(
                    !description.modelCard.isEmpty && !description.eventDefinition.french.isEmpty
                )
            }
            let standard = try await client.describeModel()
            #expect(standard.summary == summaries[0])
        }
    }

    @Test func anUnknownModelIsNotFound() async throws {
        try await withServer { _, client in
            let error = await #expect(throws: VigieError.self) {
                try await client.describeModel("nothing")
            }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("nothing") == true)
        }
    }

    @Test func healthIsTold() async throws {
        try await withServer { _, client in
            let whole = try await client.health()
            let service = try await client.health(service: "vigie.v1.ScoringService")
            #expect(whole == .serving && service == .serving)
            let error = await #expect(throws: VigieError.self) {
                try await client.health(service: "none")
            }
            #expect(error?.code == .notFound)
        }
    }
}
