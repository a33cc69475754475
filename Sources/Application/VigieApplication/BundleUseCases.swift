// SPDX-License-Identifier: Apache-2.0

// What one does with bundles on disk, without a server.

internal import BundleStore
package import ModelFormats
internal import PaymentForecast
internal import ProceedingSurvival
internal import Quantities
package import Scoring
package import ServiceErrors

/// Checks and makes bundles.
package enum BundleUseCases {
    /// Directories of the bundles under a path, in the order of their names.
    package static func bundles(at path: String) throws(ServiceError) -> [String] {
        try BundleDirectory.bundles(at: path)
    }

    /// Loads the bundle of a directory as a server would.
    ///
    /// - Throws: All that is wrong with it.
    package static func check(_ path: String) throws(BundleError) -> ScoringModel {
        try ScoringModel(bundle: BundleFiles(directory: path))
    }

    /// Loads the bundle of a directory as what forecasts, and says what it holds, a line for each;
    /// nil if it scores companies.
    ///
    /// - Throws: All that is wrong with it.
    package static func checkForecast(_ path: String) throws(BundleError) -> [String]? {
        let files = BundleFiles(directory: path)
        switch BundleDirectory.format(of: path) {
        case TrainedForecast.format:
            let trained = try TrainedForecast(bundle: files)
            return [
                "forecast  \(trained.identifier), of payments",
                "trained   up to \(trained.trainedUntil)",
                "horizon   \(trained.horizonDays) days", "hash      \(trained.contentHash)",
            ]
        case SurvivalModel.format:
            let survival = try SurvivalModel(bundle: files)
            return [
                "forecast  \(survival.identifier), of proceedings",
                "fitted    on \(survival.proceedingCount) up to \(survival.trainedUntil)",
                "quarters  \(survival.quarterCount)", "hash      \(survival.contentHash)",
            ]
        default: return nil
        }
    }

    /// Makes a bundle of a model file and stores it, whole or not at all; nothing is written when
    /// the bundle could not be served.
    ///
    /// - Parameters:
    ///   - program: What the file says.
    ///   - bytes: The file.
    ///   - reference: The population that percentiles compare with.
    ///   - description: What the file cannot say.
    ///   - path: The directory to make.
    /// - Throws: DATA_LOSS when the bundle could not be served, or why it cannot be written.
    package static func importModel(
        _ program: ModelProgram,
        bytes: [UInt8],
        reference: ReferencePopulation,
        description: ImportedModel.Description,
        to path: String
    ) throws(ServiceError) {
        let files: [String: [UInt8]]
        do throws(BundleError) {
            files = try ImportedModel(
                program,
                bytes: bytes,
                reference: reference,
                description: description
            ).files
            _ = try ScoringModel(bundle: BundleFiles(files: files))
        } catch {
            let problems = error.problems.prefix(5).map { "\n  \($0)" }.joined()
            throw ServiceError(
                .dataLoss,
                "BAD_BUNDLE",
                "the model cannot be made into a bundle:\(problems)"
            )
        }
        try NewBundle.write(files, to: path)
    }
}
