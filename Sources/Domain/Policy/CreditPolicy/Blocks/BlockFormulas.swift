// SPDX-License-Identifier: Apache-2.0

// Need and limit of a row: the formulas of CreditNeed, LimitParts and CreditLimit once more, in the
// same order and with the same rounding, without words.
//
// Cost, expected: a figure 2 to 5 ns, a sum or product 2 to 4, a rounded quotient 10. A need takes
// up to six figures and as many operations, a limit five figures and some ten operations, of which
// two are quotients: 120 ns together.

internal import DecimalNumbers

/// The formulas of a policy.
struct BlockFormulas {
    let figures: BlockFigures
    let bits: MissingBits
    let step: DecimalNumber
    /// Decimals of the currency.
    let decimals: Int

    /// What was computed, and what is missing for it.
    struct Need {
        var amount: DecimalNumber?
        var missing: UInt64
    }

    /// What is owed or will be. Both the need and what the limit leaves are made of it.
    struct Owed {
        let orders: DecimalNumber?
        let toInvoice: DecimalNumber?
        let openInvoices: DecimalNumber?
    }

    /// What is owed or will be.
    @inline(__always)
    func owed(_ row: Int, isOrder: Bool) -> Owed {
        Owed(
            orders: orders(row, isOrder),
            toInvoice: figures.toInvoice(row),
            openInvoices: figures.openInvoices(row)
        )
    }

    /// The need of a row.
    @inline(__always)
    func need(_ row: Int, _ answer: NeedAnswer, days: Int32, _ owed: Owed) -> Need {
        // What is asked for is what one can most easily be told, so that comes last.
        var greatest: DecimalNumber?
        var last = Need(amount: nil, missing: 0)
        func consider(_ need: Need) {
            last = need
            guard let amount = need.amount, greatest.map({ $0 < amount }) ?? true else { return }
            greatest = amount
        }
        if answer.isExposure { consider(exposure(owed, answer)) }
        if answer.isPurchases { consider(purchases(row, answer)) }
        if answer.isForecast { consider(forecast(row, answer, days)) }
        if answer.isAmount {
            let amount = figures.amount(row)
            consider(Need(amount: rounded(amount), missing: amount == nil ? bits.amount : 0))
        }
        return greatest.map { Need(amount: $0, missing: 0) } ?? last
    }

    @inline(__always)
    private func rounded(_ amount: DecimalNumber?) -> DecimalNumber? {
        guard let amount else { return nil }
        if amount.isNegative { return 0 }
        return amount.exponent == 0 ? amount : amount.rounded(scale: decimals, .halfEven)
    }

    @inline(__always)
    private func exposure(_ owed: Owed, _ answer: NeedAnswer) -> Need {
        let (orders, toInvoice, open) = (owed.orders, owed.toInvoice, owed.openInvoices)
        guard orders != nil || toInvoice != nil || open != nil else {
            let missing = bits.ordersNotInvoiced | bits.toInvoice | bits.openInvoices
            return Need(amount: nil, missing: missing)
        }
        let sum = (orders ?? 0).adding(toInvoice ?? 0)?.adding(open ?? 0)
        let amount = sum?.multiplied(by: answer.termCoefficient)?
            .multiplied(by: answer.behaviourCoefficient)
        return Need(amount: rounded(amount), missing: 0)
    }

    @inline(__always)
    private func purchases(_ row: Int, _ answer: NeedAnswer) -> Need {
        guard let yearly = figures.yearlyPurchases(row) else {
            return Need(amount: nil, missing: bits.yearlyPurchases)
        }
        let amount = yearly.multiplied(by: answer.months)?
            .divided(by: 12, scale: decimals, .halfEven)
        return Need(amount: amount.map { $0.isNegative ? 0 : $0 }, missing: 0)
    }

    @inline(__always)
    private func forecast(_ row: Int, _ answer: NeedAnswer, _ days: Int32) -> Need {
        let (sales, months) = (figures.forecastSales(row), figures.forecastMonths(row))
        guard let sales, let months else {
            let missing =
                (sales == nil ? bits.forecastSales : 0)
                | (months == nil ? bits.forecastMonths : 0)
            return Need(amount: nil, missing: missing)
        }
        guard let taxed = answer.taxed, let over = months.multiplied(by: 30) else {
            return Need(amount: nil, missing: 0)
        }
        let amount = sales.multiplied(by: DecimalNumber(Int(days)))?.multiplied(by: taxed)?
            .divided(by: over, scale: decimals, .halfEven)
        return Need(amount: amount.map { $0.isNegative ? 0 : $0 }, missing: 0)
    }

    // MARK: - Limit

    /// What bounds and bears the limit of a row.
    struct Bounds {
        /// What may be at our own risk, and the part that says so.
        var own: DecimalNumber?
        var ownName: Int32 = 0
        /// What bounds the whole, and the part that says so.
        var total: DecimalNumber?
        var totalName: Int32 = 0
        var covered: DecimalNumber = 0
        var missing: UInt64 = 0
        /// Whether a part is beyond all numbers.
        var isBeyond = false

        @inline(__always)
        mutating func bound(_ amount: DecimalNumber?, _ name: Int32) {
            guard let amount else { return isBeyond = true }
            guard own.map({ amount < $0 }) ?? true else { return }
            (own, ownName) = (amount.isNegative ? 0 : amount, name)
        }

        @inline(__always)
        mutating func boundAll(_ amount: DecimalNumber?, _ name: Int32) {
            guard let amount else { return isBeyond = true }
            guard total.map({ amount < $0 }) ?? true else { return }
            (total, totalName) = (amount.isNegative ? 0 : amount, name)
        }

