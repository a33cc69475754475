// SPDX-License-Identifier: Apache-2.0

// The memory that CForest reads a plan from.

internal import CForest

/// Arrays in memory of their own, which goes with this.
final class PlanMemory {
    private(set) var parts: [(start: UnsafeMutableRawPointer, byteCount: Int)] = []

    deinit {
        for part in parts { part.start.deallocate() }
    }

    /// The elements, which must be trivial, in memory that lives as long as this does. It begins
    /// with a cache line, so that tables are loaded whole.
    func copied<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(array.count, 1) * MemoryLayout<Element>.stride,
            alignment: 64
        )
        parts.append((memory, array.count * MemoryLayout<Element>.stride))
        return UnsafePointer(
            memory.initializeMemory(as: Element.self, from: array, count: array.count)
        )
    }

    /// The plan of a compiled ensemble.
    func plan(
        _ ensemble: TreeEnsemble,
        _ layout: ForestLayout,
        _ slices: SliceCompiler,
        _ walk: WalkCompiler
    ) -> vigie_slice_plan {
        let programs = slices.programs
        return vigie_slice_plan(
            features: copied(slices.features),
            feature_count: slices.features.count,
            pivots32: copied(slices.pivots32),
            pivots64: copied(slices.pivots64),
            nearest32: copied(slices.nearest32),
            patches: copied(slices.patches),
            first_set: slices.firstSet,
            trees: copied(programs.trees),
            tree_count: programs.trees.count,
            steps: copied(programs.steps),
            splits: copied(programs.splits),
            subtrees: copied(programs.subtrees),
            leaf_places: copied(programs.leafPlaces),
            tile_subtrees: copied(programs.tileSubtrees),
            tile_starts: copied(programs.tileStarts),
            tables: copied(programs.tables),
            leaves: copied(programs.leaves),
            leaves32: copied(ensemble.sum.isFloat32 ? programs.leaves.map { Float($0) } : []),
            leaf_parts: copied(programs.leafParts),
            leaf_count: programs.leafCount,
            sums_are_float32: ensemble.sum.isFloat32,
            outputs: outputs(ensemble, runs: layout.blockRuns),
            output_count: ensemble.outputCount,
            runs: copied(runs(layout.blockRuns, walk)),
            has_binned_runs: layout.forms.contains(.binned),
            has_binned_sets: layout.forms.indices.contains {
                layout.forms[$0] == .binned && layout.haveSets[$0]
            },
            walk: walkPlan(ensemble, layout, slices, walk),
            vector_count: slices.vectorCount,
            result_start: slices.vectorCount - programs.resultCount,
            row_width: ensemble.featureCount
        )
    }

    private func walkPlan(
        _ ensemble: TreeEnsemble,
        _ layout: ForestLayout,
        _ slices: SliceCompiler,
        _ walk: WalkCompiler
    ) -> vigie_walk_plan {
        let rowSets = RowSets(walk.groups, walk.sets, walk.setTables)
        return vigie_walk_plan(
            bytes: copied(walk.bytes),
            byte_count: walk.bytes.count,
            set_features: copied(walk.setTables.features),
            set_feature_count: walk.setTables.features.count,
            set_tables: copied(walk.setTables.tables),
            set_count: walk.setCount,
            has_binned_runs: layout.rowRuns.joined().contains { $0.form == .binned },
            has_binned_sets: layout.rowsWalkSets,
            ranks32: copied(slices.ranks32),
            ranks64: copied(slices.ranks64),
            group_trees: walk.groups.groups.isEmpty ? 0 : UInt32(walk.groups.treesMaximum),
            zero_columns: copied(walk.zeroColumns),
            zero_column_count: walk.zeroColumns.count,
            row_groups: copied(walk.groups.groups),
            row_code: copied(walk.groups.code),
            row_leaves: copied(walk.groups.leaves),
            row_bytes: copied(walk.groups.bytes),
            row_sets: copied(rowSets.tables),
            row_set_bytes: rowSets.lineBytes,
            binned_roots: copied(walk.binnedRoots),
            nodes: copied(walk.nodes),
            node_values: copied(walk.nodeValues),
            general_roots: copied(walk.generalRoots),
            splits: copied(walk.splits),
            leaves: copied(walk.leaves),
            terms: copied(walk.terms),
            category_words: copied(ensemble.categoryWords),
            outputs: outputs(ensemble, runs: layout.rowRuns),
            runs: copied(walk.runs)
        )
    }

    private func outputs(
        _ ensemble: TreeEnsemble,
        runs: [[ForestLayout.Run]]
    ) -> UnsafePointer<vigie_output> {
        var next = 0
        return copied(
            runs.enumerated().map { output, runs in
                defer { next += runs.count }
                return vigie_output(
                    start: ensemble.sum.start(output: output),
                    run_start: UInt32(next),
                    run_count: UInt32(runs.count)
                )
            }
        )
    }

    /// The runs of a block, with the places of their first trees: among the sliced trees, which are
    /// numbered as they come, or among the walked trees.
    private func runs(_ runs: [[ForestLayout.Run]], _ walk: WalkCompiler) -> [vigie_run] {
        var sliced = 0
        return runs.joined().map { run in
            defer { sliced += run.form == .sliced ? run.trees.count : 0 }
            let first = run.form == .sliced ? sliced : walk.treeNumbers[run.trees[0]] ?? 0
            return vigie_run(
                kind: run.form.rawValue,
                first_tree: UInt32(first),
                tree_count: UInt32(run.trees.count)
            )
        }
    }
}
