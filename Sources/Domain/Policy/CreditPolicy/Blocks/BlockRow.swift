// SPDX-License-Identifier: Apache-2.0

// One row after the other through the formulas, and what comes out into columns.

internal import CompiledTables
internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities

/// What rows of a block have in common.
struct BlockRow {
    private let block: CreditBlock
    private let results: ResultColumns
    private let formulas: BlockFormulas
    private let legalDays: RowMeanings
    private let coverExpires: RowMeanings
    private let role: RowMeanings
    private let subject: RowMeanings
    private let stage: RowMeanings
    private let required: [RequiredColumn]
    /// Up to what each role may grant, those that may grant least first; nil for any limit.
    private let amounts: [DecimalNumber?]
    private let fourEyesAbove: DecimalNumber?
    private let day: Int32
    private let held: [FEELValue]
    private let alwaysMissing: UInt64
    // What is told, or looked at by a table.
    private let wantsHeadroom: Bool
    private let wantsLoss: Bool
    private let wantsOpportunity: Bool
    private let wantsExposedLoss: Bool
    private let wantsFittingDays: Bool

    init(_ decider: CreditBlockDecider) {
        (block, results) = (decider.block, decider.results)
        let (values, sources, plan) = (decider.values, decider.rowSources, decider.plan)
        let base = decider.formulasBase
        formulas = BlockFormulas(
            figures: decider.figures(),
            bits: base.bits,
            step: base.step,
            decimals: base.decimals
        )
        func meanings(_ column: Int?, _ otherwise: Int32) -> RowMeanings {
            RowMeanings(column.map { values[$0] }, otherwise: otherwise)
        }
        // A row that tells no trade has the bound of all others.
        legalDays = meanings(
            sources.sector,
            sources.sector == nil ? sources.fixedLegalDays : plan.legalDays(nil)
        )
        coverExpires = meanings(sources.coverExpires, sources.fixedCoverExpires)
        role = meanings(sources.role, sources.fixedRole)
        subject = meanings(
            sources.subject,
            sources.subject == nil ? (sources.isPerson ? 1 : 0) : CreditTexts.none
        )
        stage = meanings(
            sources.stage,
            sources.stage == nil ? (sources.isOrder ? 1 : 0) : CreditTexts.none
        )
        required = decider.required.map { column, bit in
            RequiredColumn(values[column], plan.columns[column].kind, bit)
        }
        alwaysMissing = decider.alwaysMissing
        let parts = decider.parts
        wantsExposedLoss = parts.contains(.exposedLoss)
        wantsFittingDays = parts.contains(.fittingDays)
        wantsHeadroom = parts.contains(.headroom) || results.headroom != nil
        wantsOpportunity = parts.contains(.prospects) || results.opportunity != nil
        wantsLoss = wantsOpportunity || wantsExposedLoss || results.expectedLoss != nil
        amounts = plan.policy.manifest.authority.roles.map(\.amount)
        fourEyesAbove = plan.policy.manifest.authority.fourEyesAbove
        day = plan.day.dayNumber
        if let held = sources.held, case .values(let values) = values[held] {
            self.held = values
        } else {
            held = []
        }
    }

