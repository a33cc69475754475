// SPDX-License-Identifier: Apache-2.0

// The two kinds of model that turn features into a raw score, behind one face.

internal import Forest
internal import Formulas
internal import ModelFormats

/// Features of some rows, borrowed.
enum FeatureRows {
    /// 32 bits each, rows `stride` values apart.
    case float32(UnsafePointer<Float>, stride: Int)
    /// 64 bits each, rows `stride` values apart; only for trees.
    case float64(UnsafePointer<Double>, stride: Int)
    /// 32 bits each: where each feature's value of the first row is, and how far the next row's
    /// values are from there; only for raw scores.
    case columns32(UnsafePointer<UnsafePointer<Float>>, stride: Int)
    /// The same of 64 bits each; only for raw scores of trees.
    case columns64(UnsafePointer<UnsafePointer<Double>>, stride: Int)
    /// Bytes of the model's quantiser, rows `stride` bytes apart; only for raw scores of trees.
    case quantised(UnsafePointer<UInt8>, stride: Int)

    /// The value of a feature of a row; NaN for bytes, which stand for no one value.
    func value(row: Int, of feature: Int) -> Double {
        switch self {
        case .float32(let rows, let stride): Double(rows[row * stride + feature])
        case .float64(let rows, let stride): rows[row * stride + feature]
        case .columns32(let columns, let stride): Double(columns[feature][row * stride])
        case .columns64(let columns, let stride): columns[feature][row * stride]
        case .quantised: .nan
        }
    }
}

/// Boosted trees, compiled for scoring and for reasons.
final class TreeModel: Sendable {
    let plan: ForestPlan
    /// Nil if the trees are of a kind that has no SHAP values.
    let explainer: TreeExplainer?
    /// What the sum of the trees is divided by: their number in a random forest, else 1.
    let rawScoreDivisor: Double
    /// Whether values of 64 bits are rounded to 32 bits first, as the library that trained the
    /// model does.
    let takesFloat32: Bool
    /// Whether leaves are functions of the row, which need not be finite.
    let hasLinearLeaves: Bool
    /// Gives the library's own probability; nil where the bundle calibrates the raw score.
    let link: ProbabilityLink?

    init(
        _ ensemble: TreeEnsemble,
        rawScoreDivisor: Double,
        takesFloat32: Bool,
        link: ProbabilityLink?
    ) {
        self.takesFloat32 = takesFloat32
        self.link = link
        hasLinearLeaves = !ensemble.linearLeaves.isEmpty
        self.rawScoreDivisor = rawScoreDivisor
        plan = ForestPlan(ensemble)
        explainer = ensemble.outputCount == 1 ? try? TreeExplainer(ensemble) : nil
    }
}

/// What gives the raw score.
enum ModelForm: Sendable {
    case trees(TreeModel)
    case program(ProgramModel)
    case scorecard(Scorecard)

    /// Whether values of 64 bits go to the model as they are.
    var takesFloat64: Bool {
        switch self {
        case .trees(let model): !model.takesFloat32
        case .program(let model): model.plan.formula.arithmetic == .float64
        case .scorecard: false
        }
    }

    /// Whether the model may give a row no score at all, or an infinite one.
    var mayGiveNone: Bool {
        switch self {
        case .trees(let model): model.hasLinearLeaves
        case .scorecard: false
        case .program: true
        }
    }

    /// Whether probabilities are the library's own, and not made of calibrated raw scores.
    var givesProbability: Bool {
        switch self {
        case .trees(let model): model.link != nil
        case .program(let model): model.givesProbability
        case .scorecard: false
        }
    }

    /// Whether contributions can be told.
    var explains: Bool {
        switch self {
        case .trees(let model): model.explainer != nil
        case .program(let model): model.explainer != nil
        case .scorecard: true
        }
    }

    /// Raw score that contributions add to; NaN where there are none.
    var baseValue: Double {
        switch self {
        case .trees(let model): model.explainer?.baseValues[0] ?? .nan
        case .program(let model): model.explainer?.baseValues[0] ?? .nan
        case .scorecard(let scorecard): scorecard.baseValue
        }
    }

    /// Quantises rows of features, where that is exact.
    var quantiser: Quantiser? {
        switch self {
        case .trees(let model): model.plan.quantiser
        case .program, .scorecard: nil
        }
    }

    /// What calibration divides the raw score by.
    var rawScoreDivisor: Double {
        switch self {
        case .trees(let model): model.rawScoreDivisor
        case .program, .scorecard: 1
        }
    }

