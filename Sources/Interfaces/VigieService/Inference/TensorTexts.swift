// SPDX-License-Identifier: Apache-2.0

// Tensors of texts as columns of texts: each text once, and a code for each row.

internal import Scoring
internal import ServiceErrors
internal import VigieLimits

/// Columns of texts, in the order in which they are added.
struct TensorTexts {
    private(set) var columns: [TextColumn] = []
    private let limits: ServiceLimits
    private var textCount = 0

    init(limits: ServiceLimits) {
        self.limits = limits
    }

    /// Adds a tensor.
    ///
    /// - Parameter arena: Memory for the codes; the texts stay where they are.
    /// - Throws: What is wrong with the contents, or over a limit.
    mutating func add(
        _ contents: TensorTable.Contents,
        _ part: TensorPlan.Part,
        rowCount: Int,
        _ plan: TensorPlan,
        in arena: DecodingArena
    ) throws(ServiceError) {
        guard let memory = arena.take(rowCount * MemoryLayout<UInt32>.stride) else {
            throw .noTensorMemory
        }
        let codes = memory.bindMemory(to: UInt32.self)
        var dictionary = TextDictionary(limits: limits, name: part.shown, textCount: textCount)
        let place = plan.parts.firstIndex { $0.name == part.name } ?? 0
        switch contents {
        case .typed(let bytes):
            var reader = TypedContents(bytes, part, plan, place)
            try reader.forEachText(rowCount: rowCount) { (row, text) throws(ServiceError) in
                codes[row] = try dictionary.code(of: text)
            }
        case .raw(let bytes):
            var offset = 0
            for row in 0..<rowCount {
                let text = try Self.text(bytes, &offset, part, plan, row: row, at: place)
                codes[row] = try dictionary.code(of: text)
            }
            guard offset == bytes.count else {
                throw .wrongCount(part, plan, expected: rowCount, got: "more", at: place)
            }
        }
        textCount += dictionary.texts.count
        columns.append(TextColumn(texts: dictionary.texts, codes: UnsafeBufferPointer(codes)))
    }

    /// The next text of a tensor in raw form.
    private static func text(
        _ bytes: UnsafeRawBufferPointer,
        _ offset: inout Int,
        _ part: TensorPlan.Part,
        _ plan: TensorPlan,
        row: Int,
        at place: Int
    ) throws(ServiceError) -> UnsafeRawBufferPointer {
        let lengthBytes = MemoryLayout<UInt32>.size
        guard bytes.count - offset >= lengthBytes else {
            throw .invalid(
                "raw_input_contents[\(place)]",
                "WRONG_CONTENTS_SIZE",
                "expected \(row + 1) or more string elements for inference input '\(part.shown)' "
                    + "for model '\(plan.modelName)', got \(row); incomplete string length "
                    + "indicator, expecting \(lengthBytes) bytes but only "
                    + "\(bytes.count - offset) bytes available"
            )
        }
        let length = Int(
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        )
        offset += lengthBytes
        guard length <= bytes.count - offset else {
            throw .invalid(
                "raw_input_contents[\(place)]",
                "WRONG_CONTENTS_SIZE",
                "incomplete string data for inference input '\(part.shown)' for model "
                    + "'\(plan.modelName)', expecting string of length \(length) but only "
                    + "\(bytes.count - offset) bytes available"
            )
        }
        defer { offset += length }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
    }
}

/// The different texts of a column.
private struct TextDictionary {
    /// A text where it lies.
    private struct Key: Hashable {
        let bytes: UnsafeRawBufferPointer

        static func == (left: Key, right: Key) -> Bool {
            left.bytes.elementsEqual(right.bytes)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(bytes: bytes)
        }
    }

    private(set) var texts: [UnsafeRawBufferPointer] = []
    private var codes: [Key: UInt32] = [:]
    private let limits: ServiceLimits
    private let name: String
    /// Texts of the columns before.
    private let textCount: Int

    init(limits: ServiceLimits, name: String, textCount: Int) {
        self.limits = limits
        self.name = name
        self.textCount = textCount
    }

    /// The code of a text: its place among the different ones, from 1.
    mutating func code(of text: UnsafeRawBufferPointer) throws(ServiceError) -> UInt32 {
        let key = Key(bytes: text)
        if let code = codes[key] { return code }
        guard text.count <= limits.textBytesMax else {
            throw .overLimit(
                "inputs",
                "textBytesMax",
                "A text of input '\(name)' has \(text.count) bytes.",
                value: text.count,
                maximum: limits.textBytesMax
            )
        }
        guard textCount + texts.count < limits.blockTextsMax else {
            throw .overLimit(
                "inputs",
                "blockTextsMax",
                "The inputs have more than \(limits.blockTextsMax) different texts; send the rows "
                    + "in several requests.",
                value: limits.blockTextsMax + 1,
                maximum: limits.blockTextsMax
            )
        }
        texts.append(text)
        let code = UInt32(clamping: texts.count)
        codes[key] = code
        return code
    }
}
