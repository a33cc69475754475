// SPDX-License-Identifier: Apache-2.0

// Tree models.

internal import Documents
internal import Forest
internal import Formulas

extension PMMLCompiler {
    private enum MissingStrategy: String {
        case none, lastPrediction, nullPrediction, defaultChild, weightedConfidence
        case aggregateNodes

        var rules: RuleTree.MissingStrategy {
            switch self {
            case .none: .none
            case .lastPrediction: .lastPrediction
            case .nullPrediction: .nullPrediction
            case .defaultChild: .defaultChild
            case .weightedConfidence: .weightedConfidence
            case .aggregateNodes: .aggregateNodes
            }
        }
    }

    private enum NoTrueChild: String {
        case returnNullPrediction, returnLastPrediction
    }

    /// A tree model by itself.
    func tree(_ model: XMLElement, in scope: PMMLScope, _ classes: PMMLClasses?)
        throws(ModelFormatError) -> PMMLPrediction
    {
        let rules = try rules(of: model, in: scope, classes)
        guard let classes else {
            let score = ensemble([(rules, 1)], columns: 0..<1) ?? add(rules)
            return PMMLPrediction(value: PMMLValue(register: score, kind: .double))
        }
        let wantsConfidence =
            model.child("Output")?.children("OutputField")
            .contains { $0["feature"] == "confidence" } ?? false
        let count = classes.labels.count
        let fast = wantsConfidence ? nil : ensemble([(rules, 1)], columns: 0..<1 + count)
        let first = fast ?? add(rules)
        var prediction = try classification(
            (0..<count).map { first + 1 + $0 },
            classes,
            place: first,
            model
        )
        if fast == nil { prediction.confidences = (0..<count).map { first + 1 + count + $0 } }
        return prediction
    }

    /// The rules of a tree model; their arguments are registers.
    func rules(of model: XMLElement, in scope: PMMLScope, _ classes: PMMLClasses?)
        throws(ModelFormatError) -> RuleTree
    {
        try model.allowChildren(Self.modelParts + ["Node"])
        let strategy = try model.choice("missingValueStrategy", MissingStrategy.none)
        let noTrueChild = try model.choice(
            "noTrueChildStrategy",
            NoTrueChild.returnNullPrediction
        )
        if classes == nil, strategy == .weightedConfidence || strategy == .aggregateNodes {
            throw model.unsupported("\(strategy.rawValue) without classes is not supported")
        }
        var tree = RuleTree(
            classCount: classes?.labels.count ?? 0,
            missingStrategy: strategy.rules,
            returnsLastPrediction: noTrueChild == .returnLastPrediction,
            missingPenalty: try model.number("missingValuePenalty") ?? 1
        )
        // Elements in document order are nodes in prefix order, without recursion.
        var open: [(element: XMLElement, parent: Int?)] = [
            (try model.requiredChild("Node"), nil)
        ]
        var lastChild: [Int: Int] = [:]
        var ids: [Int: String] = [:]
        while let (element, parent) = open.popLast() {
            try builder.checkSize(element)
            try builder.addNodeValues(tree.resultCount, element)
            let number = tree.addNode(
                parent: parent,
                previousSibling: parent.flatMap { lastChild[$0] },
                predicate: try addPredicate(
                    try predicateElement(of: element),
                    in: scope,
                    to: &tree
                )
            )
            if let parent {
                lastChild[parent] = number
                if let wanted = ids[parent], element["id"] == wanted {
                    tree.nodes[parent].defaultChild = number
                }
            }
            if strategy == .defaultChild { ids[number] = element["defaultChild"] }
            try setResult(of: element, node: number, in: &tree, classes)
            open += element.children("Node").reversed().map { ($0, number) }
        }
        return tree
    }

    private func setResult(
        of element: XMLElement,
        node: Int,
        in tree: inout RuleTree,
        _ classes: PMMLClasses?
    ) throws(ModelFormatError) {
        try element.allowChildren(
            Self.predicates + ["Partition", "ScoreDistribution", "Node"]
        )
        let records = try element.number("recordCount")
        guard records ?? 0 >= 0 else { throw element.malformed("recordCount is negative") }
        tree.nodes[node].records = records ?? 0
        if tree.missingStrategy == .weightedConfidence, records ?? 0 == 0 {
            throw element.malformed("weightedConfidence needs a recordCount")
        }
        guard let classes else {
            if let score = try element.number("score") {
                tree.setResult([rounded(score)], node: node, hasScore: true)
            }
            return
        }
        guard let result = try distribution(of: element, classes) else { return }
        if tree.missingStrategy == .aggregateNodes {
            let parts = element.children("ScoreDistribution")
            guard !parts.isEmpty else {
                throw element.malformed("aggregateNodes needs a ScoreDistribution")
            }
            tree.nodes[node].records = 0
            for part in parts {
                tree.nodes[node].records += try part.requiredNumber("recordCount")
            }
        }
        tree.setResult(result, node: node, hasScore: element["score"] != nil)
    }

