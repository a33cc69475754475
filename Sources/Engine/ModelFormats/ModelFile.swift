// SPDX-License-Identifier: Apache-2.0

// Which format a model file has, from its first bytes.

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
        if bytes.starts(with: "tree\n".utf8) || bytes.starts(with: "tree\r\n".utf8) {
            return .lightGBMText
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        let first = text.prefix(1024).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        switch first.first {
        case UInt8(ascii: "<"):
            return .pmml
        case UInt8(ascii: "{"):
            // In UBJSON a length follows, or the type of all values.
            let second = first.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
            return second.map { "iUIlL$#N".utf8.contains($0) } == true
                ? .xgboostUBJSON : .xgboostJSON
        case 0x08, 0x0A, 0x12, 0x1A, 0x22, 0x3A, 0x42, 0x72:
            // The tag of a field of ONNX's ModelProto.
            return .onnx
        default:
            return nil
        }
    }

    /// Reads a file of any format.
    ///
    /// - Parameter categoricalColumns: The features that had categories in a data frame, in its
    ///   order; only for LightGBM, whose files may leave that open.
    package static func read(
        _ bytes: [UInt8],
        categoricalColumns: [String]? = nil
    ) throws(ModelFormatError) -> ModelProgram {
        // It may begin with any byte; the reader says how to convert it.
        if XGBoostReader.isOldBinary(bytes) { return try XGBoostReader.read(bytes) }
        switch format(of: bytes) {
        case .lightGBMText:
            return try LightGBMTextReader.read(bytes, categoricalColumns: categoricalColumns)
        case .xgboostJSON, .xgboostUBJSON:
            return try XGBoostReader.read(bytes)
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
