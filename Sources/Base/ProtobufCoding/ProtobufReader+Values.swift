// SPDX-License-Identifier: Apache-2.0

// Values of the types that protos have, made of the few forms of the wire. Integers of variable
// length are cut to the width of their type, as the specification has it.

extension ProtobufReader {
    /// A bool.
    package mutating func bool() throws(ProtobufError) -> Bool { try varint() != 0 }

    /// The number of a value of an enum.
    package mutating func enumeration() throws(ProtobufError) -> Int { Int(try int32()) }

    /// An int32.
    package mutating func int32() throws(ProtobufError) -> Int32 {
        Int32(truncatingIfNeeded: try varint())
    }

    /// An int64.
    package mutating func int64() throws(ProtobufError) -> Int64 {
        Int64(bitPattern: try varint())
    }

    /// A uint32.
    package mutating func uint32() throws(ProtobufError) -> UInt32 {
        UInt32(truncatingIfNeeded: try varint())
    }

    /// A uint64.
    package mutating func uint64() throws(ProtobufError) -> UInt64 { try varint() }

    /// A sint32: the sign is its lowest bit.
    package mutating func sint32() throws(ProtobufError) -> Int32 {
        Self.sint32(try varint())
    }

    static func sint32(_ value: UInt64) -> Int32 {
        let value = UInt32(truncatingIfNeeded: value)
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }

    /// A sint64: the sign is its lowest bit.
    package mutating func sint64() throws(ProtobufError) -> Int64 {
        Self.sint64(try varint())
    }

    static func sint64(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// An sfixed32.
    package mutating func sfixed32() throws(ProtobufError) -> Int32 {
        Int32(bitPattern: try fixed32())
    }

    /// An sfixed64.
    package mutating func sfixed64() throws(ProtobufError) -> Int64 {
        Int64(bitPattern: try fixed64())
    }

    /// A float.
    package mutating func float() throws(ProtobufError) -> Float {
        Float(bitPattern: try fixed32())
    }

    /// A double.
    package mutating func double() throws(ProtobufError) -> Double {
        Double(bitPattern: try fixed64())
    }
}

extension ProtobufReader {
    /// Adds the fields of a message to another.
    @inlinable
    package mutating func message(
        _ message: inout some ProtobufMessage
    ) throws(ProtobufError) {
        let outer = try enter()
        try message.merge(from: &self)
        leave(outer)
    }

    /// Adds the fields of a message to the only one of a list, or to a new one in it, which is how
    /// a message has another one.
    @inlinable
    package mutating func boxed<Message: ProtobufMessage>(
        _ box: inout [Message]
    ) throws(ProtobufError) {
        // Taken out, so that its lists have one owner and are not copied for each part.
        var value = box.popLast() ?? Message()
        try message(&value)
        box.append(value)
    }

    /// Sets an entry of a map.
    package mutating func set<Key, Value>(_ map: inout [Key: Value], _ key: Key, _ value: Value) {
        map[key] = value
    }
}
