// SPDX-License-Identifier: Apache-2.0

// The list of formats, with all that the product has to know of each: names, words, recognition,
// reader. Whoever needs one of these asks here.

extension ModelFile {
    /// A format of model files.
    package struct Format: Sendable {
        /// What bundles and programs call it.
        package let name: String
        /// What people call it.
        package let words: String
        /// Ending of the names of such files in bundles.
        package let fileExtension: String
        /// Whether a file begins as such files do.
        let recognises: @Sendable (Start) -> Bool
        /// Reads such a file.
        let read: @Sendable (Content) throws(ModelFormatError) -> ModelProgram
    }
}

extension ModelFile.Format {
    /// All formats.
    package static let all = [lightGBMText, xgboostJSON, xgboostUBJSON, pmml, onnx]

    /// What people call all of them, with commas between.
    package static var words: String { all.map(\.words).joined(separator: ", ") }

    /// The format of a name; nil if there is none.
    package init?(name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    /// What LightGBM's `save_model` writes.
    package static let lightGBMText = Self(
        name: "lightgbm-text",
        words: "LightGBM text",
        fileExtension: "txt",
        recognises: {
            $0.text.starts(with: "tree\n".utf8) || $0.text.starts(with: "tree\r\n".utf8)
        },
        read: { content throws(ModelFormatError) in
            try LightGBMTextReader.read(
                content.text,
                categoricalColumns: content.categoricalColumns
            )
        }
    )

    /// What XGBoost's `save_model` writes to a file whose name ends in ".json".
    package static let xgboostJSON = Self(
        name: "xgboost-json",
        words: "XGBoost JSON",
        fileExtension: "json",
        recognises: { $0.character == UInt8(ascii: "{") && !isUBJSON($0) },
        read: { content throws(ModelFormatError) in
            try XGBoostReader.read(content.text, trees: content.trees)
        }
    )

    /// What XGBoost's `save_model` writes to a file whose name ends in ".ubj".
    package static let xgboostUBJSON = Self(
        name: "xgboost-ubjson",
        words: "XGBoost UBJSON",
        fileExtension: "ubj",
        recognises: { $0.character == UInt8(ascii: "{") && isUBJSON($0) },
        read: xgboostJSON.read
    )

    /// Predictive Model Markup Language 4.
    package static let pmml = Self(
        name: "pmml",
        words: "PMML",
        fileExtension: "pmml",
        recognises: { $0.character == UInt8(ascii: "<") },
        read: { content throws(ModelFormatError) in try content.read(with: PMMLReader.read) }
    )

    /// Open Neural Network Exchange, with the operators of ONNX-ML.
    package static let onnx = Self(
        name: "onnx",
        words: "ONNX",
        fileExtension: "onnx",
        recognises: { start in
            // The tag of a field of ONNX's ModelProto.
            switch start.bytes.first {
            case 0x08, 0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72: true
            default: false
            }
        },
        read: { content throws(ModelFormatError) in try content.read(with: ONNXReader.read) }
    )

    /// Whether a length follows the bracket, or the type of all values.
    private static func isUBJSON(_ start: ModelFile.Start) -> Bool {
        start.second.map { "iUIlL$#N".utf8.contains($0) } == true
    }
}

extension ModelFile.Format: Equatable {
    /// Whether both have the same name.
    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
}
