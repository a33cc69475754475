// SPDX-License-Identifier: Apache-2.0

// Products of rows with matrices that the file fixes.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// `MatMul`.
    mutating func multiplyMatrices(_ node: ONNXNode) throws(ModelFormatError) {
        let left = try numericInput(node, 0)
        let right = try numericInput(node, 1)
        guard let numbers = right.numbers, !right.hasRows, (1...2).contains(right.shape.count)
        else { throw node.unsupported("a product with a matrix that the file does not fix") }
        guard let length = left.shape.last, right.shape[0] == length else {
            throw node.malformed("shapes \(left.shape) and \(right.shape)")
        }
        let width = right.shape.count == 2 ? right.shape[1] : 1
        let groups = length == 0 ? 0 : left.cells.count / length
        try reserve(cells: elementCount([groups, width]))
        let weights = (0..<width).map { column in
            (0..<length).map { numbers[$0 * width + column] }
        }
        let model = LinearModel(
            weights: weights,
            intercepts: [Double](repeating: 0, count: width)
        )
        var cells: [ONNXCell] = []
        for group in 0..<groups {
            let row = Array(left.cells[group * length..<(group + 1) * length])
            cells += try weightedSums(row, model, left.type)
        }
        let shape = left.shape.dropLast() + (right.shape.count == 2 ? [width] : [])
        try define(
            node,
            ONNXTensor(type: left.type, hasRows: left.hasRows, shape: Array(shape), cells: cells)
        )
    }

    /// `Gemm`: `alpha × A × B + beta × C`.
    mutating func generalMatrixProduct(_ node: ONNXNode) throws(ModelFormatError) {
        let left = try numericInput(node, 0)
        let right = try numericInput(node, 1)
        guard try node.integer("transA") == 0 else { throw node.unsupported("transA") }
        guard let numbers = right.numbers, !right.hasRows else {
            throw node.unsupported("a product with a matrix that the file does not fix")
        }
        guard left.shape.count == (left.hasRows ? 1 : 2), let length = left.shape.last,
            right.shape.count == 2
        else { throw node.malformed("shapes \(left.shape) and \(right.shape)") }
        let isTransposed = try node.integer("transB") != 0
        guard right.shape[isTransposed ? 1 : 0] == length else {
            throw node.malformed("shapes \(left.shape) and \(right.shape)")
        }
        let width = right.shape[isTransposed ? 0 : 1]
        let (alpha, beta) = (
            try node.float("alpha", default: 1), try node.float("beta", default: 1)
        )
        let weights = (0..<width).map { column in
            (0..<length).map {
                alpha * numbers[isTransposed ? column * length + $0 : $0 * width + column]
            }
        }
        let model = LinearModel(
            weights: weights,
            intercepts: [Double](repeating: 0, count: width)
        )
        try reserve(cells: elementCount([length == 0 ? 0 : left.cells.count / length, width]))
        var cells: [ONNXCell] = []
        for first in stride(from: 0, to: left.cells.count, by: max(length, 1)) {
            cells += try weightedSums(Array(left.cells[first..<first + length]), model, left.type)
        }
        let shape = left.hasRows ? [width] : [left.shape[0], width]
        let product = ONNXTensor(
            type: left.type,
            hasRows: left.hasRows,
            shape: shape,
            cells: cells
        )
        guard let summand = try optionalInput(node, 2) else { return try define(node, product) }
        try join(node, [product, summand], type: left.type) {
            graph,
            cells throws(ModelFormatError) in
            let scaled = try graph.apply(.multiply, cells[1], .number(beta), left.type)
            return try graph.apply(.add, cells[0], beta == 1 ? cells[1] : scaled, left.type)
        }
    }

    /// Weighted sums of elements, as elements.
    mutating func weightedSums(
        _ cells: [ONNXCell],
        _ model: LinearModel,
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard !model.intercepts.isEmpty else { return [] }
        try reserve(cells: elementCount([model.intercepts.count, cells.count]))
        let first = try append(.linear(model, arguments: try registers(cells)))
        var sums: [ONNXCell] = []
        for place in model.intercepts.indices {
            sums.append(try rounded(first + place, type))
        }
        return sums
    }
}
