// SPDX-License-Identifier: Apache-2.0

// A compiled pattern: steps for a machine that goes back. What it takes is counted, so that no
// pattern takes longer on any text than it may.

internal import VigieLimits

/// A compiled pattern.
struct Pattern {
    enum Step {
        case character(Unicode.Scalar)
        case any
        case set(Int)
        /// Goes on at the first place; at the second one if that fails.
        case choice(Int, Int)
        case jump(Int)
        case save(Int)
        /// Fails when nothing was read since the place that a register keeps.
        case requireProgress(Int)
        case start
        case end
        case reference(Int)
        case found
    }

    private(set) var steps: [Step] = []
    private(set) var sets: [PatternSet] = []
    private(set) var registerCount: Int
    /// How many groups it has, without the whole.
    let groupCount: Int
    let ignoresCase: Bool
    let isMultiline: Bool
    let dotMatchesAll: Bool

    /// Compiles a pattern with flags: s, m, i, x and q.
    init(_ text: String, flags: String) throws(PatternError) {
        guard flags.unicodeScalars.allSatisfy({ "smixq".unicodeScalars.contains($0) }) else {
            throw PatternError(message: "the flags are s, m, i, x and q")
        }
        ignoresCase = flags.contains("i")
        isMultiline = flags.contains("m")
        dotMatchesAll = flags.contains("s")
        var reader = try PatternReader(text, ignoresSpace: flags.contains("x"))
        let node: PatternNode
        if flags.contains("q") {
            node = .sequence(text.unicodeScalars.map(PatternNode.character))
            groupCount = 0
        } else {
            node = try reader.read()
            groupCount = reader.groupCount
        }
        registerCount = (groupCount + 1) * 2
        try emit(.group(0, node))
        try append(.found)
    }

    private mutating func append(_ step: Step) throws(PatternError) {
        guard steps.count < FEELLimits.patternSteps else {
            throw PatternError(message: "the pattern is too large")
        }
        steps.append(step)
    }

    private mutating func emit(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .character(let scalar): try append(.character(ignoresCase ? scalar.lower : scalar))
        case .any: try append(.any)
        case .set(let set):
            sets.append(set)
            try append(.set(sets.count - 1))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .alternatives(let branches): try emit(branches[...])
        case .group(let number, let inner):
            if let number { try append(.save(number * 2)) }
            try emit(inner)
            if let number { try append(.save(number * 2 + 1)) }
        case .repetition(let inner, let least, let most, let isGreedy):
            try emit(inner, least, most, isGreedy)
        case .start: try append(.start)
        case .end: try append(.end)
        case .reference(let number): try append(.reference(number))
        }
    }

    private mutating func emit(_ branches: ArraySlice<PatternNode>) throws(PatternError) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try emit(branch)
                break
            }
            let choice = steps.count
            try append(.choice(0, 0))
            try emit(branch)
            jumps.append(steps.count)
            try append(.jump(0))
            steps[choice] = .choice(choice + 1, steps.count)
        }
        for jump in jumps { steps[jump] = .jump(steps.count) }
    }

    private mutating func emit(
        _ inner: PatternNode,
        _ least: Int,
        _ most: Int?,
        _ isGreedy: Bool
    ) throws(PatternError) {
        for _ in 0..<least { try emitCounted(inner) }
        guard let most else { return try emitLoop(inner, isGreedy) }
        var choices: [Int] = []
        for _ in least..<max(least, most) {
            choices.append(steps.count)
            try append(.choice(0, 0))
            try emitCounted(inner)
        }
        for choice in choices { setChoice(choice, inside: choice + 1, isGreedy) }
    }

    /// One of several copies; one that makes no step would be copied without end.
    private mutating func emitCounted(_ inner: PatternNode) throws(PatternError) {
        let before = steps.count
        try emit(inner)
        if steps.count == before { try append(.jump(before + 1)) }
    }

    private mutating func emitLoop(_ inner: PatternNode, _ isGreedy: Bool) throws(PatternError) {
        let choice = steps.count
        let register = registerCount
        registerCount += 1
        try append(.choice(0, 0))
        try append(.save(register))
        try emit(inner)
        try append(.requireProgress(register))
        try append(.jump(choice))
        setChoice(choice, inside: choice + 1, isGreedy)
    }

    private mutating func setChoice(_ choice: Int, inside: Int, _ isGreedy: Bool) {
        let outside = steps.count
        steps[choice] = isGreedy ? .choice(inside, outside) : .choice(outside, inside)
    }
}
