// SPDX-License-Identifier: Apache-2.0

// The limit of a company: its need, as far as what is at our own risk, an insurer's cover, and
// guarantees carry it. Every part is shown, and the one that binds is named.

package import DecimalNumbers
internal import FEEL
internal import Policies
package import Quantities

/// A part of a limit.
package struct LimitPart: Sendable {
    /// Kinds of parts.
    package enum Kind: String, Sendable {
        /// Bounds what is at our own risk.
        case ownRisk = "own_risk"
        /// Bears what is above that.
        case cover
        /// Bounds the whole.
        case total
    }

    /// What it is: the name of a figure, of a guarantee, or of an output of the policy.
    package let name: String
    /// Its kind.
    package let kind: Kind
    /// What it comes to; nil if a figure is missing.
    package let amount: DecimalNumber?
    /// How, in figures.
    package let formula: String
    /// The figure that is missing.
    let missing: PolicyFigure?
}

/// The limit of a company.
package struct CreditLimit: Sendable {
    /// The limit.
    package private(set) var amount: DecimalNumber
    /// What of it is at our own risk.
    package private(set) var ownRisk: DecimalNumber
    /// What of it an insurer and guarantees bear.
    package private(set) var covered: DecimalNumber
    /// What may be at our own risk; nil if nothing bounds it.
    package let capacity: DecimalNumber?
    /// What bounds the whole; nil if nothing does.
    package let total: DecimalNumber?
    /// Whether it is 0 since nothing is needed, and not since nothing can be given.
    package let isNothingNeeded: Bool
    /// What it is made of.
    package let parts: [LimitPart]
    /// The part that binds: `need`, or the name of a part.
    package private(set) var binding: String

    /// Combines parts.
    ///
    /// - Parameters:
    ///   - need: What the company needs.
    ///   - parts: What bounds and bears the limit.
    ///   - step: Limits are a whole number of these.
    init?(need: DecimalNumber, _ parts: [LimitPart], step: DecimalNumber) {
        self.parts = parts
        // A part that cannot be computed bounds nothing, and must not be passed over for that.
        guard parts.allSatisfy({ $0.amount != nil }) else { return nil }
        func least(_ kind: LimitPart.Kind) -> (amount: DecimalNumber, name: String)? {
            var least: (amount: DecimalNumber, name: String)?
            for part in parts where part.kind == kind {
                guard let amount = part.amount, least.map({ amount < $0.amount }) ?? true else {
                    continue
                }
                least = (amount.isNegative ? 0 : amount, part.name)
            }
            return least
        }
        var covered: DecimalNumber = 0
        for part in parts where part.kind == .cover {
            guard let sum = covered.adding(part.amount ?? 0) else { return nil }
            covered = sum
        }
        let own = least(.ownRisk)
        let total = least(.total)
        (capacity, self.total) = (own?.amount, total?.amount)
        // What can be borne, and what its own bound is called; the first of equal bounds counts.
        // The need is met in whole steps; nothing else is passed.
        guard let met = need.roundedUp(to: step) else { return nil }
        var bounds = [(amount: met, name: "need")]
        if let own {
            guard let borne = own.amount.adding(covered) else { return nil }
            bounds.append((borne, own.name))
        }
        if let total { bounds.append(total) }
        let bound = bounds.dropFirst().reduce(bounds[0]) { $1.amount < $0.amount ? $1 : $0 }
        isNothingNeeded = met.isZero && bounds.dropFirst().allSatisfy { $0.amount >= step }
        guard let limit = bound.amount.roundedDown(to: step),
            let above = limit.subtracting(covered)
        else { return nil }
        amount = limit
        self.covered = min(covered, limit)
        ownRisk = above.isNegative ? 0 : above
        binding = bound.name
    }

    /// A limit that was made elsewhere.
    package init(
        told amount: DecimalNumber,
        binding: String,
        own: (risk: DecimalNumber, covered: DecimalNumber),
        bounds: (capacity: DecimalNumber?, total: DecimalNumber?),
        _ parts: [LimitPart]
    ) {
        (self.amount, self.binding, self.parts) = (amount, binding, parts)
        (ownRisk, covered) = own
        (capacity, total) = bounds
        isNothingNeeded = false
    }

    /// Cuts the limit to what a group leaves it.
    mutating func cut(to share: DecimalNumber) {
        guard share < amount, let above = share.subtracting(covered) else { return }
        (amount, binding) = (share, "group")
        covered = min(covered, share)
        ownRisk = above.isNegative ? 0 : above
    }
}

/// Until when a limit holds, and why not longer.
package struct LimitValidity: Sendable {
    /// The last day.
    package let until: CalendarDate
    /// What ends it: `review`, `cover`, or the name of a guarantee.
    package let reason: String
}
