// SPDX-License-Identifier: Apache-2.0

// The operators of trees: scores by target, and what becomes of them.

internal import Documents
internal import Forest
internal import Formulas

extension ONNXGraph {
    /// How the leaves that a row reaches become a score.
    enum Aggregate: String {
        case average = "AVERAGE"
        case sum = "SUM"
        case minimum = "MIN"
        case maximum = "MAX"
    }

    /// `TreeEnsembleRegressor`.
    mutating func regressByTrees(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try treeInput(node)
        let count = try node.integer("n_targets")
        var trees = try ONNXTrees(node, weights: "target", isDoubleInput: tensor.type == .double)
        if count == 1 { trees.keepFirstWeights() }
        let name = try node.text("aggregate_function", default: "SUM")
        guard let aggregate = Aggregate(rawValue: name) else {
            throw node.malformed("aggregate_function \"\(name.prefix(80))\"")
        }
        var scores = try scores(node, trees, tensor, count: count, aggregate: aggregate)
        let base = try node.numbers("base_values")
        guard base.isEmpty || base.count == count else {
            throw node.malformed("\(base.count) base values for \(count) targets")
        }
        for (target, value) in base.enumerated() {
            scores[target] = try apply(
                .add,
                scores[target],
                .number(value),
                trees.isDouble ? .double : .float
            )
        }
        try finish(node, scores, try ONNXPostTransform(node), trees)
    }

    /// `TreeEnsemble`.
    mutating func evaluateTrees(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try treeInput(node)
        let count = try node.integer("n_targets")
        let trees = try ONNXTrees(tensorsOf: node, isDoubleInput: tensor.type == .double)
        let aggregates: [Aggregate] = [.average, .sum, .minimum, .maximum]
        let number = try node.integer("aggregate_function", default: 1)
        guard aggregates.indices.contains(number) else {
            throw node.malformed("aggregate_function \(number)")
        }
        let scores = try scores(
            node,
            trees,
            tensor,
            count: count,
            aggregate: aggregates[number]
        )
        let transform: ONNXPostTransform
        switch (try node.integer("post_transform"), count) {
        case (0, _): transform = .none
        case (3, _): transform = .softmaxZero
        case (4, _): transform = .probit
        case (1...2, 1): transform = .none
        case (let number, _):
            // The specification and onnxruntime do not agree which is which.
            throw node.unsupported("post_transform \(number) of \(count) targets")
        }
        try finish(node, scores, transform, trees)
    }

    /// `TreeEnsembleClassifier`.
    mutating func classifyByTrees(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try treeInput(node)
        let labels = try ONNXLabels(node)
        let trees = try ONNXTrees(node, weights: "class", isDoubleInput: tensor.type == .double)
        let base = try node.numbers("base_values")
        let transform = try ONNXPostTransform(node)
        guard labels.count > 0 else { throw node.malformed("no class labels") }
        let sums = try scores(node, trees, tensor, count: labels.count, aggregate: .sum)
        let hasOneScore = labels.count == 2 && trees.targets.count == 1
        guard labels.count > 2 || base.count <= (hasOneScore && trees.targets.first == 1 ? 0 : 1)
        else {
            throw node.unsupported("\(base.count) base values for \(labels.count) classes")
        }
        guard labels.count <= 2 || base.isEmpty || base.count == labels.count else {
            throw node.malformed("\(base.count) base values for \(labels.count) classes")
        }
        var scores = sums
        for (place, value) in base.enumerated() {
            scores[place] = try apply(
                .add,
                scores[place],
                .number(value),
                trees.isDouble ? .double : .float
            )
        }
        if hasOneScore {
            return try classifyByOneScore(node, trees, labels, scores, transform)
        }
        scores = try toFloats(scores, trees)
        guard labels.count > 1 else {
            let isPositive = try apply(.less, .number(0), scores[0], .boolean)
            let winner = try register(isPositive)
            return try define(node, .zeroAndOne, class: winner, scores)
        }
        let winner = try append(.argumentOfMaximum(try registers(scores)))
        let isPositive = !trees.leaves.contains { $0.contains { $0.value < 0 } }
        for case .register(let register) in scores { isProbability[register] = isPositive }
        try define(node, labels, class: winner, try self.transform(scores, transform))
    }

    /// Two classes, and weights for only one of them.
    private mutating func classifyByOneScore(
        _ node: ONNXNode,
        _ trees: ONNXTrees,
        _ labels: ONNXLabels,
        _ scores: [ONNXCell],
        _ transform: ONNXPostTransform
    ) throws(ModelFormatError) {
        let isOfSecond = trees.targets.first == 1
        let isPositive = !trees.leaves.contains { $0.contains { $0.value < 0 } }
        let score = scores[isOfSecond ? 1 : 0]
        let threshold = ONNXCell.number(isPositive ? 0.5 : 0)
        let winner = try register(try apply(.less, threshold, score, .boolean))
        let floats = try toFloats([score], trees)
        // Weights of the second class leave the first with a score of 0.
        let results =
            isOfSecond
            ? try self.transform([.number(0), floats[0]], transform)
            : try twoClasses(floats[0], transform, isProbability: isPositive)
        try define(node, labels, class: winner, results)
    }

    /// Regressors: a single score is transformed only by PROBIT, as onnxruntime does it.
    private mutating func finish(
        _ node: ONNXNode,
        _ scores: [ONNXCell],
        _ transform: ONNXPostTransform,
        _ trees: ONNXTrees
    ) throws(ModelFormatError) {
        let isTensorOperator = node.operation.hasSuffix("TreeEnsemble")
        let type: ONNXElementType = isTensorOperator && trees.isDouble ? .double : .float
        var results = type == .float ? try toFloats(scores, trees) : scores
        if scores.count > 1 || transform == .probit {
            results = try self.transform(results, transform)
        }
        var tensor = columns(results)
        tensor.type = type
        try define(node, tensor)
    }

    private mutating func toFloats(
        _ scores: [ONNXCell],
        _ trees: ONNXTrees
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard trees.isDouble else { return scores }
        var floats: [ONNXCell] = []
        for score in scores {
            floats.append(try cast(score, from: .double, to: .float))
        }
        return floats
    }
}
