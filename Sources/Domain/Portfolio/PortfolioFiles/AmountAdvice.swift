// SPDX-License-Identifier: Apache-2.0

// What to say of an amount that cannot be read: by which ways of writing it would be one.

internal import Documents
internal import Quantities

extension AmountCell {
    /// What is wrong; nil for an amount and for none.
    var code: PortfolioFileProblem.Code? {
        switch self {
        case .none, .units: nil
        case .notAmount: .notAmount
        case .unclear: .unclearAmount
        case .tooManyDecimals: .tooManyDecimals
        case .otherCurrency: .otherCurrency
        case .tooLarge: .amountTooLarge
        }
    }

    /// What is wrong and what to do.
    func words(
        _ cell: UnsafeRawBufferPointer,
        _ currency: Currency
    ) -> (message: String, advice: String) {
        switch self {
        case .none, .units: ("", "")
        case .notAmount:
            ("is not written as amounts of the file are read", Self.readings(cell, currency))
        case .unclear: ("may have thousands or decimals", Self.readings(cell, currency))
        case .tooManyDecimals:
            (
                "has more decimals than \(currency), which has \(currency.exponent)",
                "round it; or take its mark away, or name the dialect of the file, if that parts "
                    + "thousands"
            )
        case .otherCurrency(let letters):
            (
                "has '\(shortened(letters))' beside it, and the line is in \(currency)",
                "say in which currency it is in a column \"currency\""
            )
        case .tooLarge: ("is more than any company owes", "see which cell it came from")
        }
    }

    /// The dialects by which a text is an amount, one for each amount.
    private static func readings(_ cell: UnsafeRawBufferPointer, _ currency: Currency) -> String {
        var readings: [(dialect: String, amount: Money)] = []
        for dialect in TableDialect.named {
            guard let digits = NumberParser(dialect.numbers).digits(cell),
                let amount = try? Money(decimal: digits, currency: currency),
                !readings.contains(where: { $0.amount == amount })
            else { continue }
            readings.append((dialect.name, amount))
        }
        guard !readings.isEmpty else { return "write it as 1234.5, with no other mark" }
        let words = readings.map { "\($0.amount.decimal) by the dialect \($0.dialect)" }
        return "name the dialect of the file: it is \(words.joined(separator: " and "))"
    }
}
