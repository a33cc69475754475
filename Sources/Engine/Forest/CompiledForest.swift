// SPDX-License-Identifier: Apache-2.0

// An ensemble in the forms of CForest, in memory of its own.

internal import CForest

/// A compiled ensemble: all that CForest reads, and what running it takes.
final class CompiledForest: Sendable {
    // Written in `init`, only read afterwards; `memory` frees what it points to.
    nonisolated(unsafe) let plan: vigie_slice_plan
    nonisolated(unsafe) let memory: PlanMemory

    /// Turns float32 rows into bins; nil if some tree is walked on the values.
    let quantiser: Quantiser?
    /// What a block takes, and a row alone.
    let work: ForestWork

    /// Compiles the ensemble for one path.
    init(_ ensemble: TreeEnsemble, path: ForestPath) {
        var layout = ForestLayout(ensemble)
        let conditions = ensemble.features.indices.map { SplitCondition(ensemble, split: $0) }
        let sets = CategorySets(ensemble, layout)
        func numerical(_ form: ForestLayout.Form) -> [Int] {
            layout.splits(of: ensemble) { $0 == form }
                .filter { !ensemble.kinds[$0].isCategorical }
        }
        let columns = BinColumns(
            conditions,
            sliced: numerical(.sliced),
            walked: numerical(.binned),
            sets: sets
        )
        let groupTrees = path.groupTrees(binCount: columns.binCount)
        layout.divideRows(
            areGrouped: groupTrees > 0,
            setsAreGrouped: RowSets.fit(sets, ensemble, layout, groupTrees: groupTrees)
        )
        var walk = WalkCompiler(
            ensemble,
            conditions: conditions,
            columns: columns,
            sets: sets,
            groupTrees: groupTrees,
            isBinned: { layout.forms[$0] != .general }
        )
        for run in layout.rowRuns.joined() { walk.append(run) }
        let slices = SliceCompiler(
            ensemble,
            conditions: conditions,
            columns: columns,
            sets: sets,
            walk: walk,
            runs: layout.blockRuns.joined().filter { $0.form == .sliced }.map(\.trees),
            path: path
        )
        memory = PlanMemory()
        plan = memory.plan(ensemble, layout, slices, walk)
        quantiser =
            layout.forms.contains(.general)
            ? nil : Quantiser(columns, featureCount: ensemble.featureCount)
        work = ForestWork(ensemble, layout, slices, walk)
    }
}

extension Quantiser {
    fileprivate init(_ columns: BinColumns, featureCount: Int) {
        self.init(
            checked: columns.columns.map {
                Column(
                    feature: Int($0.feature),
                    thresholds: $0.thresholds.map(SplitCondition.roundedDown)
                )
            },
            featureCount: featureCount
        )
    }
}
