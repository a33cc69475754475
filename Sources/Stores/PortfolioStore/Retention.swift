// SPDX-License-Identifier: Apache-2.0

// How long what is known is kept, by its kind.

package import Databases
internal import VigieLimits

/// What is kept for the same time.
package enum RetentionKind: Sendable, Hashable, CaseIterable {
    /// Facts of a kind, from the day that they are about.
    case facts(FactKind)
    /// The stream of what happened, from when that came into the store.
    case stream

    /// Alerts that are cleared, from the day on which they were.
    case alerts
    /// Letters, from the day of their run.
    case letters
    /// Notes, promises and disputes that are recorded of customers, from the day on which they
    /// were over.
    case collection
    /// Scores of companies that others took the place of, from the day on which those did.
    case scores
    /// Figures of companies that others took the place of, the same.
    case figures
    /// Frames of the history, from the day of the key frame that comes behind them.
    case history
    /// Messages that nobody took, from when they were made.
    case deliveries

    /// All kinds there are.
    package static let allCases =
        FactKind.allCases.map { RetentionKind.facts($0) }
        + [.letters, .collection, .scores, .figures, .history, .deliveries, .alerts, .stream]

    /// Its name in the store.
    package var name: String {
        switch self {
        case .facts(let kind): kind.rawValue
        case .stream: "stream"
        case .alerts: "alert"
        case .letters: "letter"
        case .collection: "collection"
        case .scores: "score"
        case .figures: "figures"
        case .history: "history"
        case .deliveries: "delivery"
        }
    }
}

/// How long something is kept.
package struct Retention: Sendable, Equatable {
    /// What.
    package let kind: RetentionKind
    /// After so many days it goes.
    package let days: Int
    /// Less may not be set.
    package let daysLeast: Int
}

extension DatabaseConnection {
    /// How long each kind is kept.
    package func retentions() throws(DatabaseError) -> [Retention] {
        let rows = try all("select kind, days, days_least from retention") {
            row throws(DatabaseError) in
            (name: try row.text(0), days: try row.integer(1), least: try row.integer(2))
        }
        return RetentionKind.allCases.compactMap { kind in
            rows.first { $0.name == kind.name }.map {
                Retention(kind: kind, days: $0.days, daysLeast: $0.least)
            }
        }
    }

    /// Sets how long a kind is kept.
    ///
    /// - Throws: `value` for less than the law asks for, or more than a hundred years.
    package func setRetention(_ kind: RetentionKind, days: Int) throws(DatabaseError) {
        guard days >= 0, days <= StoreLimits.retentionDaysMax else {
            throw DatabaseError(
                .value,
                "what is kept is kept for 0 to \(StoreLimits.retentionDaysMax) days"
            )
        }
        let changed = try execute(
            "update retention set days = $2 where kind = $1 and days_least <= $2",
            [.text(kind.name), .integer(days)]
        )
        guard changed == 1 else {
            throw DatabaseError(.value, "\(kind.name) has to be kept for longer than that")
        }
    }
}
