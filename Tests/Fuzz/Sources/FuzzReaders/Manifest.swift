// SPDX-License-Identifier: Apache-2.0

// Reads the input as the manifest of a bundle whose other files are sound; what loads must score.

import Scoring

private let scorecard = """
    {"format": "vigie-scorecard/1", "intercept": -3, "features": [
      {"name": "level", "missing": 0.25, "mean": 0.125, "bins": [
        {"upper": 0.5, "points": -1}, {"upper": 1, "points": 0.5},
        {"upper": null, "points": 2}]},
      {"name": "change", "missing": 0, "mean": 0.0625, "bins": [
        {"upper": 0, "points": -0.5}, {"upper": null, "points": 1}]}]}
    """

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_manifest")
func fuzzManifest(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bundle = BundleFiles(files: [
        "manifest.json": Array(UnsafeBufferPointer(start: start, count: count)),
        "scorecard.json": Array(scorecard.utf8), "MODEL_CARD.md": Array("# Card\n".utf8),
    ])
    guard let model = try? ScoringModel(bundle: bundle) else { return 0 }
    _ = model.manifest.json()
    return 0
}
