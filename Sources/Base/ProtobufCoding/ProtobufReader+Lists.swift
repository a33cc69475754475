// SPDX-License-Identifier: Apache-2.0

// Lists of the values that most lists are of. They are here, and not in the code of each message,
// so that they are compiled once; for the same reason there is a function for each type, not one
// for all.

extension ProtobufReader {
    /// Adds a string to a list.
    package mutating func strings(_ list: inout [String]) throws(ProtobufError) {
        list.append(try string())
    }

    /// Adds bytes to a list.
    package mutating func blobs(_ list: inout [[UInt8]]) throws(ProtobufError) {
        list.append(try bytes())
    }

    /// Adds a message to a list.
    package mutating func messages<Message: ProtobufMessage>(
        _ list: inout [Message]
    ) throws(ProtobufError) {
        var value = Message()
        try message(&value)
        list.append(value)
    }

    /// Adds int32s to a list, one or, when the tag says so, a pack.
    package mutating func int32s(_ tag: UInt32, _ list: inout [Int32]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try int32()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { Int32(truncatingIfNeeded: $0) }
    }

    /// Adds int64s to a list, one or, when the tag says so, a pack.
    package mutating func int64s(_ tag: UInt32, _ list: inout [Int64]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try int64()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { Int64(bitPattern: $0) }
    }

    /// Adds uint32s to a list, one or, when the tag says so, a pack.
    package mutating func uint32s(_ tag: UInt32, _ list: inout [UInt32]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try uint32()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { UInt32(truncatingIfNeeded: $0) }
    }

    /// Adds bools to a list, one or, when the tag says so, a pack.
    package mutating func bools(_ tag: UInt32, _ list: inout [Bool]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try bool()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { $0 != 0 }
    }

    /// Adds sint32s to a list, one or, when the tag says so, a pack.
    package mutating func sint32s(_ tag: UInt32, _ list: inout [Int32]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try sint32()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { Self.sint32($0) }
    }

    /// Adds sint64s to a list, one or, when the tag says so, a pack.
    package mutating func sint64s(_ tag: UInt32, _ list: inout [Int64]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try sint64()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { Self.sint64($0) }
    }

    /// Adds uint64s to a list, one or, when the tag says so, a pack.
    package mutating func uint64s(_ tag: UInt32, _ list: inout [UInt64]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try uint64()) }
        if list.capacity == 0 { list.reserveCapacity(try packedCount()) }
        try pack(into: &list) { $0 }
    }

    /// Adds fixed32s to a list, one or, when the tag says so, a pack.
    package mutating func fixed32s(_ tag: UInt32, _ list: inout [UInt32]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try fixed32()) }
        let outer = try enter()
        if list.isEmpty { list.reserveCapacity(bytesLeft / 4) }
        while hasMore { list.append(try fixed32()) }
        leave(outer)
    }

    /// Adds floats to a list, one or, when the tag says so, a pack.
    package mutating func floats(_ tag: UInt32, _ list: inout [Float]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try float()) }
        let outer = try enter()
        if list.isEmpty { list.reserveCapacity(bytesLeft / 4) }
        while hasMore { list.append(try float()) }
        leave(outer)
    }

    /// Adds doubles to a list, one or, when the tag says so, a pack.
    package mutating func doubles(_ tag: UInt32, _ list: inout [Double]) throws(ProtobufError) {
        guard tag & 7 == 2 else { return list.append(try double()) }
        let outer = try enter()
        if list.isEmpty { list.reserveCapacity(bytesLeft / 8) }
        while hasMore { list.append(try double()) }
        leave(outer)
    }
}
