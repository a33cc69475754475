// SPDX-License-Identifier: Apache-2.0

// Reads the bundle of a trained forecast: a manifest, and one model file of LightGBM with a result
// for each quantile and probability.

internal import Digests
internal import Documents
internal import Forest
internal import Formulas
internal import ModelFormats
internal import Quantities
package import Scoring
internal import VigieLimits

/// What the manifest says.
struct TrainedForecastManifest {
    var name = ""
    var version = ""
    var trainedUntil = CalendarDate.first
    var horizonDays = 1
    var bandDays = 0.0
    var modelFile = ""
    var modelSHA256 = ""

    init(_ reader: DocumentReader, _ problems: ProblemList) {
        let object = reader.object(keys: [
            "format", "name", "version", "description", "trained_until", "horizon_days",
            "band_days", "features", "outputs", "model", "training",
        ])
        name = object.required("name")?.string() ?? ""
        version = object.required("version")?.string() ?? ""
        for (key, text) in [("name", name), ("version", version)]
        where !BundleFiles.isPlainName(text) {
            problems.add(object.path(to: key), "must be of letters, digits, '.', '_' and '-'.")
        }
        if let found = object.required("trained_until") {
            if let day = CalendarDate(found.string()) {
                trainedUntil = day
            } else {
                problems.add(found.path, "must be a day written as 2026-01-31.")
            }
        }
        horizonDays = object.required("horizon_days")?.integer(1...Self.horizonDaysMax) ?? 1
        bandDays = object.required("band_days")?.number() ?? 0
        if !bandDays.isFinite || abs(bandDays) > Double(Self.horizonDaysMax) {
            problems.add(object.path(to: "band_days"), "must be a number of days.")
        }
        for (key, wanted) in [
            ("features", PaymentFeatures.names), ("outputs", TrainedForecast.outputs),
        ] {
            let found = object.required(key)
            let names = found?.array(limit: ScoringLimits.features).map { $0.string() } ?? []
            if let found, names != wanted {
                problems.add(
                    found.path,
                    "is not what this release computes; train the model with its tools again. It "
                        + "must be: \(wanted.joined(separator: ", "))."
                )
            }
        }
        if let model = object.required("model")?.object(keys: ["file", "sha256"]) {
            modelFile = model.required("file")?.string() ?? ""
            modelSHA256 = model.required("sha256")?.string() ?? ""
        }
    }

    // tidy: limit: what a forecast can say, and not what somebody may ask for
    private static let horizonDaysMax = 540
}

extension TrainedForecast {
    /// What its manifests have as their format.
    package static let format = "vigie-payment-forecast/1"

    /// Loads and checks a bundle.
    ///
    /// - Throws: What is wrong with it.
    package convenience init(bundle: BundleFiles) throws(BundleError) {
        let file = BundleFiles.manifestName
        let bytes = try bundle.read(file, limitBytes: ScoringLimits.manifestBytes)
        let problems = ProblemList(file: file)
        let root = try DocumentValue(json: bytes, manifest: file)
        let manifest = TrainedForecastManifest(DocumentReader(root, problems), problems)
        guard problems.problems.isEmpty else {
            throw BundleError(code: .invalid, problems: problems.problems)
        }
        let model = try bundle.read(
            manifest.modelFile,
            limitBytes: ScoringLimits.bundleBytes - bytes.count
        )
        let digest = Digest.sha256(model)
        guard Digest.hexadecimal(digest) == manifest.modelSHA256 else {
            throw BundleError(
                file: file,
                path: "model.sha256",
                message: "is not that of \(manifest.modelFile), which is "
                    + "\(Digest.hexadecimal(digest)): one of the two was changed or damaged."
            )
        }
        self.init(
            manifest,
            try Self.ensemble(model, manifest.modelFile),
            contentHash: Digest.hexadecimal(Digest.sha256(Digest.sha256(bytes) + digest))
        )
    }

    private static func ensemble(
        _ bytes: [UInt8],
        _ file: String
    ) throws(BundleError) -> TreeEnsemble {
        let program: ModelProgram
        do throws(ModelFormatError) { program = try ModelFile.read(bytes) } catch {
            throw BundleError(file: file, path: error.place, message: "\(error.message).")
        }
        guard program.inputs.map(\.name) == PaymentFeatures.names,
            case .trees(let ensemble, let arguments)? = program.steps.first,
            program.steps.count == 1, arguments == Array(program.inputs.indices),
            ensemble.outputCount == outputs.count
        else {
            throw BundleError(
                file: file,
                message: "is no model of trees alone with the figures and results that the "
                    + "manifest names."
            )
        }
        return ensemble
    }
}

extension DocumentValue {
    /// Reads a manifest whose brackets nest no deeper than `ScoringLimits.jsonDepth`.
    fileprivate init(json bytes: [UInt8], manifest file: String) throws(BundleError) {
        do {
            self = try DocumentValue(json: bytes, depthLimit: ScoringLimits.jsonDepth)
        } catch {
            throw BundleError(
                file: file,
                message: "is not valid JSON: \(error.place): \(error.message)."
            )
        }
    }
}
