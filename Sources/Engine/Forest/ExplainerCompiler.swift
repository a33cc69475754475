// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the form of the SHAP kernel: conditions, and steps through each tree.

internal import CForest

/// Compiles one ensemble. The formulas are those of CForestShap.h.
struct ExplainerCompiler {
    /// Most values of P and U for a row (64 MiB a thread), and most factors of an ensemble; both
    /// far more than trees take that were trained.
    private static let slotValuesLimit = (64 << 20) / 8 / Int(vigie_shap_lanes_max)
    private static let factorsLimit = 1 << 26  // tidy: limit: of the kernel

    let ensemble: TreeEnsemble
    private(set) var columns: [vigie_shap_column] = []
    private(set) var trees: [vigie_shap_tree] = []
    private(set) var conditions: [vigie_shap_condition] = []
    private(set) var steps: [vigie_shap_step] = []
    private(set) var factors: [Double] = []
    private(set) var targets: [UInt32] = []
    private(set) var conditionsMaximum = 0
    private(set) var slotValuesMaximum = 0
    /// For each output, what contributions add to.
    private(set) var baseValues: [Double]

    private var columnNumbers: [Int32: Int] = [:]
    private var sumNumbers: [UInt32: UInt32] = [:]
    private var rules: [Int: (rule: GaussLegendre, start: UInt32)] = [:]

    /// Compiles the ensemble.
    ///
    /// - Throws: `notExplained` for linear leaves, whose value is not one of the leaf's alone;
    ///   `tooLarge` for trees of absurd depth, or more outputs times features than 2^32.
    init(_ ensemble: TreeEnsemble) throws(ForestError) {
        self.ensemble = ensemble
        guard ensemble.linearLeaves.isEmpty else {
            throw ForestError(
                code: .notExplained,
                tree: nil,
                message: "trees with linear leaves have no SHAP values"
            )
        }
        // Places in a row's output are numbers of 32 bits.
        let (width, isTooWide) = ensemble.outputCount.multipliedReportingOverflow(
            by: ensemble.featureCount
        )
        guard !isTooWide, width <= Int(UInt32.max) else {
            throw ForestError(
                code: .tooLarge,
                tree: nil,
                message: "too many outputs and features for SHAP values"
            )
        }
        baseValues = (0..<ensemble.outputCount).map { ensemble.sum.start(output: $0) }
        numberColumnsAndSums()
        var walk = ExplainerWalk(featureCount: ensemble.featureCount)
        for tree in 0..<ensemble.treeCount {
            let explained = ExplainedTree(ensemble, tree: tree)
            baseValues[Int(ensemble.treeOutputs[tree])] += walk.walk(explained)
            if !explained.splits.isEmpty { try append(walk, tree: tree) }
        }
    }

    private mutating func numberColumnsAndSums() {
        for feature in Set(ensemble.features).sorted() {
            columnNumbers[feature] = columns.count
            columns.append(vigie_shap_column(feature: UInt32(feature), needs_missing: 0))
        }
        var used: Set<UInt32> = []
        for tree in 0..<ensemble.treeCount {
            for split in ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1] {
                used.insert(target(Int(ensemble.features[split]), tree: tree))
            }
        }
        targets = used.sorted()
        for (number, target) in targets.enumerated() { sumNumbers[target] = UInt32(number) }
    }

    /// Where in a row's output the tree adds what a feature contributes.
    private func target(_ feature: Int, tree: Int) -> UInt32 {
        UInt32(Int(ensemble.treeOutputs[tree]) * ensemble.featureCount + feature)
    }
}

// MARK: Cost

extension ExplainerCompiler {
    /// What a row of many costs by tables, and what few cost.
    var costNanosecondsOfTables: (row: Double, few: Double) {
        (5 * Double(trees.count), 20 * Double(trees.count))
    }

    /// What a row of many costs, and what few cost. Measured on one core at 3 to 4 GHz: a step
    /// takes some time by itself and some for each point. Up to eight rows cost the same, each step
    /// of theirs as much as one of many more.
    func costNanosecondsOfSteps(path: ForestPath) -> (row: Double, few: Double) {
        let (step, point): (Double, Double) =
            switch path {
            case .avx512, .avx512Vbmi: (0.2, 0.06)
            case .avx2: (0.25, 0.1)
            case .portable, .walk: (0.6, 0.25)
            }
        let row = trees.reduce(0) {
            $0 + Double($1.step_count) * (step + point * Double($1.point_count))
        }
        return (row, 25 * row)
    }
}

// MARK: Tables

extension ExplainerCompiler {
    /// Where tables of all trees would be, and what they are made with.
    struct TableLines {
        /// The trees, each with its first line.
        var trees: [vigie_shap_tree]
        /// The steps, each adding to a sum of its own in its tree.
        var steps: [vigie_shap_step]
        /// For each tree which sums these stand for.
        var sums: [UInt32] = []
        /// Lines in all.
        var count = 0
    }

