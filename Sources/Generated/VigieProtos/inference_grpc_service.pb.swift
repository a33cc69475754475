// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from inference/grpc_service.proto; do not edit.

package import ProtobufCoding

package enum Inference_DataType: Sendable, Equatable {
    case typeInvalid
    case typeBool
    case typeUint8
    case typeUint16
    case typeUint32
    case typeUint64
    case typeInt8
    case typeInt16
    case typeInt32
    case typeInt64
    case typeFp16
    case typeFp32
    case typeFp64
    case typeString
    case typeBf16
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.typeInvalid, .typeBool, .typeUint8, .typeUint16, .typeUint32, .typeUint64, .typeInt8, .typeInt16, .typeInt32, .typeInt64, .typeFp16, .typeFp32, .typeFp64, .typeString, .typeBf16]
    }

    /// Makes `typeInvalid`.
    package init() { self = .typeInvalid }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .typeInvalid
        case 1: self = .typeBool
        case 2: self = .typeUint8
        case 3: self = .typeUint16
        case 4: self = .typeUint32
        case 5: self = .typeUint64
        case 6: self = .typeInt8
        case 7: self = .typeInt16
        case 8: self = .typeInt32
        case 9: self = .typeInt64
        case 10: self = .typeFp16
        case 11: self = .typeFp32
        case 12: self = .typeFp64
        case 13: self = .typeString
        case 14: self = .typeBf16
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .typeInvalid: 0
        case .typeBool: 1
        case .typeUint8: 2
        case .typeUint16: 3
        case .typeUint32: 4
        case .typeUint64: 5
        case .typeInt8: 6
        case .typeInt16: 7
        case .typeInt32: 8
        case .typeInt64: 9
        case .typeFp16: 10
        case .typeFp32: 11
        case .typeFp64: 12
        case .typeString: 13
        case .typeBf16: 14
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

package struct Inference_ServerLiveRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerLiveRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

package struct Inference_ServerLiveResponse: ProtobufMessage {
    package var live: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerLiveResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: live = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, live)
    }
}

package struct Inference_ServerReadyRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerReadyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

package struct Inference_ServerReadyResponse: ProtobufMessage {
    package var ready: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerReadyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: ready = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, ready)
    }
}

package struct Inference_ModelReadyRequest: ProtobufMessage {
    package var name: String = ""

    package var version: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelReadyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
    }
}

package struct Inference_ModelReadyResponse: ProtobufMessage {
    package var ready: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelReadyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: ready = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, ready)
    }
}

package struct Inference_ServerMetadataRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerMetadataRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

package struct Inference_ServerMetadataResponse: ProtobufMessage {
    package var name: String = ""

    package var version: String = ""

    package var extensions: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ServerMetadataResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: try reader.strings(&extensions)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
        writer.strings(26, extensions)
    }
}

package struct Inference_ModelMetadataRequest: ProtobufMessage {
    package var name: String = ""

    package var version: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelMetadataRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
    }
}

package struct Inference_ModelMetadataResponse: ProtobufMessage {
    package var name: String = ""

    package var versions: [String] = []

    package var platform: String = ""

    package var inputs: [Inference_ModelMetadataResponse.TensorMetadata] = []

    package var outputs: [Inference_ModelMetadataResponse.TensorMetadata] = []

    package var properties: [String: String] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelMetadataResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.strings(&versions)
            case 26: platform = try reader.string()
            case 34: try reader.messages(&inputs)
            case 42: try reader.messages(&outputs)
            case 50:
                let outer = try reader.enter()
                var key: String = ""
                var value: String = ""
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: value = try reader.string()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&properties, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.strings(18, versions)
        writer.string(26, platform)
        writer.messages(34, inputs)
        writer.messages(42, outputs)
        for (key, value) in ProtobufWriter.ordered(properties) {
            let start = writer.open(50)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
    }

    package struct TensorMetadata: ProtobufMessage {
        package var name: String = ""

        package var datatype: String = ""

        /// -1 for a dimension of any size.
        package var shape: [Int64] = []

        /// The type's full name.
        package static var protoMessageName: String { "inference.ModelMetadataResponse.TensorMetadata" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 18: datatype = try reader.string()
                case 24, 26: try reader.int64s(tag, &shape)
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            writer.string(18, datatype)
            writer.int64s(26, shape)
        }
    }
}

