// SPDX-License-Identifier: Apache-2.0

// Arithmetic on elements: at once where the file fixes them, by a step where rows do.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// An operation on one element; `type` is that of the result.
    @inline(never)
    mutating func apply(
        _ operation: UnaryOperation,
        _ cell: ONNXCell,
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXCell {
        switch cell {
        case .number(let number):
            return .number(type.rounded(operation.apply(number)))
        case .register(let register):
            let result = try append(.unary(operation, register))
            return try rounded(result, type, isExact: operation.isExact)
        }
    }

    /// An operation on two elements; `type` is that of the result.
    @inline(never)
    mutating func apply(
        _ operation: BinaryOperation,
        _ left: ONNXCell,
        _ right: ONNXCell,
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXCell {
        if case .number(let left) = left, case .number(let right) = right {
            return .number(type.rounded(operation.apply(left, right)))
        }
        // Converters multiply and divide by 1; without a step the result is still known to come out
        // of a link function.
        if operation == .multiply || operation == .divide, right.number == 1 { return left }
        let step = ModelStep.binary(operation, try register(left), try register(right))
        return try rounded(try append(step), type, isExact: operation.isExact)
    }

    /// One element or another, by a condition.
    @inline(never)
    mutating func select(
        _ condition: ONNXCell,
        _ then: ONNXCell,
        _ otherwise: ONNXCell
    ) throws(ModelFormatError) -> ONNXCell {
        if case .number(let condition) = condition {
            return condition != 0 && !condition.isNaN ? then : otherwise
        }
        return .register(
            try append(
                .select(
                    condition: try register(condition),
                    then: try register(then),
                    otherwise: try register(otherwise)
                )
            )
        )
    }

    /// A register of a type. In a program of float64, float32 numbers are rounded by a step.
    @inline(never)
    mutating func rounded(
        _ register: Int,
        _ type: ONNXElementType,
        isExact: Bool = false
    ) throws(ModelFormatError) -> ONNXCell {
        guard type == .float, !isExact, program.arithmetic == .float64 else {
            return .register(register)
        }
        return .register(try append(.unary(.float32, register)))
    }

    /// An element as another type holds it.
    @inline(never)
    mutating func cast(
        _ cell: ONNXCell,
        from source: ONNXElementType,
        to type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXCell {
        switch (source, type) {
        case _ where source == type:
            return cell
        case (.text, _), (_, .text):
            throw unsupported("a cast between texts and numbers")
        case (_, .boolean):
            // NaN is true.
            let isZero = try apply(.equal, cell, .number(0), .boolean)
            return try apply(.not, isZero, .boolean)
        case (.float, .int64), (.double, .int64):
            return try truncated(cell, type, limit: 0x1p63)
        case (.float, .int32), (.double, .int32):
            return try truncated(cell, type, limit: 0x1p31)
        case (.double, .float), (.int32, .float), (.int64, .float):
            return try apply(.float32, cell, .float)
        default:
            return cell
        }
    }

    /// Toward 0; numbers that do not fit become the smallest integer, as x86 converts them.
    @inline(never)
    private mutating func truncated(
        _ cell: ONNXCell,
        _ type: ONNXElementType,
        limit: Double
    ) throws(ModelFormatError) -> ONNXCell {
        let magnitude = try apply(.magnitude, cell, .double)
        let fits = try apply(.less, magnitude, .number(limit), .boolean)
        return try select(fits, try apply(.truncate, cell, type), .number(-limit))
    }

    /// Elements of one tensor, cast.
    @inline(never)
    mutating func cast(
        _ tensor: ONNXTensor,
        to type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXTensor {
        var cells: [ONNXCell] = []
        cells.reserveCapacity(tensor.cells.count)
        for cell in tensor.cells {
            cells.append(try cast(cell, from: tensor.type, to: type))
        }
        var result = tensor.with(cells: cells, type: type)
        result.names = tensor.names
        return result
    }
}

extension UnaryOperation {
    /// Whether the result of a float32 number is one.
    var isExact: Bool {
        switch self {
        case .negate, .magnitude, .sign, .floor, .ceiling, .round, .truncate: true
        case .isMissing, .not, .float32: true
        default: false
        }
    }
}

extension BinaryOperation {
    /// Whether the result of float32 numbers is one.
    var isExact: Bool {
        switch self {
        case .minimum, .maximum, .less, .lessOrEqual, .equal, .and, .or: true
        default: false
        }
    }
}
