// SPDX-License-Identifier: Apache-2.0

// What bounds and bears a limit, out of shares that the policy names and figures of the company.

internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities

/// A guarantee that is held.
struct HeldGuarantee {
    let guarantee: Guarantee
    let amount: DecimalNumber
    /// The last day of it; nil if it has none.
    let until: CalendarDate?

    /// The input that they are told in.
    static let input = "guarantees_held"
}

/// Makes the parts of a limit.
struct LimitParts {
    let answer: PolicyAnswer
    let figures: CreditFigures
    let held: [HeldGuarantee]
    let asOf: CalendarDate
    /// The last day of the insurer's cover; nil if none is told.
    let coverExpires: CalendarDate?

    /// All parts, each kind in the order in which the first of equal ones binds.
    var all: [LimitPart] {
        ownRisk + [insurer].compactMap { $0 } + guarantees + total
    }

    /// Whether the insurer's cover still holds.
    private var isCovered: Bool { coverExpires.map { asOf <= $0 } ?? true }

    /// Capacity and caps of what is at our own risk. A share of net worth, weighted by class
    /// (capacity); one of equity, and one of what a bureau names (Creditsafe: at most 40 % of
    /// equity, weighted by score, none in the last class).
    private var ownRisk: [LimitPart] {
        var parts = [
            share("share_of_net_worth", .netWorth), share("share_of_equity", .equity),
            share("share_of_bureau_limit", .bureauLimit),
        ].compactMap { $0 }
        if let most = answer.number("own_maximum") {
            parts.append(fixed("own_maximum", .ownRisk, most))
        }
        if answer.isTrue("no_own_risk") { parts.append(fixed("no_own_risk", .ownRisk, 0)) }
        return parts
    }

    /// Bounds of the whole: concentration, that is a share of our own turnover for a customer with
    /// its group; and a greatest amount.
    private var total: [LimitPart] {
        var parts: [LimitPart] = []
        if let share = answer.number("share_of_own_turnover") {
            let others = figures.orZero(.groupExposure)
            let amount = figures[.ownTurnover]?.multiplied(by: share)?.subtracting(others)
            parts.append(
                LimitPart(
                    name: "concentration",
                    kind: .total,
                    amount: amount,
                    formula: "\(share) × \(shown(figures[.ownTurnover])) − \(others)",
                    missing: figures[.ownTurnover] == nil ? .ownTurnover : nil
                )
            )
        }
        if let most = answer.number("maximum") { parts.append(fixed("maximum", .total, most)) }
        return parts
    }

    /// What an insurer covers: his limit for the company, times the part that he pays.
    private var insurer: LimitPart? {
        guard let cover = figures[.insurerCover] else { return nil }
        guard isCovered else {
            return LimitPart(
                name: PolicyFigure.insurerCover.rawValue,
                kind: .cover,
                amount: 0,
                formula: "ended on \(coverExpires?.description ?? "")",
                missing: nil
            )
        }
        let share = answer.number("share_of_cover") ?? 0
        return LimitPart(
            name: PolicyFigure.insurerCover.rawValue,
            kind: .cover,
            amount: cover.isNegative ? 0 : cover.multiplied(by: share),
            formula: "\(share) × \(cover)",
            missing: nil
        )
    }

    private var guarantees: [LimitPart] {
        held.map { held in
            let isOver = held.until.map { $0 < asOf } ?? false
            return LimitPart(
                name: held.guarantee.identifier,
                kind: .cover,
                amount: isOver ? 0 : held.amount.multiplied(by: held.guarantee.share),
                formula: isOver
                    ? "ended on \(held.until?.description ?? "")"
                    : "\(held.guarantee.share) × \(held.amount)",
                missing: nil
            )
        }
    }

    private func share(_ output: String, _ figure: PolicyFigure) -> LimitPart? {
        guard let share = answer.number(output) else { return nil }
        let base = figures[figure]
        let amount = base.flatMap { $0.isNegative ? 0 : $0.multiplied(by: share) }
        return LimitPart(
            name: figure.rawValue,
            kind: .ownRisk,
            amount: amount,
            formula: "\(share) × \(shown(base))",
            missing: base == nil ? figure : nil
        )
    }

    private func fixed(_ name: String, _ kind: LimitPart.Kind, _ amount: DecimalNumber) -> LimitPart
    {
        LimitPart(name: name, kind: kind, amount: amount, formula: "\(amount)", missing: nil)
    }

    // MARK: - Validity

    /// Until when a limit holds that is reviewed after some months: no longer than what bears it.
    func validity(months: Int) -> LimitValidity {
        let review = asOf.adding(months: months) ?? .last
        var first = LimitValidity(until: review, reason: "review")
        let cover = figures[.insurerCover] == nil || !isCovered ? nil : coverExpires
        let ends = [(cover, "cover")] + held.map { ($0.until, $0.guarantee.identifier) }
        for case (let day?, let reason) in ends where day < first.until && day >= asOf {
            first = LimitValidity(until: day, reason: reason)
        }
        return first
    }
}
