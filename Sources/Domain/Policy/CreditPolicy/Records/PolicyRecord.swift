// SPDX-License-Identifier: Apache-2.0

// What somebody did with a version of a policy: who, when, to which content. Each record names the
// one before it by its hash, so that none can be taken out or changed afterwards unseen.

package import Documents
package import Quantities
internal import VigieLimits

/// A record of the life of a policy.
package struct PolicyRecord: Sendable, Equatable {
    /// What was done.
    package enum Action: String, Sendable, CaseIterable {
        /// A version was put on the shelf.
        case upload
        /// The first person wants it to hold.
        case activate
        /// The second person agrees.
        case approve
        /// What was wanted, or agreed to and has not begun, is taken back.
        case withdraw
        /// The version before holds again.
        case rollback
        /// Nothing is decided by the policy any more.
        case stop
    }

    /// What was done.
    package let action: Action
    /// The version that it was done to.
    package let version: String
    /// The content of that version, as it was then.
    package let contentHash: String
    /// Who did it.
    package let identity: String
    /// Whether it was proven who that is, by a certificate or token.
    package let isProven: Bool
    /// When, in seconds since 1970.
    package let seconds: Int64
    /// From which day on a version is to hold; of `activate` alone.
    package let from: CalendarDate?
    /// Why; of `withdraw`, `rollback` and `stop` not empty.
    package let reason: String
    /// SHA-256 of the record before, in hexadecimal; empty for the first one.
    package let previous: String

    /// Makes a record.
    package init(
        _ action: Action,
        version: String,
        contentHash: String,
        identity: String,
        isProven: Bool,
        seconds: Int64,
        from: CalendarDate? = nil,
        reason: String = "",
        previous: String
    ) {
        (self.action, self.version, self.contentHash) = (action, version, contentHash)
        (self.identity, self.isProven, self.seconds) = (identity, isProven, seconds)
        (self.from, self.reason, self.previous) = (from, reason, previous)
    }

    /// The day on which it was done, in UTC.
    package var day: CalendarDate { CalendarDate(secondsSince1970: seconds) }
}

extension PolicyRecord {
    private static let format = "vigie-activation/1"
    private static let keys = [
        "format", "action", "version", "content_hash", "identity", "proven", "seconds", "from",
        "reason", "previous",
    ]

    /// The record as a file has it.
    package var json: String {
        var members: [String: JSONValue] = [
            "format": .string(Self.format), "action": .string(action.rawValue),
            "version": .string(version), "content_hash": .string(contentHash),
            "identity": .string(identity), "proven": .bool(isProven),
            "seconds": .digits("\(seconds)"), "day": .string(day.description),
            "previous": .string(previous),
        ]
        if let from { members["from"] = .string(from.description) }
        if !reason.isEmpty { members["reason"] = .string(reason) }
        return JSONValue.object(members).text
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with it.
    /// - Returns: nil if anything is.
    package static func read(json: [UInt8], _ problems: ProblemList) -> PolicyRecord? {
        let value: DocumentValue
        do {
            value = try DocumentValue(json: json, depthLimit: PolicyLimits.jsonDepth)
        } catch {
            problems.addUnreadable(error.place, "is not valid JSON: \(error.message).")
            return nil
        }
        // The day is there for people, and follows from the seconds.
        let object = DocumentReader(value, problems).object(keys: keys + ["day"])
        if let format = object.required("format"), format.string() != Self.format {
            problems.addUnreadable(format.path, "must be \"\(Self.format)\".")
        }
        let from = object.optional("from")
        let day = from.flatMap { CalendarDate($0.string()) }
        if let from, day == nil {
            problems.addUnreadable(from.path, "must be a day written as 2026-01-31.")
        }
        let record = PolicyRecord(
            object.required("action")?.choice(Action.self) ?? .stop,
            version: object.required("version")?.string() ?? "",
            contentHash: object.required("content_hash")?.string() ?? "",
            identity: object.required("identity")?.string() ?? "",
            isProven: object.required("proven")?.bool() ?? false,
            seconds: Int64(object.required("seconds")?.integer(0...PolicyLimits.seconds) ?? 0),
            from: day,
            reason: object.optional("reason")?.string() ?? "",
            previous: object.required("previous")?.string() ?? ""
        )
        return problems.problems.isEmpty ? record : nil
    }
}
