// SPDX-License-Identifier: Apache-2.0

// Lists and descriptions of models for people.

package import CommandTables
internal import Documents
package import VigieClient

/// Models as text and as JSON.
package enum ModelText {
    /// A list of models as a table.
    package static func table(
        _ models: [ModelSummary],
        language: Language,
        terminal: Terminal
    ) -> String {
        TextTable.text(
            columns: [
                ("name", .left), ("version", .left), ("default", .left), ("event", .left),
                ("months", .right), ("description", .left),
            ],
            rows: models.map { model in
                [
                    model.name, model.version, model.isDefault ? "yes" : "", model.event,
                    String(model.horizonMonths), language.text(model.description),
                ]
            },
            terminal: terminal
        )
    }

    /// All of a model but its card.
    package static func description(
        _ model: ModelDescription,
        language: Language,
        terminal: Terminal
    ) -> String {
        let parts = [
            overview(model, language),
            inputs(model, language, terminal),
            categories(model),
            features(model, language, terminal),
            classes(model, language, terminal),
            metrics(model, terminal),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func overview(_ model: ModelDescription, _ language: Language) -> String {
        let summary = model.summary
        let scale = model.scoreScale
        let rows = [
            ("model", "\(summary.name) \(summary.version)\(summary.isDefault ? " (default)" : "")"),
            ("description", language.text(summary.description)),
            ("event", "\(summary.event): \(language.text(model.eventDefinition))"),
            ("horizon", "\(summary.horizonMonths) months"),
            (
                "score",
                "\(scale.id), \(scale.minimum) to \(scale.maximum), "
                    + "\(scale.highScoreIsSafe ? "high is safe" : "high is risky"), "
                    + "\(plain(scale.pointsToDoubleOdds)) points double the odds, "
                    + "\(plain(scale.anchorScore)) at \(plain(scale.anchorProbability * 100)) %"
            ),
            ("form", model.modelFormat),
            ("content hash", summary.contentHash),
        ]
        return rows.map { "\($0.0):".padded(to: 14) + $0.1 + "\n" }.joined()
    }

    private static func inputs(
        _ model: ModelDescription,
        _ language: Language,
        _ terminal: Terminal
    ) -> String {
        TextTable.text(
            columns: [
                ("input", .left), ("unit", .left), ("column", .left), ("value", .left),
                ("minimum", .right), ("maximum", .right), ("description", .left),
            ],
            rows: model.inputs.map { input in
                [
                    input.name, input.unit, input.isRequired ? "required" : "optional",
                    input.isMissingAllowed ? "may be missing" : "required",
                    input.minimum.map(plain) ?? "", input.maximum.map(plain) ?? "",
                    language.text(input.description),
                ]
            },
            terminal: terminal
        )
    }

    /// The texts that inputs of categories take, a line for each.
    private static func categories(_ model: ModelDescription) -> String {
        model.inputs.filter { $0.kind == .category }.map { input in
            let shown = input.categories.prefix(20).map { "'\(escaped($0))'" }
            let more = input.categoryCount - shown.count
            return "categories of \(input.name): \(shown.joined(separator: ", "))"
                + (more > 0 ? " and \(more) more" : "") + "\n"
        }.joined()
    }

    private static func features(
        _ model: ModelDescription,
        _ language: Language,
        _ terminal: Terminal
    ) -> String {
        TextTable.text(
            columns: [
                ("feature", .left), ("unit", .left), ("expression", .left), ("description", .left),
            ],
            rows: model.features.map { feature in
                [
                    feature.name, feature.unit, feature.expression ?? "",
                    language.text(feature.description),
                ]
            },
            terminal: terminal
        )
    }

    private static func classes(
        _ model: ModelDescription,
        _ language: Language,
        _ terminal: Terminal
    ) -> String {
        TextTable.text(
            columns: [("class", .right), ("probability up to", .right), ("label", .left)],
            rows: model.riskClasses.map { riskClass in
                [
                    String(riskClass.number), "\(plain(riskClass.probabilityMaximum * 100)) %",
                    language.text(riskClass.label),
                ]
            },
            terminal: terminal
        )
    }

    private static func metrics(_ model: ModelDescription, _ terminal: Terminal) -> String {
        if model.metrics.isEmpty { return "" }
        return TextTable.text(
            columns: [("metric", .left), ("value", .right)],
            rows: model.metrics.sorted { $0.key < $1.key }.map { [$0.key, decimals($0.value, 4)] },
            terminal: terminal
        )
    }

    /// A number without needless decimals.
    private static func plain(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return decimals(value, 0) }
        let rounded = (value * 1e6).rounded() / 1e6
        return rounded.description
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
