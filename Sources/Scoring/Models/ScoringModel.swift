// SPDX-License-Identifier: Apache-2.0

// A loaded model: everything between a caller's rows and their scores.

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
    private let columnIndices: [String: Int]

    /// Loads and checks a bundle.
    ///
    /// - Throws: All problems found.
    package init(bundle: BundleFiles) throws(BundleError) {
        throw BundleError(file: BundleFiles.manifestName, message: "cannot be loaded yet.")
    }

    /// The models that are part of the product; the first is the default.
    package static func bundledModels() throws(BundleError) -> [ScoringModel] {
        []
    }

    /// Binds a caller's columns to the inputs.
    ///
    /// - Parameter columns: Names of the caller's columns; empty means `inputColumns`.
    /// - Throws: What is wrong with the columns, with a suggestion.
    package func bind(columns: [String]) throws(ScoringError) -> ColumnBinding {
        try ColumnBinding(columns: columns, inputs: inputColumns, indices: columnIndices)
    }

    /// Scores rows and appends their results.
    ///
    /// - Parameters:
    ///   - block: The table; its column count must be that of the binding.
    ///   - rows: Which rows of it.
    ///   - binding: The table's columns, bound to this model.
    ///   - request: What to answer; the same for all calls that append to one result.
    ///   - workspace: Scratch of the calling thread.
    ///   - result: Where the answers go.
    package func scoreRows(
        _ block: RowBlock,
        rows: Range<Int>,
        binding: ColumnBinding,
        request: ScoreRequest,
        workspace: ScoringWorkspace,
        result: ScoreColumns
    ) {
    }

    /// What scoring will take, in nanoseconds of one core; an estimate, to decide where to do it.
    package func estimatedNanoseconds(rowCount: Int, request: ScoreRequest) -> Double {
        0
    }

    /// What is wrong with a row, in one sentence.
    package func description(of issue: RowIssue) -> String {
        ""
    }
}
