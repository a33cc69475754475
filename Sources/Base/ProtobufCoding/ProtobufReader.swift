// SPDX-License-Identifier: Apache-2.0

// Reads the fields of a message one after the other. Every length is held against what is left
// before it is used; how deep messages nest and how many there are has a limit.

internal import VigieLimits

/// A place in the bytes of a message, which must outlive the reader.
///
/// A field is known by its tag, which is its number and its wire type in one. So a field with the
/// right number and another wire type is one that nobody knows, as the specification has it.
package struct ProtobufReader {
    private let memory: UnsafeRawBufferPointer
    private var position = 0
    private var end: Int
    private var depthLeft = ProtobufLimits.depth
    private var partsLeft = ProtobufLimits.parts

    /// Makes a reader of a whole message.
    package init(_ bytes: UnsafeRawBufferPointer) {
        memory = bytes
        end = bytes.count
    }

    /// Whether something is left of the message, or of the list of packed values.
    package var hasMore: Bool { position < end }

    /// Bytes that are left of it.
    var bytesLeft: Int { end - position }

    /// How many integers the pack has that stands next: each ends with a byte without its highest
    /// bit.
    func packedCount() throws(ProtobufError) -> Int {
        var reader = self
        let length = try reader.length()
        var count = 0
        let first = reader.position
        for byte in UnsafeRawBufferPointer(rebasing: memory[first..<first + length]) {
            count &+= Int(~byte >> 7)
        }
        return count
    }

    /// The tag of the next field; nil at the end of the message.
    package mutating func nextTag() throws(ProtobufError) -> UInt32? {
        guard position < end else { return nil }
        let start = position
        let value = try varint()
        // Field numbers begin with 1; a tag never takes more than the five bytes of 32 bits.
        guard let tag = UInt32(exactly: value), tag >= 1 << 3, position - start <= 5 else {
            throw ProtobufError(.malformedTag, offset: start)
        }
        return tag
    }

    /// Moves over the value of a field that is not wanted.
    package mutating func skip(_ tag: UInt32) throws(ProtobufError) {
        switch tag & 7 {
        case 0: _ = try varint()
        case 1: position += try checked(8)
        case 2: position += try length()
        case 3: try skipGroup(tag)
        case 5: position += try checked(4)
        default: throw error(.malformedTag)
        }
    }

    private mutating func skipGroup(_ tag: UInt32) throws(ProtobufError) {
        guard depthLeft > 0 else { throw error(.tooDeep) }
        depthLeft -= 1
        // The tag that ends a group has the next wire type.
        while let inner = try nextTag() {
            if inner == tag + 1 {
                depthLeft += 1
                return
            }
            try skip(inner)
        }
        throw error(.truncated)
    }

    /// Bytes where they lie; valid as long as the message.
    package mutating func borrowedBytes() throws(ProtobufError) -> UnsafeRawBufferPointer {
        let length = try length()
        defer { position += length }
        return UnsafeRawBufferPointer(rebasing: memory[position..<position + length])
    }

    /// A text where it lies; valid as long as the message.
    package mutating func borrowedText() throws(ProtobufError) -> UnsafeRawBufferPointer {
        let text = try borrowedBytes()
        guard Self.isASCII(text) || String(validating: text, as: UTF8.self) != nil else {
            throw error(.invalidUTF8)
        }
        return text
    }

    /// Begins to read what has a length: until `leave` it is all that there is.
    ///
    /// - Returns: What `leave` needs to go on behind it.
    package mutating func enter() throws(ProtobufError) -> Int {
        let length = try length()
        guard depthLeft > 0 else { throw error(.tooDeep) }
        guard partsLeft > 0 else { throw error(.tooManyParts) }
        depthLeft -= 1
        partsLeft -= 1
        let outer = end
        end = position + length
        return outer
    }

    /// Goes on behind what `enter` began and what has been read to its end.
    package mutating func leave(_ outer: Int) {
        end = outer
        depthLeft += 1
    }

    /// The length that stands next, which is at most what is left behind it.
    private mutating func length() throws(ProtobufError) -> Int {
        let length = try varint()
        guard length <= UInt64(end - position) else { throw error(.truncated) }
        return Int(length)
    }

    /// A number of bytes that are left.
    private func checked(_ count: Int) throws(ProtobufError) -> Int {
        guard count <= end - position else { throw error(.truncated) }
        return count
    }

    private func error(_ kind: ProtobufError.Kind) -> ProtobufError {
        ProtobufError(kind, offset: position)
    }
}

extension ProtobufReader {
    /// An integer of seven bits a byte.
    package mutating func varint() throws(ProtobufError) -> UInt64 {
        // Most take one byte.
        if position < end, memory[position] < 0x80 {
            position += 1
            return UInt64(memory[position - 1])
        }
        return try longVarint()
    }

