// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/dashboard_service.proto; do not edit.

package import ProtobufCoding

/// Asks for a link.
package struct Vigie_V1_CreateSignInRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateSignInRequest" }

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

/// A link.
package struct Vigie_V1_CreateSignInResponse: ProtobufMessage {
    /// The path with the link, to be put behind the address of the server, such as
    /// "/sign-in#" and a secret; "/" where the server does not tell callers apart.
    package var path: String = ""

    /// How long it works, in seconds.
    package var validSeconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateSignInResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: path = try reader.string()
            case 16: validSeconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, path)
        writer.int64(16, validSeconds)
    }
}
