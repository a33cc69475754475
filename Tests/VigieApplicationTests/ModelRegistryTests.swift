// SPDX-License-Identifier: Apache-2.0

import Scoring
import ServiceErrors
import Testing
import VigieApplication
import VigieLimits

@Suite struct ModelRegistryTests {
    @Test func findsModelsByNameAndVersion() throws {
        let models = try [
            testModel(name: "b", version: "1.9.0"),
            testModel(name: "b", version: "1.10.0"),
            testModel(name: "a", version: "2"),
        ]
        let registry = try ModelRegistry(models: models)
        #expect(registry.models.map(\.identifier) == ["a@2", "b@1.10.0", "b@1.9.0"])
        #expect(registry.defaultModel === models[0])
        #expect(try registry.model(named: "", field: "x") === models[0])
        #expect(try registry.model(named: "b", field: "x") === models[1])
        #expect(try registry.model(named: "b@1.9.0", field: "x") === models[0])
        #expect(try registry.model(named: "a", field: "x") === models[2])
    }

    @Test func takesTheDefaultThatIsNamed() throws {
        let models = try [testModel(name: "a"), testModel(name: "b")]
        #expect(try ModelRegistry(models: models, defaultName: "b").defaultModel === models[1])
        let error = #expect(throws: ServiceError.self) {
            try ModelRegistry(models: models, defaultName: "c")
        }
        #expect(error?.description.contains("\"c\"") == true)
        #expect(error?.description.contains("a@1.0.0, b@1.0.0") == true)
    }

    @Test func refusesNoModelTwinsAndTooMany() throws {
        #expect(throws: ServiceError.self) { try ModelRegistry(models: []) }
        let twins = try [testModel(), testModel()]
        #expect(throws: ServiceError.self) { try ModelRegistry(models: twins) }
        var limits = ServiceLimits()
        limits.modelsMax = 1
        let two = try [testModel(), testModel(name: "b")]
        #expect(throws: ServiceError.self) { try ModelRegistry(models: two, limits: limits) }
    }

    @Test func saysWhichModelsThereAre() throws {
        let registry = try ModelRegistry(models: [testModel()])
        let error = #expect(throws: ServiceError.self) {
            try registry.model(named: "tset", field: "header.model")
        }
        #expect(error?.code == .notFound)
        #expect(error?.reason == "UNKNOWN_MODEL")
        #expect(error?.message.contains("\"tset\"") == true)
        #expect(error?.message.contains("test@1.0.0") == true)
        #expect(error?.detail == .resource(type: "vigie.v1.Model", name: "tset"))
    }

    @Test(arguments: [
        ("1.10.0", "1.9.0"), ("2", "1.9"), ("1.0.1", "1.0"), ("1.0", "1.0-beta"), ("b", "a"),
        ("1.0.0", "1.0.0-rc"), ("10", "9"),
    ])
    func ordersVersions(newer: String, older: String) {
        #expect(ModelVersion.isNewer(newer, than: older))
        #expect(!ModelVersion.isNewer(older, than: newer))
        #expect(!ModelVersion.isNewer(newer, than: newer))
    }
}
