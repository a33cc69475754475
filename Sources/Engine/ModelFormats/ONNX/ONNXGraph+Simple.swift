// SPDX-License-Identifier: Apache-2.0

// Constants, casts, and functions of one element that take more than one step.

internal import Documents
internal import Formulas
internal import VigieLimits

extension ONNXGraph {
    /// `Constant`, by any of its attributes.
    mutating func constant(_ node: ONNXNode) throws(ModelFormatError) {
        if let tensor = try node.tensor("value") {
            let tensor = try fixed(tensor)
            allow(cells: tensor.cells.count)
            return try define(node, tensor)
        }
        for (name, type) in [("value_floats", ONNXElementType.float), ("value_ints", .int64)]
        where node.has(name) {
            let numbers =
                type == .float
                ? try node.floats(name) : try node.integers(name).map { Double($0) }
            return try define(node, fixed(numbers, type, shape: [numbers.count]))
        }
        if node.has("value_float") {
            let number = try node.float("value_float", default: 0)
            return try define(node, fixed([number], .float, shape: []))
        }
        if node.has("value_int") {
            let number = Double(try node.integer("value_int"))
            return try define(node, fixed([number], .int64, shape: []))
        }
        if node.has("value_strings") {
            let numbers = try node.texts("value_strings").map { texts.number(of: $0) }
            return try define(node, fixed(numbers, .text, shape: [numbers.count]))
        }
        if node.has("value_string") {
            let number = texts.number(of: try node.text("value_string"))
            return try define(node, fixed([number], .text, shape: []))
        }
        throw node.unsupported("a constant that is neither a tensor, nor numbers, nor texts")
    }

    /// A tensor of the file.
    mutating func fixed(_ data: ONNXTensorData) throws(ModelFormatError) -> ONNXTensor {
        let type = try data.type()
        guard type == .text else {
            return fixed(try data.numbers(), type, shape: data.shape)
        }
        let numbers = try data.texts().map { texts.number(of: $0) }
        return fixed(numbers, type, shape: data.shape)
    }

    private func fixed(
        _ numbers: [Double],
        _ type: ONNXElementType,
        shape: [Int]
    ) -> ONNXTensor {
        ONNXTensor(type: type, hasRows: false, shape: shape, cells: numbers.map { .number($0) })
    }

    /// `Shape`: NaN stands for the number of rows.
    mutating func shape(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let lengths = (tensor.hasRows ? [.nan] : []) + tensor.shape.map { Double($0) }
        guard try node.integer("start") == 0, !node.has("end") else {
            throw node.unsupported("a part of the shape")
        }
        try define(node, fixed(lengths, .int64, shape: [lengths.count]))
    }

    /// `ConstantOfShape`: one number, a float32 0 by default.
    mutating func constantOfShape(_ node: ONNXNode) throws(ModelFormatError) {
        let target = try targetShape(node, 0)
        let shape = target.hasRows ? Array(target.shape.dropFirst()) : target.shape
        var cell = ONNXCell.number(0)
        var type = ONNXElementType.float
        if let data = try node.tensor("value") {
            let value = try fixed(data)
            guard value.cells.count == 1 else { throw node.malformed("its value is not one") }
            (cell, type) = (value.cells[0], value.type)
        }
        let count = elementCount(shape)
        try reserve(cells: count)
        let cells = [ONNXCell](repeating: cell, count: count ?? 0)
        try define(
            node,
            ONNXTensor(type: type, hasRows: target.hasRows, shape: shape, cells: cells)
        )
    }

    /// `Expand` to a shape that the file fixes.
    mutating func expand(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let (shape, hasRows) = try targetShape(node, 1)
        // Aligned with elements that are not there, the tensor gets the shape of both.
        let target = hasRows ? Array(shape.dropFirst()) : shape
        let count = elementCount(target)
        try reserve(cells: count)
        let cells = [ONNXCell](repeating: .number(0), count: count ?? 0)
        let other = ONNXTensor(type: tensor.type, hasRows: hasRows, shape: target, cells: cells)
        let aligned = try align([tensor, other])
        try define(
            node,
            ONNXTensor(
                type: tensor.type,
                hasRows: aligned.hasRows,
                shape: aligned.shape,
                cells: aligned.cells[0]
            )
        )
    }

    /// A shape that an input fixes, and whether its first axis is the rows.
    private func targetShape(
        _ node: ONNXNode,
        _ index: Int
    ) throws(ModelFormatError) -> (shape: [Int], hasRows: Bool) {
        guard let shape = try fixedIntegers(node, index, isShape: true) else {
            throw node.malformed("no shape")
        }
        guard shape.count <= ModelFormatLimits.graphAxes else {
            throw node.unsupported("\(shape.count) axes")
        }
        return (shape, shape.first == Self.rowCount)
    }

    /// `Cast`.
    mutating func castTensor(_ node: ONNXNode) throws(ModelFormatError) {
        let number = try node.integer("to")
        guard let small = Int32(exactly: number), let type = ONNXElementType(dataType: small),
            ![2, 3, 4, 5].contains(number)
        else { throw node.unsupported("a cast to data type \(number)") }
        try define(node, try cast(try input(node, 0), to: type))
    }

    /// `Dropout`, which drops nothing when a model is in use.
    mutating func dropNothing(_ node: ONNXNode) throws(ModelFormatError) {
        if let mode = try optionalInput(node, 2), mode.numbers != [0] {
            throw node.unsupported("dropping at random, as in training")
        }
        try define(node, try input(node, 0))
    }

    /// `Not`.
    mutating func logicalNot(_ node: ONNXNode) throws(ModelFormatError) {
        try map(node, try numericInput(node, 0)) { graph, cell throws(ModelFormatError) in
            try graph.apply(.not, cell, .boolean)
        }
    }

    /// `IsNaN`.
    mutating func isMissing(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        try map(node, tensor, type: .boolean) { graph, cell throws(ModelFormatError) in
            try graph.apply(.isMissing, cell, .boolean)
        }
    }

    /// `Relu`: the number, or 0 when it is less.
    mutating func relu(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            try graph.apply(.maximum, cell, .number(0), tensor.type)
        }
    }

    /// `Erf`, from the normal distribution: `2 × Φ(√2 × x) - 1`.
    mutating func errorFunction(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let type = tensor.type
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            let scaled = try graph.apply(.multiply, cell, .number(2.0.squareRoot()), type)
            let share = try graph.apply(.normalDistribution, scaled, type)
            let doubled = try graph.apply(.multiply, share, .number(2), type)
            return try graph.apply(.subtract, doubled, .number(1), type)
        }
    }
}