    private func rounded(_ value: Double) -> Double {
        builder.roundsToFloat32 ? Double(Float(value)) : value
    }

    /// The place of the class, the probabilities and the confidences of a node; nil if it has none.
    private func distribution(
        of element: XMLElement,
        _ classes: PMMLClasses
    ) throws(ModelFormatError) -> [Double]? {
        let count = classes.labels.count
        var result = [Double](repeating: 0, count: 1 + 2 * count)
        let score = try element["score"].map { (label) throws(ModelFormatError) in
            try place(of: label, classes, element)
        }
        let parts = element.children("ScoreDistribution")
        if parts.isEmpty {
            guard let score else { return nil }
            (result[0], result[1 + score], result[1 + count + score]) = (Double(score), 1, 1)
            return result
        }
        let hasProbabilities = parts[0]["probability"] != nil
        var sum = 0.0
        for part in parts {
            let label = try part.required("value")
            let place = try place(of: label, classes, part)
            let name = hasProbabilities ? "probability" : "recordCount"
            let share = try part.requiredNumber(name)
            guard share >= 0 else { throw part.malformed("\(name) is negative") }
            result[1 + place] = share
            sum += share
            let confidence = try part.number("confidence")
            result[1 + count + place] = confidence ?? -1
        }
        guard sum > 0, sum.isFinite else { return nil }
        for place in 0..<count {
            if sum != 1 { result[1 + place] /= sum }
            result[1 + place] = rounded(result[1 + place])
            // A confidence that is not given is the probability.
            if result[1 + count + place] < 0 { result[1 + count + place] = result[1 + place] }
        }
        let probabilities = result[1...count]
        let winner = probabilities.firstIndex(of: probabilities.max() ?? 0) ?? 1
        result[0] = Double(score ?? winner - 1)
        return result
    }

    private func place(of label: String, _ classes: PMMLClasses, _ element: XMLElement)
        throws(ModelFormatError) -> Int
    {
        guard let place = classes.place(of: label) else {
            throw element.malformed("\"\(label.prefix(40))\" is no class of the model")
        }
        return place
    }

    /// Makes one ensemble of trees, an output for each column of their results, if all can be
    /// binary trees; gives its first result.
    func ensemble(
        _ trees: [(rules: RuleTree, weight: Double)],
        columns: Range<Int>,
        allowsMissing: Bool = true,
        value: (ArraySlice<Double>, Int) -> Double = { $0[$0.startIndex + $1] }
    ) -> Int? {
        var binary: [DecisionTree] = []
        var isMissing = false
        for (rules, weight) in trees {
            for column in columns {
                let isCategory: (Int) -> Bool = { self.textRegisters.contains($0) }
                guard
                    var tree = rules.decisionTree(
                        isCategory: isCategory,
                        leaf: { result in
                            isMissing = isMissing || result == nil
                            return result.map { rounded(weight * value($0, column)) } ?? .nan
                        }
                    ), allowsMissing || !isMissing
                else { return nil }
                tree.output = column - columns.lowerBound
                binary.append(tree)
            }
        }
        var registers = Set(binary.lazy.flatMap(\.features)).sorted()
        guard let last = registers.last else { return nil }
        // Trees over nothing but inputs take them all, which is the fastest path.
        if last < builder.inputCount,
            builder.allowsSpareArguments(builder.inputCount - registers.count)
        {
            registers = Array(0..<builder.inputCount)
        }
        let numbers = Dictionary(uniqueKeysWithValues: registers.enumerated().map { ($1, $0) })
        for tree in binary.indices {
            binary[tree].features = binary[tree].features.map { numbers[$0] ?? 0 }
        }
        let sum: TreeSum =
            builder.roundsToFloat32
            ? .float32(start: Array(repeating: 0, count: columns.count))
            : .float64(start: Array(repeating: 0, count: columns.count))
        let ensemble = try? TreeEnsemble(featureCount: registers.count, sum: sum, trees: binary)
        return ensemble.map { builder.append(.trees($0, arguments: registers)) }
    }
}
