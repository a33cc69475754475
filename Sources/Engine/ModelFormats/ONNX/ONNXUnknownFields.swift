// SPDX-License-Identifier: Apache-2.0

// Fields of a file that the generated code does not know. Those that people write for people are
// left out by their numbers; any other could change a score, so it is an error.

internal import Documents
internal import FoundationEssentials
internal import ONNXProtos
internal import SwiftProtobuf

extension ONNXModelProto {
    /// Throws unless all fields that are not read say nothing about a score.
    func checkFields() throws(ModelFormatError) {
        // Producer, domain, version, documentation, metadata, how it was trained, where it runs.
        try unknownFields.allow([3, 4, 5, 6, 14, 20, 26], place: "model")
        try graph.unknownFields.allow([2, 10, 13, 14, 16], place: "graph")
        for (index, node) in graph.node.enumerated() {
            let name = node.name.isEmpty ? "\(index)" : "\"\(node.name.prefix(80))\""
            let place = "node \(name) (\(node.opType.prefix(80)))"
            try node.unknownFields.allow([6, 9, 10], place: place)
            for attribute in node.attribute {
                let place = "\(place), attribute \"\(attribute.name.prefix(80))\""
                try attribute.unknownFields.allow([13], place: place)
                try attribute.t.checkFields(place: place)
            }
        }
        for tensor in graph.initializer {
            try tensor.checkFields(place: "initializer \"\(tensor.name.prefix(80))\"")
        }
        for input in graph.input {
            try input.unknownFields.allow([3, 4], place: "input \"\(input.name.prefix(80))\"")
        }
    }
}

extension ONNXTensorProto {
    fileprivate func checkFields(place: String) throws(ModelFormatError) {
        // Documentation, metadata, and where data in another file is, which is told elsewhere.
        try unknownFields.allow([12, 13, 16], place: place)
    }
}

extension UnknownStorage {
    /// Throws unless all fields have one of the numbers.
    fileprivate func allow(_ numbers: Set<UInt64>, place: String) throws(ModelFormatError) {
        var rest = ArraySlice(data)
        while !rest.isEmpty {
            guard let tag = rest.popVariableInteger(), rest.skipField(type: tag & 7) else { return }
            guard numbers.contains(tag >> 3) else {
                throw ModelFormatError(
                    code: .unsupported,
                    place: place,
                    message: tag >> 3 == 25 && place == "model"
                        ? "functions of its own: inline them (onnx.inliner)"
                        : "field \(tag >> 3) of the file is not known and could change every score"
                )
            }
        }
    }
}

extension ArraySlice<UInt8> {
    /// The next integer of seven bits a byte; nil where there is none.
    fileprivate mutating func popVariableInteger() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    /// Moves over a field of a wire type; false where it does not end.
    fileprivate mutating func skipField(type: UInt64) -> Bool {
        var count: UInt64 = 0
        switch type {
        case 0: return popVariableInteger() != nil
        case 1: count = 8
        case 2:
            guard let length = popVariableInteger() else { return false }
            count = length
        case 5: count = 4
        default: return false
        }
        guard count <= UInt64(self.count) else { return false }
        removeFirst(Int(count))
        return true
    }
}