        @inline(__always)
        mutating func share(
            _ share: DecimalNumber?,
            of figure: DecimalNumber?,
            _ name: Int32,
            _ bit: UInt64
        ) {
            guard let share else { return }
            guard let figure else { return missing |= bit }
            bound(figure.isNegative ? 0 : figure.multiplied(by: share), name)
        }
    }

    /// The parts of a limit. Names are places in `CreditBlock.bindingNames`.
    @inline(__always)
    func bounds(_ row: Int, _ answer: LimitAnswer, isCovered: Bool) -> Bounds {
        var bounds = Bounds()
        if answer.shareOfNetWorth != nil {
            bounds.share(answer.shareOfNetWorth, of: figures.netWorth(row), 1, bits.netWorth)
        }
        if answer.shareOfEquity != nil {
            bounds.share(answer.shareOfEquity, of: figures.equity(row), 2, bits.equity)
        }
        if answer.shareOfBureauLimit != nil {
            bounds.share(
                answer.shareOfBureauLimit,
                of: figures.bureauLimit(row),
                3,
                bits.bureauLimit
            )
        }
        if let most = answer.ownMaximum { bounds.bound(most, 4) }
        if answer.isWithoutOwnRisk { bounds.bound(0, 5) }
        if let cover = figures.insurerCover(row), isCovered, !cover.isNegative {
            let borne = cover.multiplied(by: answer.shareOfCover)
            if borne == nil { bounds.isBeyond = true }
            bounds.covered = borne ?? 0
        }
        if let share = answer.shareOfOwnTurnover {
            if let turnover = figures.ownTurnover(row) {
                let others = figures.groupExposure(row) ?? 0
                bounds.boundAll(turnover.multiplied(by: share)?.subtracting(others), 6)
            } else {
                bounds.missing |= bits.ownTurnover
            }
        }
        if let most = answer.maximum { bounds.boundAll(most, 7) }
        return bounds
    }

    /// A limit.
    struct Limit {
        let amount: DecimalNumber
        let ownRisk: DecimalNumber
        let binding: Int32
        /// Whether it is 0 since nothing is needed.
        let isNothingNeeded: Bool
    }

    /// The limit; nil where it is beyond all numbers.
    @inline(__always)
    func limit(_ bounds: Bounds, need: DecimalNumber) -> Limit? {
        guard !bounds.isBeyond,
            let met = need.divided(by: step, scale: 0, .ceiling)?.multiplied(by: step)
        else { return nil }
        var (bound, name, isNothingNeeded) = (met, Int32(0), met.isZero)
        if let own = bounds.own {
            guard let borne = own.adding(bounds.covered) else { return nil }
            if borne < bound { (bound, name) = (borne, bounds.ownName) }
            isNothingNeeded = isNothingNeeded && borne >= step
        }
        if let total = bounds.total {
            if total < bound { (bound, name) = (total, bounds.totalName) }
            isNothingNeeded = isNothingNeeded && total >= step
        }
        guard let limit = bound.divided(by: step, scale: 0, .floor)?.multiplied(by: step),
            let above = limit.subtracting(bounds.covered)
        else { return nil }
        return Limit(
            amount: limit,
            ownRisk: above.isNegative ? 0 : above,
            binding: name,
            isNothingNeeded: isNothingNeeded
        )
    }

    // MARK: - What follows

    /// What is owed, will be invoiced or was ordered, without what was paid ahead.
    @inline(__always)
    func exposure(_ row: Int, _ owed: Owed) -> DecimalNumber? {
        (owed.openInvoices ?? 0).adding(owed.toInvoice ?? 0)?
            .adding(owed.orders ?? 0)?.subtracting(figures.deposits(row) ?? 0)
    }

    /// Orders that are not invoiced, with the one that is asked about, as `CreditFigures.orders`.
    @inline(__always)
    private func orders(_ row: Int, _ isOrder: Bool) -> DecimalNumber? {
        let told = figures.ordersNotInvoiced(row)
        guard isOrder, let asked = figures.amount(row), asked > told ?? 0 else { return told }
        return (told ?? 0).adding(asked) ?? asked
    }

    /// Which part of what is at our own risk is to be expected to be lost: probability, times what
    /// is lost of a loss.
    @inline(__always)
    func lostShare(_ row: Int, _ answer: LimitAnswer) -> DecimalNumber? {
        guard let lost = answer.lossGivenDefault, let probability = figures.probability(row) else {
            return nil
        }
        return probability.multiplied(by: lost)
    }

    /// What a year's purchases leave us, without that and the cost of getting there.
    @inline(__always)
    func opportunity(_ row: Int, _ loss: DecimalNumber) -> DecimalNumber? {
        guard let margin = figures.marginRate(row), let yearly = figures.yearlyPurchases(row) else {
            return nil
        }
        return yearly.multiplied(by: margin)?.subtracting(loss)?
            .subtracting(figures.approachCost(row) ?? 0)?.rounded(scale: 2, .halfEven)
    }

    /// Shorter terms in which less is owed at a time.
    @inline(__always)
    func fittingDays(_ limit: Limit, need: DecimalNumber, days: Int32) -> Int32 {
        guard days > 0, limit.amount < need,
            let fitting = limit.amount.multiplied(by: DecimalNumber(Int(days)))?
                .divided(by: need, scale: 0, .floor)?.integer, fitting > 0
        else { return CreditBlock.nothing }
        return Int32(clamping: fitting)
    }
}
