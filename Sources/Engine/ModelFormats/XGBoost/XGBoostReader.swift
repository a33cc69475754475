// SPDX-License-Identifier: Apache-2.0

// Reads the JSON and UBJSON files that XGBoost 1.0 to 3 write with `Booster.save_model`.

internal import Documents
internal import VigieLimits

/// Reads XGBoost models: boosted trees (also DART and random forests), linear models; numerical and
/// categorical splits; one output or several, also with vectors in the leaves.
///
/// The raw outputs of the program are the margins of `Booster.predict(output_margin=True)` of
/// XGBoost 3.4, bit for bit; the outputs are those of `Booster.predict`. Where early stopping noted
/// a best iteration before the last, the caller must say which trees count: scikit-learn's
/// `predict` takes those up to it, `Booster.predict` all. The margins of older versions than 1.3
/// could differ in the last bit from what a newer version makes of the same file.
///
/// Members that XGBoost does not write are refused, since they could change every score.
///
/// Memory is bounded by the size of the file, whatever it declares.
package enum XGBoostReader {
    /// Reads a whole file: JSON or UBJSON, told apart by what follows the opening brace.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - trees: Which trees count where early stopping found an iteration best; nil for a file
    ///     where it did not.
    package static func read(
        _ file: [UInt8],
        trees: ModelTrees? = nil
    ) throws(ModelFormatError) -> ModelProgram {
        guard let first = file.firstIndex(where: { !isBlank($0) }), file[first] == 0x7B,
            !isOldBinary(file)
        else { throw notADocument(file) }
        let depth = ModelFormatLimits.documentDepth
        let second = file[(first + 1)...].first { !isBlank($0) }
        let isJSON = second == UInt8(ascii: "\"") || second == UInt8(ascii: "}")
        let value =
            isJSON
            ? try DocumentValue(json: file, depthLimit: depth, allowsNonFinite: true)
            : try DocumentValue(ubjson: file, depthLimit: depth)
        var root = DocumentNode(value: value, path: "$")
        // A snapshot of a whole Booster has the model beside its training state.
        if let model = try root.optional("Model") {
            try root.allowMembers(XGBoostMembers.snapshot)
            root = model
        }
        var learner = try XGBoostLearner(root.member("learner"), byteCount: file.count)
        if let version = try root.optional("version")?.integers(), version.count > 1 {
            learner.cutsTexts = (version[0], version[1]) < (3, 4)
        }
        try root.allowMembers(XGBoostMembers.root)
        return try learner.program(
            format: (isJSON ? ModelFile.Format.xgboostJSON : .xgboostUBJSON).name,
            trees: trees
        )
    }

    /// Whether a file is of the binary format that XGBoost before 3.1 can write.
    package static func isOldBinary(_ file: [UInt8]) -> Bool {
        if file.starts(with: "binf".utf8) { return true }
        // Without that mark: 136 bytes, then the name of the objective behind its length, in eight
        // bytes of which the lowest is the first.
        let name = file.dropFirst(136).prefix(40)
        guard let length = name.first, length != 0,
            name.dropFirst().prefix(7).allSatisfy({ $0 == 0 })
        else { return false }
        return ["binary:", "reg:", "multi:", "rank:", "count:", "survival:"].contains {
            name.dropFirst(8).starts(with: $0.utf8)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func notADocument(_ file: [UInt8]) -> ModelFormatError {
        guard isOldBinary(file) else {
            return ModelFormatError(
                code: .malformed,
                place: "byte 0",
                message: "not an XGBoost model: neither JSON nor UBJSON begins here"
            )
        }
        return ModelFormatError(
            code: .unsupported,
            place: "byte 0",
            message: "XGBoost's old binary format: load it with an XGBoost before 3.1 "
                + "(xgboost.Booster(model_file=...)) and save it as .json or .ubj"
        )
    }
}
