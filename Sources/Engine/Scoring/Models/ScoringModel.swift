// SPDX-License-Identifier: Apache-2.0

// A loaded model: everything between a caller's rows and their scores.

internal import Documents
internal import ExactTexts

/// A model that is ready to score. Immutable; shared by all threads.
package final class ScoringModel: Sendable {
    /// What the bundle says.
    package let manifest: Manifest
    /// SHA-256 of the bundle, in lower-case hexadecimal.
    package let contentHash: String
    /// The model card as Markdown; empty when the bundle has none.
    package let modelCard: String
    /// What callers can send, in the order that a call without column names uses.
    package let inputColumns: [InputColumn]
    /// Calibrated log-odds that every row starts from: this plus all contributions of a row
    /// is its calibrated log-odds.
    package let baseLogOdds: Double

    /// Computes the features; nil when they are the columns.
    package let program: ExpressionProgram?
    /// Whether callers can send rows as bytes.
    package let quantisation: ModelQuantisation
    /// For each feature the quantiles of the bundle's population; empty where it tells none.
    package let referenceQuantiles: [[Double]]
    let form: ModelForm
    let scale: RiskScale
    let rules: [ColumnRule]
    private let columnIndices: [ExactText: Int]

    /// Loads and checks a bundle.
    ///
    /// - Throws: All problems found.
    package init(bundle: BundleFiles) throws(BundleError) {
        let loaded = try BundleLoader(bundle)
        manifest = loaded.manifest
        let population = loaded.manifest.reference.features
        referenceQuantiles = loaded.manifest.features.map {
            population[ExactText($0.name)]?.quantiles ?? []
        }
        contentHash = loaded.contentHash
        modelCard = loaded.modelCard
        inputColumns = loaded.inputColumns
        program = loaded.program
        form = loaded.form
        let scale = RiskScale(loaded.manifest, rawScoreDivisor: loaded.form.rawScoreDivisor)
        self.scale = scale
        baseLogOdds = scale.referenceLogOdds(raw: loaded.form.baseValue) + scale.priorShift
        let allowsInfinity = loaded.manifest.inputs == nil
        rules = inputColumns.enumerated().compactMap {
            ColumnRule($1, at: $0, allowsInfinity: allowsInfinity)
        }
        quantisation = ModelQuantisation(
            form: loaded.form,
            program: loaded.program,
            rules: rules,
            inputColumns: loaded.inputColumns
        )
        columnIndices = Dictionary(
            inputColumns.enumerated().map { (ExactText($1.name), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Number of features.
    package var featureCount: Int { manifest.features.count }

    /// The most reasons that a row can have; 0 for a model that cannot tell any.
    package var reasonsMaximum: Int { form.explains ? featureCount : 0 }

    /// The most issues that a row can have.
    package var rowIssuesMaximum: Int {
        rules.count + inputColumns.count { $0.categories != nil } + 1
    }

    /// Binds a caller's columns to the inputs.
    ///
    /// - Parameters:
    ///   - columns: Names of the caller's columns of numbers.
    ///   - textColumns: Names of its columns of texts. Without any names it sends `inputColumns`.
    /// - Throws: What is wrong with the columns, with a suggestion.
    package func bind(
        columns: [String],
        textColumns: [String] = []
    ) throws(ScoringError) -> ColumnBinding {
        try ColumnBinding(
            columns: columns,
            textColumns: textColumns,
            inputs: inputColumns,
            indices: columnIndices
        )
    }

    /// What scoring rows of float32, or of float64, will take, in nanoseconds of one core; an
    /// estimate, to decide where to do it.
    package func estimatedNanoseconds(
        rowCount: Int,
        request: ScoreRequest,
        isDouble: Bool = false
    ) -> Double {
        var row = Double(inputColumns.count) * Cost.nanosecondsPerValue + Cost.nanosecondsPerAnswer
        if let program {
            row += Double(program.operationCount) * Cost.nanosecondsPerOperation
        }
        var all = Cost.nanosecondsPerBatch + row * Double(rowCount)
        all += form.estimatedNanoseconds(rowCount: rowCount, isDouble: isDouble)
        if request.reasonCount > 0 {
            all += form.contributionNanoseconds(rowCount: rowCount)
            all += Double(rowCount * featureCount) * Cost.nanosecondsPerComparedContribution
        }
        return all
    }
}