    /// Tables of all trees; nil if a tree has too many splits, or they take more memory.
    func tableLines(bytesMax: Int) -> TableLines? {
        let width = Int(vigie_shap_table_splits)
        let linesMax = bytesMax / (width * MemoryLayout<Double>.stride)
        guard trees.allSatisfy({ $0.condition_count <= width }),
            trees.count <= linesMax  // tidy: limit: 256 lines a tree, far from overflow
        else { return nil }
        var lines = TableLines(trees: trees, steps: steps)
        for (number, tree) in trees.enumerated() {
            lines.trees[number].table = UInt32(clamping: lines.count)
            lines.count += 1 << Int(tree.condition_count)
            var sums: [UInt32] = []
            let first = Int(tree.step_start)
            for place in first..<first + Int(tree.step_count)
            where steps[place].kind >= UInt32(vigie_shap_up_two) {
                lines.steps[place].sum = UInt32(sums.count)
                sums.append(steps[place].sum)
            }
            guard sums.count == Int(tree.condition_count) else { return nil }
            lines.sums += sums
            lines.sums += Array(repeating: 0, count: width - sums.count)
        }
        return lines.count <= linesMax ? lines : nil
    }
}

// MARK: Trees

extension ExplainerCompiler {
    private mutating func append(_ walk: ExplainerWalk, tree: Int) throws(ForestError) {
        let points = min((walk.featuresMaximum + 1) / 2, GaussLegendre.pointsMaximum)
        let (rule, start) = rule(points: points)
        let slotValues = walk.slotCount * points
        slotValuesMaximum = max(slotValuesMaximum, slotValues)
        conditionsMaximum = max(conditionsMaximum, walk.splits.count)
        let isTooLarge =
            slotValues > Self.slotValuesLimit
            || factors.count + 2 * points * walk.splits.count > Self.factorsLimit
        guard !isTooLarge else {
            throw ForestError(
                code: .tooLarge,
                tree: tree,
                message: "its paths are too long for SHAP values"
            )
        }
        trees.append(
            vigie_shap_tree(
                condition_start: UInt32(conditions.count),
                condition_count: UInt32(walk.splits.count),
                step_start: UInt32(steps.count),
                step_count: UInt32(walk.steps.count),
                point_count: UInt32(points),
                points: start,
                table: 0
            )
        )
        // Both steps of a split use the same factors.
        let factorStarts = walk.splits.map { appendFactors(rule, priorShare: $0.prior?.share) }
        for split in walk.splits { conditions.append(condition(of: split)) }
        for var step in walk.steps {
            let split = walk.splits[Int(step.condition)]
            step.sum = sumNumbers[target(split.split.feature, tree: tree)] ?? 0
            step.factors = factorStarts[Int(step.condition)]
            steps.append(step)
        }
    }

    /// A rule of quadrature and where its points and weights are among the factors.
    private mutating func rule(points: Int) -> (GaussLegendre, UInt32) {
        if let known = rules[points] { return known }
        let rule = GaussLegendre(count: points)
        let start = UInt32(factors.count)
        factors += rule.points + rule.weights
        rules[points] = (rule, start)
        return (rule, start)
    }

    /// Appends t/h and z'/h² of a split whose feature was met before, and tells where.
    private mutating func appendFactors(_ rule: GaussLegendre, priorShare: Double?) -> UInt32 {
        guard let priorShare else { return 0 }
        let start = UInt32(factors.count)
        let weights = rule.points.map { $0 + (1 - $0) * priorShare }
        factors += zip(rule.points, weights).map { $0 / $1 }
        factors += weights.map { priorShare / ($0 * $0) }
        return start
    }

    private mutating func condition(of walked: ExplainerWalk.WalkedSplit) -> vigie_shap_condition {
        var condition = vigie_shap_condition()
        condition.is_inverted = walked.split.isInverted ? 1 : 0
        if let prior = walked.prior {
            condition.has_prior = 1
            condition.prior = UInt32(prior.condition)
            condition.is_below_first = prior.isBelowFirst ? 1 : 0
        }
        let column = columnNumbers[Int32(walked.split.feature)] ?? 0
        condition.column = UInt32(column)
        guard case .split(let split) = walked.split.test else {
            condition.question = UInt8(vigie_shap_never)
            return condition
        }
        let kind = ensemble.kinds[split]
        if kind.isCategorical {
            let words = ensemble.categoryRanges[split]
            condition.question = UInt8(
                kind.isCategoryIndex ? vigie_shap_index_in_set : vigie_shap_in_set
            )
            condition.category_start = UInt32(words.lowerBound)
            condition.category_count = UInt32(words.count)
            condition.missing = UInt8(
                ensemble.goesLeft(.nan, split: split)
                    ? vigie_shap_nan_holds : vigie_shap_missing_alike
            )
        } else {
            let comparison = SplitCondition(ensemble, split: split)
            condition.threshold64 = comparison.threshold
            condition.threshold32 = SplitCondition.roundedDown(comparison.threshold)
            let missing =
                switch comparison.missing {
                case .plain: vigie_shap_missing_alike
                case .notANumberLeft: vigie_shap_nan_holds
                case .zeroLeft: vigie_shap_zero_holds
                case .zeroRight: vigie_shap_zero_fails
                }
            condition.missing = UInt8(missing)
        }
        if condition.missing != vigie_shap_missing_alike { columns[column].needs_missing = 1 }
        return condition
    }
}
