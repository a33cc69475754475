// SPDX-License-Identifier: Apache-2.0

// Lists and descriptions of models as JSON. The shapes are those of the
// messages ModelSummary and ModelDescription of the API, with the same names.

package import CommandFiles
internal import CommandTables
internal import FoundationEssentials
package import VigieClient

extension ModelText {
    /// Writes {"models": [...]}.
    package static func writeJSON(_ models: [ModelSummary], to sink: ByteSink) {
        write(ModelListJSON(models: models.map(SummaryJSON.init)), to: sink)
    }

    /// Writes one model.
    package static func writeJSON(_ model: ModelDescription, to sink: ByteSink) {
        write(DescriptionJSON(model), to: sink)
    }

    private static func write(_ value: some Encodable, to sink: ByteSink) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        // These types hold texts and numbers only; encoding them cannot fail.
        guard let data = try? encoder.encode(value) else { return }
        sink.write(data)
        sink.write("\n")
    }
}

private struct ModelListJSON: Encodable {
    var models: [SummaryJSON]
}

private struct TextJSON: Encodable {
    var en: String
    var fr: String

    init(_ text: LocalizedText) {
        en = text.english
        fr = text.french
    }
}

private struct SummaryJSON: Encodable {
    var name: String
    var version: String
    var contentHash: String
    var description: TextJSON
    var isDefault: Bool
    var event: String
    var horizonMonths: Int

    init(_ summary: ModelSummary) {
        name = summary.name
        version = summary.version
        contentHash = summary.contentHash
        description = TextJSON(summary.description)
        isDefault = summary.isDefault
        event = summary.event
        horizonMonths = summary.horizonMonths
    }
}

private struct DescriptionJSON: Encodable {
    struct Input: Encodable {
        var name: String
        var unit: String
        var description: TextJSON
        var required: Bool
        var missingAllowed: Bool
        var invalidAllowed: Bool
        var minimum: Double?
        var maximum: Double?
        var kind: String
        var categories: [String]?
        var categoryCount: Int?
        var unknownCategoryAllowed: Bool?
    }

    struct Feature: Encodable {
        var name: String
        var expression: String?
        var description: TextJSON
        var reasonWhenRaising: TextJSON
        var reasonWhenLowering: TextJSON
        var unit: String
    }

    struct Scale: Encodable {
        var id: String
        var minimum: Int
        var maximum: Int
        var highScoreIsSafe: Bool
        var pointsToDoubleOdds: Double
        var anchorScore: Double
        var anchorProbability: Double
    }

    struct Class: Encodable {
        var number: Int
        var probabilityMaximum: Double
        var label: TextJSON
    }

    var summary: SummaryJSON
    var eventDefinition: TextJSON
    var inputs: [Input]
    var features: [Feature]
    var scoreScale: Scale
    var riskClasses: [Class]
    var modelCard: String
    var metrics: [String: Double]
    var provenance: [String: String]
    var modelFormat: String

    init(_ model: ModelDescription) {
        summary = SummaryJSON(model.summary)
        eventDefinition = TextJSON(model.eventDefinition)
        inputs = model.inputs.map { input in
            Input(
                name: input.name,
                unit: input.unit,
                description: TextJSON(input.description),
                required: input.isRequired,
                missingAllowed: input.isMissingAllowed,
                invalidAllowed: input.isInvalidAllowed,
                minimum: input.minimum,
                maximum: input.maximum,
                kind: input.kind == .category ? "category" : "number",
                categories: input.kind == .category ? input.categories : nil,
                categoryCount: input.kind == .category ? input.categoryCount : nil,
                unknownCategoryAllowed: input.kind == .category
                    ? input.isUnknownCategoryAllowed : nil
            )
        }
        features = model.features.map { feature in
            Feature(
                name: feature.name,
                expression: feature.expression,
                description: TextJSON(feature.description),
                reasonWhenRaising: TextJSON(feature.reasonWhenRaising),
                reasonWhenLowering: TextJSON(feature.reasonWhenLowering),
                unit: feature.unit
            )
        }
        let scale = model.scoreScale
        scoreScale = Scale(
            id: scale.id,
            minimum: scale.minimum,
            maximum: scale.maximum,
            highScoreIsSafe: scale.highScoreIsSafe,
            pointsToDoubleOdds: scale.pointsToDoubleOdds,
            anchorScore: scale.anchorScore,
            anchorProbability: scale.anchorProbability
        )
        riskClasses = model.riskClasses.map {
            Class(
                number: $0.number,
                probabilityMaximum: $0.probabilityMaximum,
                label: TextJSON($0.label)
            )
        }
        modelCard = model.modelCard
        metrics = model.metrics
        provenance = model.provenance
        modelFormat = model.modelFormat
    }
}
