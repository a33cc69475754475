// SPDX-License-Identifier: Apache-2.0

// Who may grant what: a limit above the authority of whoever asks is routed, never granted.

internal import DecimalNumbers
package import Policies

extension CreditDecision {
    /// Says what becomes of a decision, by the limit and by who asks.
    package mutating func authorise(_ authority: PolicyAuthority) {
        (grantingRole, needsSecondPerson) = (nil, false)
        guard missing.isEmpty, let limit else {
            outcome = .investigation
            return
        }
        let own = question.role.flatMap(authority.role)
        let isOwn = own?.mayGrant(limit.amount) ?? false
        grantingRole = isOwn ? own?.name : authority.role(granting: limit.amount)?.name
        needsSecondPerson = authority.fourEyesAbove.map { limit.amount > $0 } ?? false
        if question.subject == .naturalPerson {
            outcome = .humanReview
        } else if limit.amount.isZero {
            // What nobody asks for is not refused, and nobody has to grant it.
            outcome = limit.isNothingNeeded ? .granted : .refused
            grantingRole = nil
        } else {
            outcome = isOwn && !needsSecondPerson ? .granted : .routed
        }
    }
}
