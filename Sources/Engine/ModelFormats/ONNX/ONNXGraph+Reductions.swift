// SPDX-License-Identifier: Apache-2.0

// Operators that make one number of all along an axis, and softmax.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// How a reduction starts, goes on and ends.
    struct Reduction {
        var before: UnaryOperation?
        var squares = false
        var joins: BinaryOperation
        var after: UnaryOperation?
        var isMean = false
        /// Whether the terms are shifted by their largest, so that exponentials do not overflow.
        var isLogSumExp = false
        /// The version from which the axes are an input.
        var axesAsInputFrom = 18
    }

    static let reductions: [String: Reduction] = [
        "ReduceSum": Reduction(joins: .add, axesAsInputFrom: 13),
        "ReduceMean": Reduction(joins: .add, isMean: true),
        "ReduceProd": Reduction(joins: .multiply),
        "ReduceMin": Reduction(joins: .minimum),
        "ReduceMax": Reduction(joins: .maximum),
        "ReduceL1": Reduction(before: .magnitude, joins: .add),
        "ReduceL2": Reduction(squares: true, joins: .add, after: .sqrt),
        "ReduceSumSquare": Reduction(squares: true, joins: .add),
        "ReduceLogSum": Reduction(joins: .add, after: .ln),
        "ReduceLogSumExp": Reduction(joins: .add, isLogSumExp: true),
    ]

    /// One of ``reductions``.
    mutating func reduce(_ node: ONNXNode, _ reduction: Reduction) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let axes = try axes(node, input: 1, asInputFrom: reduction.axesAsInputFrom) ?? []
        if axes.isEmpty, try node.integer("noop_with_empty_axes") != 0 {
            return try define(node, tensor)
        }
        guard !axes.isEmpty || !tensor.hasRows else {
            throw node.unsupported("a sum over all rows")
        }
        var places = Set(axes.isEmpty ? Array(tensor.shape.indices) : [])
        for axis in axes {
            places.insert(try innerAxis(axis, of: tensor, node))
        }
        let keepsAxes = try node.integer("keepdims", default: 1) != 0
        let groups = try groups(of: tensor, along: places)
        var cells: [ONNXCell] = []
        for group in groups {
            cells.append(
                reduction.isLogSumExp
                    ? try logSumExp(group, tensor.type) : try join(group, reduction, tensor.type)
            )
        }
        var shape: [Int] = []
        for (axis, length) in tensor.shape.enumerated() {
            if !places.contains(axis) { shape.append(length) } else if keepsAxes { shape.append(1) }
        }
        try define(
            node,
            ONNXTensor(type: tensor.type, hasRows: tensor.hasRows, shape: shape, cells: cells)
        )
    }

    /// The elements that differ only along some axes, in groups.
    private mutating func groups(
        of tensor: ONNXTensor,
        along axes: Set<Int>
    ) throws(ModelFormatError) -> [[ONNXCell]] {
        var strides = [Int](repeating: 0, count: tensor.shape.count)
        var count = 1
        for axis in tensor.shape.indices.reversed() where !axes.contains(axis) {
            strides[axis] = count
            count *= tensor.shape[axis]
        }
        try reserve(cells: count)
        var groups = [[ONNXCell]](repeating: [], count: count)
        let places = indices(shape: tensor.shape, strides: strides, count: tensor.cells.count)
        for (cell, place) in zip(tensor.cells, places) {
            groups[place].append(cell)
        }
        return groups
    }

    private mutating func join(
        _ cells: [ONNXCell],
        _ reduction: Reduction,
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXCell {
        var result: ONNXCell?
        for cell in cells {
            var term = cell
            if let before = reduction.before { term = try apply(before, term, type) }
            if reduction.squares { term = try apply(.multiply, term, term, type) }
            if let sum = result {
                result = try apply(reduction.joins, sum, term, type)
            } else {
                result = term
            }
        }
        var final = result ?? .number(0)
        if reduction.isMean {
            final = try apply(.divide, final, .number(Double(cells.count)), type)
        }
        if let after = reduction.after { final = try apply(after, final, type) }
        return final
    }

    /// `ArgMax` and `ArgMin` along the last axis.
    mutating func extremePlace(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let axis = try innerAxis(try node.integer("axis"), of: tensor, node)
        guard axis == tensor.shape.count - 1 else { throw node.unsupported("an inner axis") }
        guard try node.integer("select_last_index") == 0 else {
            throw node.unsupported("select_last_index")
        }
        let isLeast = node.operation == "ArgMin"
        var cells: [ONNXCell] = []
        for group in try groups(of: tensor, along: [axis]) {
            var registers: [Int] = []
            for cell in group {
                let value = isLeast ? try apply(.negate, cell, tensor.type) : cell
                registers.append(try register(value))
            }
            cells.append(.register(try append(.argumentOfMaximum(registers))))
        }
        var shape = Array(tensor.shape.dropLast())
        if try node.integer("keepdims", default: 1) != 0 { shape.append(1) }
        try define(
            node,
            ONNXTensor(type: .int64, hasRows: tensor.hasRows, shape: shape, cells: cells)
        )
    }

    /// `Softmax` along the last axis.
    mutating func softmax(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let axis = try node.integer("axis", default: node.version < 13 ? 1 : -1)
        // Before version 13 all axes from this one on are one.
        guard try innerAxis(axis, of: tensor, node) == tensor.shape.count - 1 else {
            throw node.unsupported("an inner axis")
        }
        let isLogarithm = node.operation == "LogSoftmax"
        var cells: [ONNXCell] = []
        for group in try groups(of: tensor, along: [tensor.shape.count - 1]) {
            cells +=
                isLogarithm
                ? try logarithmOfSoftmax(group, tensor.type) : try softmax(group, tensor.type)
        }
        try define(node, tensor.with(cells: cells))
    }

    /// `x - ln Σ exp(x)`, which is finite where the softmax is 0.
    private mutating func logarithmOfSoftmax(
        _ cells: [ONNXCell],
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> [ONNXCell] {
        let (largest, logarithm) = try shiftedLogSumExp(cells, type)
        var results: [ONNXCell] = []
        for cell in cells {
            let distance = try apply(.subtract, cell, largest, type)
            let result = try apply(.subtract, distance, logarithm, type)
            link(result, to: cell) { .other(of: $0) }
            results.append(result)
        }
        return results
    }

    /// `ln Σ exp(x)`.
    private mutating func logSumExp(
        _ cells: [ONNXCell],
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> ONNXCell {
        let (largest, logarithm) = try shiftedLogSumExp(cells, type)
        return try apply(.add, largest, logarithm, type)
    }

    /// The largest of some elements, and `ln Σ exp(x - largest)`.
    private mutating func shiftedLogSumExp(
        _ cells: [ONNXCell],
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> (largest: ONNXCell, logarithm: ONNXCell) {
        guard var largest = cells.first else { return (.number(-.infinity), .number(0)) }
        for cell in cells.dropFirst() {
            largest = try apply(.maximum, largest, cell, type)
        }
        var sum = ONNXCell.number(0)
        for cell in cells {
            let distance = try apply(.subtract, cell, largest, type)
            sum = try apply(.add, sum, try apply(.exp, distance, type), type)
        }
        return (largest, try apply(.ln, sum, type))
    }

    /// The softmax of some elements.
    mutating func softmax(
        _ cells: [ONNXCell],
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> [ONNXCell] {
        let first = try append(.softmax(try registers(cells)))
        var results: [ONNXCell] = []
        for (place, cell) in cells.enumerated() {
            let result = try rounded(first + place, type)
            link(result, to: cell) { .softmax(of: $0) }
            results.append(result)
        }
        return results
    }
}