package struct Inference_InferParameter: ProtobufMessage {
    package var boolParam: Bool {
        get {
            if case .boolParam(let value)? = parameterChoice { return value }
            return false
        }
        set { parameterChoice = .boolParam(newValue) }
    }

    package var int64Param: Int64 {
        get {
            if case .int64Param(let value)? = parameterChoice { return value }
            return 0
        }
        set { parameterChoice = .int64Param(newValue) }
    }

    package var stringParam: String {
        get {
            if case .stringParam(let value)? = parameterChoice { return value }
            return ""
        }
        set { parameterChoice = .stringParam(newValue) }
    }

    package var doubleParam: Double {
        get {
            if case .doubleParam(let value)? = parameterChoice { return value }
            return 0
        }
        set { parameterChoice = .doubleParam(newValue) }
    }

    package var uint64Param: UInt64 {
        get {
            if case .uint64Param(let value)? = parameterChoice { return value }
            return 0
        }
        set { parameterChoice = .uint64Param(newValue) }
    }

    package var parameterChoice: OneOf_ParameterChoice?

    package enum OneOf_ParameterChoice: Sendable {
        case boolParam(Bool)
        case int64Param(Int64)
        case stringParam(String)
        case doubleParam(Double)
        case uint64Param(UInt64)
    }

    /// The type's full name.
    package static var protoMessageName: String { "inference.InferParameter" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: parameterChoice = .boolParam(try reader.bool())
            case 16: parameterChoice = .int64Param(try reader.int64())
            case 26: parameterChoice = .stringParam(try reader.string())
            case 33: parameterChoice = .doubleParam(try reader.double())
            case 40: parameterChoice = .uint64Param(try reader.uint64())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .boolParam(let value)? = parameterChoice {
            writer.tag(8)
            writer.bool(value)
        }
        if case .int64Param(let value)? = parameterChoice {
            writer.tag(16)
            writer.int64(value)
        }
        if case .stringParam(let value)? = parameterChoice {
            writer.tag(26)
            writer.string(value)
        }
        if case .doubleParam(let value)? = parameterChoice {
            writer.tag(33)
            writer.double(value)
        }
        if case .uint64Param(let value)? = parameterChoice {
            writer.tag(40)
            writer.uint64(value)
        }
    }
}

/// The elements of a tensor in row-major order.
package struct Inference_InferTensorContents: ProtobufMessage {
    /// Of BOOL.
    package var boolContents: [Bool] = []

    /// Of INT8, INT16 and INT32.
    package var intContents: [Int32] = []

    /// Of INT64.
    package var int64Contents: [Int64] = []

    /// Of UINT8, UINT16 and UINT32.
    package var uintContents: [UInt32] = []

    /// Of UINT64.
    package var uint64Contents: [UInt64] = []

    /// Of FP32.
    package var fp32Contents: [Float] = []

    /// Of FP64.
    package var fp64Contents: [Double] = []

    /// Of BYTES.
    package var bytesContents: [[UInt8]] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.InferTensorContents" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.bools(tag, &boolContents)
            case 16, 18: try reader.int32s(tag, &intContents)
            case 24, 26: try reader.int64s(tag, &int64Contents)
            case 32, 34: try reader.uint32s(tag, &uintContents)
            case 40, 42: try reader.uint64s(tag, &uint64Contents)
            case 53, 50: try reader.floats(tag, &fp32Contents)
            case 57, 58: try reader.doubles(tag, &fp64Contents)
            case 66: try reader.blobs(&bytesContents)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bools(10, boolContents)
        writer.int32s(18, intContents)
        writer.int64s(26, int64Contents)
        writer.uint32s(34, uintContents)
        writer.uint64s(42, uint64Contents)
        writer.floats(50, fp32Contents)
        writer.doubles(58, fp64Contents)
        writer.blobs(66, bytesContents)
    }
}

