// SPDX-License-Identifier: Apache-2.0

// The `learner` of an XGBoost file: features, base score, objective, and what was boosted.

internal import Documents
internal import Forest
internal import Formulas
internal import VigieLimits

/// What a file says besides its trees or weights.
struct XGBoostLearner {
    /// The `learner` object.
    let node: DocumentNode
    /// Size of the file.
    let byteCount: Int
    /// Values in a row.
    let featureCount: Int
    /// Margins of a row.
    let outputCount: Int
    /// Where the sum of each output starts: the margin of its base score.
    let starts: [Float]
    let objective: XGBoostObjective
    /// Whether the texts of categories are cut where characters end, not bytes: so does XGBoost
    /// before 3.4, which loses the end of them when one is not of ASCII.
    var cutsTexts = false

    /// Reads all but the booster.
    init(_ node: DocumentNode, byteCount: Int) throws(ModelFormatError) {
        self.node = node
        self.byteCount = byteCount
        try Self.checkMembers(node)
        let name = try node.member("objective").member("name")
        guard let objective = XGBoostObjective(name: try name.text()) else {
            throw name.unsupported("the objective \"\(try name.text().prefix(40))\"")
        }
        self.objective = objective
        let parameters = try node.member("learner_model_param")
        try parameters.allowMembers(XGBoostMembers.learnerParameters)
        featureCount = try parameters.member("num_feature").integer()
        guard featureCount >= 0, featureCount <= Int(Int32.max) else {
            throw try parameters.member("num_feature").malformed("\(featureCount) features")
        }
        let classes = try parameters.member("num_class").integer()
        let targets = try parameters.optional("num_target")?.integer() ?? 1
        outputCount = max(classes, targets, 1)
        guard outputCount <= ModelFormatLimits.outputs else {
            throw parameters.unsupported(
                "\(outputCount) outputs; the limit is \(ModelFormatLimits.outputs)"
            )
        }
        starts = objective.margins(
            try Self.baseScores(parameters.member("base_score"), outputCount)
        )
        guard !objective.sortsOutputs || outputCount <= ModelFormatLimits.quantiles else {
            throw parameters.unsupported(
                "\(outputCount) quantiles; the limit is \(ModelFormatLimits.quantiles)"
            )
        }
        try checkObjective(try node.member("objective"), classCount: classes)
    }

    /// `base_score` is a number, a number as text, or, from 3.1 on, a list of numbers as text.
    private static func baseScores(
        _ node: DocumentNode,
        _ outputCount: Int
    ) throws(ModelFormatError) -> [Float] {
        let scores: [Float?]
        switch node.value {
        case .number(let number): scores = number.floats
        case .numbers(let numbers): scores = numbers.floats
        case .text(let text):
            let isList = text.hasPrefix("[") && text.hasSuffix("]")
            let items = Array((isList ? text.dropFirst().dropLast() : text[...]).utf8)
            scores = items.split(separator: UInt8(ascii: ",")).map { $0.float }
        default: throw node.wrong("a number or a text")
        }
        let read = scores.compactMap { $0 }
        guard read.count == scores.count, read.count == 1 || read.count == outputCount else {
            throw node.malformed("must be a number or \(outputCount) of them")
        }
        return read.count == 1 ? [Float](repeating: read[0], count: outputCount) : read
    }

    /// The whole model.
    ///
    /// - Parameter trees: Which trees count where early stopping found an iteration best.
    func program(format: String, trees: ModelTrees?) throws(ModelFormatError) -> ModelProgram {
        let booster = try node.member("gradient_booster")
        // Before 3.3, DART keeps its trees one level deeper, and may call itself "gbtree".
        let inner = try booster.optional("gbtree")
        let model = try (inner ?? booster).member("model")
        let inputs = try inputs(categories: model.optional("cats"))
        var program = ModelProgram(format: format, arithmetic: .float32, inputs: inputs)
        let arguments = Array(0..<inputs.count)
        let name = try booster.member("name")
        let step: ModelStep
        switch try name.text() {
        case "gbtree", "dart":
            let isNested = inner != nil
            try booster.allowMembers(
                isNested ? XGBoostMembers.nestedBooster : XGBoostMembers.treeBooster
            )
            try inner?.allowMembers(XGBoostMembers.innerBooster)
            let forest = try XGBoostForest(model, self)
            step = .trees(
                try forest.ensemble(treeWeights: treeWeights(booster, model), choice: trees),
                arguments: arguments
            )
        case "gblinear":
            try booster.allowMembers(XGBoostMembers.linearBooster)
            try model.allowMembers(XGBoostMembers.linearModel)
            step = .linear(try linearModel(model.member("weights")), arguments: arguments)
        default:
            throw name.unsupported("the booster \"\(try name.text().prefix(40))\"")
        }
        let first = program.append(step)
        objective.finish(&program, firstMargin: first, outputCount: outputCount)
        return program
    }

    /// What DART multiplies the leaves of each tree by: beside the trees from 3.3 on, also in
    /// models that call themselves "gbtree" and were trained with a drop rate; before, beside the
    /// model. Nil for a model of which no tree was dropped.
    private func treeWeights(
        _ booster: DocumentNode,
        _ model: DocumentNode
    ) throws(ModelFormatError) -> DocumentNode? {
        let outer = try booster.optional("weight_drop")
        let inner = try model.optional("weight_drop")
        if let outer, inner != nil {
            throw outer.malformed("the weights of trees are there twice")
        }
        guard let weights = outer ?? inner else { return nil }
        return try weights.count() == 0 ? nil : weights
    }

    /// Weights lie by feature, then by output; the last feature is the bias. XGBoost starts every
    /// output from the base score of the first.
    private func linearModel(_ node: DocumentNode) throws(ModelFormatError) -> LinearModel {
        let weights = try node.floats()
        guard weights.count == (featureCount + 1) * outputCount else {
            throw node.malformed(
                "\(weights.count) weights for \(featureCount) features and a bias, "
                    + "\(outputCount) outputs each"
            )
        }
        return LinearModel(
            weights: (0..<outputCount).map { output in
                (0..<featureCount).map { Double(weights[$0 * outputCount + output]) }
            },
            intercepts: (0..<outputCount).map { output in
                Double(weights[featureCount * outputCount + output] + starts[0])
            },
            skipsMissing: true
        )
    }
}
