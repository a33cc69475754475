// SPDX-License-Identifier: Apache-2.0

// What an evaluation has with it: the time, the zones, how much it may still do, and why something
// is null. One serves any number of evaluations, one after the other, on one thread.

internal import VigieLimits

/// What an evaluation has with it.
package final class FEELEvaluation {
    /// What `now()` gives, and `today()` the day of; null without one.
    package var now: FEELDateTime?
    /// The zones that times may be in.
    package let zones: FEELZones
    /// Whether messages are kept; without them nothing is written that nobody reads.
    package let keepsMessages: Bool
    /// Why something is null, the first ones.
    package private(set) var messages: [FEELMessage] = []
    /// How often something was null for a reason, also where the message was not kept.
    package private(set) var failureCount = 0
    /// Whoever carries out the functions that are no expressions keeps here what he needs for it.
    package var owner: AnyObject?
    /// How many steps are left.
    package private(set) var stepsLeft = FEELLimits.evaluationSteps

    /// Values of the programs that run, one frame after the other.
    var stack: [FEELValue] = []
    var depth = 0
    /// The pattern that was compiled last: most expressions have one.
    private var lastPattern: (text: String, flags: String, pattern: Pattern)?

    /// Takes the time, the zones, and whether messages are kept.
    package init(
        now: FEELDateTime? = nil,
        zones: FEELZones = .utcOnly,
        keepsMessages: Bool = true
    ) {
        self.now = now
        self.zones = zones
        self.keepsMessages = keepsMessages
    }

    /// Makes it as new, for the next row.
    package func reset() {
        messages.removeAll(keepingCapacity: true)
        failureCount = 0
        stepsLeft = FEELLimits.evaluationSteps
        stack.removeAll(keepingCapacity: true)
        depth = 0
    }

    /// Forgets messages that say nothing to anybody: all behind the first ones.
    package func keepMessages(_ count: Int, failures: Int) {
        messages.removeLast(max(messages.count - count, 0))
        failureCount = failures
    }

    /// Takes steps; false, with a message, when there are none left.
    package func take(_ steps: Int) -> Bool {
        guard stepsLeft > 0 else { return false }
        stepsLeft -= min(steps, stepsLeft)
        if stepsLeft == 0 {
            fail("the evaluation takes more than \(FEELLimits.evaluationSteps) steps")
        }
        return stepsLeft > 0
    }

    /// A value as one of a type; nil when it is none.
    package func coerced(_ value: FEELValue, to type: FEELType) -> FEELValue? {
        var steps = stepsLeft
        defer { _ = take(stepsLeft - steps) }
        return value.coerced(to: type, &steps)
    }

    /// A value that was made of others; null, with a message, if it is too large or nested too
    /// deep.
    package func bounded(_ value: FEELValue, _ position: FEELPosition? = nil) -> FEELValue {
        if case .list(let list) = value {
            // Whoever made it has looked at each of its values.
            guard take(list.elements.count / 8) else { return .null }
            guard list.elements.count <= FEELLimits.listElements else {
                return fail("a list has more than \(FEELLimits.listElements) values", position)
            }
        }
        guard value.nesting <= FEELLimits.valueNesting else {
            return fail("values are nested deeper than \(FEELLimits.valueNesting)", position)
        }
        return value
    }

    /// Goes one level deeper for what somebody else evaluates; null, with a message, when that is
    /// too deep.
    package func deeper(_ evaluate: () -> FEELValue) -> FEELValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.evaluationDepth, take(1) else {
            return fail("the evaluation goes deeper than \(FEELLimits.evaluationDepth)")
        }
        return evaluate()
    }

    /// The pattern of a text.
    func pattern(_ text: String, flags: String) throws(PatternError) -> Pattern {
        if let last = lastPattern, last.text.isSame(as: text), last.flags.isSame(as: flags) {
            return last.pattern
        }
        let pattern = try Pattern(text, flags: flags)
        lastPattern = (text, flags, pattern)
        return pattern
    }

    /// Null, with the reason for whoever asks.
    @discardableResult
    package func fail(
        _ message: @autoclosure () -> String,
        _ position: FEELPosition? = nil
    ) -> FEELValue {
        failureCount &+= 1
        if keepsMessages, messages.count < FEELLimits.messages {
            messages.append(FEELMessage(text: message(), position: position))
        }
        return .null
    }
}

/// Why something is null.
package struct FEELMessage: Sendable, Hashable, CustomStringConvertible {
    /// In words.
    package let text: String
    /// Where in the expression; nil when the place is not known.
    package let position: FEELPosition?

    /// The words, with the place before them.
    package var description: String {
        position.map { "line \($0.line), column \($0.column): \(text)" } ?? text
    }
}

extension FEELProgram {
    /// The value of the expression; inputs that are missing are null.
    package func evaluate(_ inputs: [FEELValue], _ evaluation: FEELEvaluation) -> FEELValue {
        let base = evaluation.stack.count
        guard base + slotCount <= FEELLimits.stackValues else {
            return evaluation.fail("functions call each other too deep")
        }
        evaluation.stack += inputs.prefix(inputCount)
        let rest = slotCount - (evaluation.stack.count - base)
        evaluation.stack += repeatElement(.null, count: rest)
        defer { evaluation.stack.removeLast(evaluation.stack.count - base) }
        return Run(program: self, evaluation: evaluation, base: base).value(root)
    }
}

extension FEELValue {
    /// The steps that it takes to look at all of it, but not into what it holds.
    var cost: Int {
        switch self {
        case .list(let list): list.elements.count / 16
        case .context(let context): context.count / 16
        case .string(let text): text.utf8.count / 64
        default: 0
        }
    }
}
