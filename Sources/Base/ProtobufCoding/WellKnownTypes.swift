// SPDX-License-Identifier: Apache-2.0

// Those messages of google.protobuf that other protos import and that have uses of their own.
// The names are those that swift_messages.py gives to their protos.

/// A message of any type, with the name of its type.
package struct Google_Protobuf_Any: ProtobufMessage {
    /// Name of the type behind a slash, such as "type.googleapis.com/google.rpc.ErrorInfo".
    package var typeURL = ""
    /// The message.
    package var value: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "google.protobuf.Any" }

    /// Makes an empty one.
    package init() {}

    /// Packs a message.
    package init<Message: ProtobufMessage>(message: Message) {
        typeURL = "type.googleapis.com/" + Message.protoMessageName
        value = message.serializedBytes()
    }

    /// Whether it holds a message of a type.
    package func isA(_ type: (some ProtobufMessage).Type) -> Bool {
        typeURL.hasSuffix("/" + type.protoMessageName)
    }

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: typeURL = try reader.string()
            case 18: value = try reader.bytes()
            default: try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, typeURL)
        writer.bytes(18, value)
    }
}

extension ProtobufMessage {
    /// Unpacks the message that an Any holds.
    package init(unpackingAny any: Google_Protobuf_Any) throws(ProtobufError) {
        guard any.isA(Self.self) else { throw ProtobufError(.otherType, offset: 0) }
        try self.init(serializedBytes: any.value)
    }
}

/// A time between two points in time.
package struct Google_Protobuf_Duration: ProtobufMessage {
    /// Seconds.
    package var seconds: Int64 = 0
    /// Nanoseconds beside the seconds, of the same sign.
    package var nanos: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "google.protobuf.Duration" }

    /// Makes the duration 0.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        try reader.time(&seconds, &nanos)
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) { writer.time(seconds, nanos) }
}

/// A point in time.
package struct Google_Protobuf_Timestamp: ProtobufMessage {
    /// Seconds since 1970-01-01T00:00:00Z.
    package var seconds: Int64 = 0
    /// Nanoseconds after the second.
    package var nanos: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "google.protobuf.Timestamp" }

    /// Makes the time 1970-01-01T00:00:00Z.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        try reader.time(&seconds, &nanos)
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) { writer.time(seconds, nanos) }
}

extension ProtobufReader {
    fileprivate mutating func time(
        _ seconds: inout Int64,
        _ nanos: inout Int32
    ) throws(ProtobufError) {
        while let tag = try nextTag() {
            switch tag {
            case 8: seconds = try int64()
            case 16: nanos = try int32()
            default: try skip(tag)
            }
        }
    }
}

extension ProtobufWriter {
    fileprivate mutating func time(_ seconds: Int64, _ nanos: Int32) {
        int64(8, seconds)
        int32(16, nanos)
    }
}
