// SPDX-License-Identifier: Apache-2.0

// What XGBoost's objectives do to `base_score` before the trees are added, and to the margin after.

internal import Formulas

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An objective, as far as predictions depend on it. Read off the behaviour of XGBoost 3.4.
struct XGBoostObjective {
    /// What turns a margin into a prediction.
    enum Link {
        case identity
        /// `1 / (1 + exp(-margin))`.
        case logistic
        case exponential
        /// 1 above 0, else 0.
        case step
        /// The softmax of all margins.
        case softmax
        /// The number of the largest margin.
        case largest
        /// The margins in ascending order, for quantiles that must not cross.
        case ascending
        /// Each but the first lies above the one before by the softplus of its margin.
        case expectiles
    }

    /// What turns a margin into a prediction.
    let link: Link
    /// Whether the margin is the log-odds of an event.
    let isLogOdds: Bool
    /// The margin of a base score.
    private let margin: @Sendable (Float) -> Float

    /// The margins of the base scores of all outputs.
    func margins(_ scores: [Float]) -> [Float] {
        guard case .expectiles = link else { return scores.map(margin) }
        return scores.prefix(1)
            + zip(scores, scores.dropFirst()).map { below, score in
                // The inverse of the softplus, as XGBoost computes it.
                let gap = max(score - below - Self.expectileGap, Self.expectileGap)
                return gap + logf(-expm1f(-gap))
            }
    }

    /// The least distance of an expectile from the one before.
    private static let expectileGap: Float = 1e-6

    /// The objective of a name; nil for those we do not know.
    init?(name: String) {
        switch name {
        case "binary:logistic", "reg:logistic":
            self.init(.logistic, isLogOdds: true) { -logf(1 / $0 - 1) }
        case "binary:logitraw":
            self.init(.identity, isLogOdds: true)
        case "binary:hinge":
            self.init(.step)
        case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
            self.init(.exponential) { logf($0) }
        case "multi:softprob":
            self.init(.softmax)
        case "multi:softmax":
            self.init(.largest)
        case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:pseudohubererror",
            "reg:absoluteerror", "rank:pairwise", "rank:ndcg", "rank:map":
            self.init(.identity)
        case "reg:quantileerror":
            self.init(.ascending)
        case "reg:expectileerror":
            self.init(.expectiles)
        default:
            return nil
        }
    }

    private init(
        _ link: Link,
        isLogOdds: Bool = false,
        margin: @escaping @Sendable (Float) -> Float = { $0 }
    ) {
        self.link = link
        self.isLogOdds = isLogOdds
        self.margin = margin
    }

    /// Appends the link to a program that has the margins in registers from `first` on, and names
    /// its outputs.
    func finish(_ program: inout ModelProgram, firstMargin first: Int, outputCount: Int) {
        let margins = Array(first..<first + outputCount)
        program.rawOutputs = ModelProgram.Output.numbered("margin", margins)
        switch link {
        case .identity:
            program.outputs = ModelProgram.Output.numbered(isLogOdds ? "margin" : "value", margins)
        case .logistic:
            program.outputs = ModelProgram.Output.numbered(
                "probability",
                margins.map { program.append(.unary(.logistic32, $0)) }
            )
        case .exponential:
            program.outputs = ModelProgram.Output.numbered(
                "value",
                margins.map { program.append(.unary(.exp32, $0)) }
            )
        case .step:
            let zero = program.append(.constant(0))
            program.outputs = ModelProgram.Output.numbered(
                "class",
                margins.map { program.append(.binary(.less, zero, $0)) }
            )
        case .ascending:
            program.outputs = ModelProgram.Output.numbered("value", program.ascending(margins))
        case .expectiles:
            program.outputs = ModelProgram.Output.numbered("value", program.expectiles(margins))
        case .softmax:
            let share = program.append(.softmax32(margins))
            program.outputs = ModelProgram.Output.numbered(
                "probability",
                Array(share..<share + outputCount)
            )
        case .largest:
            program.outputs = ModelProgram.Output.numbered(
                "class",
                [program.append(.argumentOfMaximum(margins))]
            )
        }
        if isLogOdds, outputCount == 1 { program.logOdds = first }
        if link == .softmax || link == .largest, outputCount == 2 {
            program.logOdds = program.append(.binary(.subtract, first + 1, first))
        }
        if program.logOdds != nil, link == .logistic || link == .softmax {
            program.probability = program.outputs.last?.register
        }
    }
}

extension XGBoostObjective {
    /// Whether each output is compared with others, so that many are refused.
    var sortsOutputs: Bool { if case .ascending = link { true } else { false } }

    fileprivate static let gap = Double(expectileGap)
}

extension ModelProgram {
    /// Appends steps that add up what lies between expectiles.
    fileprivate mutating func expectiles(_ margins: [Int]) -> [Int] {
        var values = Array(margins.prefix(1))
        let zero = append(.constant(0))
        let gap = append(.constant(XGBoostObjective.gap))
        for margin in margins.dropFirst() {
            let magnitude = append(.unary(.magnitude, margin))
            let power = append(.unary(.exp32, append(.unary(.negate, magnitude))))
            let softplus = append(
                .binary(
                    .add,
                    append(.binary(.maximum, margin, zero)),
                    append(.unary(.log1p32, power))
                )
            )
            let distance = append(.binary(.add, gap, softplus))
            values.append(append(.binary(.add, values[values.count - 1], distance)))
        }
        return values
    }

    /// Appends steps that sort registers; gives the registers of the least, the next and so on.
    /// Batcher's network: a few comparisons for few values, n log² n for many.
    fileprivate mutating func ascending(_ registers: [Int]) -> [Int] {
        var sorted = registers
        let count = sorted.count
        var size = 1
        while size < count {
            var distance = size
            while distance >= 1 {
                for start in stride(from: distance % size, to: count - distance, by: 2 * distance) {
                    for first in start..<min(start + distance, count - distance)
                    where first / (2 * size) == (first + distance) / (2 * size) {
                        let (one, other) = (sorted[first], sorted[first + distance])
                        sorted[first] = append(.binary(.minimum, one, other))
                        sorted[first + distance] = append(.binary(.maximum, one, other))
                    }
                }
                distance /= 2
            }
            size *= 2
        }
        return sorted
    }
}
