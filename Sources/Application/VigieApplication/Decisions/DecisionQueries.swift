// SPDX-License-Identifier: Apache-2.0

// How companies are decided on by the policies of a server: which policy, for which day, in whose
// name.

package import Callers
package import CreditPolicy
package import DecimalNumbers
internal import Documents
package import Policies
package import Quantities
package import ServiceErrors

/// Who he is to a policy who asks for a decision.
package enum CreditAuthority: Sendable, Equatable {
    /// Nobody is told apart: he is who he says he is.
    case told
    /// The server knows him, and he has this role; nil for none.
    case known(String?)

    /// That of whoever calls; nil where callers are not told apart.
    package init(_ caller: Caller?) {
        self = caller.map { .known($0.creditRole) } ?? .told
    }

    /// The role by which is decided. One may ask for less than one has, never for more.
    ///
    /// - Parameters:
    ///   - asked: The role that is asked for; empty for one's own.
    ///   - policy: The policy, which knows what its roles may grant.
    /// - Throws: INVALID_ARGUMENT for a role that the policy has not, PERMISSION_DENIED for one
    ///   that may grant more.
    package func role(_ asked: String, in policy: Policy) throws(ServiceError) -> String? {
        let roles = policy.manifest.authority.roles
        let wanted = roles.firstIndex { $0.name == asked }
        if !asked.isEmpty, wanted == nil {
            let shown = asked.shownInMessages
            let hint = NearestName.hint(roles.map(\.name), to: asked)
            throw .invalid(
                "header.role",
                "UNKNOWN_ROLE",
                "header.role is \"\(shown)\", which is no role of \(policy.reference).\(hint)",
                metadata: ["role": shown]
            )
        }
        guard case .known(let own) = self else { return asked.isEmpty ? nil : asked }
        let highest = own.flatMap { own in roles.firstIndex { $0.name == own } }
        guard let wanted else { return highest.map { roles[$0].name } }
        // Roles stand in the order of what they may grant.
        guard let highest, wanted <= highest else {
            let has = highest.map { "yours is \"\(roles[$0].name)\"" } ?? "you have none in it"
            throw ServiceError(
                .permissionDenied,
                "CREDIT_ROLE_NEEDED",
                "You may not ask \(policy.reference) as \"\(asked)\": \(has). Roles come from "
                    + "credit_role of the server's access file; leave header.role empty for "
                    + "your own.",
                metadata: ["role": asked.shownInMessages]
            )
        }
        return roles[wanted].name
    }
}

/// How much is told of why.
package enum DecisionDetail: Int, Sendable, Comparable {
    /// The rules that decided.
    case rules
    /// Also their cells.
    case cells
    /// Also the rules that nearly decided.
    case nearMisses
    /// Also what each cell said.
    case verdicts

    /// Whether less is told.
    package static func < (left: DecisionDetail, right: DecisionDetail) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// How companies of a call are decided on.
package struct DecisionPlan: Sendable {
    /// The policy.
    package let policy: Policy
    /// The day.
    package let day: CalendarDate
    /// The role of whoever asks; nil for none.
    package let role: String?
    /// How much is told.
    package let detail: DecisionDetail

    /// Decides on a company.
    ///
    /// - Parameters:
    ///   - question: The company; role and day are those of the plan.
    ///   - decider: Asks the policy of the plan. Used by one thread at a time.
    ///   - share: What its group leaves it; nil if no group bounds it.
    /// - Throws: FAILED_PRECONDITION if the policy does not hold on the day.
    package func decide(
        _ question: CreditQuestion,
        by decider: CreditDecider,
        within share: DecimalNumber? = nil
    ) throws(ServiceError) -> (decision: CreditDecision, explanations: [TableExplanation]) {
        do throws(PolicyError) {
            let decision = try decider.decide(question, within: share)
            guard detail > .rules else { return (decision, []) }
            let explanations = decider.explanations(
                of: decision,
                nearMisses: detail >= .nearMisses,
                verdicts: detail >= .verdicts
            )
            return (decision, explanations)
        } catch {
            throw ServiceError(.failedPrecondition, "POLICY_NOT_EFFECTIVE", error.description)
        }
    }
}

/// Plans decisions by the policies of a server.
package struct DecisionQueries: Sendable {
    private let shelf: PolicyShelf
    private let clock: WallClock

    /// Takes the policies.
    package init(shelf: PolicyShelf, clock: @escaping WallClock = SystemClock.now) {
        (self.shelf, self.clock) = (shelf, clock)
    }

    /// Plans decisions.
    ///
    /// - Parameters:
    ///   - policy: The policy as `PolicyShelf` finds it.
    ///   - asOfDate: The day, as YYYY-MM-DD; empty means today.
    ///   - role: The role of whoever asks; empty for the one that he has.
    ///   - detail: How much is told.
    ///   - authority: Who asks.
    /// - Throws: NOT_FOUND, FAILED_PRECONDITION, INVALID_ARGUMENT or PERMISSION_DENIED.
    package func plan(
        policy: String,
        asOfDate: String,
        role: String,
        detail: DecisionDetail,
        authority: CreditAuthority
    ) throws(ServiceError) -> DecisionPlan {
        let today = CalendarDate(secondsSince1970: clock())
        let day = try AsOfDate(asOfDate, field: "header.as_of_date", today: today).date
        let policy = try shelf.policy(policy, on: day, field: "header.policy")
        return DecisionPlan(
            policy: policy,
            day: day,
            role: try authority.role(role, in: policy),
            detail: detail
        )
    }
}
