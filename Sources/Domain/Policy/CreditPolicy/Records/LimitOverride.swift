// SPDX-License-Identifier: Apache-2.0

// What somebody sets in place of what was decided: an override, or a limit for some time. Both have
// a reason and an end, and what was decided is set aside, not overwritten.

package import DecimalNumbers
package import Policies
package import Quantities

/// A limit in place of the one that was decided.
package struct LimitOverride: Sendable {
    /// Where it stands on a day.
    package enum State: String, Sendable {
        /// It has not begun.
        case planned
        /// It counts.
        case active
        /// Its time is over.
        case expired
        /// It was taken back.
        case revoked
    }

    /// Why it cannot be made or taken back.
    package enum Refusal: Error, Equatable, CustomStringConvertible {
        /// No reason was given.
        case withoutReason
        /// It ends before it begins.
        case endsBeforeItBegins
        /// It would stand longer than the policy lets.
        case tooLong(daysMaximum: Int)
        /// The limit is below 0.
        case negative
        /// The role may not grant so much.
        case aboveAuthority(next: String?)
        /// It is over already.
        case isOver

        /// What is wrong, and what to do, in a sentence.
        package var description: String {
            switch self {
            case .withoutReason: "Give a reason."
            case .endsBeforeItBegins: "The last day is before the first one."
            case .tooLong(let days): "It may stand for \(days) days at most; name an earlier end."
            case .negative: "A limit is not below 0."
            case .aboveAuthority(let next?):
                "It is above this role's authority; \(next) may set it."
            case .aboveAuthority(nil): "It is above every role's authority; name a lower limit."
            case .isOver: "It is over already."
            }
        }
    }

    /// The limit.
    package let limit: DecimalNumber
    /// Who set it.
    package let person: LimitRequest.Person
    /// Why.
    package let reason: String
    /// The first day on which it counts.
    package let from: CalendarDate
    /// The last day.
    package let until: CalendarDate
    /// Since when it does not count any more, because it was taken back; nil if it was not.
    package private(set) var revokedOn: CalendarDate?

    /// Sets a limit.
    ///
    /// - Throws: Why that cannot be done.
    package init(
        limit: DecimalNumber,
        by person: LimitRequest.Person,
        reason: String,
        from: CalendarDate,
        until: CalendarDate,
        _ authority: PolicyAuthority
    ) throws(Refusal) {
        guard !reason.isEmpty else { throw .withoutReason }
        guard !limit.isNegative else { throw .negative }
        guard from <= until else { throw .endsBeforeItBegins }
        guard until.days(since: from) < authority.overrideDaysMaximum else {
            throw .tooLong(daysMaximum: authority.overrideDaysMaximum)
        }
        guard authority.role(person.role)?.mayGrant(limit) ?? false else {
            throw .aboveAuthority(next: authority.role(granting: limit)?.name)
        }
        (self.limit, self.person, self.reason) = (limit, person, reason)
        (self.from, self.until) = (from, until)
    }

    /// Where it stands on a day.
    package func state(on day: CalendarDate) -> State {
        if let revokedOn, revokedOn <= day { return .revoked }
        return day < from ? .planned : day <= until ? .active : .expired
    }

    /// Takes it back from a day on.
    package mutating func revoke(on day: CalendarDate) throws(Refusal) {
        guard state(on: day) == .active || state(on: day) == .planned else { throw .isOver }
        revokedOn = day
    }

    /// The limit that counts on a day: that which was set, while it counts, or else that which was
    /// decided. Of several the one that was set last counts.
    package static func limit(
        decided: DecimalNumber,
        _ overrides: [LimitOverride],
        on day: CalendarDate
    ) -> DecimalNumber {
        overrides.last { $0.state(on: day) == .active }?.limit ?? decided
    }
}
