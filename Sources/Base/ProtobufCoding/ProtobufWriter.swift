// SPDX-License-Identifier: Apache-2.0

/// Writes the fields of a message: its tag first, then its value.
package struct ProtobufWriter {
    /// What is written so far.
    package private(set) var contents: [UInt8] = []

    /// Makes an empty one.
    package init() {}

    /// A field's number and wire type.
    package mutating func tag(_ tag: UInt32) { varint(UInt64(tag)) }

    /// Begins what has a length; everything up to `close` belongs to it.
    ///
    /// - Returns: What `close` needs.
    package mutating func open(_ tag: UInt32) -> Int {
        self.tag(tag)
        // One byte is enough for most lengths.
        contents.append(0)
        return contents.count
    }

    /// Ends what `open` began, and puts its length in front of it.
    package mutating func close(_ start: Int) {
        var length = contents.count - start
        var place = start - 1
        // What is written moves once, however many bytes the length takes.
        let more = (UInt64.bitWidth - UInt64(length | 1).leadingZeroBitCount - 1) / 7
        if more > 0 { shift(from: start, length, by: more) }
        while length >= 0x80 {
            contents[place] = UInt8(truncatingIfNeeded: length) | 0x80
            length >>= 7
            place += 1
        }
        contents[place] = UInt8(truncatingIfNeeded: length)
    }

    private mutating func shift(from start: Int, _ length: Int, by count: Int) {
        for _ in 0..<count { contents.append(0) }
        contents.withUnsafeMutableBytes { bytes in
            guard let first = bytes.baseAddress else { return }
            (first + start + count).copyMemory(from: first + start, byteCount: length)
        }
    }

    /// Makes room for so many bytes more.
    package mutating func reserve(_ byteCount: Int) {
        contents.reserveCapacity(contents.count + byteCount)
    }

    /// A field that holds a message.
    @inlinable
    package mutating func message(_ tag: UInt32, _ message: some ProtobufWritable) {
        let start = open(tag)
        message.write(to: &self)
        close(start)
    }

    /// The entries of a map in the order in which they are written, that of their keys.
    package static func ordered<Key: Comparable, Value>(
        _ map: [Key: Value]
    ) -> [(key: Key, value: Value)] {
        map.sorted { $0.key < $1.key }
    }
}

extension ProtobufWriter {
    /// An integer of seven bits a byte.
    package mutating func varint(_ value: UInt64) {
        if value < 0x80 { return contents.append(UInt8(truncatingIfNeeded: value)) }
        var rest = value
        while rest >= 0x80 {
            contents.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        contents.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Four bytes, the least significant first.
    package mutating func fixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { append($0) }
    }

    /// Eight bytes, the least significant first.
    package mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { append($0) }
    }

    /// Bytes as they are: fields that were written before.
    package mutating func append(_ bytes: [UInt8]) { contents.append(contentsOf: bytes) }

    /// Bytes as they are.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        contents.append(contentsOf: bytes)
    }

    /// A text.
    package mutating func string(_ value: String) {
        varint(UInt64(value.utf8.count))
        contents.append(contentsOf: value.utf8)
    }

    /// Bytes.
    package mutating func bytes(_ value: [UInt8]) {
        varint(UInt64(value.count))
        contents.append(contentsOf: value)
    }

    /// A bool.
    package mutating func bool(_ value: Bool) { varint(value ? 1 : 0) }

    /// The number of a value of an enum.
    package mutating func enumeration(_ value: Int) { int32(Int32(truncatingIfNeeded: value)) }

    /// An int32; a negative one takes ten bytes.
    package mutating func int32(_ value: Int32) { int64(Int64(value)) }

    /// An int64.
    package mutating func int64(_ value: Int64) { varint(UInt64(bitPattern: value)) }

    /// A uint32.
    package mutating func uint32(_ value: UInt32) { varint(UInt64(value)) }

    /// A uint64.
    package mutating func uint64(_ value: UInt64) { varint(value) }

    /// A sint32: the sign is its lowest bit.
    package mutating func sint32(_ value: Int32) {
        varint(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
    }

    /// A sint64: the sign is its lowest bit.
    package mutating func sint64(_ value: Int64) {
        varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// An sfixed32.
    package mutating func sfixed32(_ value: Int32) { fixed32(UInt32(bitPattern: value)) }

    /// An sfixed64.
    package mutating func sfixed64(_ value: Int64) { fixed64(UInt64(bitPattern: value)) }

    /// A float.
    package mutating func float(_ value: Float) { fixed32(value.bitPattern) }

    /// Doubles, one after the other.
    package mutating func doubles(_ values: UnsafeBufferPointer<Double>) {
        #if _endian(little)
            append(UnsafeRawBufferPointer(values))
        #else
            for value in values { double(value) }
        #endif
    }

    /// A double.
    package mutating func double(_ value: Double) { fixed64(value.bitPattern) }
}
