// SPDX-License-Identifier: Apache-2.0

// The operators of ai.onnx.ml that prepare columns: scaling, missing values, norms.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// `Scaler`: `(x - offset) × scale`, in float32.
    mutating func scale(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try floats(try numericInput(node, 0))
        let offsets = try perColumn(node, try node.floats("offset"), of: tensor)
        let scales = try perColumn(node, try node.floats("scale"), of: tensor)
        var cells: [ONNXCell] = []
        for (place, cell) in tensor.cells.enumerated() {
            let column = place % offsets.count
            let moved = try apply(.subtract, cell, .number(offsets[column]), .float)
            cells.append(try apply(.multiply, moved, .number(scales[column]), .float))
        }
        try define(node, tensor.with(cells: cells))
    }

    /// `Imputer`: another number in place of one that stands for a missing value.
    mutating func impute(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let isFloat = node.has("imputed_value_floats")
        let values =
            isFloat
            ? try node.floats("imputed_value_floats")
            : try node.integers("imputed_value_int64s").map { Double($0) }
        let replaced =
            isFloat
            ? try node.float("replaced_value_float", default: 0)
            : Double(try node.integer("replaced_value_int64"))
        let imputed = try perColumn(node, values, of: tensor)
        var cells: [ONNXCell] = []
        for (place, cell) in tensor.cells.enumerated() {
            let isReplaced =
                replaced.isNaN
                ? try apply(.isMissing, cell, .boolean)
                : try apply(.equal, cell, .number(replaced), .boolean)
            let value = ONNXCell.number(imputed[place % imputed.count])
            cells.append(try select(isReplaced, value, cell))
        }
        try define(node, tensor.with(cells: cells))
    }

    /// `Binarizer`: 1 above a threshold, else 0.
    mutating func binarize(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try numericInput(node, 0)
        let threshold = ONNXCell.number(try node.float("threshold", default: 0))
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            try graph.apply(.less, threshold, cell, tensor.type)
        }
    }

    /// `Normalizer`: the columns divided by their largest, the sum of their magnitudes or the root
    /// of the sum of their squares; as they are where that is 0.
    mutating func normalize(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try floats(try numericInput(node, 0))
        guard tensor.shape.count == 1, let first = tensor.cells.first else {
            throw node.unsupported("a tensor of \(tensor.rank) axes")
        }
        let norm = try node.text("norm", default: "MAX")
        var total: ONNXCell? = norm == "MAX" ? .number(-Double(Float.greatestFiniteMagnitude)) : nil
        for cell in tensor.cells {
            var term = cell
            if norm == "L1" { term = try apply(.magnitude, cell, .float) }
            if norm == "L2" { term = try apply(.multiply, cell, cell, .float) }
            guard let sum = total else {
                total = term
                continue
            }
            if norm == "MAX" {
                // A missing value is not the largest.
                total = try select(try apply(.less, sum, term, .boolean), term, sum)
            } else {
                total = try apply(.add, sum, term, .float)
            }
        }
        guard ["MAX", "L1", "L2"].contains(norm) else { throw node.malformed("norm \(norm)") }
        var divisor = total ?? first
        if norm == "L2" { divisor = try apply(.sqrt, divisor, .float) }
        let isZero = try apply(.equal, divisor, .number(0), .boolean)
        let safe = try select(isZero, .number(1), divisor)
        try map(node, tensor) { graph, cell throws(ModelFormatError) in
            try graph.apply(.divide, cell, safe, .float)
        }
    }

    /// `FeatureVectorizer`: the columns of several tensors side by side, as float32.
    mutating func joinFeatures(_ node: ONNXNode) throws(ModelFormatError) {
        let tensors = try allInputs(node)
        let sizes = try node.integers("inputdimensions")
        var cells: [ONNXCell] = []
        for (place, tensor) in tensors.enumerated() {
            guard tensor.hasRows, tensor.shape.count <= 1 else {
                throw node.unsupported("inputs that are not columns")
            }
            guard !sizes.indices.contains(place) || sizes[place] == tensor.cells.count else {
                throw node.malformed(
                    "input \(place) has \(tensor.cells.count) columns, not \(sizes[place])"
                )
            }
            try reserve(cells: tensor.cells.count)
            cells += try floats(tensor).cells
        }
        try define(
            node,
            ONNXTensor(type: .float, hasRows: true, shape: [cells.count], cells: cells)
        )
    }

    /// The tensor as float32.
    mutating func floats(_ tensor: ONNXTensor) throws(ModelFormatError) -> ONNXTensor {
        try cast(tensor, to: .float)
    }

    /// One number for all columns, or one for each.
    private func perColumn(
        _ node: ONNXNode,
        _ numbers: [Double],
        of tensor: ONNXTensor
    ) throws(ModelFormatError) -> [Double] {
        guard !numbers.isEmpty, numbers.count == 1 || numbers.count == tensor.shape.last else {
            throw node.malformed("\(numbers.count) numbers for \(tensor.shape.last ?? 1) columns")
        }
        return numbers
    }
}
