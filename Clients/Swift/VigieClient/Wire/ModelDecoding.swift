// SPDX-License-Identifier: Apache-2.0

// Models as they come over the wire, turned into plain values.

internal import VigieProtos

extension LocalizedText {
    init(_ message: Vigie_V1_LocalizedText) {
        self.init(english: message.en, french: message.fr)
    }
}

extension ModelSummary {
    init(_ message: Vigie_V1_ModelSummary) {
        self.init(
            name: message.name,
            version: message.version,
            contentHash: message.contentHash,
            description: LocalizedText(message.description_p),
            isDefault: message.isDefault,
            event: message.event,
            horizonMonths: Int(message.horizonMonths)
        )
    }
}

extension ModelDescription {
    init(_ message: Vigie_V1_ModelDescription) {
        self.init(
            summary: ModelSummary(message.summary),
            eventDefinition: LocalizedText(message.eventDefinition),
            inputs: message.inputs.map(ModelInput.init),
            features: message.features.map(ModelFeature.init),
            scoreScale: ScoreScale(message.scoreScale),
            riskClasses: message.riskClasses.map(RiskClass.init),
            modelCard: message.modelCard,
            metrics: message.metrics,
            provenance: message.provenance,
            modelFormat: message.modelFormat
        )
    }
}

extension ModelInput {
    init(_ message: Vigie_V1_InputColumn) {
        self.init(
            name: message.name,
            unit: message.unit,
            description: LocalizedText(message.description_p),
            isRequired: message.required,
            isMissingAllowed: message.missingAllowed,
            isInvalidAllowed: message.invalidAllowed,
            minimum: message.minimum.isFinite ? message.minimum : nil,
            maximum: message.maximum.isFinite ? message.maximum : nil,
            kind: message.kind == .category ? .category : .number,
            categories: message.categories,
            categoryCount: Int(message.categoryCount),
            isUnknownCategoryAllowed: message.unknownCategoryAllowed
        )
    }
}

extension ModelFeature {
    init(_ message: Vigie_V1_Feature) {
        self.init(
            name: message.name,
            expression: message.expression.isEmpty ? nil : message.expression,
            description: LocalizedText(message.description_p),
            reasonWhenRaising: LocalizedText(message.reasonWhenRaising),
            reasonWhenLowering: LocalizedText(message.reasonWhenLowering),
            unit: message.unit
        )
    }
}

extension ScoreScale {
    init(_ message: Vigie_V1_ScoreScale) {
        self.init(
            id: message.id,
            minimum: Int(message.minimum),
            maximum: Int(message.maximum),
            highScoreIsSafe: message.highScoreIsSafe,
            pointsToDoubleOdds: message.pointsToDoubleOdds,
            anchorScore: message.anchorScore,
            anchorProbability: message.anchorProbability
        )
    }
}

extension RiskClass {
    init(_ message: Vigie_V1_RiskClass) {
        self.init(
            number: Int(message.number),
            probabilityMaximum: message.probabilityMaximum,
            label: LocalizedText(message.label)
        )
    }
}
