// SPDX-License-Identifier: Apache-2.0

// A bundle of random trees over plain columns, for tests of all modules, and rows that are hard on
// it: values at its thresholds and next to them, zeros, infinities and missing ones.

import Digests
package import Scoring

/// A model of trees whose inputs are its features.
package struct TreeBundle: Sendable {
    /// Name of the model.
    package var name = "trees"
    /// Version of the model.
    package var version = "1.0.0"
    /// Columns of the model.
    package var columnCount = 21
    /// Trees of the model.
    package var treeCount = 60
    /// Columns that are categories: the first so many, whose splits are sets.
    package var categoryColumnCount = 0
    /// What the trees are drawn from.
    package var seed: UInt64 = 1
    /// What the manifest says of the first feature beyond its name, such as `"minimum": 0`.
    package var firstFeature: String?

    /// The bundle with its defaults.
    package init() {}

    /// Names of the columns.
    package var columns: [String] { (0..<columnCount).map { "f\($0)" } }

    /// The files of the bundle.
    package var files: [String: [UInt8]] {
        let model = Array(modelText.utf8)
        return ["manifest.json": Array(manifest(of: model).utf8), "model.txt": model]
    }

    /// The loaded model.
    package func load() throws -> ScoringModel {
        try ScoringModel(bundle: BundleFiles(files: files))
    }

    /// Rows of the model, row after row.
    package func rows(_ rowCount: Int, seed: UInt64 = 7) -> [Float] {
        var random = SplitMix(state: seed)
        return (0..<rowCount * columnCount).map { place in
            if place % columnCount < categoryColumnCount, random.number(below: 4) > 0 {
                return Float(random.number(below: 400))
            }
            switch random.number(below: 12) {
            case 0: return .nan
            case 1:
                return [.infinity, -.infinity, 0, -0.0, 1e-35, -1e-35, Float.leastNonzeroMagnitude]
                    .pick(&random)
            case 2...8:
                let value = Float(Self.thresholds.pick(&random))
                return [value, value.nextUp, value.nextDown].pick(&random)
            default: return Float(random.number(below: 4000)) / 1000 - 2
            }
        }
    }

    /// Thresholds of which float32 rounds most.
    private static let thresholds: [Double] =
        [0, 1e-35, -1e-35, 0.5, -0.25] + (0..<90).map { Double($0) * 0.0421 - 1.9 }
}

// MARK: Files

