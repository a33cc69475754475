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
        /// Walked, on the values: trees with linear leaves, and those whose sets of categories are
        /// too many for bins.
        case general
        /// Several trees at once, for one row: what ``sliced`` is in blocks.
        case grouped
    }

    /// Trees that are run in the same way, one after another.
    struct Run {
        let form: Form
        var trees: [Int]
    }

    /// How each tree is run in a block.
    var forms: [Form]
    /// The runs of each output in a block.
    private(set) var blockRuns: [[Run]] = []
    /// The runs of each output where a row is scored alone: none is sliced.
    private(set) var rowRuns: [[Run]] = []

    /// Whether each tree has categorical splits.
    let haveSets: [Bool]
    /// The trees of each output.
    private var trees: [[Int]]

    /// The layout of an ensemble's trees in blocks.
    init(_ ensemble: TreeEnsemble) {
        trees = [[Int]](repeating: [], count: ensemble.outputCount)
        forms = (0..<ensemble.treeCount).map { Self.form(of: $0, in: ensemble) }
        haveSets = (0..<ensemble.treeCount).map {
            ensemble.kinds[ensemble.splits(of: $0)].contains(where: \.isCategorical)
        }
        limitConditions(ensemble)
        for tree in 0..<ensemble.treeCount { trees[Int(ensemble.treeOutputs[tree])].append(tree) }
        blockRuns = trees.map { Self.runs($0) { forms[$0] } }
    }

    /// Lays the trees out for rows alone, which go through those that a block slices in groups, or
    /// walk them.
    mutating func divideRows(areGrouped: Bool, setsAreGrouped: Bool) {
        rowRuns = trees.map {
            Self.runs($0) { tree in
                guard forms[tree] == .sliced else { return forms[tree] }
                return areGrouped && (setsAreGrouped || !haveSets[tree]) ? .grouped : .binned
            }
        }
    }

    /// Whether a row alone walks trees with sets on their bytes.
    var rowsWalkSets: Bool {
        rowRuns.joined().contains { $0.form == .binned && $0.trees.contains { haveSets[$0] } }
    }

    /// The splits of all trees of some forms.
    func splits(of ensemble: TreeEnsemble, where isWanted: (Form) -> Bool) -> [Int] {
        forms.indices.filter { isWanted(forms[$0]) }.flatMap { ensemble.splits(of: $0) }
    }

    private static func form(of tree: Int, in ensemble: TreeEnsemble) -> Form {
        let leaves = ensemble.leafOffsets[tree]..<ensemble.leafOffsets[tree + 1]
        guard
            leaves.allSatisfy({ ensemble.linearLeaf($0) == nil }),
            ensemble.splits(of: tree).count + leaves.count <= Int(vigie_walk_nodes_max)
        else { return .general }
        return leaves.count <= Int(vigie_slice_leaves_max) ? .sliced : .binned
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

extension TreeEnsemble {
    /// The splits of a tree.
    func splits(of tree: Int) -> Range<Int> { splitOffsets[tree]..<splitOffsets[tree + 1] }
}
