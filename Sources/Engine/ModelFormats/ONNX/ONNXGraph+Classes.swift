// SPDX-License-Identifier: Apache-2.0

// What classifiers share: labels, links, the two columns of one score.

internal import Documents
internal import Formulas

/// The classes of a classifier.
struct ONNXLabels {
    /// The labels as texts, which name the columns.
    var names: [String]
    /// The labels as numbers, unless they are texts.
    var numbers: [Double]?

    /// Classes without labels.
    static let zeroAndOne = ONNXLabels(names: ["0", "1"], numbers: [0, 1])

    private init(names: [String], numbers: [Double]?) {
        self.names = names
        self.numbers = numbers
    }

    /// Labels from a node's attributes, of which one holds whole numbers and one texts.
    init(
        _ node: ONNXNode,
        ints: String = "classlabels_int64s",
        texts: String = "classlabels_strings"
    ) throws(ModelFormatError) {
        names = try node.texts(texts)
        if names.isEmpty {
            let integers = try node.integers(ints)
            names = integers.map { "\($0)" }
            numbers = integers.map { Double($0) }
        }
    }

    var count: Int { names.count }
}

/// What is done with scores in the end.
enum ONNXPostTransform: String {
    case none = "NONE"
    case logistic = "LOGISTIC"
    case softmax = "SOFTMAX"
    case softmaxZero = "SOFTMAX_ZERO"
    case probit = "PROBIT"

    init(_ node: ONNXNode) throws(ModelFormatError) {
        let name = try node.text("post_transform", default: "NONE")
        guard let transform = ONNXPostTransform(rawValue: name) else {
            throw node.malformed("post_transform \"\(name.prefix(80))\"")
        }
        self = transform
    }
}

extension ONNXGraph {
    /// Gives a classifier's outputs their tensors: the label of the class, and the columns.
    mutating func define(
        _ node: ONNXNode,
        _ labels: ONNXLabels,
        class winner: Int,
        _ results: [ONNXCell]
    ) throws(ModelFormatError) {
        var label = winner
        let indices = labels.names.indices.map { Double($0) }
        if labels.numbers == nil {
            // The same number, in a register that is known to stand for these texts.
            label = try append(.lookup(table: indices, otherwise: .nan, winner))
            texts.close(label, to: labels.names)
        } else if let numbers = labels.numbers, numbers != indices {
            label = try append(.lookup(table: numbers, otherwise: .nan, winner))
        }
        let type = labels.numbers == nil ? ONNXElementType.text : .int64
        try define(
            node,
            ONNXTensor(type: type, hasRows: true, shape: [], cells: [.register(label)])
        )
        var columns = columns(results)
        if results.count == labels.count { columns.names = labels.names }
        try define(node, output: 1, columns)
    }

    /// The columns of a classifier of two classes with one score.
    mutating func twoClasses(
        _ score: ONNXCell,
        _ transform: ONNXPostTransform,
        isProbability: Bool
    ) throws(ModelFormatError) -> [ONNXCell] {
        switch transform {
        case .logistic:
            let opposite = try apply(.negate, score, .float)
            return try self.transform([opposite, score], .logistic)
        case .probit:
            throw unsupported("PROBIT of a classifier of two classes with one score")
        case .none, .softmax, .softmaxZero:
            let opposite =
                isProbability
                ? try apply(.subtract, .number(1), score, .float)
                : try apply(.negate, score, .float)
            if case .register(let register) = score {
                self.isProbability[register] = isProbability
            }
            return [opposite, score]
        }
    }

    /// A post-transform of scores.
    mutating func transform(
        _ scores: [ONNXCell],
        _ transform: ONNXPostTransform
    ) throws(ModelFormatError) -> [ONNXCell] {
        switch transform {
        case .none: return scores
        case .softmax: return try softmax(scores, .float)
        case .softmaxZero: return try softmaxZero(scores)
        case .logistic, .probit:
            var results: [ONNXCell] = []
            for score in scores {
                if transform == .logistic {
                    let result = try apply(.logistic, score, .float)
                    link(result, to: score) { .logistic(of: $0) }
                    results.append(result)
                } else {
                    let result = try probit(score)
                    link(result, to: score) { .other(of: $0) }
                    results.append(result)
                }
            }
            return results
        }
    }

    /// A softmax that leaves scores of 0 at 0.
    private mutating func softmaxZero(
        _ scores: [ONNXCell]
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard var largest = scores.first else { return [] }
        for score in scores.dropFirst() {
            largest = try apply(.maximum, largest, score, .float)
        }
        let scale = try apply(.exp, try apply(.negate, largest, .float), .float)
        var powers: [ONNXCell] = []
        var sum = ONNXCell.number(0)
        for score in scores {
            let magnitude = try apply(.magnitude, score, .float)
            let isZero = try apply(.lessOrEqual, magnitude, .number(Double(Float(1e-7))), .boolean)
            let distance = try apply(.subtract, score, largest, .float)
            let power = try apply(.exp, distance, .float)
            let counted = try select(isZero, .number(0), power)
            sum = try apply(.add, sum, counted, .float)
            powers.append(try select(isZero, try apply(.multiply, score, scale, .float), power))
        }
        var results: [ONNXCell] = []
        for (power, score) in zip(powers, scores) {
            let result = try apply(.divide, power, sum, .float)
            link(result, to: score) { .other(of: $0) }
            results.append(result)
        }
        return results
    }

    /// `√2 × erf⁻¹(2p - 1)`, by Winitzki's approximation of the inverse error function with the
    /// constant 0.147, which onnxruntime uses.
    private mutating func probit(_ score: ONNXCell) throws(ModelFormatError) -> ONNXCell {
        let type = ONNXElementType.float
        let doubled = try apply(.multiply, score, .number(2), type)
        let x = try apply(.subtract, doubled, .number(1), type)
        let product = try apply(
            .multiply,
            try apply(.subtract, .number(1), x, type),
            try apply(.add, .number(1), x, type),
            type
        )
        let logarithm = try apply(.ln, product, type)
        let constant = Float(0.147)
        let half = try apply(.multiply, logarithm, .number(0.5), type)
        let shift = ONNXCell.number(Double(2 / (Float.pi * constant)))
        let v = try apply(.add, half, shift, type)
        let w = try apply(.multiply, logarithm, .number(Double(1 / constant)), type)
        let square = try apply(.multiply, v, v, type)
        let root = try apply(.sqrt, try apply(.subtract, square, w, type), type)
        let inner = try apply(.sqrt, try apply(.subtract, root, v, type), type)
        let isNegative = try apply(.less, x, .number(0), .boolean)
        let signed = try select(isNegative, try apply(.negate, inner, type), inner)
        return try apply(.multiply, signed, .number(Double(Float(2).squareRoot())), type)
    }

    /// `ZipMap`: the columns by their labels.
    mutating func zipMap(_ node: ONNXNode) throws(ModelFormatError) {
        var tensor = try numericInput(node, 0)
        let labels = try ONNXLabels(node)
        guard tensor.shape.count == 1, labels.count == tensor.cells.count else {
            throw node.malformed("\(labels.count) labels for a shape of \(tensor.shape)")
        }
        tensor.names = labels.names
        try define(node, tensor)
    }
}