package struct Inference_ModelInferRequest: ProtobufMessage {
    package var modelName: String = ""

    package var modelVersion: String = ""

    package var id: String = ""

    package var parameters: [String: Inference_InferParameter] = [:]

    package var inputs: [Inference_ModelInferRequest.InferInputTensor] = []

    /// All outputs of the model when there are none.
    package var outputs: [Inference_ModelInferRequest.InferRequestedOutputTensor] = []

    /// For each input its elements in row-major order and little-endian form, without padding; those
    /// of BYTES each behind its length, of four bytes.
    package var rawInputContents: [[UInt8]] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelInferRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: modelName = try reader.string()
            case 18: modelVersion = try reader.string()
            case 26: id = try reader.string()
            case 34:
                let outer = try reader.enter()
                var key: String = ""
                var value: Inference_InferParameter = Inference_InferParameter()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&parameters, key, value)
            case 42: try reader.messages(&inputs)
            case 50: try reader.messages(&outputs)
            case 58: try reader.blobs(&rawInputContents)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, modelName)
        writer.string(18, modelVersion)
        writer.string(26, id)
        for (key, value) in ProtobufWriter.ordered(parameters) {
            let start = writer.open(34)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
        writer.messages(42, inputs)
        writer.messages(50, outputs)
        writer.blobs(58, rawInputContents)
    }

    package struct InferInputTensor: ProtobufMessage {
        package var name: String = ""

        package var datatype: String = ""

        package var shape: [Int64] = []

        package var parameters: [String: Inference_InferParameter] = [:]

        /// Absent when the request has raw_input_contents.
        package var contents: Inference_InferTensorContents {
            get { .only(_contents) }
            set { _contents = [newValue] }
        }
        /// Whether the message has `contents`.
        package var hasContents: Bool { !_contents.isEmpty }
        /// Takes `contents` out of the message.
        package mutating func clearContents() { _contents = [] }
        private var _contents: [Inference_InferTensorContents] = []

        /// The type's full name.
        package static var protoMessageName: String { "inference.ModelInferRequest.InferInputTensor" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 18: datatype = try reader.string()
                case 24, 26: try reader.int64s(tag, &shape)
                case 34:
                    let outer = try reader.enter()
                    var key: String = ""
                    var value: Inference_InferParameter = Inference_InferParameter()
                    while let tag = try reader.nextTag() {
                        switch tag {
                        case 10: key = try reader.string()
                        case 18: try reader.message(&value)
                        default: try reader.skip(tag)
                        }
                    }
                    reader.leave(outer)
                    reader.set(&parameters, key, value)
                case 42: try reader.boxed(&_contents)
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            writer.string(18, datatype)
            writer.int64s(26, shape)
            for (key, value) in ProtobufWriter.ordered(parameters) {
                let start = writer.open(34)
                writer.tag(10)
                writer.string(key)
                writer.message(18, value)
                writer.close(start)
            }
            writer.messages(42, _contents)
        }
    }

    package struct InferRequestedOutputTensor: ProtobufMessage {
        package var name: String = ""

        package var parameters: [String: Inference_InferParameter] = [:]

        /// The type's full name.
        package static var protoMessageName: String { "inference.ModelInferRequest.InferRequestedOutputTensor" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 18:
                    let outer = try reader.enter()
                    var key: String = ""
                    var value: Inference_InferParameter = Inference_InferParameter()
                    while let tag = try reader.nextTag() {
                        switch tag {
                        case 10: key = try reader.string()
                        case 18: try reader.message(&value)
                        default: try reader.skip(tag)
                        }
                    }
                    reader.leave(outer)
                    reader.set(&parameters, key, value)
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            for (key, value) in ProtobufWriter.ordered(parameters) {
                let start = writer.open(18)
                writer.tag(10)
                writer.string(key)
                writer.message(18, value)
                writer.close(start)
            }
        }
    }
}

