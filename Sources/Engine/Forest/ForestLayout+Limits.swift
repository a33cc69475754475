// SPDX-License-Identifier: Apache-2.0

// How many conditions and sets of categories a plan may have; the trees beyond are walked.

internal import CForest

extension ForestLayout {
    /// Most conditions of sliced trees and sets, of 64 bytes each in each thread's arena.
    private static let conditionsMaximum = 60_000  // tidy: limit: of the kernel
    /// Most bounds of a set's categories: more classes of a feature 16 bits do not number.
    static let boundsMaximum = 60_000  // tidy: limit: of the kernel
    /// Most bounds of all sets, which are gone through when a model loads.
    private static let allBoundsMaximum = 1 << 20  // tidy: limit: of the kernel
    /// Most bits of tables that tell of each class which sets it is in: 32 MiB.
    private static let setBitsMaximum = 1 << 28  // tidy: limit: of the kernel

    /// Has the last trees walked if slicing all takes more conditions than an arena may hold, on
    /// their values if it is sets that are too many.
    mutating func limitConditions(_ ensemble: TreeEnsemble) {
        guard ensemble.features.count > Self.conditionsMaximum || haveSets.contains(true) else {
            return
        }
        var taken = Taken()
        for tree in forms.indices where forms[tree] == .sliced {
            for split in ensemble.splits(of: tree) where !ensemble.kinds[split].isCategorical {
                taken.add(SplitCondition(ensemble, split: split))
            }
            limitSets(ensemble, tree: tree, &taken)
            if forms[tree] == .sliced, !taken.vectorsFit { forms[tree] = .binned }
        }
        for tree in forms.indices where forms[tree] == .binned {
            limitSets(ensemble, tree: tree, &taken)
        }
    }

    /// Has a tree walked on its values if its sets are too many.
    private mutating func limitSets(_ ensemble: TreeEnsemble, tree: Int, _ taken: inout Taken) {
        guard haveSets[tree] else { return }
        for split in ensemble.splits(of: tree) where ensemble.kinds[split].isCategorical {
            let bounds = ensemble.categoryBounds(split: split, countMaximum: Self.boundsMaximum)
            if let bounds { taken.addSet(bounds, feature: ensemble.features[split]) }
            guard bounds != nil, taken.setsFit else {
                forms[tree] = .general
                return
            }
        }
    }

    /// What trees take together, those that found no room among them.
    private struct Taken {
        private struct Condition: Hashable {
            let feature: Int32
            let threshold: Double
            let missing: SplitCondition.Missing
        }

        private struct Bound: Hashable {
            let feature: Int32
            let bound: Double
        }

        private var conditions: Set<Condition> = []
        private var bounds: Set<Bound> = []
        /// Sets in whole bytes, and the bounds of all.
        private var setCount = 0
        private var boundCount = 0
        /// Of each feature the sets, and the lines of its table; and the bits of all tables.
        private var tables: [Int32: (sets: Int, lines: Int)] = [:]
        private var bitCount = 0

        /// Whether an arena may hold all vectors.
        var vectorsFit: Bool { conditions.count + setCount <= conditionsMaximum }

        /// Whether the sets are few enough.
        var setsFit: Bool {
            vectorsFit && setCount <= Int(vigie_sets_max) && boundCount <= allBoundsMaximum
                && bounds.count <= boundsMaximum && bitCount <= setBitsMaximum
        }

        mutating func add(_ condition: SplitCondition) {
            let threshold = condition.threshold.isNaN ? -.infinity : condition.threshold
            // A patched condition may need the plain one, and the bounds of zero.
            for missing in [.plain, condition.missing] {
                conditions.insert(
                    Condition(feature: condition.feature, threshold: threshold, missing: missing)
                )
            }
        }

        mutating func addSet(_ own: [Double], feature: Int32) {
            boundCount += own.count
            guard boundCount <= allBoundsMaximum else { return }
            var table = tables[feature] ?? (0, 2)
            bitCount -= bits(of: table)
            for bound in own where bounds.insert(Bound(feature: feature, bound: bound)).inserted {
                table.lines += 1
            }
            if table.sets % 8 == 0 { setCount += 8 }
            table.sets += 1
            bitCount += bits(of: table)
            tables[feature] = table
        }

        /// Lines are of whole cache lines at most.
        private func bits(of table: (sets: Int, lines: Int)) -> Int {
            table.sets == 0 ? 0 : (table.sets + 511) * table.lines
        }
    }
}
