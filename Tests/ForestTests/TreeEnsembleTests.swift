// SPDX-License-Identifier: Apache-2.0

// Ensembles that break a rule are refused, whatever the reader let through.

import Forest
import Testing

@Suite("Tree ensemble")
struct TreeEnsembleTests {
    /// A sound tree of three splits and four leaves.
    private func soundTree() -> DecisionTree {
        var tree = DecisionTree()
        tree.features = [0, 1, 1]
        tree.thresholds = [0, 1, 2]
        tree.kinds = [SplitKind](
            repeating: .numerical(missing: .none, missingGoesLeft: false),
            count: 3
        )
        tree.leftChildren = [1, ~0, ~2]
        tree.rightChildren = [2, ~1, ~3]
        tree.categoryRanges = [0..<0, 0..<0, 0..<0]
        tree.splitCovers = [4, 2, 2]
        tree.leafValues = [1, 2, 3, 4]
        tree.leafCovers = [1, 1, 1, 1]
        return tree
    }

    private func code(_ change: (inout DecisionTree) -> Void) -> ForestError.Code? {
        var tree = soundTree()
        change(&tree)
        do throws(ForestError) {
            _ = try TreeEnsemble(featureCount: 2, trees: [soundTree(), tree])
            return nil
        } catch {
            #expect(error.tree == 1)
            #expect(error.description.hasPrefix("tree 1: "))
            return error.code
        }
    }

    @Test("a sound tree is taken, and trees are joined in order")
    func sound() throws {
        #expect(code { _ in } == nil)
        let ensemble = try TreeEnsemble(featureCount: 2, trees: [soundTree(), soundTree()])
        #expect(ensemble.treeCount == 2)
        #expect(ensemble.splitOffsets == [0, 3, 6])
        #expect(ensemble.leafOffsets == [0, 4, 8])
        #expect(ensemble.leafValues == [1, 2, 3, 4, 1, 2, 3, 4])
    }

    @Test("arrays of different lengths are refused")
    func lengths() {
        #expect(code { $0.thresholds.removeLast() } == .lengthMismatch)
        #expect(code { $0.leafCovers.append(1) } == .lengthMismatch)
        #expect(code { $0 = DecisionTree() } == .notATree)
    }

    @Test("indices out of range are refused")
    func indices() {
        #expect(code { $0.features[1] = 2 } == .indexOutOfRange)
        #expect(code { $0.features[1] = -1 } == .indexOutOfRange)
        #expect(code { $0.leftChildren[1] = 3 } == .indexOutOfRange)
        #expect(code { $0.leftChildren[1] = ~4 } == .indexOutOfRange)
        #expect(code { $0.leftChildren[1] = .min } == .indexOutOfRange)
        #expect(code { $0.leftChildren[1] = .max } == .indexOutOfRange)
        #expect(code { $0.categoryRanges[0] = 0..<1 } == .indexOutOfRange)
        #expect(code { $0.categoryRanges[0] = -1..<0 } == .indexOutOfRange)
    }

    @Test("cycles, shared and lost nodes are refused")
    func shape() {
        #expect(code { $0.leftChildren[1] = 0 } == .notATree)
        #expect(code { $0.leftChildren[1] = 1 } == .notATree)
        #expect(code { $0.leftChildren[0] = 2 } == .notATree)
        #expect(code { $0.leftChildren[1] = ~1 } == .notATree)
        #expect(code { ($0.leftChildren[0], $0.leftChildren[1]) = (~0, 1) } == .notATree)
    }

    @Test("covers must be counts")
    func covers() {
        #expect(code { $0.splitCovers[0] = -1 } == .badCover)
        #expect(code { $0.leafCovers[0] = .nan } == .badCover)
        #expect(code { $0.leafCovers[0] = .infinity } == .badCover)
    }

    @Test("only decision types with a meaning exist")
    func kinds() {
        #expect(SplitKind(rawValue: 10)?.missing == .notANumber)
        #expect(SplitKind(rawValue: 10)?.missingGoesLeft == true)
        #expect(SplitKind(rawValue: 12) == nil)
        #expect(SplitKind(rawValue: 16) == nil)
    }
}
