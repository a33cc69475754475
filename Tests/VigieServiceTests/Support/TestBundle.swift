// SPDX-License-Identifier: Apache-2.0

// A small model for tests: a scorecard of three columns, of which the first must be
// there, not missing and not negative.

import Scoring

/// Makes models of the test bundle.
enum TestBundle {
    /// The columns of the model in its order.
    static let columns = ["a", "b", "c"]

    /// A model of the bundle.
    static func model(name: String = "test", version: String = "1.0.0") throws -> ScoringModel {
        let files = [
            "manifest.json": Array(manifest(name: name, version: version).utf8),
            "scorecard.json": Array(scorecard.utf8),
        ]
        return try ScoringModel(bundle: BundleFiles(files: files))
    }

    /// The manifest, as a file has it.
    static func manifest(name: String, version: String) -> String {
        """
        {
          "format": "vigie-bundle/1", "name": "\(name)", "version": "\(version)",
          "description": {"en": "A test.", "fr": "Un test."},
          "event": {"id": "test_event", "definition": {"en": "It fails.", "fr": "Elle échoue."}},
          "horizon_months": 12,
          "model": {"format": "scorecard", "file": "scorecard.json", "sha256": "\(hash)"},
          "features": [
            {"name": "a", "unit": "ratio", "minimum": 0, "missing": "not_scorable", \(texts)},
            {"name": "b", "unit": "ratio", \(texts)},
            {"name": "c", "unit": "ratio", \(texts)}
          ],
          "calibration": {"type": "platt", "intercept": 0.25, "slope": 1.5},
          "prior": {"training_base_rate": 0.02, "target_base_rate": 0.01},
          "score_scale": {
            "id": "vigie-1000", "minimum": 1, "maximum": 1000, "high_score_is_safe": true,
            "points_to_double_odds": 60, "anchor_score": 500, "anchor_probability": 0.01
          },
          "risk_classes": [
            {"number": 1, "probability_maximum": 0.01, "label": {"en": "low", "fr": "faible"}},
            {"number": 2, "probability_maximum": 1, "label": {"en": "high", "fr": "élevé"}}
          ],
          "reference": {"description": "Test.", "log_odds_quantiles": [\(quantiles)]},
          "metrics": {"test_auc": 0.75},
          "provenance": {"training_data": "none"}
        }
        """
    }

    /// The model file.
    static let scorecard = """
        {"format":"vigie-scorecard/1","intercept":-3,"features":[\
        {"name":"a","mean":0.1,"missing":0.5,\
        "bins":[{"upper":1,"points":1.25},{"upper":10,"points":0},{"upper":null,"points":-0.75}]},\
        {"name":"b","mean":-0.2,"missing":0.25,\
        "bins":[{"upper":0,"points":2.5},{"upper":null,"points":-1}]},\
        {"name":"c","mean":0,"missing":0,\
        "bins":[{"upper":0.5,"points":-0.3},{"upper":null,"points":0.7}]}]}
        """

    private static let hash = "457086738841e320a9730120264c228b4c7a179419d3632ee390507d85760465"
    private static let texts = """
        "label": {"en": "l", "fr": "l"}, "raises_risk": {"en": "r", "fr": "r"}, \
        "lowers_risk": {"en": "s", "fr": "s"}
        """
    private static let quantiles = (0...100).map { "\(Double($0) / 10 - 7)" }
        .joined(separator: ", ")
}
