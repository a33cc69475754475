// SPDX-License-Identifier: Apache-2.0

// What would lift a limit to the need: guarantees that the policy takes, the strongest first.

package import DecimalNumbers
package import Policies

/// A guarantee that would lift a limit.
package struct GuaranteeOffer: Sendable {
    /// The guarantee.
    package let guarantee: Guarantee
    /// For how much it would have to be.
    package let amount: DecimalNumber
    /// What the limit would then be.
    package let limit: DecimalNumber
    /// What it costs a year; nil if nothing is known.
    package let yearlyCost: DecimalNumber?

    /// The offers for what is missing.
    ///
    /// - Parameters:
    ///   - names: The guarantees that the policy takes.
    ///   - policy: The policy.
    ///   - limit: The limit without them.
    ///   - need: The need.
    static func offers(
        _ names: [String],
        _ policy: Policy,
        _ limit: CreditLimit,
        need: DecimalNumber
    ) -> [GuaranteeOffer] {
        // A bound of the whole holds whoever answers for the debt.
        let reachable = min(need, limit.total ?? need)
        guard let gap = reachable.subtracting(limit.amount), gap >= policy.manifest.step else {
            return []
        }
        return policy.guarantees.filter { names.contains($0.identifier) }.compactMap { guarantee in
            guard !guarantee.share.isZero,
                let amount = gap.divided(by: guarantee.share)?.roundedUp(to: policy.manifest.step),
                let reached = reachable.roundedDown(to: policy.manifest.step)
            else { return nil }
            return GuaranteeOffer(
                guarantee: guarantee,
                amount: amount,
                limit: reached,
                yearlyCost: guarantee.yearlyCost.flatMap { amount.multiplied(by: $0) }
            )
        }
    }
}
