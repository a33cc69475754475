// SPDX-License-Identifier: Apache-2.0

// What a policy takes of the rows of a block beside their scores: a FactBlock, read on a thread.
// Its values are copied once, 8 bytes a value: they may lie anywhere in the message.

internal import CreditPolicy
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits

/// Facts of the rows of one block at a time. For one thread at a time.
final class FactColumns {
    private static let valuesTag: UInt32 = 1 << 3
    private static let textsTag: UInt32 = 2 << 3 | 2
    private static let dictionaryTag: UInt32 = 1 << 3 | 2
    private static let codesTag: UInt32 = 2 << 3

    /// Values, column after column.
    private(set) var values: [Double] = []
    /// Columns of truth values, one after the other: 0, 1, or anything else for not known.
    private(set) var flags: [UInt8] = []
    /// Places of texts, column after column; -1 for not known.
    private(set) var codes: [Int32] = []
    /// The dictionaries of those columns.
    private(set) var dictionaries: [[String]] = []
    private var textCount = 0
    private var lines: [UInt32] = []

    /// What is kept from block to block.
    var memoryBytes: Int {
        values.capacity * MemoryLayout<Double>.stride + flags.capacity
            + codes.capacity * MemoryLayout<Int32>.stride
    }

    /// Reads a FactBlock.
    ///
    /// - Parameters:
    ///   - counts: Columns of numbers and of texts that there have to be.
    ///   - flagColumns: The columns of numbers that are truth values.
    ///   - lines: Where rows stand with whoever sends them; empty if he does not say.
    func read(
        _ bytes: UnsafeRawBufferPointer,
        rowCount: Int,
        counts: (numbers: Int, texts: Int),
        flagColumns: [Int],
        lines: [UInt32] = [],
        limits: ServiceLimits
    ) throws(ServiceError) {
        self.lines = lines
        values.removeAll(keepingCapacity: true)
        flags.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        (dictionaries, textCount) = ([], 0)
        do {
            try readFields(bytes, rowCount, counts.texts, limits)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .malformed("vigie.v1.FactBlock")
        }
        guard dictionaries.count == counts.texts else {
            throw .invalid(
                "block.facts.text_columns",
                "WRONG_TEXT_COLUMN_COUNT",
                "The block has \(dictionaries.count) columns of texts of facts; the header has "
                    + "\(counts.texts)."
            )
        }
        guard values.count == rowCount * counts.numbers else {
            throw .invalid(
                "block.facts.values",
                "WRONG_VALUE_COUNT",
                "The block has \(values.count) values of facts, but \(rowCount) rows of "
                    + "\(counts.numbers) columns need \(rowCount * counts.numbers)."
            )
        }
        for column in flagColumns {
            let column = values[column * rowCount..<(column + 1) * rowCount]
            flags.append(contentsOf: column.lazy.map { $0 == 0 ? 0 : $0 == 1 ? 1 : 2 })
        }
    }

    private func readFields(
        _ bytes: UnsafeRawBufferPointer,
        _ rowCount: Int,
        _ textColumns: Int,
        _ limits: ServiceLimits
    ) throws {
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            switch tag {
            case Self.valuesTag | 2: try Self.add(reader.part(), to: &values)
            case Self.valuesTag | 1: values.append(Double(bitPattern: try reader.fixed64()))
            case Self.textsTag:
                guard dictionaries.count < textColumns else {
                    throw ServiceError.invalid(
                        "block.facts.text_columns",
                        "WRONG_TEXT_COLUMN_COUNT",
                        "The block has more columns of texts of facts than the header, which has "
                            + "\(textColumns)."
                    )
                }
                try readTexts(&reader, rowCount, limits)
            default: try reader.skip(tag)
            }
        }
    }

    /// Adds values of fixed width as one copy: on the wire they are as in the memory of a
    /// little-endian machine.
    private static func add<Value: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ bytes: UnsafeRawBufferPointer,
        to list: inout [Value]
    ) throws(ServiceError) {
        let width = MemoryLayout<Value>.stride
        guard bytes.count % width == 0 else { throw .malformed("vigie.v1.FactBlock") }
        let start = list.count * width
        list.append(contentsOf: repeatElement(0, count: bytes.count / width))
        list.withUnsafeMutableBytes { memory in
            UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyMemory(from: bytes)
        }
    }

    private func readTexts(
        _ reader: inout ProtobufReader,
        _ rowCount: Int,
        _ limits: ServiceLimits
    ) throws {
        let field = "block.facts.text_columns[\(dictionaries.count)]"
        var (texts, places): ([String], [UInt32]) = ([], [])
        var long: (place: Int, byteCount: Int)?
        let outer = try reader.enter()
        while let tag = try reader.nextTag() {
            switch tag {
            case Self.dictionaryTag:
                let part = try reader.part()
                let isLong = part.count > limits.textBytesMax
                // Told once it is known in which row it is.
                if isLong, long == nil { long = (texts.count, part.count) }
                texts.append(isLong ? "" : try text(part, "\(field).dictionary", limits))
            case Self.codesTag | 2: try Self.add(reader.part(), to: &places)
            case Self.codesTag | 5: places.append(try reader.fixed32())
            default: try reader.skip(tag)
            }
        }
        reader.leave(outer)
        guard places.count == rowCount else {
            throw ServiceError.invalid(
                "\(field).codes",
                "INVALID_CODE",
                "\(field) has \(places.count) codes; the block has \(rowCount) rows."
            )
        }
        if let row = places.firstIndex(where: { $0 > texts.count }) {
            throw ServiceError.invalid(
                "\(field).codes",
                "INVALID_CODE",
                "The code of row \(row) is \(places[row]); its dictionary has \(texts.count) texts."
            )
        }
        if let long {
            let row = places.firstIndex { Int($0) == long.place + 1 }
            let place = row.map { lines.isEmpty ? " of row \($0)" : " of line \(lines[$0])" } ?? ""
            throw ServiceError.overLimit(
                "\(field).dictionary",
                "textBytesMax",
                "A text\(place) has \(long.byteCount) bytes.",
                value: long.byteCount,
                maximum: limits.textBytesMax
            )
        }
        dictionaries.append(texts)
        codes.append(contentsOf: places.lazy.map { Int32(truncatingIfNeeded: $0) &- 1 })
    }

    private func text(
        _ bytes: UnsafeRawBufferPointer,
        _ field: String,
        _ limits: ServiceLimits
    ) throws(ServiceError) -> String {
        textCount += 1
        guard textCount <= limits.blockTextsMax else {
            throw .overLimit(
                field,
                "blockTextsMax",
                "The facts of the block have too many texts; send it in several blocks.",
                value: textCount,
                maximum: limits.blockTextsMax
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .invalid(field, "INVALID_UTF8", "\(field) has a text that is not valid UTF-8.")
        }
        return text
    }
}
