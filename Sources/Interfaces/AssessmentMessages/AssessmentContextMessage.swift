// SPDX-License-Identifier: Apache-2.0

// What is said once of all assessments of a response or stream: models, and what numbers mean.

internal import Assessment
internal import ProtobufCoding
internal import Quantities
internal import Scoring
internal import StatementAnalysis
package import VigieApplication
package import VigieProtos

/// Parts of assessments that a caller does not want.
package struct OmittedParts: OptionSet, Sendable {
    /// A bit for each part.
    package let rawValue: UInt32

    /// All that is about formulas.
    package static let formulas: OmittedParts = [.ratios, .publishedModels]
    static let ratios = OmittedParts(.ratios)
    static let publishedModels = OmittedParts(.publishedModels)
    static let findings = OmittedParts(.findings)
    static let payments = OmittedParts(.payments)
    static let statements = OmittedParts(.statements)
    static let labels = OmittedParts(.labels)
    static let references = OmittedParts(.references)

    /// Takes bits.
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ part: Vigie_V1_AssessmentPart) {
        rawValue = 1 << UInt32(truncatingIfNeeded: part.rawValue)
    }

    /// The parts of a header; nil for one that the API does not have, whose place is given.
    init(_ parts: [Vigie_V1_AssessmentPart], firstUnknown: inout Int?) {
        rawValue = parts.enumerated().reduce(0) { bits, next in
            guard Vigie_V1_AssessmentPart.allCases.dropFirst().contains(next.element) else {
                firstUnknown = firstUnknown ?? next.offset
                return bits
            }
            return bits | Self(next.element).rawValue
        }
    }
}

extension Vigie_V1_AssessmentContext {
    /// The context of a plan.
    ///
    /// - Parameter named: The features whose labels are told, of the model and of the card; nil
    ///   for all.
    package init(
        _ plan: AssessmentPlan,
        omitted: OmittedParts,
        named: (model: Set<UInt32>, card: Set<UInt32>)? = nil
    ) {
        self.init(plan, omitted: omitted, named: named, withFormulas: true)
    }

    /// Writes the fields of the context of a plan. Labels of formulas, which are most of it, were
    /// written before.
    static func write(
        _ plan: AssessmentPlan,
        omitted: OmittedParts,
        named: (model: Set<UInt32>, card: Set<UInt32>),
        to writer: inout ProtobufWriter
    ) {
        Self(plan, omitted: omitted, named: named, withFormulas: false).write(to: &writer)
        guard tellsFormulas(omitted) else { return }
        writer.append(plan.questions.tellsModelInputs ? writtenWithInputs : writtenFormulas)
    }

    private static let writtenFormulas = Self.with { $0.formulas = allFormulas }.serializedBytes()
    private static let writtenWithInputs = Self.with { $0.formulas = withInputs }.serializedBytes()

    private static func tellsFormulas(_ omitted: OmittedParts) -> Bool {
        !omitted.contains(.labels) && !omitted.isSuperset(of: [.ratios, .publishedModels])
    }

    private init(
        _ plan: AssessmentPlan,
        omitted: OmittedParts,
        named: (model: Set<UInt32>, card: Set<UInt32>)?,
        withFormulas: Bool
    ) {
        self.init()
        let day = plan.options.asOf.description
        let tellsBase = plan.options.reasonCount > 0
        model = .init(plan.model, asOfDate: day, tellsBase: tellsBase)
        if let card = plan.card { self.card = .init(card, asOfDate: day, tellsBase: tellsBase) }
        guard !omitted.contains(.labels) else { return }
        if tellsBase {
            modelFeatures = Self.labels(plan.model, named?.model)
            if let card = plan.card { cardFeatures = Self.labels(card, named?.card) }
        }
        if withFormulas, Self.tellsFormulas(omitted) {
            formulas = plan.questions.tellsModelInputs ? Self.withInputs : Self.allFormulas
        }
    }

    private static func labels(
        _ model: ScoringModel,
        _ named: Set<UInt32>?
    ) -> [Vigie_V1_FeatureLabel] {
        var labels: [Vigie_V1_FeatureLabel] = []
        for (number, feature) in model.manifest.features.enumerated() {
            let number = UInt32(clamping: number)
            guard named?.contains(number) ?? true else { continue }
            labels.append(
                .with {
                    $0.feature = number
                    $0.name = feature.name
                    $0.label = .init(feature.label)
                    $0.raisesRisk = .init(feature.raisesRisk)
                    $0.lowersRisk = .init(feature.lowersRisk)
                }
            )
        }
        return labels
    }

    private static let withInputs: [Vigie_V1_FormulaLabel] =
        zip(allFormulas, FormulaNumbers.all.formulas).map { label, formula in
            guard formula.kind == .model else { return label }
            var label = label
            label.inputs = StatementFormulas.complete.inputNames(of: formula.name)
            label.simplifiedInputs = StatementFormulas.simplified.inputNames(of: formula.name)
            return label
        }

    private static let allFormulas: [Vigie_V1_FormulaLabel] =
        FormulaNumbers.all.formulas.enumerated().map { number, formula in
            .with {
                $0.formula = UInt32(clamping: number)
                $0.name = formula.name
                $0.label.en = formula.english
                $0.label.fr = formula.french
                $0.unit = formula.unit.rawValue
                $0.source = formula.source
                switch formula.kind {
                case .ratio: $0.kind = .ratio
                case .balance: $0.kind = .balance
                case .model: $0.kind = .model
                case .definition: break
                }
            }
        }
}
