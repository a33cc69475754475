// SPDX-License-Identifier: Apache-2.0

internal import CCreditData
internal import CreditFacts

/// Numbers that decide how payments are matched, from the table of thresholds.
struct MatchingThresholds: Sendable {
    static let standard = MatchingThresholds(FactTable.numbers(vigie_payment_thresholds))

    /// A number of an invoice that is shorter is found in a text only with its exact amount.
    let numberCharactersMin: Int
    /// The same for a number of digits only.
    let numberDigitsMin: Int
    /// How many days lie between a payment at the bank and the message of it, at most.
    let statusPaymentDays: Int

    private init(_ numbers: [String: Int]) {
        numberCharactersMin = numbers["number_characters_min"] ?? 0
        numberDigitsMin = numbers["number_digits_min"] ?? 0
        statusPaymentDays = numbers["status_payment_days"] ?? 0
    }
}
