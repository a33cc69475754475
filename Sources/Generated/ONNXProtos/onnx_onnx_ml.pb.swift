// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from onnx/onnx_ml.proto; do not edit.

package import ProtobufCoding

package struct ONNXModelProto: ProtobufMessage {
    package var irVersion: Int64 = 0

    package var producerName: String = ""

    package var graph: ONNXGraphProto {
        get { .only(_graph) }
        set { _graph = [newValue] }
    }
    /// Whether the message has `graph`.
    package var hasGraph: Bool { !_graph.isEmpty }
    /// Takes `graph` out of the message.
    package mutating func clearGraph() { _graph = [] }
    private var _graph: [ONNXGraphProto] = []

    package var opsetImport: [ONNXOperatorSetIdProto] = []

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.ModelProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: irVersion = try reader.int64()
            case 18: producerName = try reader.string()
            case 58: try reader.boxed(&_graph)
            case 66: try reader.messages(&opsetImport)
            default:
                switch tag >> 3 {
                case 3, 4, 5, 6, 14, 20, 26: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, irVersion)
        writer.string(18, producerName)
        writer.messages(58, _graph)
        writer.messages(66, opsetImport)
    }
}

package struct ONNXOperatorSetIdProto: ProtobufMessage {
    package var domain: String = ""

    package var version: Int64 = 0

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.OperatorSetIdProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: domain = try reader.string()
            case 16: version = try reader.int64()
            default:
                unknownField = unknownField ?? Int(tag >> 3)
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, domain)
        writer.int64(16, version)
    }
}

package struct ONNXGraphProto: ProtobufMessage {
    package var node: [ONNXNodeProto] = []

    package var initializer: [ONNXTensorProto] = []

    package var input: [ONNXValueInfoProto] = []

    package var output: [ONNXValueInfoProto] = []

    /// Messages, of which only the presence matters.
    package var sparseInitializer: [[UInt8]] = []

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.GraphProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&node)
            case 42: try reader.messages(&initializer)
            case 90: try reader.messages(&input)
            case 98: try reader.messages(&output)
            case 122: try reader.blobs(&sparseInitializer)
            default:
                switch tag >> 3 {
                case 2, 10, 13, 14, 16: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, node)
        writer.messages(42, initializer)
        writer.messages(90, input)
        writer.messages(98, output)
        writer.blobs(122, sparseInitializer)
    }
}

package struct ONNXNodeProto: ProtobufMessage {
    package var input: [String] = []

    package var output: [String] = []

    package var name: String = ""

    package var opType: String = ""

    package var attribute: [ONNXAttributeProto] = []

    package var domain: String = ""

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.NodeProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&input)
            case 18: try reader.strings(&output)
            case 26: name = try reader.string()
            case 34: opType = try reader.string()
            case 42: try reader.messages(&attribute)
            case 58: domain = try reader.string()
            default:
                switch tag >> 3 {
                case 6, 9, 10: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, input)
        writer.strings(18, output)
        writer.string(26, name)
        writer.string(34, opType)
        writer.messages(42, attribute)
        writer.string(58, domain)
    }
}

package struct ONNXAttributeProto: ProtobufMessage {
    package var name: String = ""

    package var f: Float = 0

    package var i: Int64 = 0

    package var s: [UInt8] = []

    package var t: ONNXTensorProto {
        get { .only(_t) }
        set { _t = [newValue] }
    }
    /// Whether the message has `t`.
    package var hasT: Bool { !_t.isEmpty }
    /// Takes `t` out of the message.
    package mutating func clearT() { _t = [] }
    private var _t: [ONNXTensorProto] = []

    package var floats: [Float] = []

    package var ints: [Int64] = []

    package var strings: [[UInt8]] = []

    /// 1 float, 2 int, 3 string, 4 tensor, 6 floats, 7 ints, 8 strings.
    package var type: Int32 = 0

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.AttributeProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 21: f = try reader.float()
            case 24: i = try reader.int64()
            case 34: s = try reader.bytes()
            case 42: try reader.boxed(&_t)
            case 61, 58: try reader.floats(tag, &floats)
            case 64, 66: try reader.int64s(tag, &ints)
            case 74: try reader.blobs(&strings)
            case 160: type = try reader.int32()
            default:
                switch tag >> 3 {
                case 13: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.float(21, f)
        writer.int64(24, i)
        writer.bytes(34, s)
        writer.messages(42, _t)
        writer.floats(58, floats)
        writer.int64s(66, ints)
        writer.blobs(74, strings)
        writer.int32(160, type)
    }
}

