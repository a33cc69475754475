// SPDX-License-Identifier: Apache-2.0

// The numbers of a tensor in the file.

internal import Documents
internal import ONNXProtos
internal import VigieLimits

/// A tensor of the file. Its declared size is compared with its data before it is believed.
struct ONNXTensorData {
    private let proto: ONNXTensorProto
    /// What errors call it.
    let place: String

    init(_ proto: ONNXTensorProto, place: String) {
        self.proto = proto
        self.place = place
    }

    /// Lengths of the axes.
    var shape: [Int] { proto.dims.map { Int($0) } }

    /// What the elements are.
    func type() throws(ModelFormatError) -> ONNXElementType {
        guard let type = ONNXElementType(dataType: proto.dataType) else {
            throw unsupported("tensors of data type \(proto.dataType)")
        }
        return type
    }

    /// The texts of a tensor of texts.
    func texts() throws(ModelFormatError) -> [String] {
        var texts: [String] = []
        for bytes in proto.stringData {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw malformed("a text is not UTF-8")
            }
            texts.append(text)
        }
        try check(count: texts.count)
        return texts
    }

    /// The numbers of a tensor of numbers or truth values.
    func numbers() throws(ModelFormatError) -> [Double] {
        guard proto.dataLocation == 0 else {
            throw unsupported("data in another file; save the model as one file")
        }
        let numbers = try proto.rawData.isEmpty ? listedNumbers() : rawNumbers()
        try check(count: numbers.count)
        return numbers
    }

    private func listedNumbers() throws(ModelFormatError) -> [Double] {
        switch proto.dataType {
        case 1: proto.floatData.map { Double($0) }
        case 2, 3, 4, 5, 6, 9: proto.int32Data.map { Double($0) }
        case 7: proto.int64Data.map { Double($0) }
        case 11: proto.doubleData
        case 12, 13: proto.uint64Data.map { Double($0) }
        default: throw unsupported("tensors of data type \(proto.dataType)")
        }
    }

    private func rawNumbers() throws(ModelFormatError) -> [Double] {
        switch proto.dataType {
        case 1: try raw(UInt32.self) { Double(Float(bitPattern: $0)) }
        case 2, 9: try raw(UInt8.self) { Double($0) }
        case 3: try raw(UInt8.self) { Double(Int8(bitPattern: $0)) }
        case 4: try raw(UInt16.self) { Double($0) }
        case 5: try raw(UInt16.self) { Double(Int16(bitPattern: $0)) }
        case 6: try raw(UInt32.self) { Double(Int32(bitPattern: $0)) }
        case 7: try raw(UInt64.self) { Double(Int64(bitPattern: $0)) }
        case 11: try raw(UInt64.self) { Double(bitPattern: $0) }
        case 12: try raw(UInt32.self) { Double($0) }
        case 13: try raw(UInt64.self) { Double($0) }
        default: throw unsupported("tensors of data type \(proto.dataType)")
        }
    }

    /// Little-endian words, whatever the machine.
    private func raw<Word: FixedWidthInteger>(
        _ word: Word.Type,
        _ number: (Word) -> Double
    ) throws(ModelFormatError) -> [Double] {
        let size = MemoryLayout<Word>.size
        guard proto.rawData.count % size == 0 else {
            throw malformed("\(proto.rawData.count) bytes of data for elements of \(size)")
        }
        return proto.rawData.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: size).map {
                number(Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Word.self)))
            }
        }
    }

    private func check(count: Int) throws(ModelFormatError) {
        guard shape.count <= ModelFormatLimits.graphAxes else {
            throw unsupported("a tensor of \(shape.count) axes")
        }
        guard elementCount(shape) == count else {
            throw malformed("\(count) elements for a shape of \(shape)")
        }
    }

    private func malformed(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .malformed, place: place, message: message)
    }

    private func unsupported(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .unsupported, place: place, message: message)
    }
}
