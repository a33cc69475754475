// SPDX-License-Identifier: Apache-2.0

// Versions of policies and what was done with them, a line each.

internal import CreditPolicy
internal import Quantities
internal import VigieClient

/// Writes lines for people.
enum PolicyLines {
    /// A version at a server.
    static func line(_ policy: PolicySummary) -> String {
        let state =
            policy.state == .unusable ? "its records cannot be used" : policy.state.rawValue
        return "\(policy.reference): \(state)" + (policy.from.map { " from \($0)" } ?? "")
    }

    /// What somebody did, as a directory has it.
    static func line(_ record: PolicyRecord) -> String {
        line(
            record.seconds,
            "\(record.action.rawValue) \(record.version)",
            record.from.map { "\($0)" },
            (record.identity, record.isProven, record.reason, record.contentHash)
        )
    }

    /// What somebody did, as a server tells it.
    static func line(_ event: PolicyEvent) -> String {
        line(
            event.secondsSince1970,
            "\(event.action) \(event.version)",
            event.from.map { "\($0)" },
            (event.identity, event.isProven, event.reason, event.contentHash)
        )
    }

    private static func line(
        _ seconds: Int64,
        _ step: String,
        _ from: String?,
        _ what: (identity: String, isProven: Bool, reason: String, hash: String)
    ) -> String {
        let day = CalendarDate(secondsSince1970: seconds)
        let clock = seconds % 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(day) \(two(clock / 3_600)):\(two(clock / 60 % 60)):\(two(clock % 60))Z"
        return "\(time) \(step)" + (from.map { " from \($0)" } ?? "") + ", by \(what.identity)"
            + (what.isProven ? "" : " (not proven)") + ", content \(what.hash.prefix(12))"
            + (what.reason.isEmpty ? "" : ": \(what.reason)")
    }
}
