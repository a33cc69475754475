// SPDX-License-Identifier: Apache-2.0

// Bundles of model files that are more than trees.

import Documents
import ExactTexts
import ModelFormats
import Scoring
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Imported models")
struct ImportedModelTests {
    /// A logistic regression that gives no result for a row with a missing value.
    private static let regression = """
        <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/>
        <DataDictionary>
        <DataField name="failed" optype="categorical" dataType="integer">
        <Value value="0"/><Value value="1"/></DataField>
        <DataField name="gearing" optype="continuous" dataType="double"/>
        <DataField name="margin" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel functionName="classification" normalizationMethod="logit">
        <MiningSchema><MiningField name="failed" usageType="target"/>
        <MiningField name="gearing"/><MiningField name="margin"/></MiningSchema>
        <RegressionTable intercept="-3" targetCategory="1">
        <NumericPredictor name="gearing" coefficient="2"/>
        <NumericPredictor name="margin" coefficient="-4"/></RegressionTable>
        <RegressionTable intercept="0" targetCategory="0"/>
        </RegressionModel></PMML>
        """

    private func files(
        _ text: String = Self.regression,
        name: String = "imported"
    ) throws -> [String: [UInt8]] {
        let bytes = Array(text.utf8)
        let program = try ModelFile.read(bytes)
        let reference = ReferencePopulation(
            description: "made up",
            logOddsQuantiles: (0...100).map { Double($0) / 10 - 8 },
            features: [
                ExactText("margin"): .init(missingShare: 0, quantiles: (0...20).map { Double($0) })
            ]
        )
        return try ImportedModel(
            program,
            bytes: bytes,
            reference: reference,
            description: .init(name: name, version: "2.0", event: "It fails.", horizonMonths: 6)
        ).files
    }

    @Test("a bundle is made of a model file and can be loaded")
    func bundle() throws {
        let model = try ScoringModel(bundle: BundleFiles(files: try files()))
        #expect(model.manifest.name == "imported" && model.manifest.version == "2.0")
        #expect(model.manifest.modelFormat == .file(.pmml))
        #expect(model.manifest.horizonMonths == 6)
        #expect(model.inputColumns.map(\.name) == ["gearing", "margin"])
        #expect(model.manifest.reference.features["margin"]?.quantiles.last == 20)
        #expect(model.reasonsMaximum == 2)
    }

    @Test("a linear model's scores and reasons are those of its formula")
    func scores() throws {
        let model = try ScoringModel(bundle: BundleFiles(files: try files()))
        let result = try model.score(
            [1, 0.5, 0.2, -1, 0, 0],
            request: ScoreRequest(outputs: .all, reasonCount: 2)
        )
        for (row, logOdds) in [-3.0, 1.4, -3].enumerated() {
            #expect(abs(result.rawScores[row] - logOdds) < 1e-12)
            #expect(abs(result.probabilities[row] - 1 / (1 + exp(-logOdds))) < 1e-12)
        }
        #expect(abs(model.baseLogOdds + 3) < 1e-12)
        // Equal magnitudes keep their order: gearing adds 2, margin takes 2 away.
        #expect(result.reasonFeatures == [0, 1, 1, 0, 0, 1])
        let expected = [2, -2, 4, 0.4, 0, 0]
        for (found, expected) in zip(result.reasonContributions, expected) {
            #expect(abs(found - expected) < 1e-12)
        }
    }

    @Test("a row without a result is not scorable, and says so")
    func noResult() throws {
        let model = try ScoringModel(bundle: BundleFiles(files: try files()))
        let result = try model.score([1, .nan, 1, 1])
        #expect(result.issueKinds == [RowIssueKind.noResult.rawValue])
        #expect(result.issueColumns == [0] && result.issueValues.bits == [Double.nan].bits)
        #expect(result.probabilities[0].isNaN && !result.probabilities[1].isNaN)
    }

    @Test("a manifest that names another format than the file's is refused")
    func otherFormat() throws {
        var files = try files()
        let text = String(decoding: files["manifest.json"] ?? [], as: UTF8.self)
        files["manifest.json"] = Array(text.replacing("\"pmml\"", with: "\"onnx\"").utf8)
        let error = #expect(throws: BundleError.self) {
            try ScoringModel(bundle: BundleFiles(files: files))
        }
        #expect(error?.description.contains("is of format pmml, not onnx") == true)
    }

    @Test("a name that is no plain name is refused when the bundle is loaded")
    func badName() throws {
        let files = try files(name: "a/b")
        #expect(throws: BundleError.self) { try ScoringModel(bundle: BundleFiles(files: files)) }
    }
}
