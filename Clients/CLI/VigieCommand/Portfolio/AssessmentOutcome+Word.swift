// SPDX-License-Identifier: Apache-2.0

// What became of a company, in the words of files and JSON.

internal import VigieClient

extension AssessmentOutcome {
    /// Its word; that of one that is newer than this program has its number.
    var word: String {
        switch self {
        case .scored: "scored"
        case .notScorable: "not_scorable"
        case .closed: "closed"
        case .inProceedings: "in_proceedings"
        case .review: "review"
        case .other(let number): "outcome_\(number)"
        }
    }
}
