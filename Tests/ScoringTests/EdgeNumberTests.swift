// SPDX-License-Identifier: Apache-2.0

// Numbers of bundles at the edges of what integers and float64 hold: words, never a trap, and no
// memory to speak of.

import Documents
import Scoring
import TestModels
import Testing
import VigieLimits

@Suite("Edge numbers in bundles")
struct EdgeNumberTests {
    /// What loading and, if that works, scoring a row says.
    private func outcome(_ bundle: TestBundle) throws -> [DocumentProblem] {
        do {
            let model = try bundle.load()
            let row = [Double](repeating: 1, count: model.inputColumns.count)
            let request = ScoreRequest(outputs: .all, reasonCount: 3)
            #expect(try model.score(row, request: request).rowCount == 1)
            return []
        } catch let error as BundleError {
            #expect(!error.problems.isEmpty && error.problems.count <= DocumentLimits.problems)
            return error.problems
        }
    }

    @Test("each number of a manifest", arguments: [TestBundle.derived, .plain])
    func manifest(_ bundle: TestBundle) throws {
        var refused = 0
        let edges = bundle.model.hasPrefix("{") ? EdgeNumbers.texts : EdgeNumbers.few
        for text in EdgeNumbers.variants(of: bundle.manifest, edges: edges) {
            var changed = bundle
            changed.manifest = text
            if try !outcome(changed).isEmpty { refused += 1 }
        }
        #expect(refused > 50)
    }

    @Test("each number of a model file", arguments: [TestBundle.derived, .plain])
    func model(_ bundle: TestBundle) throws {
        var refused = 0
        for text in EdgeNumbers.variants(of: bundle.model, edges: EdgeNumbers.few) {
            var changed = bundle
            changed.model = text
            if try !outcome(changed).isEmpty { refused += 1 }
        }
        #expect(refused > 30)
    }

    static let integers: [(path: String, old: String, new: String, bounds: String)] = [
        ("horizon_months", "\"horizon_months\": 12", "\"horizon_months\": ", "1 to 1200"),
        ("years_max", "\"years_max\": 3", "\"years_max\": ", "1 to 3"),
        ("features[0].monotone", "\"monotone\": 1", "\"monotone\": ", "-1 to 1"),
        ("score_scale.minimum", "\"minimum\": 1,", "\"minimum\": ", "0 to 1000000"),
        ("score_scale.maximum", "\"maximum\": 1000", "\"maximum\": ", "0 to 1000000"),
        ("risk_classes[0].number", "\"number\": 1", "\"number\": ", "1 to 100"),
    ]

    @Test("an integer out of bounds is named with its place and its bounds", arguments: integers)
    func bounds(path: String, old: String, new: String, bounds: String) throws {
        for edge in ["-9223372036854775808", "9223372036854775807", "2147483648", "1.5"] {
            let comma = old.hasSuffix(",") ? "," : ""
            let problems = try outcome(TestBundle.derived.replacing(old, new + edge + comma))
            let problem = try #require(problems.first { $0.path == path })
            #expect(problem.message == "must be a whole number from \(bounds), not \(edge).")
        }
    }

    @Test("a number beyond 64 bits is out of bounds as well")
    func beyond() throws {
        let old = "\"horizon_months\": 12"
        let problems = try outcome(TestBundle.derived.replacing(old, "\"horizon_months\": 1e300"))
        #expect(problems.map(\.path) == ["horizon_months"])
    }
}
