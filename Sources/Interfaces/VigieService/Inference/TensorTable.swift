// SPDX-License-Identifier: Apache-2.0

// The tensors of a request as a table: where they lie when that is the table, as in one tensor of
// 32-bit numbers; else put together, a tensor at a time.

internal import GRPCTransport
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

/// Tensors that fit their model, not looked into yet.
struct TensorTable {
    /// Where the elements of a tensor are.
    enum Contents {
        /// One after the other.
        case raw(UnsafeRawBufferPointer)
        /// In an encoded InferTensorContents.
        case typed(UnsafeRawBufferPointer)
    }

    let plan: TensorPlan
    let rowCount: Int
    private let contents: [Contents]
    private let limits: ServiceLimits

    /// Takes the tensors of a request.
    ///
    /// - Throws: What is wrong with their shapes and sizes, in the words of Triton.
    init(
        _ request: InferRequest,
        plan: TensorPlan,
        limits: ServiceLimits
    ) throws(ServiceError) {
        self.plan = plan
        self.limits = limits
        rowCount = try Self.rowCount(request, plan: plan, limits: limits)
        var contents: [Contents] = []
        let isRaw = !request.rawContents.isEmpty
        guard !isRaw || request.rawContents.count == request.inputs.count else {
            throw .invalid(
                "raw_input_contents",
                "WRONG_CONTENTS_COUNT",
                "expected \(request.inputs.count) raw_input_contents but got "
                    + "\(request.rawContents.count) for model '\(plan.modelName)'"
            )
        }
        for (place, part) in plan.parts.enumerated() {
            let typed = request.inputs[place].contents
            guard !isRaw || typed == nil else {
                throw .invalid(
                    "inputs[\(place)].contents",
                    "AMBIGUOUS_CONTENTS",
                    "contents field must not be specified when using raw_input_contents for "
                        + "'\(part.shown)' for model '\(plan.modelName)'"
                )
            }
            let given: Contents =
                isRaw
                ? .raw(request.rawContents[place])
                : .typed(typed ?? UnsafeRawBufferPointer(start: nil, count: 0))
            try given.check(part, rowCount: rowCount, plan, at: place)
            contents.append(given)
        }
        self.contents = contents
    }

    private static func rowCount(
        _ request: InferRequest,
        plan: TensorPlan,
        limits: ServiceLimits
    ) throws(ServiceError) -> Int {
        let rows = request.inputs.first?.dimensions.rows ?? 0
        for (place, input) in request.inputs.enumerated() where input.dimensions.rows != rows {
            throw .invalid(
                "inputs[\(place)].shape",
                "WRONG_SHAPE",
                "input '\(plan.parts[place].shown)' batch size does not match other inputs for "
                    + "'\(plan.modelName)'"
            )
        }
        guard rows > 0 else {
            throw .invalid(
                "inputs[0].shape",
                "NO_ROWS",
                "inference request batch-size must be > 0 for '\(plan.modelName)'"
            )
        }
        guard rows <= limits.blockRowsMax else {
            throw .overLimit(
                "inputs[0].shape",
                "blockRowsMax",
                "inference request batch-size must be <= \(limits.blockRowsMax) for "
                    + "'\(plan.modelName)'; send the rows in several requests.",
                value: Int(rows),
                maximum: limits.blockRowsMax
            )
        }
        return Int(rows)
    }

    /// Memory that putting the table together takes, in bytes.
    var memoryBytes: Int {
        if borrowedValues != nil { return 0 }
        let valueBytes = plan.isDouble ? MemoryLayout<Double>.stride : MemoryLayout<Float>.stride
        let texts =
            rowCount * MemoryLayout<UInt32>.stride
            + min(rowCount, limits.blockTextsMax) * Self.textBytes
        return plan.binding.columnCount * rowCount * valueBytes
            + plan.binding.textColumnCount * texts + Self.arenaBytes
    }

    /// What a text takes in a dictionary.
    private static let textBytes = 128
    /// For the alignment of the pieces that are taken of an arena.
    private static let arenaBytes = 64 << 10

    /// What putting together and scoring takes, in nanoseconds of one core; an estimate.
    var estimatedNanoseconds: Double {
        let cells = rowCount * (plan.binding.columnCount + 50 * plan.binding.textColumnCount)
        let request = plan.scoreRequest()
        return (borrowedValues == nil ? Double(cells) : 0)
            + plan.model.estimatedNanoseconds(
                rowCount: rowCount,
                request: request,
                isDouble: plan.isDouble
            )
    }

    /// The table.
    ///
    /// - Parameter arena: Memory for what does not lie in the message as it must.
    /// - Throws: What is wrong with the contents.
    func block(in arena: DecodingArena) throws(ServiceError) -> RowBlock {
        if let borrowedValues { return try block(borrowedValues, .rowMajor, []) }
        arena.reset(limitBytes: memoryBytes)
        let isOneTable = plan.parts.count { $0.type != .bytes } == 1
        let values =
            plan.isDouble
            ? RowBlock.Values.float64(try numbers(in: arena, isOneTable: isOneTable))
            : RowBlock.Values.float32(try numbers(in: arena, isOneTable: isOneTable))
        var texts = TensorTexts(limits: limits)
        for (place, part) in plan.parts.enumerated() where part.type == .bytes {
            try texts.add(contents[place], part, rowCount: rowCount, plan, in: arena)
        }
        return try block(values, isOneTable ? .rowMajor : .columnMajor, texts.columns)
    }

