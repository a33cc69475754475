// SPDX-License-Identifier: Apache-2.0

// What a caller wants to know about each row.

/// The columns that an answer can carry. Bit `n` is the `ScoreOutput` of number
/// `n` in `scoring_service.proto`.
package struct ScoreOutputs: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Probability of the event within the horizon.
    package static let probability = ScoreOutputs(rawValue: 1 << 1)
    /// Score on the model's scale.
    package static let score = ScoreOutputs(rawValue: 1 << 2)
    /// Risk class.
    package static let riskClass = ScoreOutputs(rawValue: 1 << 3)
    /// Share of the reference population that is riskier.
    package static let percentile = ScoreOutputs(rawValue: 1 << 4)
    /// Output of the model before calibration.
    package static let rawScore = ScoreOutputs(rawValue: 1 << 5)
    /// The columns for which a probability is computed.
    static let ofProbability: ScoreOutputs = [.probability, .riskClass]
    /// What a call gets that asks for nothing in particular.
    package static let standard: ScoreOutputs = [.probability, .score, .riskClass, .percentile]
}

/// What to answer for each row.
package struct ScoreRequest: Sendable, Equatable {
    /// The columns to fill.
    package var outputs: ScoreOutputs
    /// Reasons for each row. More than the model can tell (``ScoringModel/reasonsMaximum``) is
    /// taken as that many.
    package var reasonCount: Int
    /// Whether the values of the features that the reasons are about are wanted, too.
    package var givesReasonValues: Bool
    /// Issues that are told at most; all are counted.
    package var issuesMaximum: Int

    /// Makes a request.
    package init(
        outputs: ScoreOutputs = .standard,
        reasonCount: Int = 0,
        givesReasonValues: Bool = false,
        issuesMaximum: Int = .max
    ) {
        self.outputs = outputs
        self.reasonCount = reasonCount
        self.givesReasonValues = givesReasonValues
        self.issuesMaximum = issuesMaximum
    }
}
