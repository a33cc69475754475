// SPDX-License-Identifier: Apache-2.0

// A loaded model as the messages of ModelService.

internal import AssessmentMessages
internal import Forest
internal import ModelFormats
internal import ProtobufCoding
internal import Scoring
internal import VigieLimits
internal import VigieProtos

extension Vigie_V1_ModelSummary {
    init(_ model: ScoringModel, isDefault: Bool) {
        self.init()
        name = model.manifest.name
        version = model.manifest.version
        contentHash = model.contentHash
        description_p = .init(model.manifest.description)
        self.isDefault = isDefault
        event = model.manifest.eventIdentifier
        horizonMonths = UInt32(clamping: model.manifest.horizonMonths)
    }
}

extension Vigie_V1_ModelDescription {
    init(_ model: ScoringModel, isDefault: Bool) {
        self.init()
        let manifest = model.manifest
        summary = .init(model, isDefault: isDefault)
        eventDefinition = .init(manifest.eventDefinition)
        var left = ServiceLimits().describedCategoriesMax
        inputs = model.inputColumns.map { column in
            let input = Vigie_V1_InputColumn(column, categoriesMax: left)
            left -= input.categories.count
            return input
        }
        features = manifest.features.map(Vigie_V1_Feature.init)
        scoreScale = .init(manifest.scoreScale)
        riskClasses = manifest.riskClasses.map(Vigie_V1_RiskClass.init)
        modelCard = model.modelCard
        metrics = manifest.metrics
        provenance = manifest.provenance
        modelFormat = manifest.modelFormat.rawValue
    }
}

extension Vigie_V1_InputColumn {
    init(_ column: InputColumn, categoriesMax: Int) {
        self.init()
        name = column.name
        unit = column.unit.rawValue
        description_p = .init(column.description)
        required = column.isRequired
        missingAllowed = column.isMissingAllowed
        minimum = column.range.minimum
        maximum = column.range.maximum
        kind = .number
        guard let categories = column.categories else { return }
        kind = .category
        self.categories = categories.values.prefix(categoriesMax).map(\.shown)
        categoryCount = UInt32(clamping: categories.values.count)
        unknownCategoryAllowed = categories.unknown != .notScorable
        invalidAllowed = column.isInvalidAllowed
    }
}

extension Vigie_V1_Feature {
    init(_ feature: ManifestFeature) {
        self.init()
        name = feature.name
        expression = feature.expression ?? ""
        description_p = .init(feature.label)
        reasonWhenRaising = .init(feature.raisesRisk)
        reasonWhenLowering = .init(feature.lowersRisk)
        unit = feature.unit.rawValue
    }
}

extension Vigie_V1_GetQuantiserResponse {
    init(_ model: ScoringModel, quantiser: ModelQuantiser) {
        self.init()
        name = model.manifest.name
        version = model.manifest.version
        contentHash = model.contentHash
        self.quantiser.digest = quantiser.digest
        self.quantiser.inputCount = UInt32(clamping: model.inputColumns.count)
        self.quantiser.columns = quantiser.quantiser.columns.map { column in
            .with {
                $0.input = UInt32(clamping: column.feature)
                $0.inputName = model.inputColumns[column.feature].name
                $0.thresholds = column.thresholds
            }
        }
    }
}

extension Vigie_V1_ScoreScale {
    init(_ scale: ScoreScale) {
        self.init()
        id = scale.identifier
        minimum = UInt32(clamping: scale.minimum)
        maximum = UInt32(clamping: scale.maximum)
        highScoreIsSafe = scale.isHighSafe
        pointsToDoubleOdds = scale.pointsToDoubleOdds
        anchorScore = scale.anchorScore
        anchorProbability = scale.anchorProbability
    }
}

extension Vigie_V1_RiskClass {
    init(_ riskClass: RiskClass) {
        self.init()
        number = UInt32(clamping: riskClass.number)
        probabilityMaximum = riskClass.probabilityMaximum
        label = .init(riskClass.label)
    }
}
