// SPDX-License-Identifier: Apache-2.0

// Numbers that decide how payments are judged: a table that comes with the product.

internal import CCreditData
internal import CreditFacts

/// Numbers that decide how payments are judged.
package struct PaymentThresholds: Sendable, Hashable {
    /// Those that come with the product.
    package static let standard = PaymentThresholds(FactTable.numbers(vigie_payment_thresholds))

    /// With fewer payments there is no index.
    package var experiencePaymentsMin: Int
    /// Months that are compared with those before.
    package var trendMonths: Int
    /// With fewer payments in either part there is no trend.
    package var trendPaymentsMin: Int
    /// Days after a promised one within which a payment still keeps the promise.
    package var promiseGraceDays: Int

    private init(_ numbers: [String: Int]) {
        experiencePaymentsMin = numbers["experience_payments_min"] ?? 0
        trendMonths = numbers["trend_months"] ?? 0
        trendPaymentsMin = max(1, numbers["trend_payments_min"] ?? 1)
        promiseGraceDays = numbers["promise_grace_days"] ?? 0
    }
}
