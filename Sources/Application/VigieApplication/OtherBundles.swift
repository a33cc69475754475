// SPDX-License-Identifier: Apache-2.0

// Bundles beside those of models that score companies.

internal import BundleStore
package import PaymentForecast
package import ProceedingSurvival
internal import Quantities
internal import Scoring
package import ServiceErrors

/// Bundles that score nobody.
package struct OtherBundles {
    /// The newest payment forecast.
    package private(set) var paymentForecast: TrainedForecast?
    /// The newest model of how proceedings go on.
    package private(set) var proceedingSurvival: SurvivalModel?

    /// Has none yet.
    package init() {}

    /// Loads those among bundles that it knows; where there are several of a kind, the newest
    /// version holds, and of one version the one that was trained up to the later day.
    ///
    /// - Returns: The others.
    /// - Throws: What is wrong with one.
    package mutating func take(_ bundles: [String]) throws(ServiceError) -> [String] {
        var rest: [String] = []
        for bundle in bundles {
            let files = BundleFiles(directory: bundle)
            do throws(BundleError) {
                switch BundleDirectory.format(of: bundle) {
                case TrainedForecast.format: take(try TrainedForecast(bundle: files))
                case SurvivalModel.format: take(try SurvivalModel(bundle: files))
                default: rest.append(bundle)
                }
            } catch {
                throw ServiceError(.dataLoss, "BAD_BUNDLE", "\(bundle): \(error)")
            }
        }
        return rest
    }

    private mutating func take(_ found: TrainedForecast) {
        let known = paymentForecast.map { ($0.version, $0.trainedUntil) }
        if Self.isNewer((found.version, found.trainedUntil), than: known) {
            paymentForecast = found
        }
    }

    private mutating func take(_ found: SurvivalModel) {
        let known = proceedingSurvival.map { ($0.version, $0.trainedUntil) }
        if Self.isNewer((found.version, found.trainedUntil), than: known) {
            proceedingSurvival = found
        }
    }

    private static func isNewer(
        _ one: (version: String, until: CalendarDate),
        than other: (version: String, until: CalendarDate)?
    ) -> Bool {
        guard let other else { return true }
        if one.version != other.version {
            return ModelVersion.isNewer(one.version, than: other.version)
        }
        return one.until > other.until
    }
}
