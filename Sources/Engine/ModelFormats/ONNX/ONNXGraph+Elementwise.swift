// SPDX-License-Identifier: Apache-2.0

// Operators that treat each element for itself.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// Operators that are one operation on each element.
    static let unaryOperators: [String: UnaryOperation] = [
        "Neg": .negate, "Abs": .magnitude, "Sign": .sign, "Reciprocal": .reciprocal, "Exp": .exp,
        "Log": .ln, "Sqrt": .sqrt, "Floor": .floor, "Ceil": .ceiling, "Round": .round,
        "Sigmoid": .logistic, "Tanh": .tanh,
    ]

    /// Operators that are one operation on two elements.
    static let binaryOperators: [String: BinaryOperation] = [
        "Add": .add, "Sub": .subtract, "Mul": .multiply, "Div": .divide, "Pow": .power,
    ]

    /// Operators that join any number of tensors.
    static let variadicOperators: [String: BinaryOperation] = [
        "Sum": .add, "Mean": .add, "Min": .minimum, "Max": .maximum,
    ]

    /// Operators that tell whether: the operation, and whether the tensors change places.
    static let comparisons: [String: (operation: BinaryOperation, isSwapped: Bool)] = [
        "Equal": (.equal, false), "Less": (.less, false), "LessOrEqual": (.lessOrEqual, false),
        "Greater": (.less, true), "GreaterOrEqual": (.lessOrEqual, true),
        "And": (.and, false), "Or": (.or, false),
    ]

    /// One operation on each element.
    mutating func unary(
        _ node: ONNXNode,
        _ operation: UnaryOperation
    ) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let isLogistic = operation == .logistic
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            let result = try graph.apply(operation, cell, tensor.type)
            if isLogistic { graph.link(result, to: cell) { .logistic(of: $0) } }
            return result
        }
    }

    /// A function of each element of a tensor becomes the node's output.
    mutating func map(
        _ node: ONNXNode,
        _ tensor: ONNXTensor,
        type: ONNXElementType? = nil,
        _ transform: (inout ONNXGraph, ONNXCell) throws(ModelFormatError) -> ONNXCell
    ) throws(ModelFormatError) {
        var cells: [ONNXCell] = []
        cells.reserveCapacity(tensor.cells.count)
        for cell in tensor.cells {
            cells.append(try transform(&self, cell))
        }
        try define(node, tensor.with(cells: cells, type: type))
    }

    /// One operation on the elements of two tensors.
    mutating func binary(
        _ node: ONNXNode,
        _ operation: BinaryOperation
    ) throws(ModelFormatError) {
        let left = try numericInput(node, 0)
        let right = try numericInput(node, 1)
        let type = left.type
        let dividesIntegers = operation == .divide && !type.isFloatingPoint
        try join(node, [left, right], type: type) { graph, cells throws(ModelFormatError) in
            let result = try graph.apply(operation, cells[0], cells[1], type)
            return dividesIntegers ? try graph.apply(.truncate, result, type) : result
        }
    }

    /// A function of the elements of several tensors becomes the node's output.
    mutating func join(
        _ node: ONNXNode,
        _ tensors: [ONNXTensor],
        type: ONNXElementType,
        _ transform: (inout ONNXGraph, [ONNXCell]) throws(ModelFormatError) -> ONNXCell
    ) throws(ModelFormatError) {
        let aligned = try align(tensors)
        var cells: [ONNXCell] = []
        for index in 0..<(aligned.cells.first?.count ?? 0) {
            cells.append(try transform(&self, aligned.cells.map { $0[index] }))
        }
        try define(
            node,
            ONNXTensor(type: type, hasRows: aligned.hasRows, shape: aligned.shape, cells: cells)
        )
    }

    /// Sums, means and extremes of the elements of several tensors.
    mutating func variadic(
        _ node: ONNXNode,
        _ operation: BinaryOperation
    ) throws(ModelFormatError) {
        let tensors = try allInputs(node)
        let type = tensors[0].type
        guard type != .text else { throw node.unsupported("texts") }
        let count = Double(tensors.count)
        let isMean = node.operation == "Mean"
        try join(node, tensors, type: type) { graph, cells throws(ModelFormatError) in
            var result = cells[0]
            for cell in cells.dropFirst() {
                result = try graph.apply(operation, result, cell, type)
            }
            return isMean ? try graph.apply(.divide, result, .number(count), type) : result
        }
    }

    /// Comparisons and logic.
    mutating func comparison(
        _ node: ONNXNode,
        _ operation: BinaryOperation,
        isSwapped: Bool
    ) throws(ModelFormatError) {
        let left = try input(node, 0)
        let right = try input(node, 1)
        if left.type == .text, right.type == .text, operation == .equal {
            return try join(node, [left, right], type: .boolean) {
                graph,
                cells throws(ModelFormatError) in
                try graph.areEqualTexts(cells[0], cells[1])
            }
        }
        guard left.type != .text, right.type != .text else { throw node.unsupported("texts") }
        try join(node, [left, right], type: .boolean) { graph, cells throws(ModelFormatError) in
            try graph.apply(operation, cells[isSwapped ? 1 : 0], cells[isSwapped ? 0 : 1], .boolean)
        }
    }

    /// One tensor where a condition holds, another where not.
    mutating func choose(_ node: ONNXNode) throws(ModelFormatError) {
        let tensors = try allInputs(node)
        guard tensors.count == 3 else { throw node.malformed("\(tensors.count) inputs, not 3") }
        guard tensors.allSatisfy({ $0.type != .text }) else { throw node.unsupported("texts") }
        try join(node, tensors, type: tensors[1].type) { graph, cells throws(ModelFormatError) in
            try graph.select(cells[0], cells[1], cells[2])
        }
    }

    /// Between a least and a greatest number, which are attributes before version 11.
    mutating func clip(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        var bounds: [ONNXCell?] = [nil, nil]
        for (place, name) in ["min", "max"].enumerated() {
            if node.version < 11 {
                guard node.has(name) else { continue }
                bounds[place] = .number(try node.float(name, default: 0))
            } else if let bound = try optionalInput(node, place + 1) {
                guard bound.cells.count == 1, !bound.hasRows else {
                    throw node.unsupported("\(name) is not one number")
                }
                bounds[place] = bound.cells[0]
            }
        }
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            var result = cell
            if let least = bounds[0] {
                result = try graph.apply(.maximum, result, least, tensor.type)
            }
            if let greatest = bounds[1] {
                result = try graph.apply(.minimum, result, greatest, tensor.type)
            }
            return result
        }
    }

    /// An input that is not text.
    func numericInput(_ node: ONNXNode, _ index: Int) throws(ModelFormatError) -> ONNXTensor {
        let tensor = try input(node, index)
        guard tensor.type != .text else { throw node.unsupported("texts") }
        return tensor
    }

    /// Remembers that a result came out of a link function.
    mutating func link(_ result: ONNXCell, to score: ONNXCell, _ link: (Int) -> ONNXLink) {
        if case .register(let result) = result, case .register(let score) = score {
            links[result] = link(score)
        }
    }
}
