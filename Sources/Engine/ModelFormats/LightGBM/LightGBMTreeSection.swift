// SPDX-License-Identifier: Apache-2.0

// One `Tree=` section of a LightGBM file.

internal import Documents
internal import Forest

/// Turns the fields of one tree into arrays. Their indices are checked by `TreeEnsemble`.
struct LightGBMTreeSection {
    /// The fields.
    let section: TextSection

    /// What LightGBM 2.1 to 4 write of a tree. Other lines could change every score.
    private static let keys = [
        "cat_boundaries", "cat_threshold", "decision_type", "is_linear", "leaf_coeff",
        "leaf_const", "leaf_count", "leaf_features", "leaf_value", "left_child",
        "internal_count", "num_cat", "num_features", "num_leaves", "right_child",
        "split_feature", "threshold",
        // For people: what training measured. The values of leaves are scaled already.
        "internal_value", "internal_weight", "leaf_parent", "leaf_weight", "shrinkage",
        "split_gain",
    ]

    /// The tree.
    func readTree() throws(ModelFormatError) -> DecisionTree {
        let leaves = try section.integer("num_leaves")
        try section.allow(Self.keys)
        guard leaves >= 1, leaves <= Int(Int32.max) else {
            throw malformed("num_leaves=\(leaves)", at: "num_leaves")
        }
        var tree = DecisionTree()
        tree.leafValues = try section.doubles("leaf_value", count: leaves)
        tree.leafCovers = try covers("leaf_count", count: leaves)
        try checkCounts(leaves)
        if section["is_linear"] != nil, try section.integer("is_linear") != 0 {
            tree.linearLeaves = try linearLeaves(count: leaves)
        }
        guard leaves > 1 else { return tree }
        let splits = leaves - 1
        tree.features = try section.integers("split_feature", count: splits)
        tree.leftChildren = try section.integers("left_child", count: splits)
        tree.rightChildren = try section.integers("right_child", count: splits)
        tree.splitCovers = try covers("internal_count", count: splits)
        tree.kinds = try kinds(count: splits)
        tree.thresholds = try section.doubles("threshold", count: splits)
        try readCategories(into: &tree)
        for split in 0..<splits where !tree.kinds[split].isCategorical {
            tree.thresholds[split] = Self.thresholdForUnroundedZeros(tree.thresholds[split])
        }
        return tree
    }

    /// LightGBM's `predict` replaces every value within `zeroThreshold` of 0 by 0 before it walks,
    /// so all of them go where 0 goes. Moving a threshold from within that range to its edge sends
    /// them there without touching the values.
    static func thresholdForUnroundedZeros(_ threshold: Double) -> Double {
        let zero = TreeEnsemble.zeroThreshold
        guard threshold >= -zero, threshold <= zero else { return threshold }
        return threshold >= 0 ? zero : (-zero).nextDown
    }

    /// Throws where a list that is not needed for a score does not fit: the tree is then another
    /// one.
    private func checkCounts(_ leaves: Int) throws(ModelFormatError) {
        let lists = [
            ("leaf_weight", leaves), ("internal_value", leaves - 1),
            ("internal_weight", leaves - 1), ("split_gain", leaves - 1),
        ]
        for (key, count) in lists {
            guard let field = section[key], !field.value.isEmpty else { continue }
            let found = field.words.reduce(0) { count, _ in count + 1 }
            // A tree of one leaf may keep a number of the tree that it was.
            guard found == count || leaves == 1 else {
                throw malformed("\"\(key)\" has \(found) values, not \(count)", at: key)
            }
        }
    }

    /// Counts of training rows; LightGBM may leave them out.
    private func covers(_ key: String, count: Int) throws(ModelFormatError) -> [Double] {
        guard section[key]?.value.isEmpty == false else {
            // Bounded by the file: the values of this tree were read before.
            return [Double](repeating: 0, count: count)
        }
        return try section.doubles(key, count: count)
    }

    /// The features and coefficients of all leaves stand behind each other.
    private func linearLeaves(count: Int) throws(ModelFormatError) -> [LinearLeaf] {
        let constants = try section.doubles("leaf_const", count: count)
        let sizes = try section.integers("num_features", count: count)
        var total = 0
        for size in sizes {
            // The words of the fields bound the sum.
            guard size >= 0, size <= Int(Int32.max), total <= Int(Int32.max) else {
                throw malformed("a leaf of \(size) features", at: "num_features")
            }
            total += size
        }
        let features = try section.integers("leaf_features", count: total)
        let coefficients = try section.doubles("leaf_coeff", count: total)
        var next = 0
        return zip(constants, sizes).map { constant, size in
            defer { next += size }
            return LinearLeaf(
                constant: constant,
                features: Array(features[next..<next + size]),
                coefficients: Array(coefficients[next..<next + size])
            )
        }
    }

    private func kinds(count: Int) throws(ModelFormatError) -> [SplitKind] {
        var kinds: [SplitKind] = []
        for value in try section.integers("decision_type", count: count) {
            guard let byte = UInt8(exactly: value), let kind = SplitKind(rawValue: byte) else {
                throw malformed("unknown decision type \(value)", at: "decision_type")
            }
            kinds.append(kind)
        }
        return kinds
    }

    /// A categorical split's threshold is the number of its set; set `i` is the words
    /// `cat_boundaries[i] ..< cat_boundaries[i + 1]` of `cat_threshold`.
    private func readCategories(into tree: inout DecisionTree) throws(ModelFormatError) {
        tree.categoryRanges = [Range<Int>](repeating: 0..<0, count: tree.kinds.count)
        let sets = section["num_cat"] == nil ? 0 : try section.integer("num_cat")
        guard sets >= 0, sets <= tree.kinds.count else {
            throw malformed("num_cat=\(sets)", at: "num_cat")
        }
        var boundaries = [0]
        if sets > 0 {
            boundaries = try section.integers("cat_boundaries", count: sets + 1)
            guard boundaries[0] == 0, zip(boundaries, boundaries.dropFirst()).allSatisfy(<=) else {
                throw malformed("\"cat_boundaries\" do not ascend from 0", at: "cat_boundaries")
            }
            let words = try section.integers("cat_threshold", count: boundaries[sets])
            guard words.allSatisfy({ UInt32(exactly: $0) != nil }) else {
                throw malformed("\"cat_threshold\" is not 32-bit words", at: "cat_threshold")
            }
            tree.categoryWords = words.map { UInt32(truncatingIfNeeded: $0) }
        }
        for split in tree.kinds.indices where tree.kinds[split].isCategorical {
            guard let set = Int(exactly: tree.thresholds[split]), set >= 0, set < sets else {
                throw malformed(
                    "split \(split) is categorical, but has no set of categories",
                    at: "threshold"
                )
            }
            tree.categoryRanges[split] = boundaries[set]..<boundaries[set + 1]
        }
    }

    private func malformed(_ message: String, at key: String) -> ModelFormatError {
        section.malformed(message, line: section[key]?.line ?? section.line)
    }
}
