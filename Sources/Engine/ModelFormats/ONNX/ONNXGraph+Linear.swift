// SPDX-License-Identifier: Apache-2.0

// LinearRegressor and LinearClassifier.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// `LinearRegressor`.
    mutating func regressLinearly(_ node: ONNXNode) throws(ModelFormatError) {
        let count = try node.integer("targets", default: 1)
        let intercepts = try node.floats("intercepts")
        guard count > 0, intercepts.isEmpty || intercepts.count == count else {
            throw node.malformed("\(intercepts.count) intercepts for \(count) targets")
        }
        let scores = try linearScores(node, count: count, intercepts: intercepts)
        // onnxruntime transforms a single score only by PROBIT.
        let transform = try ONNXPostTransform(node)
        let results =
            count > 1 || transform == .probit ? try self.transform(scores, transform) : scores
        try define(node, columns(results))
    }

    /// `LinearClassifier`.
    mutating func classifyLinearly(_ node: ONNXNode) throws(ModelFormatError) {
        let intercepts = try node.floats("intercepts")
        guard !intercepts.isEmpty else { throw node.unsupported("no intercepts") }
        let labels = try ONNXLabels(node, ints: "classlabels_ints")
        let transform = try ONNXPostTransform(node)
        let scores = try linearScores(node, count: intercepts.count, intercepts: intercepts)
        guard scores.count == 1 else {
            guard labels.count == scores.count else {
                throw node.malformed("\(labels.count) labels for \(scores.count) scores")
            }
            for case .register(let register) in scores { isProbability[register] = false }
            let winner = try append(.argumentOfMaximum(try registers(scores)))
            let results = try self.transform(scores, transform)
            return try define(node, labels, class: winner, results)
        }
        let isPositive = try apply(.less, .number(0), scores[0], .boolean)
        guard labels.count == 2 else {
            let results = transform == .probit ? try self.transform(scores, transform) : scores
            return try define(
                node,
                ONNXLabels.zeroAndOne,
                class: try register(isPositive),
                results
            )
        }
        let results = try twoClasses(scores[0], transform, isProbability: true)
        try define(node, labels, class: try register(isPositive), results)
    }

    /// The weighted sums of the input's columns.
    private mutating func linearScores(
        _ node: ONNXNode,
        count: Int,
        intercepts: [Double]
    ) throws(ModelFormatError) -> [ONNXCell] {
        let tensor = try floats(try numericInput(node, 0))
        guard tensor.hasRows, tensor.shape.count == 1 else {
            throw node.unsupported("an input that is not rows of columns")
        }
        let coefficients = try node.floats("coefficients")
        let width = tensor.cells.count
        guard elementCount([count, width]) == coefficients.count else {
            throw node.malformed(
                "\(coefficients.count) coefficients for \(count) scores of \(width) columns"
            )
        }
        try reserve(cells: count)
        let model = LinearModel(
            weights: (0..<count).map { Array(coefficients[$0 * width..<($0 + 1) * width]) },
            intercepts: intercepts.isEmpty ? [Double](repeating: 0, count: count) : intercepts
        )
        return try weightedSums(tensor.cells, model, .float)
    }

    /// A tensor of float32 columns.
    func columns(_ cells: [ONNXCell]) -> ONNXTensor {
        ONNXTensor(type: .float, hasRows: true, shape: [cells.count], cells: cells)
    }
}