    /// What a tenth byte has beyond 64 bits is dropped.
    @inline(never)
    private mutating func longVarint() throws(ProtobufError) -> UInt64 {
        if end - position >= 8, let (value, byteCount) = shortVarint(position) {
            position += byteCount
            return value
        }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 70 {
            guard position < end else { throw error(.truncated) }
            let byte = memory[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw error(.malformedInteger)
    }

    /// An integer of at most eight bytes, of which all eight are there: seven bits of each byte are
    /// brought together in three steps, whatever its length.
    @inline(__always)
    private func shortVarint(_ place: Int) -> (value: UInt64, byteCount: Int)? {
        let word = UInt64(
            littleEndian: memory.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        )
        let ends = ~word & 0x8080_8080_8080_8080
        if ends == 0 { return nil }
        let bits = ends.trailingZeroBitCount &+ 1
        var value = word & 0x7F7F_7F7F_7F7F_7F7F & (.max &>> UInt64(64 &- bits))
        value = value & 0x007F_007F_007F_007F | (value & 0x7F00_7F00_7F00_7F00) &>> 1
        value = value & 0x0000_3FFF_0000_3FFF | (value & 0x3FFF_0000_3FFF_0000) &>> 2
        value = value & 0x0000_0000_0FFF_FFFF | (value & 0x0FFF_FFFF_0000_0000) &>> 4
        return (value, bits &>> 3)
    }

    /// Adds a pack of integers to a list, some at a time: one by one the list would be asked for
    /// each whether it has room and one owner.
    @inline(__always)
    mutating func pack<Value>(
        into list: inout [Value],
        _ convert: (UInt64) -> Value
    ) throws(ProtobufError) {
        let outer = try enter()
        while position < end {
            let some = Self.packTogether
            let failure = withUnsafeTemporaryAllocation(of: Value.self, capacity: some) { values in
                var count = 0
                let failure = fill(values, &count, convert)
                list.append(contentsOf: UnsafeBufferPointer(rebasing: values[..<count]))
                return failure
            }
            if let failure { throw failure }
        }
        leave(outer)
    }

    private static let packTogether = 64  // tidy: limit: the size of our own chunks

    /// Reads integers until there are no more, or no room.
    @inline(__always)
    private mutating func fill<Value>(
        _ values: UnsafeMutableBufferPointer<Value>,
        _ count: inout Int,
        _ convert: (UInt64) -> Value
    ) -> ProtobufError? {
        var place = position
        defer { position = place }
        while count < values.count, place < end {
            let byte = memory[place]
            if byte < 0x80 {
                values.initializeElement(at: count, to: convert(UInt64(byte)))
                place &+= 1
            } else if end - place >= 8, let (value, byteCount) = shortVarint(place) {
                values.initializeElement(at: count, to: convert(value))
                place &+= byteCount
            } else {
                position = place
                do throws(ProtobufError) {
                    values.initializeElement(at: count, to: convert(try longVarint()))
                } catch {
                    place = position
                    return error
                }
                place = position
            }
            count &+= 1
        }
        return nil
    }

    /// Four bytes, the least significant first.
    package mutating func fixed32() throws(ProtobufError) -> UInt32 {
        let place = position
        position += try checked(4)
        return UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    /// Eight bytes, the least significant first.
    package mutating func fixed64() throws(ProtobufError) -> UInt64 {
        let place = position
        position += try checked(8)
        return UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// A text.
    package mutating func string() throws(ProtobufError) -> String {
        let length = try length()
        let part = UnsafeRawBufferPointer(rebasing: memory[position..<position + length])
        if length == 0 { return "" }
        // Most are letters of ASCII, which need no check that is generic code.
        if Self.isASCII(part) {
            position += length
            return String(unsafeUninitializedCapacity: length) { text in
                UnsafeMutableRawBufferPointer(text).copyMemory(from: part)
                return length
            }
        }
        guard let text = String(validating: part, as: UTF8.self) else {
            throw error(.invalidUTF8)
        }
        position += length
        return text
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var bits: UInt8 = 0
        for byte in bytes { bits |= byte }
        return bits < 0x80
    }

    /// The bytes of a message or text, in place: valid as long as those of the reader.
    package mutating func part() throws(ProtobufError) -> UnsafeRawBufferPointer {
        let length = try length()
        let part = UnsafeRawBufferPointer(rebasing: memory[position..<position + length])
        position += length
        return part
    }

    /// Bytes, copied once.
    package mutating func bytes() throws(ProtobufError) -> [UInt8] {
        let length = try length()
        let part = UnsafeRawBufferPointer(rebasing: memory[position..<position + length])
        position += length
        return [UInt8](part)
    }
}
