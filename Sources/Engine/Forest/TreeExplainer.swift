// SPDX-License-Identifier: Apache-2.0

// Why a row scores what it scores: exact Shapley values of the features.

internal import CForest

/// Exact path-dependent SHAP values (Lundberg et al., "Consistent Individualized Feature
/// Attribution for Tree Ensembles", 2018), equal to LightGBM's and XGBoost's own up to rounding.
///
/// A leaf of value v is reached along features i = 1…n of its path. Let `o_i` be 1 if the row
/// keeps to the path at every split on i, else 0, and `z_i` the share of training rows that do,
/// given that they came so far. The leaf gives feature i
///
///     v (o_i − z_i) ∫₀¹ ∏_{j≠i} (t o_j + (1 − t) z_j) dt
///
/// because the integral of t^s (1−t)^(n−1−s) is the Shapley weight s! (n−1−s)! / n!. CForestShap.h
/// tells how leaves are taken together, so that each split costs a few operations a point t.
///
/// A row's contributions are the same to the bit whatever rows it is explained with.
package final class TreeExplainer: Sendable {
    // Written in `init`, only read afterwards.
    nonisolated(unsafe) let memory: PlanMemory
    nonisolated(unsafe) let plan: vigie_shap_plan

    /// Values in a row.
    package let featureCount: Int
    /// Outputs of the model.
    package let outputCount: Int
    /// For each output, its expected raw score over the training rows: what contributions add to.
    package let baseValues: [Double]
    /// The way that rows go.
    package let path: ForestPath
    /// Whether what splits give is looked up.
    package let usesTables: Bool
    /// What a row of many costs, in nanoseconds.
    private let costNanosecondsPerRow: Double
    private let treeCount: Int

    /// An explainer of the ensemble. Splits that the model file gave no row counts count as even.
    ///
    /// - Parameters:
    ///   - ensemble: What to explain.
    ///   - path: The way that rows go, which must run here; `walk` is taken as `portable`.
    ///   - tableBytesMax: Memory that tables of small trees may take; 0 for no tables.
    /// - Throws: `notExplained` if the ensemble has linear leaves (nor does LightGBM explain them),
    ///   `tooLarge` if a path from root to leaf is absurdly long.
    package init(
        _ ensemble: TreeEnsemble,
        path: ForestPath = .bestForExplaining,
        tableBytesMax: Int = 16 << 20  // tidy: limit: 900 trees of 8 leaves take 7 MiB
    ) throws(ForestError) {
        let compiler = try ExplainerCompiler(ensemble)
        memory = PlanMemory()
        let lines = compiler.tableLines(bytesMax: tableBytesMax)
        let trees = lines?.trees ?? compiler.trees
        var plan = vigie_shap_plan(
            columns: memory.copied(compiler.columns),
            column_count: compiler.columns.count,
            trees: memory.copied(trees),
            tree_count: trees.count,
            conditions: memory.copied(compiler.conditions),
            steps: memory.copied(compiler.steps),
            factors: memory.copied(compiler.factors),
            category_words: memory.copied(ensemble.categoryWords),
            tables: nil,
            table_sums: nil,
            targets: memory.copied(compiler.targets),
            sum_count: compiler.targets.count,
            output_width: ensemble.featureCount * ensemble.outputCount,
            conditions_max: compiler.conditionsMaximum,
            slot_values_max: compiler.slotValuesMaximum
        )
        if let lines {
            plan.table_sums = memory.copied(lines.sums)
            plan.tables = Self.tables(plan, lines, path, memory)
        }
        self.plan = plan
        usesTables = lines != nil
        featureCount = ensemble.featureCount
        outputCount = ensemble.outputCount
        baseValues = compiler.baseValues
        self.path = path
        costNanosecondsPerRow = compiler.costNanosecondsPerRow(path: path)
        treeCount = trees.count
    }

    /// The tables of small trees: what their steps give for each way, added to sums of their own.
    private static func tables(
        _ plan: vigie_shap_plan,
        _ lines: ExplainerCompiler.TableLines,
        _ path: ForestPath,
        _ memory: PlanMemory
    ) -> UnsafePointer<Double> {
        let width = Int(vigie_shap_table_splits)
        let (own, workspace) = (PlanMemory(), TreeExplainerWorkspace())
        var plan = plan
        plan.steps = own.copied(lines.steps)
        plan.sum_count = width
        var tables = [Double](repeating: 0, count: lines.count * width)
        withUnsafePointer(to: plan) {
            let scratch = workspace.reserve(vigie_shap_workspace_bytes($0))
            vigie_shap_tabulate($0, path.number, &tables, scratch)
        }
        return memory.copied(tables)
    }

    /// What explaining some rows costs, in nanoseconds on one core of a current server: an estimate
    /// for deciding where to do it, not a measurement.
    package func costNanoseconds(rowCount: Int) -> Double {
        if usesTables, rowCount <= Int(vigie_shap_few_rows) {
            return 20 * Double(treeCount) * Double(rowCount)
        }
        if usesTables, rowCount >= Int(vigie_shap_many_rows) {
            return 3 * Double(treeCount) * Double(rowCount)
        }
        // Up to eight rows cost the same, each step of theirs as much as one of many more.
        return costNanosecondsPerRow * max(Double(rowCount), rowCount > 0 ? 25 : 0)
    }

    /// Contributions of `rowCount` rows of float32, `rowStride` values apart (at least the feature
    /// count), on the scale of the raw score. For each row, `output` gets `outputCount` ×
    /// `featureCount` values, an output's features together; with the output's base value they sum
    /// to its raw score. Nothing is allocated once the workspace is warm.
    package func contributions(
        rows: UnsafePointer<Float>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>,
        workspace: TreeExplainerWorkspace
    ) {
        withUnsafePointer(to: plan) {
            let memory = workspace.reserve(vigie_shap_workspace_bytes($0))
            vigie_shap_explain32($0, path.number, rows, rowCount, rowStride, output, memory)
        }
    }

    /// Contributions of rows of float64, as above, compared in float64.
    package func contributions(
        rows: UnsafePointer<Double>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>,
        workspace: TreeExplainerWorkspace
    ) {
        withUnsafePointer(to: plan) {
            let memory = workspace.reserve(vigie_shap_workspace_bytes($0))
            vigie_shap_explain64($0, path.number, rows, rowCount, rowStride, output, memory)
        }
    }
}

/// Scratch memory of one explaining thread, for any explainers. It grows to what the largest needs.
package final class TreeExplainerWorkspace {
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    /// Takes no memory yet.
    package init() {}

    /// Memory on a boundary of 64, contents undefined, valid until the next call.
    fileprivate func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        if memory.count < byteCount {
            memory.deallocate()
            memory = .allocate(byteCount: byteCount, alignment: 64)
        }
        return memory.baseAddress
    }

    deinit {
        memory.deallocate()
    }
}

extension ForestPath {
    /// The fastest way on this processor to explain a model, or none beyond the one that is
    /// ``forced``.
    package static let bestForExplaining: ForestPath =
        [.avx512, .avx2].first { path in
            path.number <= best.number && vigie_shap_runs(path.number)
        } ?? .portable
}
