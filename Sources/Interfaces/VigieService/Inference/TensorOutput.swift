// SPDX-License-Identifier: Apache-2.0

// The outputs of every model, by name.

internal import Scoring

/// A column of answers as a tensor of [rows, 1].
enum TensorOutput: String, Sendable, CaseIterable {
    case probability
    case score
    case riskClass = "risk_class"
    case percentile
    case rawScore = "raw_score"
    case outcome

    /// What its elements are.
    var type: TensorType {
        switch self {
        case .probability, .rawScore: .fp64
        case .percentile: .fp32
        case .score, .riskClass: .uint32
        case .outcome: .int32
        }
    }

    /// What the engine must give for it; the outcome it always gives.
    var scored: ScoreOutputs {
        switch self {
        case .probability: .probability
        case .score: .score
        case .riskClass: .riskClass
        case .percentile: .percentile
        case .rawScore: .rawScore
        case .outcome: []
        }
    }

    /// Calls `body` with the elements in raw form.
    func withBytes(of columns: ScoreColumns, _ body: (UnsafeRawBufferPointer) -> Void) {
        switch self {
        case .probability: columns.probabilities.withUnsafeBytes(body)
        case .score: columns.scores.withUnsafeBytes(body)
        case .riskClass: columns.riskClasses.withUnsafeBytes(body)
        case .percentile: columns.percentiles.withUnsafeBytes(body)
        case .rawScore: columns.rawScores.withUnsafeBytes(body)
        case .outcome: columns.outcomes.withUnsafeBytes(body)
        }
    }
}
