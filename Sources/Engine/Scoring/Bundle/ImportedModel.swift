// SPDX-License-Identifier: Apache-2.0

// The files of a bundle around a model file that comes from elsewhere.

internal import Digests
internal import Documents
package import ModelFormats
internal import VigieLimits

/// A model file with a manifest that says no more than the file does.
package struct ImportedModel: Sendable {
    /// What the file cannot say.
    package struct Description: Sendable {
        /// Name of the model.
        package var name: String
        /// Version of the model.
        package var version: String
        /// What the probability is of.
        package var event: String
        /// Within how many months.
        package var horizonMonths: Int
        /// Which trees of the file count, where early stopping found an iteration best.
        package var trees: ModelTrees?

        /// A description.
        package init(
            name: String,
            version: String,
            event: String,
            horizonMonths: Int,
            trees: ModelTrees? = nil
        ) {
            self.trees = trees
            self.name = name
            self.version = version
            self.event = event
            self.horizonMonths = horizonMonths
        }
    }

    /// The files by name.
    package let files: [String: [UInt8]]

    /// A bundle of a model file whose program has log-odds.
    package init(
        _ program: ModelProgram,
        bytes: [UInt8],
        reference: ReferencePopulation,
        description: Description
    ) throws(BundleError) {
        guard let format = ModelFormat(rawValue: program.format) else {
            throw BundleError(
                file: BundleFiles.manifestName,
                message: "no bundle holds a model file of format \(program.format)."
            )
        }
        let modelFile = "model.\(format.fileExtension)"
        let event = LocalizedText(english: description.event, french: description.event)
        let summary = "Imported from a file of format \(format.rawValue)."
        let manifest = Manifest(
            name: description.name,
            version: description.version,
            description: LocalizedText(english: summary, french: summary),
            eventIdentifier: "failure",
            eventDefinition: event,
            horizonMonths: description.horizonMonths,
            modelFormat: format,
            modelFile: modelFile,
            modelTrees: description.trees,
            modelSHA256: Digest.hexadecimal(Digest.sha256(bytes)),
            modelCardFile: nil,
            isScaleFree: false,
            yearsMaximum: 1,
            inputs: nil,
            definitions: [],
            features: program.inputs.map(ManifestFeature.init),
            calibration: .identity,
            prior: .none,
            scoreScale: .standard,
            riskClasses: RiskClass.standard,
            reference: reference,
            metrics: [:],
            provenance: [:]
        )
        files = [BundleFiles.manifestName: manifest.json(), modelFile: bytes]
    }
}

extension ManifestFeature {
    /// A column of which nothing is known but its name and its categories.
    fileprivate init(_ input: ModelProgram.Input) {
        let name = input.name
        self.init(
            name: name,
            expression: nil,
            unit: .none,
            range: ValueRange(minimum: -.infinity, maximum: .infinity, excludesMinimum: false),
            isMissingAllowed: true,
            invalidPolicy: nil,
            // Very many need not be repeated: the model file has them.
            categories: input.categories.flatMap {
                $0.values.count <= ScoringLimits.categories ? ManifestCategories($0) : nil
            },
            monotone: 0,
            label: LocalizedText(english: name, french: name),
            raisesRisk: LocalizedText(
                english: "\(name) raises the risk",
                french: "\(name) accroît le risque"
            ),
            lowersRisk: LocalizedText(
                english: "\(name) lowers the risk",
                french: "\(name) réduit le risque"
            )
        )
    }
}

extension ScoreScale {
    /// 1 to 1000, high is safe, 60 points double the odds, 500 at a probability of 1 %.
    fileprivate static let standard = ScoreScale(
        identifier: "vigie-1000",
        minimum: 1,
        maximum: 1000,
        isHighSafe: true,
        pointsToDoubleOdds: 60,
        anchorScore: 500,
        anchorProbability: 0.01
    )
}

extension RiskClass {
    /// Ten classes whose bounds about double.
    fileprivate static let standard: [RiskClass] = {
        let maxima = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 1]
        return maxima.enumerated().map { index, maximum in
            RiskClass(
                number: index + 1,
                probabilityMaximum: maximum,
                label: LocalizedText(
                    english: "class \(index + 1) of \(maxima.count)",
                    french: "classe \(index + 1) sur \(maxima.count)"
                )
            )
        }
    }()
}
