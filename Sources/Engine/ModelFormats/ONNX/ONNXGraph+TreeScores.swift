// SPDX-License-Identifier: Apache-2.0

// Steps that give the scores of trees.

internal import Documents
internal import Forest
internal import Formulas
internal import VigieLimits

extension ONNXGraph {
    /// The rows that trees read: float64 as it is, all else as float32.
    mutating func treeInput(_ node: ONNXNode) throws(ModelFormatError) -> ONNXTensor {
        let tensor = try numericInput(node, 0)
        guard tensor.hasRows, tensor.shape.count == 1 else {
            throw node.unsupported("an input that is not rows of columns")
        }
        return tensor.type == .double ? tensor : try floats(tensor)
    }

    /// The score of each target. Sums are of the type that is compared, from 0, in tree order: so
    /// adds onnxruntime when it goes tree by tree, and what it adds otherwise differs by rounding.
    mutating func scores(
        _ node: ONNXNode,
        _ trees: ONNXTrees,
        _ tensor: ONNXTensor,
        count: Int,
        aggregate: Aggregate
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard count > 0, count <= ModelFormatLimits.outputs else {
            throw node.malformed("\(count) targets or classes")
        }
        guard trees.targets.allSatisfy({ (0..<count).contains($0) }) else {
            throw node.malformed("a weight for a target or class that is not one of \(count)")
        }
        var builder = ONNXTreeBuilder(trees, featureCount: tensor.cells.count)
        var built: [[DecisionTree]] = []
        for (number, root) in trees.roots.enumerated() {
            do {
                built.append(try builder.build(root: root))
            } catch {
                throw node.malformed("tree \(number): \(error.message)")
            }
        }
        var arguments = try registers(tensor.cells)
        for condition in builder.conditions {
            arguments.append(try register(of: condition, tensor.cells[condition.feature]))
        }
        switch aggregate {
        case .sum, .average:
            let all = built.flatMap { $0 }
            let sums = try sums(node, all, arguments, count: count, isDouble: trees.isDouble)
            guard aggregate == .average, !built.isEmpty else { return sums }
            var means: [ONNXCell] = []
            for sum in sums {
                let type: ONNXElementType = trees.isDouble ? .double : .float
                means.append(try apply(.divide, sum, .number(Double(built.count)), type))
            }
            return means
        case .minimum, .maximum:
            return try extremes(node, built, arguments, trees, count: count, aggregate)
        }
    }

    private mutating func sums(
        _ node: ONNXNode,
        _ trees: [DecisionTree],
        _ arguments: [Int],
        count: Int,
        isDouble: Bool
    ) throws(ModelFormatError) -> [ONNXCell] {
        let sum: TreeSum =
            isDouble
            ? .float64(start: [Double](repeating: 0, count: count))
            : .float32(start: [Float](repeating: 0, count: count))
        let ensemble: TreeEnsemble
        do {
            ensemble = try TreeEnsemble(featureCount: arguments.count, sum: sum, trees: trees)
        } catch {
            throw node.malformed(error.description)
        }
        let first = try append(.trees(ensemble, arguments: arguments))
        return (first..<first + count).map { .register($0) }
    }

    /// The least or greatest leaf of all trees: each tree is a step of its own.
    private mutating func extremes(
        _ node: ONNXNode,
        _ built: [[DecisionTree]],
        _ arguments: [Int],
        _ trees: ONNXTrees,
        count: Int,
        _ aggregate: Aggregate
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard trees.leaves.allSatisfy({ $0.count == count }) else {
            throw node.unsupported(
                "\(aggregate.rawValue) of leaves without a weight for each target"
            )
        }
        let operation: BinaryOperation = aggregate == .minimum ? .minimum : .maximum
        let type: ONNXElementType = trees.isDouble ? .double : .float
        var results: [ONNXCell]?
        for tree in built {
            let scores = try sums(node, tree, arguments, count: count, isDouble: trees.isDouble)
            guard let earlier = results else {
                results = scores
                continue
            }
            var next: [ONNXCell] = []
            for (one, other) in zip(earlier, scores) {
                next.append(try apply(operation, one, other, type))
            }
            results = next
        }
        return results ?? [ONNXCell](repeating: .number(0), count: count)
    }

    /// 1 where a feature is one of some values.
    private mutating func register(
        of condition: ONNXCondition,
        _ cell: ONNXCell
    ) throws(ModelFormatError) -> Int {
        var result: ONNXCell?
        if condition.missingIsTrue { result = try apply(.isMissing, cell, .boolean) }
        for bits in condition.values {
            let value = ONNXCell.number(Double(bitPattern: bits))
            let isEqual = try apply(.equal, cell, value, .boolean)
            result =
                try result.map { earlier throws(ModelFormatError) in
                    try apply(.or, earlier, isEqual, .boolean)
                } ?? isEqual
        }
        return try register(result ?? .number(0))
    }
}

extension ONNXTrees {
    /// With one target, onnxruntime takes the first weight of a leaf and no other.
    mutating func keepFirstWeights() {
        for leaf in leaves.indices where leaves[leaf].count > 1 {
            leaves[leaf].removeSubrange(1...)
        }
    }
}
