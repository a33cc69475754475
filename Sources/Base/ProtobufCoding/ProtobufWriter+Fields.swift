// SPDX-License-Identifier: Apache-2.0

// Fields of proto3, which are written unless they are 0 or empty, and lists of the values that most
// lists are of. They are here, and not in the code of each message, so that they are compiled once.

extension ProtobufWriter {
    /// A field of the type string, unless it is empty.
    package mutating func string(_ tag: UInt32, _ value: String) {
        if value.isEmpty { return }
        self.tag(tag)
        string(value)
    }

    /// A field of the type bytes, unless it is empty.
    package mutating func bytes(_ tag: UInt32, _ value: [UInt8]) {
        if value.isEmpty { return }
        self.tag(tag)
        bytes(value)
    }

    /// A field of an enum, unless it is 0.
    package mutating func enumeration(_ tag: UInt32, _ value: Int) {
        if value == 0 { return }
        self.tag(tag)
        enumeration(value)
    }

    /// A list of strings.
    package mutating func strings(_ tag: UInt32, _ list: [String]) {
        for value in list {
            self.tag(tag)
            string(value)
        }
    }

    /// A list of bytes.
    package mutating func blobs(_ tag: UInt32, _ list: [[UInt8]]) {
        for value in list {
            self.tag(tag)
            bytes(value)
        }
    }

    /// A list of messages.
    @inlinable
    package mutating func messages(_ tag: UInt32, _ list: [some ProtobufMessage]) {
        for value in list { message(tag, value) }
    }

    /// A field of the type bool, unless it is false.
    package mutating func bool(_ tag: UInt32, _ value: Bool) {
        if !value { return }
        self.tag(tag)
        bool(value)
    }

    /// A field of the type int32, unless it is 0.
    package mutating func int32(_ tag: UInt32, _ value: Int32) {
        if value == 0 { return }
        self.tag(tag)
        int32(value)
    }

    /// A field of the type int64, unless it is 0.
    package mutating func int64(_ tag: UInt32, _ value: Int64) {
        if value == 0 { return }
        self.tag(tag)
        int64(value)
    }

    /// A field of the type uint32, unless it is 0.
    package mutating func uint32(_ tag: UInt32, _ value: UInt32) {
        if value == 0 { return }
        self.tag(tag)
        uint32(value)
    }

    /// A field of the type uint64, unless it is 0.
    package mutating func uint64(_ tag: UInt32, _ value: UInt64) {
        if value == 0 { return }
        self.tag(tag)
        uint64(value)
    }

    /// A field of the type sint32, unless it is 0.
    package mutating func sint32(_ tag: UInt32, _ value: Int32) {
        if value == 0 { return }
        self.tag(tag)
        sint32(value)
    }

    /// A field of the type sint64, unless it is 0.
    package mutating func sint64(_ tag: UInt32, _ value: Int64) {
        if value == 0 { return }
        self.tag(tag)
        sint64(value)
    }

    /// A field of the type fixed32, unless it is 0.
    package mutating func fixed32(_ tag: UInt32, _ value: UInt32) {
        if value == 0 { return }
        self.tag(tag)
        fixed32(value)
    }

    /// A field of the type fixed64, unless it is 0.
    package mutating func fixed64(_ tag: UInt32, _ value: UInt64) {
        if value == 0 { return }
        self.tag(tag)
        fixed64(value)
    }

    /// A field of the type sfixed32, unless it is 0.
    package mutating func sfixed32(_ tag: UInt32, _ value: Int32) {
        if value == 0 { return }
        self.tag(tag)
        sfixed32(value)
    }

    /// A field of the type sfixed64, unless it is 0.
    package mutating func sfixed64(_ tag: UInt32, _ value: Int64) {
        if value == 0 { return }
        self.tag(tag)
        sfixed64(value)
    }

    /// A field of the type float, unless it is 0.
    package mutating func float(_ tag: UInt32, _ value: Float) {
        if value.bitPattern == 0 { return }
        self.tag(tag)
        float(value)
    }

    /// A field of the type double, unless it is 0.
    package mutating func double(_ tag: UInt32, _ value: Double) {
        if value.bitPattern == 0 { return }
        self.tag(tag)
        double(value)
    }
}

extension ProtobufWriter {
    /// A list of int32s, packed.
    package mutating func int32s(_ tag: UInt32, _ list: [Int32]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { int32(value) }
        close(start)
    }

    /// A list of int64s, packed.
    package mutating func int64s(_ tag: UInt32, _ list: [Int64]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { int64(value) }
        close(start)
    }

    /// A list of uint32s, packed.
    package mutating func uint32s(_ tag: UInt32, _ list: [UInt32]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { uint32(value) }
        close(start)
    }

    /// A list of uint64s, packed.
    package mutating func uint64s(_ tag: UInt32, _ list: [UInt64]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { uint64(value) }
        close(start)
    }

    /// A list of bools, packed.
    package mutating func bools(_ tag: UInt32, _ list: [Bool]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { bool(value) }
        close(start)
    }

    /// A list of sint32s, packed.
    package mutating func sint32s(_ tag: UInt32, _ list: [Int32]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { sint32(value) }
        close(start)
    }

    /// A list of sint64s, packed.
    package mutating func sint64s(_ tag: UInt32, _ list: [Int64]) {
        if list.isEmpty { return }
        let start = open(tag)
        for value in list { sint64(value) }
        close(start)
    }

    /// A list of fixed32s, packed.
    package mutating func fixed32s(_ tag: UInt32, _ list: [UInt32]) {
        list.withUnsafeBytes { packed(tag, $0) }
    }

    /// A list of floats, packed.
    package mutating func floats(_ tag: UInt32, _ list: [Float]) {
        list.withUnsafeBytes { packed(tag, $0) }
    }

    /// A list of doubles, packed.
    package mutating func doubles(_ tag: UInt32, _ list: [Double]) {
        list.withUnsafeBytes { packed(tag, $0) }
    }

    /// Values as they lie in memory: the wire is little-endian, as are all machines that Swift runs
    /// on.
    private mutating func packed(_ tag: UInt32, _ values: UnsafeRawBufferPointer) {
        if values.isEmpty { return }
        self.tag(tag)
        varint(UInt64(values.count))
        append(values)
    }
}
