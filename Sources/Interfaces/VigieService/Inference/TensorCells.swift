// SPDX-License-Identifier: Apache-2.0

// The elements of a tensor of numbers, written as those of a table.

internal import ProtobufCoding
internal import ServiceErrors

/// Where the elements of a tensor go.
struct TensorCells {
    let rowCount: Int
    let width: Int
    /// From a cell to the one below.
    let rowStride: Int
    /// From a cell to the one beside it.
    let columnStride: Int

    /// Number of cells.
    var count: Int { rowCount * width }

    /// Writes all elements of a tensor.
    ///
    /// - Throws: What is wrong with the contents.
    func fill<Value: BinaryFloatingPoint & BitwiseCopyable>(
        _ target: UnsafeMutableBufferPointer<Value>,
        from contents: TensorTable.Contents,
        _ part: TensorPlan.Part,
        _ plan: TensorPlan,
        at place: Int
    ) throws(ServiceError) {
        switch contents {
        case .raw(let bytes):
            fill(target, raw: bytes, part.type)
        case .typed(let bytes):
            var reader = TypedContents(bytes, part, plan, place)
            try reader.fill(target, self)
        }
    }

    private func fill<Value: BinaryFloatingPoint & BitwiseCopyable>(
        _ target: UnsafeMutableBufferPointer<Value>,
        raw bytes: UnsafeRawBufferPointer,
        _ type: TensorType
    ) {
        switch type {
        case .fp32 where Value.self == Float.self: fill(target, bytes, as: Value.self) { $0 }
        case .fp64 where Value.self == Double.self: fill(target, bytes, as: Value.self) { $0 }
        case .bool: fill(target, bytes, as: UInt8.self) { $0 == 0 ? 0 : 1 }
        case .uint8: fill(target, bytes, as: UInt8.self) { Value(Double($0)) }
        case .uint16:
            fill(target, bytes, as: UInt16.self) { Value(Double(UInt16(littleEndian: $0))) }
        case .uint32:
            fill(target, bytes, as: UInt32.self) { Value(Double(UInt32(littleEndian: $0))) }
        case .uint64:
            fill(target, bytes, as: UInt64.self) { Value(Double(UInt64(littleEndian: $0))) }
        case .int8: fill(target, bytes, as: Int8.self) { Value(Double($0)) }
        case .int16: fill(target, bytes, as: Int16.self) { Value(Double(Int16(littleEndian: $0))) }
        case .int32: fill(target, bytes, as: Int32.self) { Value(Double(Int32(littleEndian: $0))) }
        case .int64: fill(target, bytes, as: Int64.self) { Value(Double(Int64(littleEndian: $0))) }
        case .fp16: fill(target, bytes, as: Float16.self) { Value(Double($0)) }
        case .bf16:
            fill(target, bytes, as: UInt16.self) {
                Value(Double(Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16)))
            }
        case .fp32: fill(target, bytes, as: Float.self) { Value(Double($0)) }
        case .fp64: fill(target, bytes, as: Double.self) { Value($0) }
        case .bytes: break
        }
    }

    @inline(__always)
    private func fill<Value: BitwiseCopyable, Element: BitwiseCopyable>(
        _ target: UnsafeMutableBufferPointer<Value>,
        _ bytes: UnsafeRawBufferPointer,
        as type: Element.Type,
        _ value: (Element) -> Value
    ) {
        let stride = MemoryLayout<Element>.stride
        guard columnStride != 1 && width > 1 || rowStride != width else {
            // In one piece, as they come.
            if Value.self == Element.self {
                return UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
            }
            for index in 0..<count {
                let element = bytes.loadUnaligned(fromByteOffset: index * stride, as: type)
                target[index] = value(element)
            }
            return
        }
        var offset = 0
        for row in 0..<rowCount {
            for column in 0..<width {
                let element = bytes.loadUnaligned(fromByteOffset: offset, as: type)
                target[row * rowStride + column * columnStride] = value(element)
                offset += stride
            }
        }
    }

    /// The place of an element by its number.
    func place(of index: Int) -> Int {
        index / width * rowStride + index % width * columnStride
    }
}

