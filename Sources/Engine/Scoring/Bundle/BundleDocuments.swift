// SPDX-License-Identifier: Apache-2.0

// The JSON files of a bundle, and their problems as those of the bundle.

internal import Documents
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

extension ProblemList {
    /// Throws if there are problems and nobody may look at the values that were read.
    func checkReadable() throws(BundleError) {
        if hasPlaceholders { try check() }
    }

    /// Throws if there are problems.
    func check() throws(BundleError) {
        guard problems.isEmpty else { throw BundleError(code: .invalid, problems: problems) }
    }
}

extension DocumentReader {
    /// A text in both languages, neither empty.
    func localizedText() -> LocalizedText {
        let object = object(keys: ["en", "fr"])
        let text = LocalizedText(
            english: object.required("en")?.string() ?? "",
            french: object.required("fr")?.string() ?? ""
        )
        for (key, value) in [("en", text.english), ("fr", text.french)]
        where value.isEmpty && object.optional(key) != nil {
            problems.add(object.path(to: key), "must be a text that is not empty.")
        }
        return text
    }
}
