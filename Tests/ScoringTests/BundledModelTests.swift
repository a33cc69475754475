// SPDX-License-Identifier: Apache-2.0
import Scoring
import Testing

@Test func bundledModelsLoad() throws {
    let models = try ScoringModel.bundledModels()
    #expect(models.map(\.manifest.name) == ["us-listed-failure", "us-listed-scorecard"])
}
