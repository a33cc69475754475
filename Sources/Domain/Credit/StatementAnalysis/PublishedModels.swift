// SPDX-License-Identifier: Apache-2.0

// Published models for many companies: what ModelComparison says, without names and inputs, in
// 0.2 us a company instead of 6.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The published models of a form that are shown, with the zones that come with the product.
package struct PublishedModels: Sendable {
    /// Those of the complete form.
    package static let complete = PublishedModels(.complete)
    /// Those of the simplified form.
    package static let simplified = PublishedModels(.simplified)

    /// A model.
    package struct Model: Sendable {
        /// Its place among the formulas.
        package let place: Int
        /// The formula.
        package let formula: StatementFormula
        fileprivate let zones: [(until: Double, includesEnd: Bool, kind: ModelZones.Kind)]

        /// The zone of a value; nil for a model without zones.
        package func zone(_ value: Double) -> ModelZones.Kind? {
            for zone in zones
            where value < zone.until || (zone.includesEnd && value == zone.until)
                || zone.until == .infinity
            {
                return zone.kind
            }
            return nil
        }

        /// The probability of failure that a value means, where the model gives one.
        package func probability(_ value: Double) -> Double? {
            PublishedModels.probability(value, formula.unit)
        }
    }

    /// The models, in the order of the formulas.
    package let models: [Model]

    private init(_ formulas: StatementFormulas) {
        models = formulas.formulas.enumerated().compactMap { place, formula in
            guard formula.kind == .model, formula.off.isEmpty else { return nil }
            let zones = ModelZones.standard.zones(of: formula.name).map {
                ($0.until, $0.includesEnd, $0.kind)
            }
            return Model(place: place, formula: formula, zones: zones)
        }
    }

    /// Those of a form.
    package static func of(_ formulas: StatementFormulas) -> PublishedModels {
        formulas === StatementFormulas.simplified ? simplified : complete
    }

    static func probability(_ value: Double, _ unit: StatementFormula.Unit) -> Double? {
        switch unit {
        case .logit: 1 / (1 + exp(-value))
        case .probit: 0.5 * erfc(-value * 0.5.squareRoot())
        default: nil
        }
    }
}