    /// The only tensor, when it is the table as it lies.
    private var borrowedValues: RowBlock.Values? {
        guard plan.parts.count == 1, let part = plan.parts.first, case .raw(let bytes) = contents[0]
        else { return nil }
        let address = UInt(bitPattern: bytes.baseAddress)
        switch part.type {
        case .fp32 where address % UInt(MemoryLayout<Float>.alignment) == 0:
            return .float32(bytes.bindMemory(to: Float.self))
        case .fp64 where address % UInt(MemoryLayout<Double>.alignment) == 0:
            return .float64(bytes.bindMemory(to: Double.self))
        default:
            return nil
        }
    }

    private func block(
        _ values: RowBlock.Values,
        _ layout: RowBlock.Layout,
        _ texts: [TextColumn]
    ) throws(ServiceError) -> RowBlock {
        do throws(ScoringError) {
            return try RowBlock(
                rowCount: rowCount,
                columnCount: plan.binding.columnCount,
                layout: layout,
                values: values
            ).with(texts, count: plan.binding.textColumnCount)
        } catch {
            throw .invalid("inputs", "WRONG_VALUE_COUNT", error.message)
        }
    }

    /// All columns of numbers: a single tensor as it is laid out, else column after column.
    private func numbers<Value: BinaryFloatingPoint & BitwiseCopyable>(
        in arena: DecodingArena,
        isOneTable: Bool
    ) throws(ServiceError) -> UnsafeBufferPointer<Value> {
        let count = plan.binding.columnCount * rowCount
        guard count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
        guard let memory = arena.take(count * MemoryLayout<Value>.stride) else {
            throw .noTensorMemory
        }
        let target = memory.bindMemory(to: Value.self)
        var firstColumn = 0
        for (place, part) in plan.parts.enumerated() {
            guard case .numbers(let width) = part.role else { continue }
            let cells = TensorCells(
                rowCount: rowCount,
                width: width,
                rowStride: isOneTable ? width : 1,
                columnStride: isOneTable ? 1 : rowCount
            )
            let start = firstColumn * rowCount
            let rest = UnsafeMutableBufferPointer(rebasing: target[start..<start + cells.count])
            try cells.fill(rest, from: contents[place], part, plan, at: place)
            firstColumn += width
        }
        return UnsafeBufferPointer(target)
    }
}

extension TensorTable.Contents {
    /// Holds the size against what the shape says, before any memory is taken.
    fileprivate func check(
        _ part: TensorPlan.Part,
        rowCount: Int,
        _ plan: TensorPlan,
        at place: Int
    ) throws(ServiceError) {
        let width =
            switch part.role {
            case .numbers(let width): width
            case .texts: 1
            }
        let count = rowCount * width
        switch self {
        case .raw(let bytes):
            let wanted = count * part.type.elementBytes
            // Each text has its own length.
            let isGood = part.type == .bytes ? bytes.count >= wanted : bytes.count == wanted
            guard isGood else {
                throw .wrongSize(part, plan, expected: wanted, got: bytes.count, at: place)
            }
        case .typed(let bytes):
            guard part.type.contentsField != nil else {
                throw .invalid(
                    "inputs[\(place)].contents",
                    "RAW_CONTENTS_ONLY",
                    "input '\(part.shown)' for model '\(plan.modelName)' of type "
                        + "'\(part.type.rawValue)' can only be sent in raw_input_contents"
                )
            }
            guard count * part.type.contentsBytesMin <= bytes.count else {
                let elements = bytes.count / part.type.contentsBytesMin
                throw .wrongCount(
                    part,
                    plan,
                    expected: count,
                    got: "at most \(elements)",
                    at: place
                )
            }
        }
    }
}

extension TensorPlan {
    /// The model's name for messages.
    var modelName: String { model.manifest.name }
}

extension TensorPlan.Part {
    /// The name for messages.
    var shown: String { name.shownInMessages }
}

extension ServiceError {
    fileprivate static func wrongSize(
        _ part: TensorPlan.Part,
        _ plan: TensorPlan,
        expected: Int,
        got: Int,
        at place: Int
    ) -> ServiceError {
        .invalid(
            "raw_input_contents[\(place)]",
            "WRONG_CONTENTS_SIZE",
            "input byte size mismatch for input '\(part.shown)' for model '\(plan.modelName)'. "
                + "Expected \(expected), got \(got)",
            metadata: ["expected": "\(expected)", "got": "\(got)"]
        )
    }

    /// Of contents with too many elements or too few.
    static func wrongCount(
        _ part: TensorPlan.Part,
        _ plan: TensorPlan,
        expected: Int,
        got: String,
        at place: Int
    ) -> ServiceError {
        .invalid(
            "inputs[\(place)].contents",
            "WRONG_CONTENTS_SIZE",
            "expected \(expected) elements for inference input '\(part.shown)' for model "
                + "'\(plan.modelName)', got \(got)",
            metadata: ["expected": "\(expected)", "got": got]
        )
    }

    /// Memory for a table that was reckoned with is not there: a defect.
    static var noTensorMemory: ServiceError {
        ServiceError(.internalError, "NO_MEMORY", "The tensors take more memory than they should.")
    }
}
