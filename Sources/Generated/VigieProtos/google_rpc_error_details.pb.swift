// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from google/rpc/error_details.proto; do not edit.

package import ProtobufCoding

package struct Google_Rpc_ErrorInfo: ProtobufMessage {
    package var reason: String = ""

    package var domain: String = ""

    package var metadata: [String: String] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "google.rpc.ErrorInfo" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: reason = try reader.string()
            case 18: domain = try reader.string()
            case 26:
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
                reader.set(&metadata, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, reason)
        writer.string(18, domain)
        for (key, value) in ProtobufWriter.ordered(metadata) {
            let start = writer.open(26)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
    }
}

package struct Google_Rpc_BadRequest: ProtobufMessage {
    package var fieldViolations: [Google_Rpc_BadRequest.FieldViolation] = []

    /// The type's full name.
    package static var protoMessageName: String { "google.rpc.BadRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&fieldViolations)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, fieldViolations)
    }

    package struct FieldViolation: ProtobufMessage {
        package var field: String = ""

        package var description_p: String = ""

        /// The type's full name.
        package static var protoMessageName: String { "google.rpc.BadRequest.FieldViolation" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: field = try reader.string()
                case 18: description_p = try reader.string()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, field)
            writer.string(18, description_p)
        }
    }
}

package struct Google_Rpc_ResourceInfo: ProtobufMessage {
    package var resourceType: String = ""

    package var resourceName: String = ""

    package var owner: String = ""

    package var description_p: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "google.rpc.ResourceInfo" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: resourceType = try reader.string()
            case 18: resourceName = try reader.string()
            case 26: owner = try reader.string()
            case 34: description_p = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, resourceType)
        writer.string(18, resourceName)
        writer.string(26, owner)
        writer.string(34, description_p)
    }
}

package struct Google_Rpc_RetryInfo: ProtobufMessage {
    package var retryDelay: Google_Protobuf_Duration {
        get { .only(_retryDelay) }
        set { _retryDelay = [newValue] }
    }
    /// Whether the message has `retryDelay`.
    package var hasRetryDelay: Bool { !_retryDelay.isEmpty }
    /// Takes `retryDelay` out of the message.
    package mutating func clearRetryDelay() { _retryDelay = [] }
    private var _retryDelay: [Google_Protobuf_Duration] = []

    /// The type's full name.
    package static var protoMessageName: String { "google.rpc.RetryInfo" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_retryDelay)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _retryDelay)
    }
}
