// SPDX-License-Identifier: Apache-2.0

import Quantities
import Scoring
import ServiceErrors
import TestModels
import Testing
import VigieApplication
import VigieLimits

/// A small model.
func testModel(name: String = "test", version: String = "1.0.0") throws -> ScoringModel {
    var bundle = TreeBundle()
    bundle.name = name
    bundle.version = version
    bundle.treeCount = 2
    return try bundle.load()
}

@Suite("Queries of models")
struct ModelQueriesTests {
    private func queries(_ names: [String]) throws -> ModelQueries {
        var limits = ServiceLimits()
        limits.pageModelsDefault = 2
        limits.pageModelsMax = 3
        let models = try names.map { try testModel(name: $0) }
        return ModelQueries(
            registry: try ModelRegistry(models: models, defaultName: "b"),
            limits: limits
        )
    }

    @Test("pages have all models once, whatever their size", arguments: [0, 1, 2, 3, 4, 1_000])
    func pages(size: Int) throws {
        let queries = try queries(["a", "b", "c", "d", "e"])
        var found: [String] = []
        var token: String? = ""
        var pageCount = 0
        while let next = token {
            let page = try queries.list(pageSize: size, pageToken: next)
            #expect(page.models.count <= (size == 0 ? 2 : min(size, 3)))
            found += page.models.map(\.model.manifest.name)
            #expect(page.models.allSatisfy { $0.isDefault == ($0.model.manifest.name == "b") })
            token = page.nextToken
            pageCount += 1
            try #require(pageCount < 10)
        }
        #expect(found == ["a", "b", "c", "d", "e"])
    }

    @Test("a page that nobody can have is refused")
    func badPages() throws {
        let queries = try queries(["b"])
        for size in [-1, Int.min] {
            let error = #expect(throws: ServiceError.self) {
                try queries.list(pageSize: size, pageToken: "")
            }
            #expect(error?.reason == "NEGATIVE_PAGE_SIZE")
            #expect(error?.detail == .field("page_size"))
        }
        let error = #expect(throws: ServiceError.self) {
            try queries.list(pageSize: 1, pageToken: "x\u{7}")
        }
        #expect(error?.reason == "UNKNOWN_PAGE_TOKEN")
        #expect(error?.message.contains("\"x?\"") == true)
        #expect(try queries.list(pageSize: .max, pageToken: "b@1.0.0").models.isEmpty)
    }

    @Test("a model is found by name, and the default by none")
    func described() throws {
        let queries = try queries(["a", "b"])
        #expect(try queries.describe(named: "a").model.manifest.name == "a")
        #expect(try queries.describe(named: "a").isDefault == false)
        #expect(try queries.describe(named: "").isDefault)
        #expect(try queries.quantiser(named: "a").model.manifest.name == "a")
        let error = #expect(throws: ServiceError.self) { try queries.quantiser(named: "c") }
        #expect(error?.code == .notFound)
    }

    @Test("reasons are as many as there are features, at most")
    func reasonCounts() throws {
        let model = try testModel()
        let featureCount = model.manifest.features.count
        for count in [0, 1, featureCount] {
            #expect(try model.reasonCount(asked: count) == count)
        }
        for count in [-1, featureCount + 1, Int.min, Int.max] {
            let error = #expect(throws: ServiceError.self) { try model.reasonCount(asked: count) }
            #expect(error?.reason == "TOO_MANY_REASONS")
            #expect(error?.detail == .field("header.reason_count"))
        }
    }

    @Test("the as-of date is the caller's, or today")
    func asOfDates() throws {
        let today = try #require(CalendarDate("2026-11-28"))
        let own = try AsOfDate("2024-02-29", field: "f", today: today)
        #expect(own.date.description == "2024-02-29")
        #expect(!own.isToday)
        #expect(try AsOfDate("", field: "f", today: today).date == today)
        #expect(try AsOfDate("", field: "f", today: today).isToday)
        // The same day in words is not today's default: tomorrow it is the same still.
        #expect(try !AsOfDate("2026-11-28", field: "f", today: today).isToday)
        for text in ["2023-02-29", "today", "2026-11-28 ", String(repeating: "9", count: 999)] {
            let error = #expect(throws: ServiceError.self) {
                try AsOfDate(text, field: "header.as_of_date", today: today)
            }
            #expect(error?.reason == "INVALID_DATE")
            #expect(error?.detail == .field("header.as_of_date"))
        }
    }

    @Test("without a directory the models of the product are served")
    func bundledModels() throws {
        let registry = try ModelRegistry.load(directory: nil, defaultName: nil)
        #expect(try registry.models.count == ScoringModel.bundledModels().count)
        let error = #expect(throws: ServiceError.self) {
            try ModelRegistry.load(directory: "/nonexistent", defaultName: nil)
        }
        #expect(error?.code == .notFound)
    }
}