package struct Inference_ModelInferResponse: ProtobufMessage {
    package var modelName: String = ""

    package var modelVersion: String = ""

    package var id: String = ""

    package var parameters: [String: Inference_InferParameter] = [:]

    package var outputs: [Inference_ModelInferResponse.InferOutputTensor] = []

    package var rawOutputContents: [[UInt8]] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelInferResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: modelName = try reader.string()
            case 18: modelVersion = try reader.string()
            case 26: id = try reader.string()
            case 34:
                let outer = try reader.enter()
                var key: String = ""
                var value: Inference_InferParameter = Inference_InferParameter()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&parameters, key, value)
            case 42: try reader.messages(&outputs)
            case 50: try reader.blobs(&rawOutputContents)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, modelName)
        writer.string(18, modelVersion)
        writer.string(26, id)
        for (key, value) in ProtobufWriter.ordered(parameters) {
            let start = writer.open(34)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
        writer.messages(42, outputs)
        writer.blobs(50, rawOutputContents)
    }

    package struct InferOutputTensor: ProtobufMessage {
        package var name: String = ""

        package var datatype: String = ""

        package var shape: [Int64] = []

        package var parameters: [String: Inference_InferParameter] = [:]

        package var contents: Inference_InferTensorContents {
            get { .only(_contents) }
            set { _contents = [newValue] }
        }
        /// Whether the message has `contents`.
        package var hasContents: Bool { !_contents.isEmpty }
        /// Takes `contents` out of the message.
        package mutating func clearContents() { _contents = [] }
        private var _contents: [Inference_InferTensorContents] = []

        /// The type's full name.
        package static var protoMessageName: String { "inference.ModelInferResponse.InferOutputTensor" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 18: datatype = try reader.string()
                case 24, 26: try reader.int64s(tag, &shape)
                case 34:
                    let outer = try reader.enter()
                    var key: String = ""
                    var value: Inference_InferParameter = Inference_InferParameter()
                    while let tag = try reader.nextTag() {
                        switch tag {
                        case 10: key = try reader.string()
                        case 18: try reader.message(&value)
                        default: try reader.skip(tag)
                        }
                    }
                    reader.leave(outer)
                    reader.set(&parameters, key, value)
                case 42: try reader.boxed(&_contents)
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            writer.string(18, datatype)
            writer.int64s(26, shape)
            for (key, value) in ProtobufWriter.ordered(parameters) {
                let start = writer.open(34)
                writer.tag(10)
                writer.string(key)
                writer.message(18, value)
                writer.close(start)
            }
            writer.messages(42, _contents)
        }
    }
}

package struct Inference_ModelStreamInferResponse: ProtobufMessage {
    /// Empty for a request that was answered.
    package var errorMessage: String = ""

    package var inferResponse: Inference_ModelInferResponse {
        get { .only(_inferResponse) }
        set { _inferResponse = [newValue] }
    }
    /// Whether the message has `inferResponse`.
    package var hasInferResponse: Bool { !_inferResponse.isEmpty }
    /// Takes `inferResponse` out of the message.
    package mutating func clearInferResponse() { _inferResponse = [] }
    private var _inferResponse: [Inference_ModelInferResponse] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelStreamInferResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: errorMessage = try reader.string()
            case 18: try reader.boxed(&_inferResponse)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, errorMessage)
        writer.messages(18, _inferResponse)
    }
}

package struct Inference_ModelInput: ProtobufMessage {
    package var name: String = ""

    package var dataType: Inference_DataType = Inference_DataType()

    /// Without that of the batch.
    package var dims: [Int64] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelInput" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16: dataType = Inference_DataType(rawValue: try reader.enumeration())
            case 32, 34: try reader.int64s(tag, &dims)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.enumeration(16, dataType.rawValue)
        writer.int64s(34, dims)
    }
}

package struct Inference_ModelOutput: ProtobufMessage {
    package var name: String = ""

    package var dataType: Inference_DataType = Inference_DataType()

    /// Without that of the batch.
    package var dims: [Int64] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelOutput" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16: dataType = Inference_DataType(rawValue: try reader.enumeration())
            case 24, 26: try reader.int64s(tag, &dims)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.enumeration(16, dataType.rawValue)
        writer.int64s(26, dims)
    }
}

package struct Inference_ModelParameter: ProtobufMessage {
    package var stringValue: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelParameter" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: stringValue = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, stringValue)
    }
}

package struct Inference_ModelConfig: ProtobufMessage {
    package var name: String = ""

    package var platform: String = ""

    package var maxBatchSize: Int32 = 0

    package var input: [Inference_ModelInput] = []

    package var output: [Inference_ModelOutput] = []

    package var parameters: [String: Inference_ModelParameter] = [:]

    package var backend: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelConfig" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: platform = try reader.string()
            case 32: maxBatchSize = try reader.int32()
            case 42: try reader.messages(&input)
            case 50: try reader.messages(&output)
            case 114:
                let outer = try reader.enter()
                var key: String = ""
                var value: Inference_ModelParameter = Inference_ModelParameter()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&parameters, key, value)
            case 138: backend = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, platform)
        writer.int32(32, maxBatchSize)
        writer.messages(42, input)
        writer.messages(50, output)
        for (key, value) in ProtobufWriter.ordered(parameters) {
            let start = writer.open(114)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
        writer.string(138, backend)
    }
}

