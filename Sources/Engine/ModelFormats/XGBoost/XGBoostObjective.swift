// SPDX-License-Identifier: Apache-2.0

// What XGBoost's objectives do to `base_score` before the trees are added, and to the margin after.

internal import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An objective, as far as predictions depend on it. Read off the behaviour of XGBoost 3.2.
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
    }

    /// What turns a margin into a prediction.
    let link: Link
    /// Whether the margin is the log-odds of an event.
    let isLogOdds: Bool
    /// The margin of a base score.
    let margin: @Sendable (Float) -> Float

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
            "reg:absoluteerror", "reg:quantileerror", "rank:pairwise", "rank:ndcg", "rank:map":
            self.init(.identity)
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
