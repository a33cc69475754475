// SPDX-License-Identifier: Apache-2.0

// Forecasts by trees that were trained on a ledger: quantiles of the days until an invoice is paid,
// with a band that was widened until it held as often as it says (Romano, Patterson, Candès 2019),
// and probabilities of being late.

package import CreditFacts
internal import Forest
package import Quantities
internal import VigieLimits

/// Trained trees, ready to forecast. Immutable; shared by all threads.
package final class TrainedForecast: Sendable {
    /// Results of the trees, in their order: the days until payment at three levels, and the
    /// probabilities of being later than each of `InvoiceForecast.lateDays`.
    package static let outputs = [
        "days_10", "days_50", "days_90", "late_0", "late_30", "late_60", "late_90",
    ]

    /// Its name.
    package let name: String
    /// Its version.
    package let version: String
    /// SHA-256 of its files, in hexadecimal.
    package let contentHash: String
    /// The last day of the ledger that it was trained on.
    package let trainedUntil: CalendarDate
    /// Days beyond which it says nothing.
    package let horizonDays: Int
    /// By how many days the band is wider at each end than the trees say.
    package let bandDays: Double
    private let plan: ForestPlan

    init(
        _ manifest: TrainedForecastManifest,
        _ ensemble: TreeEnsemble,
        contentHash: String
    ) {
        (name, version, trainedUntil) = (manifest.name, manifest.version, manifest.trainedUntil)
        (horizonDays, bandDays) = (manifest.horizonDays, manifest.bandDays)
        self.contentHash = contentHash
        plan = ForestPlan(ensemble)
    }

    /// "name@version".
    package var identifier: String { "\(name)@\(version)" }

    /// Raw results of rows of figures, one row after the other.
    package func results(_ figures: [Double]) -> [Double] {
        let width = PaymentFeatures.names.count
        let count = figures.count / width
        guard count > 0 else { return [] }
        return figures.withUnsafeBufferPointer { figures in
            [Double](unsafeUninitializedCapacity: count * Self.outputs.count) { results, filled in
                filled = count * Self.outputs.count
                guard let rows = figures.baseAddress, let output = results.baseAddress else {
                    return
                }
                plan.rawScores(rows: rows, rowCount: count, rowStride: width, output: output)
            }
        }
    }

    /// When invoices will be paid; those are left out of which nothing can be said.
    ///
    /// - Parameters:
    ///   - model: What the day knows of the same invoices.
    ///   - isExpected: Whether an invoice, by its place, can be paid at all.
    package func forecasts(
        _ invoices: [LedgerInvoice],
        _ model: DelayModel,
        isExpected: (Int) -> Bool = { _ in true }
    ) -> [InvoiceForecast] {
        let features = PaymentFeatures(invoices, model)
        var forecasts: [InvoiceForecast] = []
        var (places, figures) = ([Int](), [Double]())
        func flush() {
            let results = results(figures)
            for (number, place) in places.enumerated() {
                let first = number * Self.outputs.count
                guard results.count >= first + Self.outputs.count else { return }
                forecasts.append(
                    forecast(invoices[place], place, results[first...], model.asOf)
                )
            }
            places.removeAll(keepingCapacity: true)
            figures.removeAll(keepingCapacity: true)
        }
        for place in invoices.indices where isExpected(place) && features.covers(invoices[place]) {
            places.append(place)
            features.append(invoices[place], to: &figures)
            if places.count == ScoringLimits.rowsPerBatch { flush() }
        }
        flush()
        return forecasts
    }

    /// What the results say of an invoice. What is late already is late for certain, and nothing is
    /// likelier to be very late than to be late.
    private func forecast(
        _ invoice: LedgerInvoice,
        _ place: Int,
        _ results: ArraySlice<Double>,
        _ asOf: CalendarDate
    ) -> InvoiceForecast {
        let result = Array(results.prefix(Self.outputs.count))
        let horizon = Double(horizonDays)
        func date(_ days: Double) -> CalendarDate? {
            guard days < horizon - 0.5 else { return nil }
            return asOf.adding(days: Int(max(1, days)))
        }
        let middle = result[1]
        let low = min(result[0] - bandDays, middle)
        let high = max(result[2] + bandDays, middle)
        var forecast = InvoiceForecast(
            place: Int32(truncatingIfNeeded: place),
            lateOver: SIMD4(repeating: 1)
        )
        forecast.expected = date(middle.rounded())
        forecast.earliest = date(low.rounded(.up))
        forecast.latest = date(high.rounded(.down))
        if let expected = forecast.expected {
            forecast.earliest = forecast.earliest.map { min($0, expected) }
            forecast.latest = forecast.latest.map { max($0, expected) }
        }
        if let earliest = forecast.earliest, let latest = forecast.latest {
            forecast.latest = max(earliest, latest)
        }
        var before = 1.0
        let pastDue = invoice.due.map { asOf.days(since: $0) } ?? 0
        for (number, late) in InvoiceForecast.lateDays.enumerated() where pastDue < Int(late) {
            before = min(before, max(0, result[3 + number]))
            forecast.lateOver[number] = before
        }
        return forecast
    }
}
