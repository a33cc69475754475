// SPDX-License-Identifier: Apache-2.0

import Digests
import Documents
import Scoring
import Testing

/// A change that makes a bundle wrong, and what must be said of it.
struct BadBundle: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var message: String

    init(_ old: String, _ new: String, _ message: String) {
        (self.old, self.new, self.message) = (old, new, message)
    }

    var testDescription: String { "\(old) -> \(new)" }
}

@Suite("Bundles")
struct BundleTests {
    @Test("sound bundles load")
    func sound() throws {
        let derived = try TestBundle.derived.load()
        #expect(
            derived.inputColumns.map(\.name)
                == ["assets", "debt", "age", "assets@1", "debt@1", "assets@2", "debt@2"]
        )
        #expect(
            derived.inputColumns.map(\.isRequired) == [true] + .init(repeating: false, count: 6)
        )
        #expect(derived.inputColumns[3].isMissingAllowed)
        #expect(derived.modelCard == "# A card\n")
        #expect(ModelCheck.problems(in: BundleFiles(files: TestBundle.derived.files)).isEmpty)
        let plain = try TestBundle.plain.load()
        #expect(plain.inputColumns.map(\.name) == ["first", "second", "third"])
        #expect(plain.inputColumns.map(\.isRequired) == [true, true, true])
    }

    @Test("the bundled models load, the trees first")
    func bundled() throws {
        let models = try ScoringModel.bundledModels()
        #expect(models.map(\.manifest.name) == ["us-listed-failure", "us-listed-scorecard"])
        #expect(models.allSatisfy { $0.manifest.isScaleFree && !$0.modelCard.isEmpty })
    }

    @Test("the content hash is that of the files' hashes in order")
    func contentHash() throws {
        let files = TestBundle.derived.files
        let digests = ["manifest.json", "scorecard.json", "MODEL_CARD.md"].flatMap {
            Digest.sha256(files[$0]!)
        }
        let model = try TestBundle.derived.load()
        #expect(model.contentHash == Digest.hexadecimal(Digest.sha256(digests)))
        var changed = TestBundle.derived
        changed.modelCard += "!"
        #expect(try changed.load().contentHash != model.contentHash)
        #expect(
            Digest.hexadecimal(Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    static let bad: [BadBundle] = [
        .init("vigie-bundle/1", "vigie-bundle/9", "format: must be \"vigie-bundle/1\"."),
        .init("\"name\": \"derived\"", "\"name\": \"../x\"", "name: must be letters, digits"),
        .init("\"version\": \"1.0\", ", "", "version: is missing."),
        .init("\"version\": \"1.0\"", "\"version\": 1", "version: must be a text, not a number."),
        .init(
            "\"horizon_months\": 12",
            "\"horizon_months\": 0",
            "must be a whole number from 1 to"
        ),
        .init("\"horizon_months\": 12", "\"horizon_months\": 1.5", "must be a whole number"),
        .init("\"horizon_months\": 12", "\"horizon_month\": 12", "Did you mean \"horizon_months\""),
        .init("\"scorecard.json\"", "\"../scorecard.json\"", "model.file: must be letters"),
        .init("\"scorecard.json\"", "\"missing.json\"", "missing.json: is not in the bundle."),
        .init("\"format\": \"scorecard\"", "\"format\": \"pickle\"", "must be one of"),
        .init("$sha", String(repeating: "0", count: 64), "is not that of scorecard.json"),
        .init("$sha", "xyz", "model.sha256: must be 64 digits of lower-case hexadecimal."),
        .init(
            "\"years_max\": 3",
            "\"years_max\": 4",
            "years_max: must be a whole number from 1 to 3, not 4."
        ),
        .init("\"exclusive_minimum\": true", "\"exclusive_maximum\": 1", "is not a known key."),
        .init("\"unit\": \"days\"", "\"unit\": \"hours\"", "must be one of \"currency\""),
        .init("\"unit\": \"days\"", "\"unit\": \"currency\"", "is an amount of currency, but"),
        .init("\"maximum\": 99999", "\"maximum\": -1, \"minimum\": 0", "leaves no value"),
        .init(
            "\"maximum\": 99999",
            "\"missing\": \"not_scorable\", \"required\": false",
            "inputs[2].required: cannot be false"
        ),
        .init("\"name\": \"age\"", "\"name\": \"debt\"", "inputs[2].name: is \"debt\", as is"),
        .init("\"name\": \"age\"", "\"name\": \"max\"", "which is the name of a function"),
        .init("\"name\": \"age\"", "\"name\": \"a ge\"", "must be letters, digits and \"_\""),
        .init("debt / assets", "debt / asets", "Did you mean \"assets\"?"),
        .init("debt / assets", "level / 2", "uses \"level\", which is itself or is defined"),
        .init("debt / assets", "gearing@1", "uses \"gearing\", which is itself or is defined"),
        .init("debt / assets", "debt + 1", "definitions[0].expression: both sides of an"),
        .init("debt / assets", "debt", "features[0].expression: is an amount of currency"),
        .init("debt / assets", "debt /", "definitions[0].expression: at character 7: expected"),
        .init("age / 365", "age@1 / 365", "\"age\" has no earlier years"),
        .init("\"expression\": \"age / 365\", ", "", "features[2].expression: is missing"),
        .init(
            "\"monotone\": 1",
            "\"monotone\": 2",
            "features[0].monotone: must be a whole number from"
        ),
        .init("\"monotone\": 1", "\"missing\": \"not_scorable\"", "belongs to the inputs"),
        .init("\"unit\": \"ratio\"", "\"unit\": \"currency\"", "but scale_free is true"),
        .init("\"name\": \"level\"", "\"name\": \"levels\"", "features[0]: is \"level\", but"),
        .init("\"slope\": 2", "\"slope\": 0", "calibration.slope: must be above 0"),
        .init("\"slope\": 2", "\"slope\": -1", "calibration.slope: must be above 0"),
        .init("\"intercept\": 0.5", "\"intercept\": 1e300", "calibration.intercept: must be"),
        .init("\"type\": \"platt\"", "\"type\": \"identity\"", "does not belong to type"),
        .init(
            "\"target_base_rate\": 0.02",
            "\"target_base_rate\": 1",
            "prior.target_base_rate: must be above 0 and below 1, not 1.0."
        ),
        .init("\"minimum\": 1,", "\"minimum\": 1000,", "score_scale.minimum: must be below"),
        .init("\"points_to_double_odds\": 60", "\"points_to_double_odds\": -6", "must be above 0"),
        .init(
            "\"anchor_probability\": 0.01",
            "\"anchor_probability\": 0",
            "score_scale.anchor_probability: must be above 0"
        ),
        .init("\"number\": 2", "\"number\": 3", "risk_classes[1].number: must be 2"),
        .init(
            "\"probability_maximum\": 0.1,",
            "\"probability_maximum\": 0.01,",
            "risk_classes[1].probability_maximum: must be above 0.01"
        ),
        .init(
            "\"probability_maximum\": 1,",
            "\"probability_maximum\": 0.9,",
            "must be 1, so that"
        ),
        .init("\"$q101\"", "[1, 2]", "reference.log_odds_quantiles: must have 101 values, not 2."),
        .init("\"$q21\"", "[2, 1]", "quantiles[1]: is less than the value before it."),
        .init("\"missing_share\": 0.1", "\"missing_share\": 2", "must be from 0 to 1."),
        .init("{\"level\": {", "{\"lvl\": {", "reference.features.lvl: is no feature"),
        .init("\"test_auc\": 0.8", "\"test_auc\": \"high\"", "metrics.test_auc: must be a number"),
        .init("\"$text\"", "{\"en\": \"Only English.\"}", "description.fr: is missing."),
        .init("\"$text\"", "{\"en\": \"\", \"fr\": \"x\"}", "description.en: must be a text that"),
        .init(
            "\"$text\"",
            "{\"en\": \"a\", \"fr\": \"b\", \"de\": \"c\"}",
            "description.de: is not"
        ),
        .init("\"inputs\": [", "\"inputs\": 5, \"x\": [", "inputs: must be a list, not a number."),
        .init("{\"format\": \"vigie", "{,\"format\": \"vigie", "manifest.json: is not valid JSON"),
        .init("\"slope\": 2", "\"slope\": NaN", "is not valid JSON"),
        .init("\"slope\": 2", "\"slope\": 1e999", "manifest.json"),
        .init(
            "\"slope\": 2",
            "\"slope\": {\"a\": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
            "levels deep"
        ),
    ]

    @Test("what is wrong is said, with its place", arguments: bad)
    func refused(_ bad: BadBundle) throws {
        let bundle = TestBundle.derived.replacing(bad.old, bad.new)
        let error = try #require(throws: BundleError.self) { try bundle.load() }
        #expect(error.description.contains(bad.message), "\(error)")
        #expect(ModelCheck.problems(in: BundleFiles(files: bundle.files)) == error.problems)
    }

    static let badScorecards: [BadBundle] = [
        .init("vigie-scorecard/1", "vigie-scorecard/2", "format: must be \"vigie-scorecard/1\"."),
        .init("\"intercept\": -3", "\"intercept\": \"x\"", "intercept: must be a number"),
        .init("\"points\": 2", "\"points\": 1e7", "features[0].bins[2].points: must be from"),
        .init("\"upper\": 1,", "\"upper\": 0.5,", "features[0].bins[1].upper: must be above"),
        .init("\"upper\": 1,", "\"upper\": null,", "features[0].bins[1].upper: must be null in"),
        .init("\"name\": \"change\"", "\"name\": \"years\"", "features[1]: is \"years\", but"),
        .init("\"mean\": 0,", "", "features[2].mean: is missing."),
        .init("{\"format\"", "[{\"format\"", "scorecard.json: is not valid JSON"),
    ]

    @Test("wrong scorecards are refused", arguments: badScorecards)
    func scorecard(_ bad: BadBundle) throws {
        var bundle = TestBundle.derived
        bundle.model = bundle.model.replacing(bad.old, with: bad.new)
        let error = try #require(throws: BundleError.self) { try bundle.load() }
        #expect(error.description.contains("scorecard.json: "))
        #expect(error.description.contains(bad.message), "\(error)")
    }

    static let badPlain: [BadBundle] = [
        .init("\"horizon_months\": 12,", "\"horizon_months\": 12, \"years_max\": 2,", "years_max"),
        .init("\"name\": \"first\"", "\"name\": \"f@1\"", "must have no blanks, quotes or \"@\"."),
        .init("\"name\": \"first\"", "\"name\": \"1st\"", "feature_names[0]: is \"first\", but"),
        .init(
            "\"name\": \"first\"",
            "\"name\": \"first\", \"expression\": \"second\"",
            "features[0].expression: needs \"inputs\""
        ),
    ]

    @Test("wrong plain bundles are refused", arguments: badPlain)
    func plain(_ bad: BadBundle) throws {
        let bundle = TestBundle.plain.replacing(bad.old, bad.new)
        let error = try #require(throws: BundleError.self) { try bundle.load() }
        #expect(error.description.contains(bad.message), "\(error)")
    }

    @Test("wrong tree files are refused")
    func trees() throws {
        var broken = TestBundle.plain
        broken.model = broken.model.replacing("left_child=1 -1", with: "left_child=7 -1")
        let error = try #require(throws: BundleError.self) { try broken.load() }
        #expect(error.description.hasPrefix("model.txt: "))
        var huge = TestBundle.plain
        huge.model = huge.model.replacing("leaf_value=-2.1", with: "leaf_value=-1e300")
        let bound = try #require(throws: BundleError.self) { try huge.load() }
        #expect(bound.description.contains("add up to more than"))
    }

    @Test("all problems are told at once")
    func several() throws {
        let bundle = TestBundle.derived
            .replacing("\"slope\": 2", "\"slope\": 0")
            .replacing("\"years_max\": 3", "\"years_max\": 9")
            .replacing("age / 365", "agee / 365")
            .replacing("$sha", String(repeating: "0", count: 64))
        let problems = ModelCheck.problems(in: BundleFiles(files: bundle.files))
        #expect(
            Set(problems.map(\.path))
                == ["calibration.slope", "years_max", "features[2].expression", "model.sha256"]
        )
    }

    @Test("a bundle not bound to be scale-free may look at size")
    func size() throws {
        let bundle = TestBundle.derived
            .replacing("\"scale_free\": true", "\"scale_free\": false")
            .replacing("\"age / 365\"", "\"ln(max(assets, 0.1))\"")
        #expect(try !bundle.load().manifest.isScaleFree)
        #expect(throws: BundleError.self) {
            try TestBundle.derived.replacing("\"age / 365\"", "\"ln(max(assets, 0.1))\"").load()
        }
    }
}
