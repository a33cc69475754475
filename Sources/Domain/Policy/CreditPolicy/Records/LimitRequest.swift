// SPDX-License-Identifier: Apache-2.0

// A limit on its way to whoever may grant it, as a machine over records: who did what, and when.
// It has no clock and keeps nothing: whoever keeps the records gives them back in order.

package import DecimalNumbers
package import Policies
package import Quantities

/// A request for a limit.
package struct LimitRequest: Sendable {
    /// Who did something.
    package struct Person: Sendable, Equatable {
        /// His identity.
        package let identity: String
        /// His role.
        package let role: String

        /// Takes identity and role.
        package init(identity: String, role: String) {
            (self.identity, self.role) = (identity, role)
        }
    }

    /// What is done with a request.
    package enum Event: Sendable {
        /// Somebody agrees.
        case approve(Person, on: CalendarDate)
        /// Somebody does not.
        case reject(Person, on: CalendarDate, reason: String)
        /// Whoever asked takes it back.
        case withdraw(Person, on: CalendarDate)
    }

    /// Where a request stands.
    package enum State: Sendable, Equatable {
        /// Nobody with the authority has agreed yet.
        case waiting
        /// One has; a second person has to.
        case waitingForSecond(first: Person)
        /// The limit is granted.
        case granted(on: CalendarDate)
        /// It is not.
        case rejected(reason: String)
        /// It was taken back.
        case withdrawn
    }

    /// Why something cannot be done.
    package enum Refusal: Error, Equatable, CustomStringConvertible {
        /// Nothing can be done any more.
        case isOver
        /// The role may not grant so much.
        case aboveAuthority(limit: String, next: String?)
        /// The role is none of the policy.
        case unknownRole(String)
        /// Whoever asked, or agreed first, cannot be the second.
        case samePerson
        /// A reason has to be given.
        case withoutReason
        /// The policy, or its content, is another than that which the request was made with.
        case otherPolicy
        /// A record is from before the one before it.
        case backInTime

        /// What is wrong, and what to do, in a sentence.
        package var description: String {
            switch self {
            case .isOver: "The request is over; make a new one."
            case .aboveAuthority(let limit, let next?):
                "The limit \(limit) is above this role's authority; \(next) may grant it."
            case .aboveAuthority(let limit, nil):
                "The limit \(limit) is above every role's authority; ask for less."
            case .unknownRole(let role): "\"\(role)\" is no role of the policy."
            case .samePerson: "Another person has to agree: whoever asked or agreed cannot."
            case .withoutReason: "Give a reason."
            case .otherPolicy:
                "The policy was changed since; decide again, and make a new request."
            case .backInTime: "The day is before that of the last record."
            }
        }
    }

    /// The limit.
    package let limit: DecimalNumber
    /// Who asks for it.
    package let requestedBy: Person
    /// The day on which he did.
    package let requestedOn: CalendarDate
    /// The content of the policy by which it was decided.
    package let policyHash: String
    /// Where it stands.
    package private(set) var state = State.waiting
    private var lastDay: CalendarDate

    /// Makes a request.
    package init(
        limit: DecimalNumber,
        by person: Person,
        on day: CalendarDate,
        policyHash: String
    ) {
        (self.limit, requestedBy, requestedOn) = (limit, person, day)
        (self.policyHash, lastDay) = (policyHash, day)
    }

    /// Takes a record.
    ///
    /// - Throws: Why that cannot be done; the request then stays as it was.
    package mutating func apply(_ event: Event, _ policy: Policy) throws(Refusal) {
        switch state {
        case .waiting, .waitingForSecond: break
        case .granted, .rejected, .withdrawn: throw .isOver
        }
        switch event {
        case .approve(let person, let day):
            try check(day)
            guard policy.contentHash == policyHash else { throw .otherPolicy }
            state = try approved(person, day, policy.manifest.authority)
            lastDay = day
        case .reject(let person, let day, let reason):
            try check(day)
            guard policy.manifest.authority.role(person.role) != nil else {
                throw .unknownRole(person.role)
            }
            guard !reason.isEmpty else { throw .withoutReason }
            state = .rejected(reason: reason)
        case .withdraw(let person, let day):
            try check(day)
            guard person.identity == requestedBy.identity else { throw .samePerson }
            state = .withdrawn
        }
    }

    private func check(_ day: CalendarDate) throws(Refusal) {
        guard day >= lastDay else { throw .backInTime }
    }

    /// Where the request stands when somebody agrees.
    private func approved(
        _ person: Person,
        _ day: CalendarDate,
        _ authority: PolicyAuthority
    ) throws(Refusal) -> State {
        guard let role = authority.role(person.role) else { throw .unknownRole(person.role) }
        guard role.mayGrant(limit) else {
            throw .aboveAuthority(limit: limit.plain, next: authority.role(granting: limit)?.name)
        }
        let needsSecond = authority.fourEyesAbove.map { limit > $0 } ?? false
        if case .waitingForSecond(let first) = state {
            guard !PersonIdentity.mayBeOne(person.identity, first.identity) else {
                throw .samePerson
            }
            return .granted(on: day)
        }
        guard needsSecond else { return .granted(on: day) }
        // Whoever asked may be the first to agree if he has the authority, and then not the second.
        return .waitingForSecond(first: person)
    }
}