    /// Decides about a row, as far as that does not need the last tables.
    @inline(__always)
    func decide(_ row: Int, _ need: NeedAnswer, _ limit: LimitAnswer, _ terms: TermsAnswer) {
        let person = subject(row)
        let stage = stage(row)
        guard stage != CreditTexts.none, person != CreditTexts.none, !isHeld(row) else {
            block.facts[row].insert(.isSlow)
            return
        }
        var facts = CreditBlock.Facts()
        let law = legalDays(row)
        let days = law == CreditTexts.none ? terms.days : min(terms.days, law)
        let owed = formulas.owed(row, isOrder: stage == 1)
        let wanted = formulas.need(row, need, days: days, owed)
        let expires = coverExpires(row)
        let isCovered = expires == CreditTexts.none || day <= expires
        let bounds = formulas.bounds(row, limit, isCovered: isCovered)
        let bits = formulas.bits
        var missing = alwaysMissing | wanted.missing | bounds.missing
        for column in required { missing |= column.missing(row) }
        if need.isSilent || !need.isKnown { missing |= bits.need }
        if limit.isSilent || !limit.isBounded { missing |= bits.limit }
        if terms.isSilent { missing |= bits.terms }
        if stage == 1, owed.orders == nil { missing |= bits.amount }
        var found: BlockFormulas.Limit?
        if missing == 0 {
            found = wanted.amount.flatMap { formulas.limit(bounds, need: $0) }
            if found == nil { missing = bits.computed }
        }
        if let amount = wanted.amount {
            facts.insert(.need)
            block.needs[row] = amount
        }
        let exposure =
            wantsHeadroom || wantsExposedLoss ? formulas.exposure(row, owed) : nil
        if let exposure {
            facts.insert(.exposure)
            block.exposures[row] = exposure
        }
        block.missing[row] = missing
        block.termDays[row] = days
        block.terms[row] = terms.place
        note(row, wanted.amount, days)
        if let found, let amount = wanted.amount {
            facts.formUnion(
                self.limit(row, found, amount, exposure, bounds, limit, (days, terms.review))
            )
            authorise(row, found, role(row), person == 1, &facts)
            let isBorne = expires != CreditTexts.none && isCovered
            let ends =
                isBorne && expires < terms.review && formulas.figures.insurerCover(row) != nil
            block.validUntil[row] = ends ? expires : terms.review
            block.validityReasons[row] = ends ? 1 : 0
        } else {
            noteNoLimit(row)
        }
        block.facts[row] = facts
    }

    /// Notes the days of a row whose limit nobody asks for.
    @inline(__always)
    func decideTerms(_ row: Int, _ terms: TermsAnswer) {
        guard stage(row) != CreditTexts.none, subject(row) != CreditTexts.none else {
            block.facts[row].insert(.isSlow)
            return
        }
        let law = legalDays(row)
        block.termDays[row] = law == CreditTexts.none ? terms.days : min(terms.days, law)
    }

    /// Guarantees that are held are read one by one.
    @inline(__always)
    private func isHeld(_ row: Int) -> Bool {
        guard row < held.count, case .list(let list) = held[row] else { return false }
        return !list.elements.isEmpty
    }

    /// Notes a limit and what follows from it.
    @inline(__always)
    private func limit(
        _ row: Int,
        _ limit: BlockFormulas.Limit,
        _ need: DecimalNumber,
        _ exposure: DecimalNumber?,
        _ bounds: BlockFormulas.Bounds,
        _ answer: LimitAnswer,
        _ terms: (days: Int32, review: Int32)
    ) -> CreditBlock.Facts {
        var facts: CreditBlock.Facts = .limit
        block.limits[row] = limit.amount
        block.ownLimits[row] = limit.ownRisk
        block.bindings[row] = limit.binding
        if wantsFittingDays {
            block.fittingDays[row] = formulas.fittingDays(limit, need: need, days: terms.days)
        }
        // A bound of the whole holds whoever answers for the debt.
        let reachable = bounds.total.map { min(need, $0) } ?? need
        let gap = reachable.subtracting(limit.amount)
        block.guarantees[row] = gap.map { $0 >= formulas.step } ?? false ? 0 : CreditBlock.nothing
        let headroom =
            wantsHeadroom ? exposure.flatMap { limit.amount.subtracting($0) } : nil
        if let headroom {
            facts.insert(.headroom)
            block.headrooms[row] = headroom
        }
        let share = wantsLoss ? formulas.lostShare(row, answer) : nil
        let loss = share?.multiplied(by: limit.ownRisk)?.rounded(scale: 2, .halfEven)
        if wantsExposedLoss, let share, let exposure,
            let borne = limit.amount.subtracting(limit.ownRisk),
            let open = exposure.subtracting(borne),
            let lost = open.isNegative
                ? 0 : share.multiplied(by: open)?.rounded(scale: 2, .halfEven)
        {
            facts.insert(.exposedLoss)
            block.exposedLosses[row] = lost
        }
        var opportunity: DecimalNumber?
        if let loss {
            facts.insert(.expectedLoss)
            block.expectedLosses[row] = loss
            opportunity = wantsOpportunity ? formulas.opportunity(row, loss) : nil
        }
        if let opportunity {
            facts.insert(.opportunity)
            block.opportunities[row] = opportunity
        }
        let short = need.subtracting(limit.amount)
        var isExact = note(limit.amount, row, results.limit)
        isExact = note(limit.ownRisk, row, results.ownLimit) && isExact
        isExact = note(short.map { $0.isNegative ? 0 : $0 }, row, results.shortfall) && isExact
        isExact = note(headroom, row, results.headroom) && isExact
        isExact = note(loss, row, results.expectedLoss) && isExact
        isExact = note(opportunity, row, results.opportunity) && isExact
        results.binding[row] = limit.binding
        if !isExact { facts.insert(.isSlow) }
        return facts
    }

