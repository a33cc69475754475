// SPDX-License-Identifier: Apache-2.0

// Runs a compiled pattern over a text. Where it may go back to is kept on a stack of its own.

internal import VigieLimits

/// Runs a pattern over a text.
struct PatternMatcher {
    /// Why nothing more is looked for.
    enum Failure: Error {
        case limit
    }

    private enum Backtrack {
        case choice(step: Int, place: Int)
        case register(Int, Int)
    }

    let pattern: Pattern
    let text: [Unicode.Scalar]
    /// The text, in lower case where case does not matter.
    private let compared: [Unicode.Scalar]
    private var stepsLeft = FEELLimits.matchSteps
    private var registers: [Int]
    private var stack: [Backtrack] = []

    init(_ pattern: Pattern, _ text: String) {
        self.pattern = pattern
        self.text = Array(text.unicodeScalars)
        compared = pattern.ignoresCase ? self.text.map(\.lower) : self.text
        registers = []
    }

    /// How many steps were taken.
    var stepsTaken: Int { FEELLimits.matchSteps - stepsLeft }

    /// The first match from a place on: the groups, the whole first; nil for one that took no part.
    mutating func firstMatch(from place: Int) throws(Failure) -> [Range<Int>?]? {
        for start in place...max(place, text.count) where start <= text.count {
            if try matches(at: start) {
                return (0...pattern.groupCount).map { group in
                    let (from, to) = (registers[group * 2], registers[group * 2 + 1])
                    return from >= 0 && to >= from ? from..<to : nil
                }
            }
        }
        return nil
    }

    private mutating func matches(at start: Int) throws(Failure) -> Bool {
        stepsLeft -= min(stepsLeft, pattern.registerCount / 16)
        registers = Array(repeating: -1, count: pattern.registerCount)
        stack.removeAll(keepingCapacity: true)
        stack.append(.choice(step: 0, place: start))
        while let last = stack.popLast() {
            switch last {
            case .register(let register, let value): registers[register] = value
            case .choice(let step, let place):
                if try run(step, place) { return true }
            }
        }
        return false
    }

    /// Goes on until it is found, or fails.
    private mutating func run(_ first: Int, _ start: Int) throws(Failure) -> Bool {
        var (step, place) = (first, start)
        while true {
            stepsLeft -= min(stepsLeft, 1)
            guard stepsLeft > 0, stack.count < FEELLimits.matchBacktracks else { throw .limit }
            switch pattern.steps[step] {
            case .found: return true
            case .jump(let next): step = next
            case .choice(let next, let other):
                stack.append(.choice(step: other, place: place))
                step = next
            case .save(let register):
                stack.append(.register(register, registers[register]))
                registers[register] = place
                step += 1
            case .requireProgress(let register):
                guard registers[register] != place else { return false }
                step += 1
            case .start, .end:
                guard isAnchored(pattern.steps[step], place) else { return false }
                step += 1
            case .reference(let group):
                guard let end = end(ofReference: group, at: place) else { return false }
                place = end
                step += 1
            case .set(let index):
                stepsLeft -= min(stepsLeft, pattern.sets[index].cost)
                guard place < text.count, reads(pattern.steps[step], place) else { return false }
                place += 1
                step += 1
            default:
                guard place < text.count, reads(pattern.steps[step], place) else { return false }
                place += 1
                step += 1
            }
        }
    }

    private func reads(_ step: Pattern.Step, _ place: Int) -> Bool {
        switch step {
        case .character(let scalar): compared[place] == scalar
        case .any: pattern.dotMatchesAll || text[place] != "\n" && text[place] != "\r"
        case .set(let index):
            pattern.sets[index].contains(text[place], ignoresCase: pattern.ignoresCase)
        default: false
        }
    }

    private func isAnchored(_ step: Pattern.Step, _ place: Int) -> Bool {
        if case .start = step {
            return place == 0
                || pattern.isMultiline && place < text.count && text[place - 1] == "\n"
        }
        return place == text.count || pattern.isMultiline && text[place] == "\n"
    }

    private mutating func end(ofReference group: Int, at place: Int) -> Int? {
        let (from, to) = (registers[group * 2], registers[group * 2 + 1])
        // A group that took no part is empty.
        guard from >= 0, to > from else { return place }
        stepsLeft -= min(stepsLeft, to - from)
        guard to - from <= text.count - place,
            compared[from..<to].elementsEqual(compared[place..<place + (to - from)])
        else { return nil }
        return place + (to - from)
    }
}
