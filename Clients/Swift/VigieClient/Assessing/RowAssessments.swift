// SPDX-License-Identifier: Apache-2.0

// What is said of companies that were rows.

internal import ProtobufCoding
internal import VigieProtos

/// What is said of one row.
public struct RowAssessment: Sendable, Hashable {
    /// Why a row has the score that it has.
    public struct Reason: Sendable, Hashable {
        /// Name of the feature.
        public var feature: String
        /// What it is called.
        public var label: LocalizedText
        /// What it adds to the calibrated log-odds; positive raises the risk.
        public var contribution: Double
    }

    /// What can be said at all. Look at it first.
    public var outcome: AssessmentOutcome
    /// What the probability was made from; `nil` without one.
    public var basis: AssessmentBasis?
    /// Probability calibrated by data depth; `nil` without a score.
    public var baseProbability: Double?
    /// The figures with what payments add; `nil` without a score.
    public var figures: RiskFigures?
    /// How far it is to be trusted, from `"A"` to `"G"`.
    public var confidence: String
    /// Whether the class was lowered because little is known.
    public var isClassCapped: Bool
    /// Why, the strongest first.
    public var reasons: [Reason]
}

/// The assessments of a table of companies, row by row.
public struct RowAssessments: Sendable, RandomAccessCollection {
    /// The model that scored statements, with the day for which companies were assessed.
    public let model: ModelIdentity
    /// The one for statements of which many items are missing; `nil` if there is none.
    public let card: ModelIdentity?
    /// What was wrong with cells, row by row: such a cell counted as one that is not known.
    public let issues: [RowIssue]
    /// How many issues there were, with those that the server did not tell.
    public let issueCount: Int
    private let block: Vigie_V1_AssessedBlock
    private let labels: AssessmentLabels

    /// The first row.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { Int(block.rowCount) }

    /// What is said of a row.
    public subscript(row: Int) -> RowAssessment {
        let isScored = block.outcomes[row] == .scored
        return RowAssessment(
            outcome: AssessmentOutcome(block.outcomes[row]),
            basis: AssessmentBasis(block.bases[row]),
            baseProbability: isScored ? block.baseProbabilities[row] : nil,
            figures: isScored
                ? RiskFigures(
                    probability: block.probabilities[row],
                    score: Int(block.scores[row]),
                    riskClass: Int(block.riskClasses[row])
                ) : nil,
            confidence: "\(block.confidences[row])".uppercased(),
            isClassCapped: block.classesCapped[row],
            reasons: reasons(row)
        )
    }

    private func reasons(_ row: Int) -> [RowAssessment.Reason] {
        let count = Int(block.reasonCount)
        let isOfCard = block.bases[row] == .fewRatios
        var reasons: [RowAssessment.Reason] = []
        for place in row * count..<(row + 1) * count {
            let contribution = block.reasonContributions[place]
            if contribution.isNaN { break }
            let label = labels.feature(block.reasonFeatures[place], isOfCard: isOfCard)
            reasons.append(
                RowAssessment.Reason(
                    feature: label.name,
                    label: LocalizedText(label.label),
                    contribution: contribution
                )
            )
        }
        return reasons
    }

    /// Takes an answer.
    ///
    /// - Throws: ``VigieError`` for one whose columns do not fit.
    init(
        _ block: Vigie_V1_AssessedBlock,
        _ labels: AssessmentLabels,
        columns: [String],
        rowCount: Int
    ) throws {
        let (reasons, overflow) = rowCount.multipliedReportingOverflow(by: Int(block.reasonCount))
        let counts = [
            Int(block.rowCount), block.outcomes.count, block.bases.count,
            block.baseProbabilities.count, block.probabilities.count, block.scores.count,
            block.riskClasses.count, block.confidences.count, block.classesCapped.count,
        ]
        let issueCount = block.issueRows.count
        guard !overflow, counts.allSatisfy({ $0 == rowCount }),
            block.reasonFeatures.count == reasons, block.reasonContributions.count == reasons,
            block.issueKinds.count == issueCount, block.issueColumns.count == issueCount,
            block.issueValues.count == issueCount,
            block.issueRows.allSatisfy({ $0 < UInt32(clamping: rowCount) })
        else {
            throw VigieError.badResponse("A block of \(rowCount) rows got another answer.")
        }
        (self.block, self.labels) = (block, labels)
        (model, card) = (labels.model, labels.card)
        self.issueCount = Int(block.issueCount)
        issues = (0..<issueCount).map { place in
            let row = Int(block.issueRows[place])
            let column = Int(block.issueColumns[place]) - 1
            return RowIssue(
                row: row,
                kind: RowIssue.Kind(block.issueKinds[place]),
                column: columns.indices.contains(column) ? columns[column] : nil,
                value: block.issueValues[place].isNaN ? nil : block.issueValues[place],
                isRowScored: block.outcomes[row] == .scored
            )
        }
    }
}

extension RowIssue.Kind {
    fileprivate init(_ kind: Vigie_V1_RowIssueKind) {
        switch kind {
        case .requiredValueMissing: self = .requiredValueMissing
        case .valueOutOfRange: self = .valueOutOfRange
        case .valueInfinite: self = .valueInfinite
        case .noResult: self = .noResult
        case .unknownCategory: self = .unknownCategory
        case .unspecified, .UNRECOGNIZED: self = .other(kind.rawValue)
        }
    }
}
