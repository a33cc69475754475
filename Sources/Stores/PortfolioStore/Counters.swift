// SPDX-License-Identifier: Apache-2.0

// Numbers that are given once. Who takes some holds the counter until the end of the transaction:
// so numbers become visible in their order, and a reader that goes on behind the last number it saw
// misses none. A sequence of the database gives numbers at once and shows them when their
// transactions commit, in whatever order: a reader between the two loses an event for ever.
//
// Cost: writers of events commit one after the other; so a transaction takes its numbers last.

package import Databases

/// Kinds of numbers.
package enum StoreCounter: String, Sendable, CaseIterable {
    case slot
    case fact
    case event
    case portfolio
    case run
    case model
    /// The last fact that runs over what arrived have seen: it follows the numbers of facts.
    case seenFact = "seen_fact"
    case alertRule = "alert_rule"
    case alert
    case deliveryTarget = "delivery_target"
    case delivery
    case dunningRun = "dunning_run"
    case universe
    case universeLoad = "universe_load"
    case universeRun = "universe_run"
    case job
}

extension DatabaseConnection {
    /// Takes numbers that nobody had before.
    ///
    /// - Parameters:
    ///   - count: How many; 0 only keeps others from taking some until the transaction ends.
    ///   - counter: Of which kind.
    /// - Returns: The first of them, or the one that would be next.
    package func takeNumbers(
        _ count: Int,
        of counter: StoreCounter
    ) throws(DatabaseError) -> Int {
        let last = try first(
            "update counter set value = value + $2 where name = $1 returning value",
            [.text(counter.rawValue), .integer(count)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        guard let last else {
            throw DatabaseError(.damaged, "the store has no counter \(counter.rawValue)")
        }
        return last - count + 1
    }
}
