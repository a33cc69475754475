// SPDX-License-Identifier: Apache-2.0

// Published models side by side, each with its inputs and its zone, and whether they disagree. They
// are shown as what they are: formulas of other times and countries.

internal import CreditFacts

/// What a published model says.
package struct ModelOpinion: Sendable {
    /// A number that went into a model.
    package struct Input: Sendable, Equatable {
        /// A line, or the name of a formula or of a given value.
        package var name: String
        /// Its value; nil where there is none.
        package var value: Double?
    }

    /// The model and its value, or why there is none.
    package var result: FormulaResult
    /// A probability of failure, where the model gives one.
    package var probability: Double?
    /// The zone of the value.
    package var zone: ModelZones.Zone?
    /// What went into it.
    package var inputs: [Input]
}

/// All published models for a statement.
package struct ModelComparison: Sendable {
    /// What each says.
    package private(set) var opinions: [ModelOpinion] = []
    /// Names of those that see a firm like those that failed.
    package private(set) var distressed: [String] = []
    /// Names of those that see a sound one.
    package private(set) var sound: [String] = []
    /// Whether some see the one and some the other.
    package var diverges: Bool { !distressed.isEmpty && !sound.isEmpty }

    /// Compares models.
    ///
    /// - Parameters:
    ///   - figures: The figures of a statement.
    ///   - years: What they were computed from.
    ///   - zones: What values mean.
    ///   - showsOff: Whether to show models that are off, too; they never count as disagreeing.
    package init(
        _ figures: StatementFigures,
        of years: StatementYears,
        zones: ModelZones = .standard,
        showsOff: Bool = false
    ) {
        for (place, formula) in figures.formulas.formulas.enumerated()
        where formula.kind == .model && (formula.off.isEmpty || showsOff) {
            let result = figures.result(place)
            let zone = result.value.flatMap { zones.zone(of: formula.name, $0) }
            opinions.append(
                ModelOpinion(
                    result: result,
                    probability: result.value.flatMap {
                        PublishedModels.probability($0, formula.unit)
                    },
                    zone: zone,
                    inputs: Self.inputs(place, figures, years)
                )
            )
            guard formula.off.isEmpty else { continue }
            if zone?.kind == .distress { distressed.append(formula.name) }
            if zone?.kind == .safe { sound.append(formula.name) }
        }
    }

    private static func inputs(
        _ place: Int,
        _ figures: StatementFigures,
        _ years: StatementYears
    ) -> [ModelOpinion.Input] {
        let values = figures.annual.isEmpty ? figures.filed : figures.annual
        return figures.formulas.inputs[place].map { input in
            switch input {
            case .formula(let name, let place):
                let value = values[place]
                return ModelOpinion.Input(name: name, value: value.isNaN ? nil : value)
            case .line(let name, let line):
                let isFlow = !figures.annual.isEmpty && line.isFlow(years.statement.form)
                let scale = isFlow ? 12 / Double(max(1, years.statement.months)) : 1
                let euros = years.statement.amounts[line].map { Double($0) / 100 * scale } ?? 0
                return ModelOpinion.Input(name: name, value: euros)
            case .given(let name):
                let given = name == "price_index" ? years.priceIndex : years.marketValue
                return ModelOpinion.Input(name: name, value: given)
            }
        }
    }
}
