// SPDX-License-Identifier: Apache-2.0

// What all formulas came to for one company.

internal import CreditFacts

/// The values of all formulas for a statement.
package struct StatementFigures: Sendable {
    /// The formulas.
    package let formulas: StatementFormulas
    /// Values of the year as filed, NaN where there is none.
    let filed: [Double]
    /// Values of twelve months; empty where the year has them.
    let annual: [Double]
    let set: LineSet

    /// The need of a formula that is not fulfilled, the first of them; nil for none.
    private func lacking(_ place: Int) -> StatementFormula.Need? {
        formulas.checks.lacking(place, set).map { formulas.formulas[place].needs[$0] }
    }

    /// The value of a formula, by its place; nil where there is none.
    package func value(_ place: Int) -> Double? {
        let checks = formulas.checks
        let value = annual.isEmpty || checks.isAmount(place) ? filed[place] : annual[place]
        return value.isNaN || checks.lacking(place, set) != nil || badDivisor(place) != nil
            ? nil : value
    }

    /// Why a formula has no value, without the words.
    package enum Lack: Sendable {
        /// Of lines, of those of the year before, of a value that was not given, of that year.
        case lines, earlierLines, given, yearBefore
        /// A divisor is 0, or negative, where only an amount above zero has a meaning.
        case divisorZero, divisorNegative
        /// It cannot be computed.
        case notComputable
    }

    /// The value of a formula, or why there is none: what ``value(_:)`` and ``reason(_:)`` say,
    /// with nothing looked up twice.
    package func valueOrLack(_ place: Int) -> (value: Double, lack: Lack?) {
        let checks = formulas.checks
        if let number = checks.lacking(place, set) {
            switch formulas.formulas[place].needs[number] {
            case .lines(_, yearsEarlier: 0): return (.nan, .lines)
            case .lines: return (.nan, .earlierLines)
            case .given: return (.nan, .given)
            case .yearBefore: return (.nan, .yearBefore)
            }
        }
        if let divisor = badDivisor(place) {
            let euros = twelveMonths(divisor)
            if euros.isNaN { return (.nan, .notComputable) }
            return (.nan, abs(euros) <= Self.leastDivisor ? .divisorZero : .divisorNegative)
        }
        let value = checks.isAmount(place) ? filed[place] : twelveMonths(place)
        return value.isNaN ? (.nan, .notComputable) : (value, nil)
    }

    /// Whether all values are of the year as filed.
    package var areAsFiled: Bool { annual.isEmpty }

    private func twelveMonths(_ place: Int) -> Double {
        annual.isEmpty ? filed[place] : annual[place]
    }

    /// Sums of cents that come to zero may be off by what float64 does to them.
    static let leastDivisor = 0.001

    /// The place of a divisor of a formula that is not above zero.
    private func badDivisor(_ place: Int) -> Int? {
        formulas.checks.badDivisor(place, twelveMonths)
    }

    /// The value of a formula; nil where there is none.
    package subscript(_ name: String) -> Double? { formulas.place(name).flatMap(value) }

    /// An amount as twelve months would have it: turnover, cash flow; nil where there is none.
    package func annualised(_ name: String) -> Double? {
        guard let place = formulas.place(name), lacking(place) == nil, badDivisor(place) == nil
        else { return nil }
        let value = annual.isEmpty ? filed[place] : annual[place]
        return value.isNaN ? nil : value
    }

    /// Whether the value that is shown is another than that of the year as filed.
    package func isAnnualised(_ place: Int) -> Bool {
        guard !annual.isEmpty, formulas.formulas[place].unit != .euro else { return false }
        let (shown, plain) = (annual[place], filed[place])
        return !(abs(shown - plain) <= 1e-9 * max(abs(shown), abs(plain)))
            && !(shown.isNaN && plain.isNaN)
    }

    /// An amount as of twelve months, where that is another one than that of the year as filed.
    package func annualAmount(_ place: Int) -> Double? {
        guard !annual.isEmpty, formulas.formulas[place].unit == .euro,
            let filed = value(place), !annual[place].isNaN,
            abs(annual[place] - filed) > 1e-9 * abs(filed)
        else { return nil }
        return annual[place]
    }

    /// Why a formula has no value; nil where it has one.
    package func reason(_ place: Int) -> FormulaResult.Reason? {
        switch lacking(place) {
        case .lines(let lines, yearsEarlier: 0): .missing(lines)
        case .lines(let lines, _): .missingBefore(lines)
        case .given(let name): .notGiven(name)
        case .yearBefore: .noYearBefore
        case nil: valueReason(place)
        }
    }

    /// Why a formula that lacks nothing has no value; nil where it has one.
    private func valueReason(_ place: Int) -> FormulaResult.Reason? {
        if let divisor = badDivisor(place), !twelveMonths(divisor).isNaN {
            return .notMeaningful(
                divisor: formulas.formulas[divisor].name,
                isZero: abs(twelveMonths(divisor)) <= Self.leastDivisor
            )
        }
        return value(place) == nil ? .notComputable : nil
    }

    /// The result of a formula.
    package func result(_ place: Int) -> FormulaResult {
        FormulaResult(
            formula: formulas.formulas[place],
            value: value(place),
            reason: reason(place),
            isAnnualised: isAnnualised(place),
            annual: annualAmount(place)
        )
    }

    /// The results of all formulas but definitions and those that are off.
    package func results(withThoseOff: Bool = false) -> [FormulaResult] {
        var results: [FormulaResult] = []
        for (place, formula) in formulas.formulas.enumerated()
        where formula.kind != .definition && (formula.off.isEmpty || withThoseOff) {
            results.append(result(place))
        }
        return results
    }
}
