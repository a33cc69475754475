// SPDX-License-Identifier: Apache-2.0

// The two kinds of model that turn features into a raw score, behind one face.

internal import Forest

/// Features of some rows, row-major, borrowed.
enum FeatureRows {
    /// 32 bits each, rows `stride` values apart.
    case float32(UnsafePointer<Float>, stride: Int)
    /// 64 bits each, rows `stride` values apart; only for trees.
    case float64(UnsafePointer<Double>, stride: Int)
    /// Bytes of the model's quantiser, rows `stride` bytes apart; only for raw scores of trees.
    case quantised(UnsafePointer<UInt8>, stride: Int)
}

/// Boosted trees, compiled for scoring and for reasons.
final class TreeModel: Sendable {
    let plan: ForestPlan
    let explainer: TreeExplainer
    /// What the sum of the trees is divided by: their number in a random forest, else 1.
    let rawScoreDivisor: Double
    /// What reasons for one row take, in nanoseconds; an estimate.
    let reasonNanoseconds: Double

    init(_ ensemble: TreeEnsemble, rawScoreDivisor: Double) {
        self.rawScoreDivisor = rawScoreDivisor
        plan = ForestPlan(ensemble)
        explainer = TreeExplainer(ensemble)
        reasonNanoseconds = Double(ensemble.leafValues.count) * Cost.nanosecondsPerExplainedLeaf
    }
}

/// What gives the raw score.
enum ModelForm: Sendable {
    case trees(TreeModel)
    case scorecard(Scorecard)

    /// Raw score that contributions add to.
    var baseValue: Double {
        switch self {
        case .trees(let model): model.explainer.baseValue
        case .scorecard(let scorecard): scorecard.baseValue
        }
    }

    /// Quantises rows of features, where that is exact.
    var quantiser: Quantiser? {
        switch self {
        case .trees(let model): model.plan.quantiser
        case .scorecard: nil
        }
    }

    /// What calibration divides the raw score by.
    var rawScoreDivisor: Double {
        switch self {
        case .trees(let model): model.rawScoreDivisor
        case .scorecard: 1
        }
    }

    /// What one row takes; an estimate.
    func estimatedNanoseconds(givesReasons: Bool) -> Double {
        switch self {
        case .trees(let model):
            model.plan.costNanosecondsPerRow + (givesReasons ? model.reasonNanoseconds : 0)
        case .scorecard(let scorecard):
            Double(scorecard.featureCount) * Cost.nanosecondsPerScorecardFeature
                * (givesReasons ? 2 : 1)
        }
    }

    /// Raw scores of some rows.
    func rawScores(
        _ rows: FeatureRows,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        switch (self, rows) {
        case (.trees(let model), .float32(let start, let stride)):
            model.plan.rawScores(rows: start, rowCount: rowCount, rowStride: stride, output: output)
        case (.trees(let model), .float64(let start, let stride)):
            model.plan.rawScores(rows: start, rowCount: rowCount, rowStride: stride, output: output)
        case (.trees(let model), .quantised(let start, let stride)):
            model.plan.rawScores(bins: start, rowCount: rowCount, rowStride: stride, output: output)
        case (.scorecard(let scorecard), .float32(let start, let stride)):
            for row in 0..<rowCount {
                output[row] = scorecard.rawScore(row: start + row * stride)
            }
        case (.scorecard, .float64), (.scorecard, .quantised):
            preconditionFailure("a scorecard is given float32 rows")
        }
    }

    /// What each feature of one row adds to `baseValue`.
    func contributions(
        _ rows: FeatureRows,
        row: Int,
        output: UnsafeMutableBufferPointer<Double>,
        workspace: ScoringWorkspace
    ) {
        switch (self, rows) {
        case (.trees(let model), .float32(let start, let stride)):
            model.explainer.contributions(
                row: UnsafeBufferPointer(start: start + row * stride, count: output.count),
                into: output,
                workspace: workspace.explainerWorkspace(for: model.explainer, of: model.plan)
            )
        case (.trees(let model), .float64(let start, let stride)):
            model.explainer.contributions(
                row: UnsafeBufferPointer(start: start + row * stride, count: output.count),
                into: output,
                workspace: workspace.explainerWorkspace(for: model.explainer, of: model.plan)
            )
        case (.scorecard(let scorecard), .float32(let start, let stride)):
            if let target = output.baseAddress {
                scorecard.contributions(row: start + row * stride, into: target)
            }
        case (.scorecard, .float64), (_, .quantised):
            preconditionFailure("reasons are given values, a scorecard float32 rows")
        }
    }
}
