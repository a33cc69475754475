// SPDX-License-Identifier: Apache-2.0

// Reads the JSON files of a bundle.

internal import ModelFormats
internal import VigieLimits

extension DocumentValue {
    /// Reads a file whose brackets nest no deeper than `ScoringLimits.jsonDepth`.
    init(json bytes: [UInt8], file: String) throws(BundleError) {
        do {
            self = try DocumentValue(json: bytes, depthLimit: ScoringLimits.jsonDepth)
        } catch {
            throw error.code == .unsupported
                ? BundleError(
                    code: .tooLarge,
                    file: file,
                    message: "has \(error.message) (\(error.place))."
                )
                : BundleError(
                    file: file,
                    message: "is not valid JSON: \(error.place): \(error.message)."
                )
        }
    }
}
