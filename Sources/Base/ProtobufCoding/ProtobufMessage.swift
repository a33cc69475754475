// SPDX-License-Identifier: Apache-2.0

// What all messages have in common. The code of each is written by
// Tests/Support/swift_messages.py from its proto.

/// What can be written as a message.
package protocol ProtobufWritable: Sendable {
    /// Writes all fields in the order of their numbers, those of maps in the order of their keys.
    func write(to writer: inout ProtobufWriter)
}

extension ProtobufWritable {
    /// The message as bytes; the same ones for equal messages.
    package func serializedBytes() -> [UInt8] {
        var writer = ProtobufWriter()
        write(to: &writer)
        return writer.contents
    }
}

/// A message of protocol buffers, proto3. Fields that its type does not have are passed over and
/// not kept.
package protocol ProtobufMessage: ProtobufWritable, Equatable {
    /// The type's full name, such as "vigie.v1.ScoreHeader".
    static var protoMessageName: String { get }

    /// Makes a message without any field.
    init()

    /// Adds all fields that a reader has left; those that are not repeated take the last value.
    mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError)
}

extension ProtobufMessage {
    /// Decodes a message.
    package init(serializedBytes bytes: UnsafeRawBufferPointer) throws(ProtobufError) {
        self.init()
        var reader = ProtobufReader(bytes)
        try merge(from: &reader)
    }

    /// Decodes a message.
    package init(serializedBytes bytes: [UInt8]) throws(ProtobufError) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(ProtobufError) in
            try Self(serializedBytes: UnsafeRawBufferPointer(bytes))
        }
    }

    /// Whether two messages are written as the same bytes: NaN is equal to itself.
    package static func == (left: Self, right: Self) -> Bool {
        left.serializedBytes() == right.serializedBytes()
    }

    /// The message of a list of one or none.
    @inlinable
    package static func only(_ box: [Self]) -> Self { box.first ?? Self() }

    /// Makes a message and fills it in.
    package static func with<Failure>(
        _ fill: (inout Self) throws(Failure) -> Void
    ) throws(Failure) -> Self {
        var message = Self()
        try fill(&message)
        return message
    }
}
