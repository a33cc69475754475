// SPDX-License-Identifier: Apache-2.0

// The types of elements of tensors, as the Open Inference Protocol names them.

internal import VigieProtos

/// What the elements of a tensor are.
enum TensorType: String, Sendable, CaseIterable {
    case bool = "BOOL"
    case uint8 = "UINT8"
    case uint16 = "UINT16"
    case uint32 = "UINT32"
    case uint64 = "UINT64"
    case int8 = "INT8"
    case int16 = "INT16"
    case int32 = "INT32"
    case int64 = "INT64"
    case fp16 = "FP16"
    case bf16 = "BF16"
    case fp32 = "FP32"
    case fp64 = "FP64"
    case bytes = "BYTES"

    /// Bytes of an element in raw form; of texts, those of the length before each.
    var elementBytes: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .fp16, .bf16: 2
        case .uint32, .int32, .fp32, .bytes: 4
        case .uint64, .int64, .fp64: 8
        }
    }

    /// Whether each value is one of 32-bit floating point too.
    var isExactInFloat: Bool {
        switch self {
        case .bool, .uint8, .uint16, .int8, .int16, .fp16, .bf16, .fp32: true
        case .uint32, .uint64, .int32, .int64, .fp64, .bytes: false
        }
    }

    /// The field of InferTensorContents that holds such elements; nil where only raw form does.
    var contentsField: UInt32? {
        switch self {
        case .bool: 1
        case .int8, .int16, .int32: 2
        case .int64: 3
        case .uint8, .uint16, .uint32: 4
        case .uint64: 5
        case .fp32: 6
        case .fp64: 7
        case .bytes: 8
        case .fp16, .bf16: nil
        }
    }

    /// The least that an element takes there, with its tag if it has one.
    var contentsBytesMin: Int {
        switch self {
        case .fp32: 4
        case .fp64: 8
        case .bytes: 2
        default: 1
        }
    }

    /// What a configuration of Triton calls it.
    var configured: Inference_DataType {
        switch self {
        case .bool: .typeBool
        case .uint8: .typeUint8
        case .uint16: .typeUint16
        case .uint32: .typeUint32
        case .uint64: .typeUint64
        case .int8: .typeInt8
        case .int16: .typeInt16
        case .int32: .typeInt32
        case .int64: .typeInt64
        case .fp16: .typeFp16
        case .bf16: .typeBf16
        case .fp32: .typeFp32
        case .fp64: .typeFp64
        case .bytes: .typeString
        }
    }
}
