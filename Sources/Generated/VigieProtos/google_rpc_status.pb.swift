// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from google/rpc/status.proto; do not edit.

package import ProtobufCoding

package struct Google_Rpc_Status: ProtobufMessage {
    package var code: Int32 = 0

    package var message: String = ""

    package var details: [Google_Protobuf_Any] = []

    /// The type's full name.
    package static var protoMessageName: String { "google.rpc.Status" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: code = try reader.int32()
            case 18: message = try reader.string()
            case 26: try reader.messages(&details)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, code)
        writer.string(18, message)
        writer.messages(26, details)
    }
}