package struct ONNXTensorProto: ProtobufMessage {
    package var dims: [Int64] = []

    /// 1 float, 2 uint8, 3 int8, 4 uint16, 5 int16, 6 int32, 7 int64, 8 string,
    /// 9 bool, 11 double, 12 uint32, 13 uint64.
    package var dataType: Int32 = 0

    package var floatData: [Float] = []

    package var int32Data: [Int32] = []

    package var stringData: [[UInt8]] = []

    package var int64Data: [Int64] = []

    package var name: String = ""

    package var rawData: [UInt8] = []

    package var doubleData: [Double] = []

    package var uint64Data: [UInt64] = []

    /// 1 when the data are in another file.
    package var dataLocation: Int32 = 0

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.TensorProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.int64s(tag, &dims)
            case 16: dataType = try reader.int32()
            case 37, 34: try reader.floats(tag, &floatData)
            case 40, 42: try reader.int32s(tag, &int32Data)
            case 50: try reader.blobs(&stringData)
            case 56, 58: try reader.int64s(tag, &int64Data)
            case 66: name = try reader.string()
            case 74: rawData = try reader.bytes()
            case 81, 82: try reader.doubles(tag, &doubleData)
            case 88, 90: try reader.uint64s(tag, &uint64Data)
            case 112: dataLocation = try reader.int32()
            default:
                switch tag >> 3 {
                case 12, 13, 16: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64s(10, dims)
        writer.int32(16, dataType)
        writer.floats(34, floatData)
        writer.int32s(42, int32Data)
        writer.blobs(50, stringData)
        writer.int64s(58, int64Data)
        writer.string(66, name)
        writer.bytes(74, rawData)
        writer.doubles(82, doubleData)
        writer.uint64s(90, uint64Data)
        writer.int32(112, dataLocation)
    }
}

package struct ONNXValueInfoProto: ProtobufMessage {
    package var name: String = ""

    package var type: ONNXTypeProto {
        get { .only(_type) }
        set { _type = [newValue] }
    }
    /// Whether the message has `type`.
    package var hasType: Bool { !_type.isEmpty }
    /// Takes `type` out of the message.
    package mutating func clearType() { _type = [] }
    private var _type: [ONNXTypeProto] = []

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.ValueInfoProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_type)
            default:
                switch tag >> 3 {
                case 3, 4: break
                default: unknownField = unknownField ?? Int(tag >> 3)
                }
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _type)
    }
}

package struct ONNXTypeProto: ProtobufMessage {
    /// Other types than tensors are skipped.
    package var tensorType: ONNXTypeProto.Tensor {
        get { .only(_tensorType) }
        set { _tensorType = [newValue] }
    }
    /// Whether the message has `tensorType`.
    package var hasTensorType: Bool { !_tensorType.isEmpty }
    /// Takes `tensorType` out of the message.
    package mutating func clearTensorType() { _tensorType = [] }
    private var _tensorType: [ONNXTypeProto.Tensor] = []

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.TypeProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_tensorType)
            default:
                unknownField = unknownField ?? Int(tag >> 3)
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _tensorType)
    }

    package struct Tensor: ProtobufMessage {
        /// As TensorProto.data_type.
        package var elemType: Int32 = 0

        package var shape: ONNXTensorShapeProto {
            get { .only(_shape) }
            set { _shape = [newValue] }
        }
        /// Whether the message has `shape`.
        package var hasShape: Bool { !_shape.isEmpty }
        /// Takes `shape` out of the message.
        package mutating func clearShape() { _shape = [] }
        private var _shape: [ONNXTensorShapeProto] = []

        /// Number of the first field that nobody knows.
        package var unknownField: Int?

        /// The type's full name.
        package static var protoMessageName: String { "onnx.TypeProto.Tensor" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 8: elemType = try reader.int32()
                case 18: try reader.boxed(&_shape)
                default:
                    unknownField = unknownField ?? Int(tag >> 3)
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.int32(8, elemType)
            writer.messages(18, _shape)
        }
    }
}

package struct ONNXTensorShapeProto: ProtobufMessage {
    package var dim: [ONNXTensorShapeProto.Dimension] = []

    /// Number of the first field that nobody knows.
    package var unknownField: Int?

    /// The type's full name.
    package static var protoMessageName: String { "onnx.TensorShapeProto" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&dim)
            default:
                unknownField = unknownField ?? Int(tag >> 3)
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, dim)
    }

    package struct Dimension: ProtobufMessage {
        package var dimValue: Int64 {
            get {
                if case .dimValue(let value)? = value { return value }
                return 0
            }
            set { value = .dimValue(newValue) }
        }

        package var dimParam: String {
            get {
                if case .dimParam(let value)? = value { return value }
                return ""
            }
            set { value = .dimParam(newValue) }
        }

        /// Number of the first field that nobody knows.
        package var unknownField: Int?

        /// Neither is set for a dimension that is not known.
        package var value: OneOf_Value?

        /// Neither is set for a dimension that is not known.
        package enum OneOf_Value: Sendable {
            case dimValue(Int64)
            case dimParam(String)
        }

        /// The type's full name.
        package static var protoMessageName: String { "onnx.TensorShapeProto.Dimension" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 8: self.value = .dimValue(try reader.int64())
                case 18: self.value = .dimParam(try reader.string())
                default:
                    unknownField = unknownField ?? Int(tag >> 3)
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            if case .dimValue(let value)? = self.value {
                writer.tag(8)
                writer.int64(value)
            }
            if case .dimParam(let value)? = self.value {
                writer.tag(18)
                writer.string(value)
            }
        }
    }
}