    /// What scoring some rows of float32, or of float64, takes; an estimate.
    func estimatedNanoseconds(rowCount: Int, isDouble: Bool) -> Double {
        switch self {
        case .trees(let model):
            model.plan.estimatedNanoseconds(rowCount: rowCount, isDouble: isDouble)
        case .program(let model):
            model.plan.estimatedNanoseconds(rowCount: rowCount)
        case .scorecard(let scorecard):
            Double(rowCount * scorecard.featureCount) * Cost.nanosecondsPerScorecardFeature
        }
    }

    /// What contributions to some rows take; an estimate.
    func contributionNanoseconds(rowCount: Int) -> Double {
        switch self {
        case .trees(let model): model.explainer?.costNanoseconds(rowCount: rowCount) ?? 0
        case .program(let model):
            model.plan.estimatedNanoseconds(rowCount: rowCount)
                + (model.explainer?.costNanoseconds(rowCount: rowCount) ?? 0)
        case .scorecard(let scorecard):
            Double(rowCount * scorecard.featureCount) * Cost.nanosecondsPerScorecardFeature
        }
    }

    /// Raw scores of some rows, and where they are wanted the library's own probabilities, which
    /// only a form that gives them writes.
    func rawScores(
        _ rows: FeatureRows,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>,
        probabilities: UnsafeMutablePointer<Double>?,
        workspace: ScoringWorkspace
    ) {
        rawScores(
            rows,
            rowCount: rowCount,
            output: (output, probabilities),
            workspace: workspace
        )
        if case .trees(let model) = self, let link = model.link, let probabilities {
            link.probabilities(
                of: output,
                rowCount: rowCount,
                output: probabilities,
                workspace: workspace
            )
        }
    }

    private func rawScores(
        _ rows: FeatureRows,
        rowCount: Int,
        output: ProgramModel.Target,
        workspace: ScoringWorkspace
    ) {
        let (scores, _) = output
        switch (self, rows) {
        case (.program(let model), _):
            let programWorkspace = workspace.programWorkspace(for: model.plan)
            model.rawScores(rows, rowCount: rowCount, output: output, workspace: programWorkspace)
        case (.trees(let model), .float32(let start, let stride)):
            model.plan.rawScores(rows: start, rowCount: rowCount, rowStride: stride, output: scores)
        case (.trees(let model), .float64(let start, let stride)):
            model.plan.rawScores(rows: start, rowCount: rowCount, rowStride: stride, output: scores)
        case (.trees(let model), .columns32(let columns, let stride)):
            model.plan.rawScores(
                columns: columns,
                rowCount: rowCount,
                rowStride: stride,
                output: scores
            )
        case (.trees(let model), .columns64(let columns, let stride)):
            model.plan.rawScores(
                columns: columns,
                rowCount: rowCount,
                rowStride: stride,
                output: scores
            )
        case (.trees(let model), .quantised(let start, let stride)):
            model.plan.rawScores(bins: start, rowCount: rowCount, rowStride: stride, output: scores)
        case (.scorecard(let scorecard), .float32(let start, let stride)):
            scorecard.rawScores(rowCount: rowCount, rowStride: stride, output: scores) {
                start + $0
            }
        case (.scorecard(let scorecard), .columns32(let columns, let stride)):
            scorecard.rawScores(rowCount: rowCount, rowStride: stride, output: scores) {
                columns[$0]
            }
        case (.scorecard, .float64), (.scorecard, .columns64), (.scorecard, .quantised):
            preconditionFailure("a scorecard is given float32 rows")
        }
    }

    /// What each feature of some rows adds to `baseValue`: for each row, as many values as it has
    /// features. Only for models that explain.
    func contributions(
        _ features: FeatureRows,
        rows: Range<Int>,
        output: UnsafeMutablePointer<Double>,
        workspace: ScoringWorkspace
    ) {
        switch (self, features) {
        case (.program(let model), _):
            model.contributions(
                features,
                rows: rows,
                output: output,
                workspace: workspace.programWorkspace(for: model.plan)
            )
        case (.trees(let model), .float32(let start, let stride)):
            model.explainer?.contributions(
                rows: start + rows.lowerBound * stride,
                rowCount: rows.count,
                rowStride: stride,
                output: output,
                workspace: workspace.explainer
            )
        case (.trees(let model), .float64(let start, let stride)):
            model.explainer?.contributions(
                rows: start + rows.lowerBound * stride,
                rowCount: rows.count,
                rowStride: stride,
                output: output,
                workspace: workspace.explainer
            )
        case (.scorecard(let scorecard), .float32(let start, let stride)):
            for (place, row) in rows.enumerated() {
                scorecard.contributions(
                    row: start + row * stride,
                    into: output + place * scorecard.featureCount
                )
            }
        case (.scorecard, .float64), (_, .columns32), (_, .columns64), (_, .quantised):
            preconditionFailure("reasons are given rows of values, a scorecard float32 rows")
        }
    }
}