    /// Notes need and days for the last tables.
    @inline(__always)
    private func note(_ row: Int, _ need: DecimalNumber?, _ days: Int32) {
        results.termDays?[row] = Double(days)
        _ = note(need, row, results.need)
    }

    /// Notes a number for the last tables.
    ///
    /// - Returns: Whether a double can say it.
    @inline(__always)
    private func note(
        _ number: DecimalNumber?,
        _ row: Int,
        _ column: UnsafeMutablePointer<Double>?
    ) -> Bool {
        guard let column else { return true }
        guard let number else {
            column[row] = .nan
            return true
        }
        let double = number.exactDouble
        column[row] = double ?? .nan
        return double != nil
    }

    /// Notes that there is no limit.
    @inline(__always)
    private func noteNoLimit(_ row: Int) {
        let nothing = CreditBlock.nothing
        block.outcomes[row] = CreditBlock.investigation
        block.bindings[row] = nothing
        block.fittingDays[row] = nothing
        block.guarantees[row] = nothing
        block.roles[row] = nothing
        block.validUntil[row] = CreditTexts.none
        block.validityReasons[row] = nothing
        results.limit?[row] = .nan
        results.ownLimit?[row] = .nan
        results.shortfall?[row] = .nan
        results.headroom?[row] = .nan
        results.expectedLoss?[row] = .nan
        results.opportunity?[row] = .nan
        results.binding[row] = nothing
    }

    @inline(__always)
    private func mayGrant(_ role: Int, _ limit: DecimalNumber) -> Bool {
        amounts[role].map { limit <= $0 } ?? true
    }

    /// Says what becomes of a limit, by whoever asks.
    @inline(__always)
    private func authorise(
        _ row: Int,
        _ found: BlockFormulas.Limit,
        _ own: Int32,
        _ isPerson: Bool,
        _ facts: inout CreditBlock.Facts
    ) {
        let limit = found.amount
        let isOwn = own >= 0 && mayGrant(Int(own), limit)
        var role = isOwn ? own : CreditBlock.nothing
        if !isOwn {
            for place in amounts.indices where mayGrant(place, limit) {
                role = Int32(truncatingIfNeeded: place)
                break
            }
        }
        let isAbove = fourEyesAbove.map { limit > $0 } ?? false
        if isAbove { facts.insert(.needsSecondPerson) }
        let outcome: UInt8
        if isPerson {
            outcome = CreditBlock.humanReview
        } else if limit.isZero {
            outcome = found.isNothingNeeded ? CreditBlock.granted : CreditBlock.refused
            role = CreditBlock.nothing
        } else {
            outcome = isOwn && !isAbove ? CreditBlock.granted : CreditBlock.routed
        }
        (block.outcomes[row], block.roles[row]) = (outcome, role)
    }
}

/// A column whose values are required.
struct RequiredColumn {
    private let values: CreditValues
    private let kind: CreditColumn.Kind
    private let bit: UInt64

    init(_ values: CreditValues, _ kind: CreditColumn.Kind, _ bit: UInt64) {
        (self.values, self.kind, self.bit) = (values, kind, bit)
    }

    /// The bit where a row has no value.
    @inline(__always)
    func missing(_ row: Int) -> UInt64 {
        switch values {
        case .numbers(let numbers):
            let number = numbers[row]
            guard kind == .day else { return number.isFinite ? 0 : bit }
            return FEELValue(number, .day).isNull ? bit : 0
        case .texts(let codes, let texts):
            return Int(UInt32(bitPattern: codes[row])) < texts.texts.count ? 0 : bit
        case .booleans(let booleans): return booleans[row] > 1 ? bit : 0
        case .values(let values): return values[row].isNull ? bit : 0
        }
    }
}

extension CreditBlock {
    static let granted = place(.granted)
    static let routed = place(.routed)
    static let refused = place(.refused)
    static let investigation = place(.investigation)
    static let humanReview = place(.humanReview)

    /// The place of an outcome.
    static func place(_ outcome: CreditDecision.Outcome) -> UInt8 {
        UInt8(CreditDecision.Outcome.allCases.firstIndex(of: outcome) ?? 0)
    }
}
