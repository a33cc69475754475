// SPDX-License-Identifier: Apache-2.0

// Amounts of money: a whole number of the currency's smallest units, never a float. The currency
// travels with the amount, and two of them are never mixed.

/// An amount of money.
package struct Money: Sendable, Hashable {
    /// The amount in the currency's minor units, such as cents.
    package let minorUnits: Int64
    /// The currency.
    package let currency: Currency

    /// An amount of minor units.
    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// The sum of both.
    package func adding(_ other: Money) throws(MoneyError) -> Money {
        try checkCurrency(other)
        return try money(minorUnits.addingReportingOverflow(other.minorUnits))
    }

    /// What is left when another amount is taken away.
    package func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try checkCurrency(other)
        return try money(minorUnits.subtractingReportingOverflow(other.minorUnits))
    }

    /// The amount with the other sign.
    package func negated() throws(MoneyError) -> Money {
        try money(Int64(0).subtractingReportingOverflow(minorUnits))
    }

    /// The amount times a rate, exact before it is rounded once.
    ///
    /// - Parameters:
    ///   - numerator: The rate times `denominator`: 2,000 of 10,000 for 20 %.
    ///   - denominator: What the rate is a part of; not 0.
    ///   - rounding: How the result becomes a whole number of minor units.
    package func multiplied(
        by numerator: Int64,
        over denominator: Int64,
        rounding: Rounding
    ) throws(MoneyError) -> Money {
        guard denominator != 0 else { throw .divisionByZero }
        let product = minorUnits.magnitude.multipliedFullWidth(by: numerator.magnitude)
        let divisor = denominator.magnitude
        // Otherwise the quotient has more than 64 bits.
        guard product.high < divisor else { throw .overflow }
        var (quotient, remainder) = divisor.dividingFullWidth(product)
        if rounding.raises(quotient: quotient, remainder: remainder, divisor: divisor) {
            let (raised, isOver) = quotient.addingReportingOverflow(1)
            guard !isOver else { throw .overflow }
            quotient = raised
        }
        let isNegative = (minorUnits < 0) != ((numerator < 0) != (denominator < 0))
        return Money(minorUnits: try Self.signed(quotient, isNegative), currency: currency)
    }

    /// A number of a magnitude and a sign.
    static func signed(_ magnitude: UInt64, _ isNegative: Bool) throws(MoneyError) -> Int64 {
        if isNegative {
            guard magnitude <= Int64.min.magnitude else { throw .overflow }
            return Int64(truncatingIfNeeded: 0 &- magnitude)
        }
        guard let number = Int64(exactly: magnitude) else { throw .overflow }
        return number
    }

    private func checkCurrency(_ other: Money) throws(MoneyError) {
        guard currency == other.currency else {
            throw .currencyMismatch(currency, other.currency)
        }
    }

    private func money(
        _ result: (partialValue: Int64, overflow: Bool)
    ) throws(MoneyError) -> Money {
        guard !result.overflow else { throw .overflow }
        return Money(minorUnits: result.partialValue, currency: currency)
    }
}

/// Why there is no amount.
package enum MoneyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Two currencies do not add.
    case currencyMismatch(Currency, Currency)
    /// The amount has more than 63 bits.
    case overflow
    /// A rate over nothing.
    case divisionByZero
    /// No decimal number: the place of the first byte that does not belong to one.
    case notANumber(place: Int)
    /// A number of more decimals than the currency has.
    case tooManyDecimals(Currency)

    /// What is wrong, in one sentence.
    package var description: String {
        switch self {
        case .currencyMismatch(let left, let right):
            "An amount in \(left) and one in \(right) cannot be added; convert one of them first."
        case .overflow: "The amount is beyond what 63 bits of minor units hold."
        case .divisionByZero: "A rate has the denominator 0."
        case .notANumber(let place):
            "This is no amount from character \(place + 1) on; write it as -1234.56."
        case .tooManyDecimals(let currency):
            "The amount has more decimals than \(currency), which has \(currency.exponent)."
        }
    }
}