package struct Inference_ModelConfigRequest: ProtobufMessage {
    package var name: String = ""

    package var version: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelConfigRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
    }
}

package struct Inference_ModelConfigResponse: ProtobufMessage {
    package var config: Inference_ModelConfig {
        get { .only(_config) }
        set { _config = [newValue] }
    }
    /// Whether the message has `config`.
    package var hasConfig: Bool { !_config.isEmpty }
    /// Takes `config` out of the message.
    package mutating func clearConfig() { _config = [] }
    private var _config: [Inference_ModelConfig] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelConfigResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_config)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _config)
    }
}

package struct Inference_ModelStatisticsRequest: ProtobufMessage {
    /// All models when it is empty.
    package var name: String = ""

    /// All versions of the model when it is empty.
    package var version: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelStatisticsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
    }
}

package struct Inference_StatisticDuration: ProtobufMessage {
    package var count: UInt64 = 0

    /// Nanoseconds.
    package var ns: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "inference.StatisticDuration" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: count = try reader.uint64()
            case 16: ns = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint64(8, count)
        writer.uint64(16, ns)
    }
}

package struct Inference_InferStatistics: ProtobufMessage {
    package var success: Inference_StatisticDuration {
        get { .only(_success) }
        set { _success = [newValue] }
    }
    /// Whether the message has `success`.
    package var hasSuccess: Bool { !_success.isEmpty }
    /// Takes `success` out of the message.
    package mutating func clearSuccess() { _success = [] }
    private var _success: [Inference_StatisticDuration] = []

    package var fail: Inference_StatisticDuration {
        get { .only(_fail) }
        set { _fail = [newValue] }
    }
    /// Whether the message has `fail`.
    package var hasFail: Bool { !_fail.isEmpty }
    /// Takes `fail` out of the message.
    package mutating func clearFail() { _fail = [] }
    private var _fail: [Inference_StatisticDuration] = []

    package var queue: Inference_StatisticDuration {
        get { .only(_queue) }
        set { _queue = [newValue] }
    }
    /// Whether the message has `queue`.
    package var hasQueue: Bool { !_queue.isEmpty }
    /// Takes `queue` out of the message.
    package mutating func clearQueue() { _queue = [] }
    private var _queue: [Inference_StatisticDuration] = []

    package var computeInput: Inference_StatisticDuration {
        get { .only(_computeInput) }
        set { _computeInput = [newValue] }
    }
    /// Whether the message has `computeInput`.
    package var hasComputeInput: Bool { !_computeInput.isEmpty }
    /// Takes `computeInput` out of the message.
    package mutating func clearComputeInput() { _computeInput = [] }
    private var _computeInput: [Inference_StatisticDuration] = []

    package var computeInfer: Inference_StatisticDuration {
        get { .only(_computeInfer) }
        set { _computeInfer = [newValue] }
    }
    /// Whether the message has `computeInfer`.
    package var hasComputeInfer: Bool { !_computeInfer.isEmpty }
    /// Takes `computeInfer` out of the message.
    package mutating func clearComputeInfer() { _computeInfer = [] }
    private var _computeInfer: [Inference_StatisticDuration] = []

    package var computeOutput: Inference_StatisticDuration {
        get { .only(_computeOutput) }
        set { _computeOutput = [newValue] }
    }
    /// Whether the message has `computeOutput`.
    package var hasComputeOutput: Bool { !_computeOutput.isEmpty }
    /// Takes `computeOutput` out of the message.
    package mutating func clearComputeOutput() { _computeOutput = [] }
    private var _computeOutput: [Inference_StatisticDuration] = []

    package var cacheHit: Inference_StatisticDuration {
        get { .only(_cacheHit) }
        set { _cacheHit = [newValue] }
    }
    /// Whether the message has `cacheHit`.
    package var hasCacheHit: Bool { !_cacheHit.isEmpty }
    /// Takes `cacheHit` out of the message.
    package mutating func clearCacheHit() { _cacheHit = [] }
    private var _cacheHit: [Inference_StatisticDuration] = []

    package var cacheMiss: Inference_StatisticDuration {
        get { .only(_cacheMiss) }
        set { _cacheMiss = [newValue] }
    }
    /// Whether the message has `cacheMiss`.
    package var hasCacheMiss: Bool { !_cacheMiss.isEmpty }
    /// Takes `cacheMiss` out of the message.
    package mutating func clearCacheMiss() { _cacheMiss = [] }
    private var _cacheMiss: [Inference_StatisticDuration] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.InferStatistics" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_success)
            case 18: try reader.boxed(&_fail)
            case 26: try reader.boxed(&_queue)
            case 34: try reader.boxed(&_computeInput)
            case 42: try reader.boxed(&_computeInfer)
            case 50: try reader.boxed(&_computeOutput)
            case 58: try reader.boxed(&_cacheHit)
            case 66: try reader.boxed(&_cacheMiss)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _success)
        writer.messages(18, _fail)
        writer.messages(26, _queue)
        writer.messages(34, _computeInput)
        writer.messages(42, _computeInfer)
        writer.messages(50, _computeOutput)
        writer.messages(58, _cacheHit)
        writer.messages(66, _cacheMiss)
    }
}

