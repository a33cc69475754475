// SPDX-License-Identifier: Apache-2.0

// Which format a model file has, from its first bytes.

internal import Documents

/// Model files of any format.
package enum ModelFile {
    /// A format of model files.
    package enum Format: String, Sendable, CaseIterable {
        /// What LightGBM's `save_model` writes.
        case lightGBMText = "lightgbm-text"
        /// What XGBoost's `save_model` writes to a file whose name ends in ".json".
        case xgboostJSON = "xgboost-json"
        /// What XGBoost's `save_model` writes to a file whose name ends in ".ubj".
        case xgboostUBJSON = "xgboost-ubjson"
        /// Open Neural Network Exchange, with the operators of ONNX-ML.
        case onnx
        /// Predictive Model Markup Language 4.
        case pmml
    }

    /// The format of a file; nil if it is none of them.
    package static func format(of bytes: [UInt8]) -> Format? {
        let text = withoutMark(bytes)
        if text.starts(with: "tree\n".utf8) || text.starts(with: "tree\r\n".utf8) {
            return .lightGBMText
        }
        // UTF-16, which XML may be in.
        let hasWideMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if ForeignFile.wideCharacter(bytes, after: hasWideMark ? 2 : 0) == UInt8(ascii: "<") {
            return .pmml
        }
        let first = text.prefix(1024).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        switch first.first {
        case UInt8(ascii: "<"):
            return .pmml
        case UInt8(ascii: "{"):
            // In UBJSON a length follows, or the type of all values.
            let second = first.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
            return second.map { "iUIlL$#N".utf8.contains($0) } == true
                ? .xgboostUBJSON : .xgboostJSON
        default: break
        }
        switch bytes.first {
        case 0x08, 0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72:
            // The tag of a field of ONNX's ModelProto.
            return .onnx
        default:
            return nil
        }
    }

    /// Reads a file of any format.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - trees: Which trees count where early stopping found an iteration best; nil for a file
    ///     where it did not.
    ///   - categoricalColumns: The features that had categories in a data frame, in its order; only
    ///     for LightGBM, whose files may leave that open.
    package static func read(
        _ bytes: [UInt8],
        trees: ModelTrees? = nil,
        categoricalColumns: [String]? = nil
    ) throws(ModelFormatError) -> ModelProgram {
        // It may begin with any byte; the reader says how to convert it.
        if XGBoostReader.isOldBinary(bytes) { return try XGBoostReader.read(bytes) }
        if let words = ForeignFile.words(bytes) {
            throw ModelFormatError(code: .unsupported, place: "byte 0", message: words)
        }
        switch format(of: bytes) {
        case .lightGBMText:
            return try LightGBMTextReader.read(
                withoutMark(bytes),
                categoricalColumns: categoricalColumns
            )
        case .xgboostJSON, .xgboostUBJSON:
            return try XGBoostReader.read(withoutMark(bytes), trees: trees)
        case .onnx:
            return try read(bytes, with: ONNXReader.read)
        case .pmml:
            return try read(bytes, with: PMMLReader.read)
        case nil:
            throw ModelFormatError(
                code: .unsupported,
                place: "byte 0",
                message: "neither LightGBM text, XGBoost JSON or UBJSON, ONNX nor PMML"
            )
        }
    }

    /// What follows the mark that some editors put before UTF-8.
    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func read(
        _ bytes: [UInt8],
        with reader: (UnsafeRawBufferPointer) throws(ModelFormatError) -> ModelProgram
    ) throws(ModelFormatError) -> ModelProgram {
        let result = bytes.withUnsafeBytes { file -> Result<ModelProgram, ModelFormatError> in
            do throws(ModelFormatError) { return .success(try reader(file)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
