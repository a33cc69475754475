// SPDX-License-Identifier: Apache-2.0

// Which trees of an ensemble are run in which way.

internal import CForest

/// The way each tree is run, and the order: output by output, as the order between trees of
/// different outputs is of no matter.
struct ForestLayout {
    /// How a tree is run, best first.
    enum Form: UInt32 {
        /// Bit-sliced, in blocks of rows.
        case sliced = 0
        /// Walked, on bytes made of the bins.
        case binned
        /// Walked, on the values: trees with categorical splits or linear leaves.
        case general
        /// Several trees at once, for one row: what ``sliced`` is in blocks.
        case grouped
    }

    /// Trees that are run in the same way, one after another.
    struct Run {
        let form: Form
        var trees: [Int]
    }

    /// Most conditions of sliced trees, of 64 bytes in each thread's arena.
    private static let conditionsMaximum = 60_000  // tidy: limit: of the kernel

    /// How each tree is run in a block.
    private(set) var forms: [Form]
    /// The runs of each output in a block.
    private(set) var blockRuns: [[Run]] = []
    /// The runs of each output where a row is scored alone: none is sliced.
    private(set) var rowRuns: [[Run]] = []

    /// The trees of each output.
    private var trees: [[Int]]

    /// The layout of an ensemble's trees in blocks.
    init(_ ensemble: TreeEnsemble) {
        trees = [[Int]](repeating: [], count: ensemble.outputCount)
        forms = (0..<ensemble.treeCount).map { Self.form(of: $0, in: ensemble) }
        limitConditions(ensemble)
        for tree in 0..<ensemble.treeCount { trees[Int(ensemble.treeOutputs[tree])].append(tree) }
        blockRuns = trees.map { Self.runs($0) { forms[$0] } }
    }

    /// Lays the trees out for rows alone, which go through those that a block slices in groups, or
    /// walk them.
    mutating func divideRows(areGrouped: Bool) {
        let alone: Form = areGrouped ? .grouped : .binned
        rowRuns = trees.map { Self.runs($0) { forms[$0] == .sliced ? alone : forms[$0] } }
    }

    private static func form(of tree: Int, in ensemble: TreeEnsemble) -> Form {
        let splits = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        let leaves = ensemble.leafOffsets[tree]..<ensemble.leafOffsets[tree + 1]
        guard
            !ensemble.kinds[splits].contains(where: \.isCategorical),
            leaves.allSatisfy({ ensemble.linearLeaf($0) == nil }),
            splits.count + leaves.count <= Int(vigie_walk_nodes_max)
        else { return .general }
        return leaves.count <= Int(vigie_slice_leaves_max) ? .sliced : .binned
    }

    /// Has the last trees walked if slicing all takes more conditions than an arena may hold.
    private mutating func limitConditions(_ ensemble: TreeEnsemble) {
        guard ensemble.features.count > Self.conditionsMaximum else { return }
        struct Key: Hashable {
            let feature: Int32
            let threshold: Double
            let missing: SplitCondition.Missing
        }
        var known: Set<Key> = []
        for tree in forms.indices where forms[tree] == .sliced {
            for split in ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1] {
                let condition = SplitCondition(ensemble, split: split)
                let threshold = condition.threshold.isNaN ? -.infinity : condition.threshold
                // A patched condition may need the plain one, and the bounds of zero.
                for missing in [.plain, condition.missing] {
                    known.insert(
                        Key(feature: condition.feature, threshold: threshold, missing: missing)
                    )
                }
            }
            if known.count > Self.conditionsMaximum { forms[tree] = .binned }
        }
    }

    private static func runs(_ trees: [Int], form: (Int) -> Form) -> [Run] {
        var runs: [Run] = []
        for tree in trees {
            if runs.last?.form == form(tree) {
                runs[runs.count - 1].trees.append(tree)
            } else {
                runs.append(Run(form: form(tree), trees: [tree]))
            }
        }
        return runs
    }
}