package struct Inference_InferBatchStatistics: ProtobufMessage {
    package var batchSize: UInt64 = 0

    package var computeInput: Inference_StatisticDuration {
        get { .only(_computeInput) }
        set { _computeInput = [newValue] }
    }
    /// Whether the message has `computeInput`.
    package var hasComputeInput: Bool { !_computeInput.isEmpty }
    /// Takes `computeInput` out of the message.
    package mutating func clearComputeInput() { _computeInput = [] }
    private var _computeInput: [Inference_StatisticDuration] = []

    package var computeInfer: Inference_StatisticDuration {
        get { .only(_computeInfer) }
        set { _computeInfer = [newValue] }
    }
    /// Whether the message has `computeInfer`.
    package var hasComputeInfer: Bool { !_computeInfer.isEmpty }
    /// Takes `computeInfer` out of the message.
    package mutating func clearComputeInfer() { _computeInfer = [] }
    private var _computeInfer: [Inference_StatisticDuration] = []

    package var computeOutput: Inference_StatisticDuration {
        get { .only(_computeOutput) }
        set { _computeOutput = [newValue] }
    }
    /// Whether the message has `computeOutput`.
    package var hasComputeOutput: Bool { !_computeOutput.isEmpty }
    /// Takes `computeOutput` out of the message.
    package mutating func clearComputeOutput() { _computeOutput = [] }
    private var _computeOutput: [Inference_StatisticDuration] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.InferBatchStatistics" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: batchSize = try reader.uint64()
            case 18: try reader.boxed(&_computeInput)
            case 26: try reader.boxed(&_computeInfer)
            case 34: try reader.boxed(&_computeOutput)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint64(8, batchSize)
        writer.messages(18, _computeInput)
        writer.messages(26, _computeInfer)
        writer.messages(34, _computeOutput)
    }
}

package struct Inference_ModelStatistics: ProtobufMessage {
    package var name: String = ""

    package var version: String = ""

    /// Milliseconds since 1970.
    package var lastInference: UInt64 = 0

    /// Rows.
    package var inferenceCount: UInt64 = 0

    /// Requests.
    package var executionCount: UInt64 = 0

    package var inferenceStats: Inference_InferStatistics {
        get { .only(_inferenceStats) }
        set { _inferenceStats = [newValue] }
    }
    /// Whether the message has `inferenceStats`.
    package var hasInferenceStats: Bool { !_inferenceStats.isEmpty }
    /// Takes `inferenceStats` out of the message.
    package mutating func clearInferenceStats() { _inferenceStats = [] }
    private var _inferenceStats: [Inference_InferStatistics] = []

    package var batchStats: [Inference_InferBatchStatistics] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelStatistics" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 24: lastInference = try reader.uint64()
            case 32: inferenceCount = try reader.uint64()
            case 40: executionCount = try reader.uint64()
            case 50: try reader.boxed(&_inferenceStats)
            case 58: try reader.messages(&batchStats)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
        writer.uint64(24, lastInference)
        writer.uint64(32, inferenceCount)
        writer.uint64(40, executionCount)
        writer.messages(50, _inferenceStats)
        writer.messages(58, batchStats)
    }
}

package struct Inference_ModelStatisticsResponse: ProtobufMessage {
    package var modelStats: [Inference_ModelStatistics] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelStatisticsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&modelStats)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, modelStats)
    }
}

