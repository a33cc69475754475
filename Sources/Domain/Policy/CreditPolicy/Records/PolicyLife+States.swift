// SPDX-License-Identifier: Apache-2.0

// Where each version of a policy stands, and why something cannot be done.

package import Quantities

extension PolicyLife {
    /// Where a version stands on a day.
    package enum State: String, Sendable, CaseIterable {
        /// Nobody wants it to hold, yet or any more.
        case draft
        /// One person does.
        case requested
        /// Two have agreed, and its day has not come.
        case planned
        /// It holds.
        case active
        /// It held, and another took its place.
        case superseded
        /// It held when somebody stopped the policy.
        case stopped
        /// Two agreed to other content than it has now.
        case changed
    }

    /// Where a version stands.
    ///
    /// - Parameters:
    ///   - version: The version.
    ///   - contentHash: Its content as it is now.
    ///   - day: The day.
    package func state(
        of version: String,
        contentHash: String,
        on day: CalendarDate
    ) -> State {
        if let active = active(on: day), active.version == version {
            return active.contentHash == contentHash ? .active : .changed
        }
        let planned = planned(after: day).first { $0.version == version }
        if let planned { return planned.contentHash == contentHash ? .planned : .changed }
        if let request = requests[version] {
            return request.contentHash == contentHash ? .requested : .changed
        }
        let held = turns.filter { $0.from <= day && $0.activation?.version == version }
        if held.isEmpty { return .draft }
        let isLast = turns.last { $0.activation != nil }?.activation?.version == version
        return isStopped(on: day) && isLast ? .stopped : .superseded
    }

    /// Why something cannot be done.
    package enum Refusal: Error, Equatable, CustomStringConvertible {
        /// Nobody is said to do it.
        case nobody
        /// No day is said.
        case withoutDay
        /// The day is over, and something has held since.
        case isPast
        /// Somebody wants that already.
        case isRequested(by: String)
        /// Nobody wants it to hold.
        case nothingRequested
        /// It holds, so that there is nothing to agree to.
        case isActive
        /// The content is another than that which the first person wanted.
        case otherContent
        /// Whoever wants it cannot be the second to agree.
        case samePerson
        /// Whoever made it cannot be either.
        case isAuthor
        /// A reason has to be given.
        case withoutReason
        /// It holds, which is not taken back.
        case holdsAlready
        /// There is no version to go back to.
        case nothingBefore
        /// The version before is another.
        case notTheOneBefore(String)
        /// Nothing is decided by it anyway.
        case isStopped
        /// No version holds, or will.
        case holdsNothing
        /// A record is from a day before that of the last one.
        case backInTime

        /// A constant for programs.
        package var reason: String {
            switch self {
            case .nobody: "IDENTITY_NEEDED"
            case .withoutDay, .isPast: "BAD_ACTIVATION_DAY"
            case .isRequested: "ALREADY_REQUESTED"
            case .nothingRequested, .isActive: "NOTHING_REQUESTED"
            case .otherContent: "POLICY_CHANGED"
            case .samePerson, .isAuthor: "SECOND_PERSON_NEEDED"
            case .withoutReason: "REASON_NEEDED"
            case .holdsAlready: "POLICY_ACTIVE"
            case .nothingBefore, .notTheOneBefore: "NOTHING_BEFORE"
            case .isStopped: "POLICY_STOPPED"
            case .holdsNothing: "POLICY_NOT_ACTIVE"
            case .backInTime: "CLOCK_IS_BEHIND"
            }
        }

        /// What is wrong, and what to do, in a sentence.
        package var description: String {
            switch self {
            case .nobody: "Say who does it."
            case .withoutDay: "Say from which day on it is to hold."
            case .isPast:
                "Another version has held since that day, and what is over does not change; name "
                    + "today or a later day."
            case .isRequested(let who):
                "\(who) has asked for that; a second person has to approve, or one to withdraw it."
            case .nothingRequested:
                "Nobody has asked for this version to hold; activate it first."
            case .isActive: "It is active already; nobody has to agree any more."
            case .otherContent:
                "The content was changed since, and what was agreed to is void; activate it again."
            case .samePerson: "A second person has to approve: whoever asked for it cannot."
            case .isAuthor: "Another person has to approve: whoever uploaded it cannot."
            case .withoutReason: "Give a reason."
            case .holdsAlready: "It holds already; roll it back, or stop it."
            case .nothingBefore:
                "No other version held before that nobody has gone back from or stopped; stop it, "
                    + "or activate one, which a second person has to approve."
            case .notTheOneBefore(let version): "The version to go back to is \(version)."
            case .isStopped:
                "It is stopped; activate a version, which a second person has to approve."
            case .holdsNothing: "No version of it holds."
            case .backInTime:
                "The last record is of a later day; look at the clock of this machine."
            }
        }
    }
}