/// The elements of an encoded InferTensorContents.
struct TypedContents {
    private let bytes: UnsafeRawBufferPointer
    private let part: TensorPlan.Part
    private let plan: TensorPlan
    private let place: Int

    init(
        _ bytes: UnsafeRawBufferPointer,
        _ part: TensorPlan.Part,
        _ plan: TensorPlan,
        _ place: Int
    ) {
        self.bytes = bytes
        self.part = part
        self.plan = plan
        self.place = place
    }

    /// Writes all elements, which are numbers.
    ///
    /// - Throws: When there are too many, too few, or those of another type.
    mutating func fill<Value: BinaryFloatingPoint & BitwiseCopyable>(
        _ target: UnsafeMutableBufferPointer<Value>,
        _ cells: TensorCells
    ) throws(ServiceError) {
        var index = 0
        try read { (reader, isPacked) throws(ProtobufError) in
            repeat {
                guard index < cells.count else { return index += 1 }
                target[cells.place(of: index)] = Value(try number(&reader))
                index += 1
            } while isPacked && reader.hasMore
        }
        try check(index, cells.count)
    }

    /// Calls `body` with each element, which is a text.
    ///
    /// - Throws: When there are too many, too few, or those of another type.
    mutating func forEachText(
        rowCount: Int,
        _ body: (Int, UnsafeRawBufferPointer) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        var texts: ServiceError?
        var index = 0
        try read { (reader, _) throws(ProtobufError) in
            let text = try reader.borrowedBytes()
            if index < rowCount, texts == nil {
                do throws(ServiceError) { try body(index, text) } catch { texts = error }
            }
            index += 1
        }
        if let texts { throw texts }
        try check(index, rowCount)
    }

    private func check(_ count: Int, _ expected: Int) throws(ServiceError) {
        guard count == expected else {
            let got = count > expected ? "more" : "\(count)"
            throw .wrongCount(part, plan, expected: expected, got: got, at: place)
        }
    }

    /// Calls `body` for each value or pack of values.
    private func read(
        _ body: (inout ProtobufReader, _ isPacked: Bool) throws(ProtobufError) -> Void
    ) throws(ServiceError) {
        var other: UInt32?
        do throws(ProtobufError) {
            var reader = ProtobufReader(bytes)
            while let tag = try reader.nextTag() {
                let field = tag >> 3
                guard field == part.type.contentsField, other == nil else {
                    if (1...8).contains(field) { other = field }
                    try reader.skip(tag)
                    continue
                }
                guard part.type != .bytes, tag & 7 == 2 else {
                    guard tag & 7 == wireType else { throw ProtobufError(.malformedTag, offset: 0) }
                    try body(&reader, false)
                    continue
                }
                var pack = ProtobufReader(try reader.borrowedBytes())
                if pack.hasMore { try body(&pack, true) }
            }
        } catch {
            throw .malformed("inference.InferTensorContents")
        }
        if other != nil {
            throw .invalid(
                "inputs[\(place)].contents",
                "WRONG_CONTENTS_TYPE",
                "unexpected explicit tensor data for input tensor '\(part.shown)' for model "
                    + "'\(plan.modelName)', expected datatype '\(part.type.rawValue)'"
            )
        }
    }

    private var wireType: UInt32 {
        switch part.type {
        case .fp32: 5
        case .fp64: 1
        case .bytes: 2
        default: 0
        }
    }

    private func number(_ reader: inout ProtobufReader) throws(ProtobufError) -> Double {
        switch part.type {
        case .bool: try reader.bool() ? 1 : 0
        case .int8: Double(Int8(truncatingIfNeeded: try reader.varint()))
        case .int16: Double(Int16(truncatingIfNeeded: try reader.varint()))
        case .int32: Double(try reader.int32())
        case .int64: Double(try reader.int64())
        case .uint8: Double(UInt8(truncatingIfNeeded: try reader.varint()))
        case .uint16: Double(UInt16(truncatingIfNeeded: try reader.varint()))
        case .uint32: Double(try reader.uint32())
        case .uint64: Double(try reader.uint64())
        case .fp32: Double(try reader.float())
        case .fp64: try reader.double()
        case .fp16, .bf16, .bytes: 0
        }
    }
}