package struct Inference_ModelRepositoryParameter: ProtobufMessage {
    package var boolParam: Bool {
        get {
            if case .boolParam(let value)? = parameterChoice { return value }
            return false
        }
        set { parameterChoice = .boolParam(newValue) }
    }

    package var int64Param: Int64 {
        get {
            if case .int64Param(let value)? = parameterChoice { return value }
            return 0
        }
        set { parameterChoice = .int64Param(newValue) }
    }

    package var stringParam: String {
        get {
            if case .stringParam(let value)? = parameterChoice { return value }
            return ""
        }
        set { parameterChoice = .stringParam(newValue) }
    }

    package var bytesParam: [UInt8] {
        get {
            if case .bytesParam(let value)? = parameterChoice { return value }
            return []
        }
        set { parameterChoice = .bytesParam(newValue) }
    }

    package var parameterChoice: OneOf_ParameterChoice?

    package enum OneOf_ParameterChoice: Sendable {
        case boolParam(Bool)
        case int64Param(Int64)
        case stringParam(String)
        case bytesParam([UInt8])
    }

    /// The type's full name.
    package static var protoMessageName: String { "inference.ModelRepositoryParameter" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: parameterChoice = .boolParam(try reader.bool())
            case 16: parameterChoice = .int64Param(try reader.int64())
            case 26: parameterChoice = .stringParam(try reader.string())
            case 34: parameterChoice = .bytesParam(try reader.bytes())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .boolParam(let value)? = parameterChoice {
            writer.tag(8)
            writer.bool(value)
        }
        if case .int64Param(let value)? = parameterChoice {
            writer.tag(16)
            writer.int64(value)
        }
        if case .stringParam(let value)? = parameterChoice {
            writer.tag(26)
            writer.string(value)
        }
        if case .bytesParam(let value)? = parameterChoice {
            writer.tag(34)
            writer.bytes(value)
        }
    }
}

package struct Inference_RepositoryIndexRequest: ProtobufMessage {
    package var repositoryName: String = ""

    /// Whether only models are wanted that take requests.
    package var ready: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryIndexRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: repositoryName = try reader.string()
            case 16: ready = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, repositoryName)
        writer.bool(16, ready)
    }
}

package struct Inference_RepositoryIndexResponse: ProtobufMessage {
    package var models: [Inference_RepositoryIndexResponse.ModelIndex] = []

    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryIndexResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&models)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, models)
    }

    package struct ModelIndex: ProtobufMessage {
        package var name: String = ""

        package var version: String = ""

        package var state: String = ""

        package var reason: String = ""

        /// The type's full name.
        package static var protoMessageName: String { "inference.RepositoryIndexResponse.ModelIndex" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 18: version = try reader.string()
                case 26: state = try reader.string()
                case 34: reason = try reader.string()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            writer.string(18, version)
            writer.string(26, state)
            writer.string(34, reason)
        }
    }
}

package struct Inference_RepositoryModelLoadRequest: ProtobufMessage {
    package var repositoryName: String = ""

    package var modelName: String = ""

    package var parameters: [String: Inference_ModelRepositoryParameter] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryModelLoadRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: repositoryName = try reader.string()
            case 18: modelName = try reader.string()
            case 26:
                let outer = try reader.enter()
                var key: String = ""
                var value: Inference_ModelRepositoryParameter = Inference_ModelRepositoryParameter()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&parameters, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, repositoryName)
        writer.string(18, modelName)
        for (key, value) in ProtobufWriter.ordered(parameters) {
            let start = writer.open(26)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
    }
}

package struct Inference_RepositoryModelLoadResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryModelLoadResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

package struct Inference_RepositoryModelUnloadRequest: ProtobufMessage {
    package var repositoryName: String = ""

    package var modelName: String = ""

    package var parameters: [String: Inference_ModelRepositoryParameter] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryModelUnloadRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: repositoryName = try reader.string()
            case 18: modelName = try reader.string()
            case 26:
                let outer = try reader.enter()
                var key: String = ""
                var value: Inference_ModelRepositoryParameter = Inference_ModelRepositoryParameter()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&parameters, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, repositoryName)
        writer.string(18, modelName)
        for (key, value) in ProtobufWriter.ordered(parameters) {
            let start = writer.open(26)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
    }
}

package struct Inference_RepositoryModelUnloadResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "inference.RepositoryModelUnloadResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}
