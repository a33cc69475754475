// SPDX-License-Identifier: Apache-2.0

// The results of a table: columns for bulk use, rows for reading.

/// The results of a table, one for each row and in the order of the rows.
///
/// Read it row by row as a collection of ``Score``, or take whole columns such as
/// ``probabilities``, which costs nothing per row. A column that was not asked for is empty.
public struct ScoredTable: Sendable, RandomAccessCollection {
    /// The model that gave the scores, with event, horizon, scale and date.
    public let model: ModelIdentity
    /// Number of rows.
    public let rowCount: Int
    /// Outcome of each row. Empty when every row was scored.
    public let outcomes: [RowOutcome]
    /// Probability of the event within the horizon, 0 to 1; NaN in rows without a score.
    public let probabilities: [Double]
    /// Score on the model's scale; 0 in rows without a score.
    public let scores: [UInt32]
    /// Risk class; 0 in rows without a score.
    public let riskClasses: [UInt32]
    /// Share of the reference population that is riskier, 0 to 100; NaN in rows without a score.
    public let percentiles: [Float]
    /// Output of the model before calibration; NaN in rows without a score.
    public let rawScores: [Double]
    /// Number of reasons for each row.
    public let reasonCount: Int
    /// Feature of each reason as an index into ``features``, ``reasonCount`` for each row.
    public let reasonFeatures: [UInt32]
    /// Contribution of each reason to the calibrated log-odds of failure, ``reasonCount`` for each
    /// row; positive raises the risk.
    public let reasonContributions: [Double]
    /// What was wrong with rows, in their order: why they have no score, or which of their values
    /// counted as missing. Of one row those come first that end its score.
    public let issues: [RowIssue]
    /// Number of issues of all rows: more than ``issues`` has when the server does not tell them
    /// all.
    public let issueCount: Int
    /// The features of the model, where reasons were asked for.
    public let features: [ModelFeature]
    /// How the rows were sent.
    public let encoding: RowEncoding

    /// Makes results, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - model: The model that gave the scores.
    ///   - rowCount: Number of rows.
    ///   - outcomes: Outcome of each row; empty when every row was scored.
    ///   - probabilities: Probability of the event for each row; empty when not asked for, as all
    ///     columns below.
    ///   - scores: Score on the model's scale for each row.
    ///   - riskClasses: Risk class of each row.
    ///   - percentiles: Share of the reference population that is riskier, 0 to 100, for each row.
    ///   - rawScores: Output of the model before calibration for each row.
    ///   - reasonCount: Number of reasons for each row.
    ///   - reasonFeatures: Feature of each reason, `reasonCount` for each row.
    ///   - reasonContributions: Contribution of each reason, `reasonCount` for each row.
    ///   - issues: What was wrong with rows, in the order of the rows.
    ///   - features: The features of the model, which the reasons refer to.
    ///   - encoding: How the rows were sent.
    /// - Throws: ``VigieError`` when a column does not have a value for each row, or a reason or an
    ///   issue refers to what is not there.
    public init(
        model: ModelIdentity,
        rowCount: Int,
        outcomes: [RowOutcome] = [],
        probabilities: [Double] = [],
        scores: [UInt32] = [],
        riskClasses: [UInt32] = [],
        percentiles: [Float] = [],
        rawScores: [Double] = [],
        reasonCount: Int = 0,
        reasonFeatures: [UInt32] = [],
        reasonContributions: [Double] = [],
        issues: [RowIssue] = [],
        features: [ModelFeature] = [],
        encoding: RowEncoding = .float64
    ) throws {
        let counts = [
            outcomes.count, probabilities.count, scores.count, riskClasses.count,
            percentiles.count, rawScores.count,
        ]
        let (reasons, overflow) = rowCount.multipliedReportingOverflow(by: reasonCount)
        guard rowCount >= 0, reasonCount >= 0, !overflow,
            counts.allSatisfy({ $0 == 0 || $0 == rowCount }), reasonFeatures.count == reasons,
            reasonContributions.count == reasons
        else {
            throw VigieError.invalidTable("A column does not have a value for each of the rows.")
        }
        guard reasonFeatures.allSatisfy({ Int($0) < features.count }),
            issues.allSatisfy({ (0..<rowCount).contains($0.row) }),
            zip(issues, issues.dropFirst()).allSatisfy({ $0.row <= $1.row })
        else {
            throw VigieError.invalidTable(
                "A reason is of a feature or an issue of a row that is not there, or the issues "
                    + "are not in the order of the rows."
            )
        }
        self.model = model
        self.rowCount = rowCount
        self.outcomes = outcomes
        self.probabilities = probabilities
        self.scores = scores
        self.riskClasses = riskClasses
        self.percentiles = percentiles
        self.rawScores = rawScores
        self.reasonCount = reasonCount
        self.reasonFeatures = reasonFeatures
        self.reasonContributions = reasonContributions
        self.issues = issues
        issueCount = issues.count
        self.features = features
        self.encoding = encoding
    }
    /// Index of the first row.
    public var startIndex: Int { 0 }

    /// Index after the last row.
    public var endIndex: Int { rowCount }

    /// Outcome of one row.
    ///
    /// - Parameter row: Index of the row.
    /// - Returns: Its outcome.
    public func outcome(of row: Int) -> RowOutcome {
        outcomes.isEmpty ? .scored : outcomes[row]
    }

    /// What was wrong with a row.
    ///
    /// - Parameter row: Index of the row.
    /// - Returns: Its issues, those first that end its score.
    public func issues(of row: Int) -> ArraySlice<RowIssue> {
        var (low, high) = (0, issues.count)
        while low < high {
            let middle = (low + high) / 2
            if issues[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return issues[low...].prefix { $0.row == row }
    }

    /// The reasons of one row, largest contribution first.
    ///
    /// - Parameter row: Index of the row.
    /// - Returns: ``reasonCount`` reasons, or none when the row has no score.
    public func reasons(of row: Int) -> [Reason] {
        guard reasonCount > 0, outcome(of: row) == .scored else { return [] }
        return (row * reasonCount..<(row + 1) * reasonCount).map { position in
            let index = Int(reasonFeatures[position])
            let contribution = reasonContributions[position]
            let feature = features[index]
            return Reason(
                feature: feature.name,
                featureIndex: index,
                contribution: contribution,
                explanation: contribution > 0
                    ? feature.reasonWhenRaising : feature.reasonWhenLowering
            )
        }
    }

    /// The result of one row.
    ///
    /// - Parameter row: Index of the row.
    public subscript(row: Int) -> Score {
        precondition(row >= 0 && row < rowCount, "The table has no row \(row).")
        let outcome = outcome(of: row)
        let isScored = outcome == .scored
        return Score(
            model: model,
            outcome: outcome,
            probability: isScored && !probabilities.isEmpty ? probabilities[row] : nil,
            score: isScored && !scores.isEmpty ? Int(scores[row]) : nil,
            riskClass: isScored && !riskClasses.isEmpty ? Int(riskClasses[row]) : nil,
            percentile: isScored && !percentiles.isEmpty ? Double(percentiles[row]) : nil,
            rawScore: isScored && !rawScores.isEmpty ? rawScores[row] : nil,
            reasons: reasons(of: row),
            issues: Array(issues(of: row))
        )
    }
}
