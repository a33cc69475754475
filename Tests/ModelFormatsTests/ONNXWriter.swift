// SPDX-License-Identifier: Apache-2.0

// Writes small ONNX files, right or wrong, field by field.

/// A model with the input X of rows of two float32 columns and the output Y.
struct ONNXWriter: Sendable {
    /// One attribute of a node.
    struct Attribute: Sendable {
        var name: String
        var message: [UInt8]

        static func integer(_ name: String, _ value: Int) -> Attribute {
            make(name, 2) { $0.add(3, UInt64(bitPattern: Int64(value))) }
        }

        static func text(_ name: String, _ value: String) -> Attribute {
            make(name, 3) { $0.add(4, Array(value.utf8)) }
        }

        static func floats(_ name: String, _ values: [Float]) -> Attribute {
            make(name, 6) { message in
                let words = values.map(\.bitPattern.littleEndian)
                message.add(
                    7,
                    words.flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 255) } }
                )
            }
        }

        static func integers(_ name: String, _ values: [Int]) -> Attribute {
            make(name, 7) { message in
                for value in values { message.add(8, UInt64(bitPattern: Int64(value))) }
            }
        }

        static func texts(_ name: String, _ values: [String]) -> Attribute {
            make(name, 8) { message in
                for value in values { message.add(9, Array(value.utf8)) }
            }
        }

        private static func make(
            _ name: String,
            _ type: UInt64,
            _ fill: (inout ProtobufWriter) -> Void
        ) -> Attribute {
            var message = ProtobufWriter()
            message.add(1, Array(name.utf8))
            fill(&message)
            message.add(20, type)
            return Attribute(name: name, message: message.bytes)
        }
    }

    private var graph = ProtobufWriter()

    /// Adds a node with the output Y.
    mutating func addNode(
        _ operation: String,
        domain: String = "",
        inputs: [String] = ["X"],
        _ attributes: [Attribute] = []
    ) {
        var node = ProtobufWriter()
        for input in inputs { node.add(1, Array(input.utf8)) }
        node.add(2, Array("Y".utf8))
        node.add(4, Array(operation.utf8))
        for attribute in attributes { node.add(5, attribute.message) }
        node.add(7, Array(domain.utf8))
        graph.add(1, node.bytes)
    }

    /// Adds an initializer of whole numbers.
    mutating func addTensor(_ name: String, _ shape: [Int], _ values: [Int]) {
        var tensor = ProtobufWriter()
        for length in shape { tensor.add(1, UInt64(bitPattern: Int64(length))) }
        tensor.add(2, 7)
        for value in values { tensor.add(7, UInt64(bitPattern: Int64(value))) }
        tensor.add(8, Array(name.utf8))
        graph.add(5, tensor.bytes)
    }

    /// The file.
    var bytes: [UInt8] {
        var rows = ProtobufWriter()
        rows.add(2, Array("N".utf8))
        var columns = ProtobufWriter()
        columns.add(1, 2)
        var shape = ProtobufWriter()
        shape.add(1, rows.bytes)
        shape.add(1, columns.bytes)
        var tensor = ProtobufWriter()
        tensor.add(1, 1)
        tensor.add(2, shape.bytes)
        var type = ProtobufWriter()
        type.add(1, tensor.bytes)
        var input = ProtobufWriter()
        input.add(1, Array("X".utf8))
        input.add(2, type.bytes)
        var output = ProtobufWriter()
        output.add(1, Array("Y".utf8))
        var whole = graph
        whole.add(11, input.bytes)
        whole.add(12, output.bytes)
        var model = ProtobufWriter()
        model.add(1, 9)
        model.add(7, whole.bytes)
        for (domain, version) in [("", UInt64(17)), ("ai.onnx.ml", 3)] {
            var set = ProtobufWriter()
            set.add(1, Array(domain.utf8))
            set.add(2, version)
            model.add(8, set.bytes)
        }
        return model.bytes
    }
}

/// The wire format of protobuf.
struct ProtobufWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    /// A varint field.
    mutating func add(_ field: UInt64, _ value: UInt64) {
        add(varint: field << 3)
        add(varint: value)
    }

    /// A field of bytes: a text, a message, packed numbers.
    mutating func add(_ field: UInt64, _ value: [UInt8]) {
        add(varint: field << 3 | 2)
        add(varint: UInt64(value.count))
        bytes += value
    }

    private mutating func add(varint value: UInt64) {
        var rest = value
        while rest >= 128 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
