// SPDX-License-Identifier: Apache-2.0

// Limits of companies of one group: what bounds the whole bounds all of them together.

package import DecimalNumbers
package import Policies

/// Bounds the limits of groups.
package enum CreditGroups {
    /// Decisions on companies that are decided together, each made by `decide` of its place; those
    /// whose group leaves them less are made a second time, within that.
    package static func together<Failure: Error>(
        _ count: Int,
        _ policy: Policy,
        decide: (_ place: Int, _ share: DecimalNumber?) throws(Failure) -> CreditDecision
    ) throws(Failure) -> [CreditDecision] {
        var decisions: [CreditDecision] = []
        for place in 0..<count { decisions.append(try decide(place, nil)) }
        for (place, share) in shares(of: decisions, policy) {
            decisions[place] = try decide(place, share)
        }
        return decisions
    }

    /// What groups leave those of their companies that they bound, by the places of the decisions:
    /// so much that together they are within the least bound of the whole that one of them has.
    /// What there is is shared in proportion to the limits, in whole steps; the largest rests get
    /// the steps that are left. Who is left less has to be decided on again, within that: what is
    /// done and what stands in the contract depends on the limit.
    package static func shares(
        of decisions: [CreditDecision],
        _ policy: Policy
    ) -> [Int: DecimalNumber] {
        var left: [Int: DecimalNumber] = [:]
        var groups: [String: [Int]] = [:]
        for (place, decision) in decisions.enumerated() {
            guard let group = decision.question.group, decision.limit != nil else { continue }
            groups[group, default: []].append(place)
        }
        for (_, members) in groups.sorted(by: { $0.key < $1.key }) where members.count > 1 {
            let bounds = members.compactMap { decisions[$0].limit?.total }
            let limits = members.compactMap { decisions[$0].limit?.amount }
            guard let bound = bounds.min(), let sum = total(limits), sum > bound,
                let shares = shares(limits, of: bound, sum, step: policy.manifest.step)
            else { continue }
            for ((member, limit), share) in zip(zip(members, limits), shares) where share < limit {
                left[member] = share
            }
        }
        return left
    }

    private static func total(_ amounts: [DecimalNumber]) -> DecimalNumber? {
        amounts.reduce(DecimalNumber(0) as DecimalNumber?) { $0?.adding($1) }
    }

    /// Parts of a bound in proportion to amounts, in whole steps.
    private static func shares(
        _ amounts: [DecimalNumber],
        of bound: DecimalNumber,
        _ sum: DecimalNumber,
        step: DecimalNumber
    ) -> [DecimalNumber]? {
        let exact = amounts.compactMap { $0.multiplied(by: bound)?.divided(by: sum) }
        var shares = exact.compactMap { $0.roundedDown(to: step) }
        guard exact.count == amounts.count, shares.count == amounts.count,
            let given = total(shares), let rest = bound.subtracting(given),
            let steps = rest.divided(by: step)?.floor.integer
        else { return nil }
        let rests = zip(exact, shares).compactMap { $0.subtracting($1) }
        guard rests.count == shares.count else { return nil }
        let order = shares.indices.sorted {
            rests[$0] == rests[$1] ? $0 < $1 : rests[$0] > rests[$1]
        }
        for place in order.prefix(max(steps, 0)) where !rests[place].isZero {
            guard let more = shares[place].adding(step) else { return nil }
            shares[place] = min(more, amounts[place])
        }
        return shares
    }
}
