// SPDX-License-Identifier: Apache-2.0

// Two small bundles that the tests vary: a scorecard over derived features and trees
// over plain columns.

import Digests
import Scoring

/// A bundle as text. In the manifest, `"$text"`, `"$q101"`, `"$q21"` and `$sha` stand for
/// what would only be noise.
struct TestBundle {
    var manifest: String
    var modelFile: String
    var model: String
    var modelCard = "# A card\n"

    /// The files, with the model file's true checksum.
    var files: [String: [UInt8]] {
        var text = manifest
        let digest = Digest.hexadecimal(Digest.sha256(Array(model.utf8)))
        let quantiles = (0...100).map { "\(Double($0) / 10 - 8)" }.joined(separator: ",")
        let twentyOne = (0...20).map { "\($0)" }.joined(separator: ",")
        for (name, value) in [
            ("\"$text\"", #"{"en": "Text.", "fr": "Texte."}"#), ("\"$q101\"", "[\(quantiles)]"),
            ("\"$q21\"", "[\(twentyOne)]"), ("$sha", digest),
        ] {
            text = text.replacing(name, with: value)
        }
        return [
            "manifest.json": Array(text.utf8), modelFile: Array(model.utf8),
            "MODEL_CARD.md": Array(modelCard.utf8),
        ]
    }

    func load() throws(BundleError) -> ScoringModel {
        try ScoringModel(bundle: BundleFiles(files: files))
    }

    /// The same bundle with one piece of the manifest replaced.
    func replacing(_ old: String, _ new: String) -> TestBundle {
        precondition(manifest.contains(old), "the manifest has no \(old)")
        var changed = self
        changed.manifest = manifest.replacing(old, with: new)
        return changed
    }

    static let tail = """
        "calibration": {"type": "platt", "intercept": 0.5, "slope": 2},
        "prior": {"training_base_rate": 0.01, "target_base_rate": 0.02},
        "score_scale": {"id": "test-1000", "minimum": 1, "maximum": 1000,
          "high_score_is_safe": true, "points_to_double_odds": 60, "anchor_score": 500,
          "anchor_probability": 0.01},
        "risk_classes": [
          {"number": 1, "probability_maximum": 0.01, "label": "$text"},
          {"number": 2, "probability_maximum": 0.1, "label": "$text"},
          {"number": 3, "probability_maximum": 1, "label": "$text"}],
        "metrics": {"test_auc": 0.8}, "provenance": {"training_data": "made up"}
        """

    /// A scorecard over three derived features.
    static let derived = TestBundle(
        manifest: """
            {"format": "vigie-bundle/1", "name": "derived",
            "version": "1.0", "description": "$text",
            "event": {"id": "failure", "definition": "$text"}, "horizon_months": 12,
            "model": {"format": "scorecard", "file": "scorecard.json", "sha256": "$sha"},
            "model_card": "MODEL_CARD.md", "scale_free": true, "years_max": 3,
            "inputs": [
              {"name": "assets", "unit": "currency", "description": "$text", "minimum": 0,
                "exclusive_minimum": true, "missing": "not_scorable"},
              {"name": "debt", "unit": "currency", "description": "$text", "minimum": 0},
              {"name": "age", "unit": "days", "description": "$text", "yearly": false,
                "maximum": 99999}],
            "definitions": [{"name": "gearing", "expression": "debt / assets"}],
            "features": [
              {"name": "level", "expression": "gearing", "unit": "ratio", "label": "$text",
                "raises_risk": "$text", "lowers_risk": "$text", "monotone": 1},
              {"name": "change", "expression": "gearing - gearing@1", "unit": "ratio",
                "label": "$text", "raises_risk": "$text", "lowers_risk": "$text"},
              {"name": "years", "expression": "age / 365", "unit": "none", "label": "$text",
                "raises_risk": "$text", "lowers_risk": "$text"}],
            "reference": {"description": "All.", "log_odds_quantiles": "$q101",
              "features": {"level": {"missing_share": 0.1, "quantiles": "$q21"}}},
            \(tail)}
            """,
        modelFile: "scorecard.json",
        model: """
            {"format": "vigie-scorecard/1", "intercept": -3, "features": [
              {"name": "level", "missing": 0.25, "mean": 0.125, "bins": [
                {"upper": 0.5, "points": -1}, {"upper": 1, "points": 0.5},
                {"upper": null, "points": 2}]},
              {"name": "change", "missing": 0, "mean": 0.0625, "bins": [
                {"upper": 0, "points": -0.5}, {"upper": null, "points": 1}]},
              {"name": "years", "missing": 0, "mean": 0, "bins": [
                {"upper": 3, "points": 1}, {"upper": null, "points": -1}]}]}
            """
    )

    /// Two trees over three plain columns, the last of which has a range and must be known.
    static let plain = TestBundle(
        manifest: """
            {"format": "vigie-bundle/1", "name": "plain", "version": "1.0", "description": "$text",
            "event": {"id": "failure", "definition": "$text"}, "horizon_months": 12,
            "model": {"format": "lightgbm-text", "file": "model.txt", "sha256": "$sha"},
            "features": [
              {"name": "first", "unit": "ratio", "label": "$text", "raises_risk": "$text",
                "lowers_risk": "$text"},
              {"name": "second", "unit": "ratio", "label": "$text", "raises_risk": "$text",
                "lowers_risk": "$text"},
              {"name": "third", "unit": "ratio", "label": "$text", "raises_risk": "$text",
                "lowers_risk": "$text", "minimum": -10, "maximum": 10,
                "missing": "not_scorable"}],
            "reference": {"description": "All.", "log_odds_quantiles": "$q101"},
            \(tail)}
            """,
        modelFile: "model.txt",
        model: treesText
    )

    private static let treesText = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=2
        objective=binary sigmoid:1
        feature_names=first second third
        feature_infos=[0:1] [0:1] [0:1]
        tree_sizes=400 400

        Tree=0
        num_leaves=3
        num_cat=0
        split_feature=0 1
        split_gain=1 1
        threshold=0.1 -0.30000000000000004
        decision_type=10 8
        left_child=1 -1
        right_child=-3 -2
        leaf_value=0.1 -0.7 0.30000000000000004
        leaf_weight=1 1 1
        leaf_count=10 20 30
        internal_value=0 0
        internal_weight=0 0
        internal_count=60 30
        is_linear=0
        shrinkage=1


        Tree=1
        num_leaves=2
        num_cat=0
        split_feature=2
        split_gain=1
        threshold=0.7
        decision_type=2
        left_child=-1
        right_child=-2
        leaf_value=-2.1 -0.2
        leaf_weight=1 1
        leaf_count=40 20
        internal_value=0
        internal_weight=0
        internal_count=60
        is_linear=0
        shrinkage=1


        end of trees

        """
}