extension TreeBundle {
    private var modelText: String {
        var random = SplitMix(state: seed)
        let names = columns.joined(separator: " ")
        let infos = columns.map { _ in "[-9:9]" }.joined(separator: " ")
        var text = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=\(columnCount - 1)
            objective=binary sigmoid:1
            feature_names=\(names)
            feature_infos=\(infos)
            tree_sizes=\((0..<treeCount).map { _ in "0" }.joined(separator: " "))


            """
        for tree in 0..<treeCount { text += treeText(tree, &random) }
        return text + "end of trees\n"
    }

    /// A tree that grows by splitting one leaf after the other.
    private func treeText(_ tree: Int, _ random: inout SplitMix) -> String {
        let leafCount = 2 + random.number(below: 30)
        var children: [(left: Int, right: Int)] = [(~0, ~1)]
        for leaf in 2..<max(leafCount, 2) {
            let split = random.number(below: leaf)
            let node = children.count
            for index in children.indices {
                if children[index].left == ~split { children[index].left = node }
                if children[index].right == ~split { children[index].right = node }
            }
            children.append((~split, ~leaf))
        }
        func line(_ name: String, _ count: Int, _ value: () -> some CustomStringConvertible)
            -> String
        {
            "\(name)=" + (0..<count).map { _ in "\(value())" }.joined(separator: " ") + "\n"
        }
        let splits = children.count
        let features = (0..<splits).map { _ in random.number(below: columnCount) }
        let sets = Sets(features.map { $0 < categoryColumnCount }, &random)
        let thresholds = sets.numbers.map { number -> String in
            number.map { "\($0)" } ?? "\(Self.thresholds.pick(&random))"
        }
        let types = sets.numbers.map { $0 == nil ? [0, 2, 4, 6, 8, 10].pick(&random) : 1 }
        let head =
            "Tree=\(tree)\nnum_leaves=\(leafCount)\nnum_cat=\(sets.count)\n"
            + "split_feature=" + features.map { "\($0)" }.joined(separator: " ") + "\n"
            + "threshold=" + thresholds.joined(separator: " ") + "\n"
            + "decision_type=" + types.map { "\($0)" }.joined(separator: " ") + "\n" + sets.text
        return head + line("split_gain", splits) { 1 }
            + "left_child=" + children.map { "\($0.left)" }.joined(separator: " ") + "\n"
            + "right_child=" + children.map { "\($0.right)" }.joined(separator: " ") + "\n"
            + line("leaf_value", leafCount) { Double(random.number(below: 20_001)) / 1e5 - 0.1 }
            + line("leaf_weight", leafCount) { 1 }
            + line("leaf_count", leafCount) { 1 + random.number(below: 50) }
            + line("internal_value", splits) { 0 }
            + line("internal_weight", splits) { 0 }
            + line("internal_count", splits) { 60 }
            + "is_linear=0\nshrinkage=1\n\n\n"
    }

    private func manifest(of model: [UInt8]) -> String {
        let text = #"{"en": "A test.", "fr": "Un test."}"#
        let quantiles = (0...100).map { "\(Double($0) / 10 - 5)" }.joined(separator: ",")
        let features = columns.enumerated().map { index, name in
            let more = index == 0 ? firstFeature.map { ", \($0)" } ?? "" : ""
            return """
                {"name": "\(name)", "unit": "none", "label": \(text), "raises_risk": \(text),
                "lowers_risk": \(text)\(more)}
                """
        }
        return """
            {"format": "vigie-bundle/1", "name": "\(name)", "version": "\(version)",
            "description": \(text), "event": {"id": "test_event", "definition": \(text)},
            "horizon_months": 12,
            "model": {"format": "lightgbm-text", "file": "model.txt",
              "sha256": "\(Digest.hexadecimal(Digest.sha256(model)))"},
            "features": [\(features.joined(separator: ",\n"))],
            "calibration": {"type": "platt", "intercept": -1.5, "slope": 1.25},
            "prior": {"training_base_rate": 0.02, "target_base_rate": 0.01},
            "score_scale": {"id": "vigie-1000", "minimum": 1, "maximum": 1000,
              "high_score_is_safe": true, "points_to_double_odds": 60, "anchor_score": 500,
              "anchor_probability": 0.01},
            "risk_classes": [{"number": 1, "probability_maximum": 0.1, "label": \(text)},
              {"number": 2, "probability_maximum": 1, "label": \(text)}],
            "reference": {"description": "None.", "log_odds_quantiles": [\(quantiles)]},
            "metrics": {}, "provenance": {}}
            """
    }
}

/// Random sets of categories, one for each split that has one.
private struct Sets {
    /// Of each split the number of its set.
    var numbers: [Int?] = []
    var count = 0
    private var boundaries = [0]
    private var words: [UInt32] = []

    init(_ areCategories: [Bool], _ random: inout SplitMix) {
        for isCategory in areCategories {
            guard isCategory else {
                numbers.append(nil)
                continue
            }
            numbers.append(count)
            count += 1
            for _ in 0...random.number(below: 13) {
                words.append(UInt32(random.number(below: 1 << 32)))
            }
            boundaries.append(words.count)
        }
    }

    /// What the file says of them.
    var text: String {
        guard count > 0 else { return "" }
        return "cat_boundaries=" + boundaries.map { "\($0)" }.joined(separator: " ") + "\n"
            + "cat_threshold=" + words.map { "\($0)" }.joined(separator: " ") + "\n"
    }
}

// MARK: Chance

/// Random numbers that are the same in each run (SplitMix64, Steele et al. 2014).
private struct SplitMix {
    var state: UInt64

    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}

extension Array {
    fileprivate func pick(_ random: inout SplitMix) -> Element {
        self[random.number(below: count)]
    }
}
