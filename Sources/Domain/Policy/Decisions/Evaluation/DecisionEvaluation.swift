// SPDX-License-Identifier: Apache-2.0

// What an evaluation of a model has with it: what is given, what was computed of it, what the
// tables answered, and why something is null. One serves any number of evaluations, one after the
// other, on one thread.

package import FEEL
internal import VigieLimits

/// What an evaluation of a model has with it.
package final class DecisionEvaluation {
    /// The model.
    package let model: DecisionModel
    /// What evaluations of expressions have with them.
    package let expressions: FEELEvaluation
    /// What the tables answered, in the order in which they did.
    package private(set) var outcomes: [TableOutcome] = []
    /// How many answers of tables were not kept, since there were too many.
    package private(set) var outcomesLeftOut = 0
    /// What went wrong while decisions were made: not what is null by choice, or since something is
    /// not known.
    package internal(set) var faults: [EvaluationFault] = []
    private var values: [FEELValue?]
    /// Where the messages of expressions arose: nodes, and of those of cells the places.
    private var messageOrigins: [(node: Int, cell: DecisionPlace?)] = []

    /// Takes the model, the time, and whether messages are kept.
    package init(_ model: DecisionModel, now: FEELDateTime? = nil, keepsMessages: Bool = true) {
        self.model = model
        expressions = FEELEvaluation(now: now, zones: model.zones, keepsMessages: keepsMessages)
        values = Array(repeating: nil, count: model.nodes.count)
    }

    /// One within an evaluation of others, which called a function of the model.
    init(_ model: DecisionModel, within expressions: FEELEvaluation) {
        self.model = model
        self.expressions = expressions
        values = Array(repeating: nil, count: model.nodes.count)
    }

    /// Makes it as new, for the next row.
    package func reset() {
        expressions.reset()
        outcomes.removeAll(keepingCapacity: true)
        outcomesLeftOut = 0
        faults.removeAll(keepingCapacity: true)
        messageOrigins.removeAll(keepingCapacity: true)
        for index in values.indices { values[index] = nil }
    }

    /// Gives the value of an input, or of a decision in place of its logic. A value that may not be
    /// there is null, with a message.
    package func set(_ node: Int, to value: FEELValue) {
        let before = expressions.failureCount
        values[node] = checked(value, model.nodes[node].type, "\(model.nodes[node].name)")
        if expressions.failureCount != before { addFault(model.nodes[node].place) }
        note(node)
    }

    /// Whether a value is one that an input, by its place, may have.
    package func allows(_ value: FEELValue, at node: Int) -> Bool {
        let type = model.nodes[node].type
        guard let result = expressions.coerced(value, to: type.type) else { return false }
        return type.rule?.admits(result, expressions) ?? true
    }

    /// Gives the value of an input as `taken` gave it before.
    package func give(_ node: Int, taken value: FEELValue) {
        values[node] = value
    }

    /// The value of a node; of a function, what can be called.
    package func value(of node: Int) -> FEELValue {
        owned { self.computed(node) }
    }

    /// Calls a function or service with arguments in the order of its parameters.
    package func call(_ node: Int, _ arguments: [FEELValue]) -> FEELValue {
        owned {
            guard case .function(let function) = self.computed(node) else { return .null }
            return self.expressions.call(function, arguments)
        }
    }

    /// What was given or computed for a node; nil when it was neither.
    package func known(_ node: Int) -> FEELValue? { values[node] }

    /// Why something is null, each with the node in which it arose and its place in the model.
    package var messages: [(node: Int, place: DecisionPlace, message: FEELMessage)] {
        zip(messageOrigins, expressions.messages).map { origin, message in
            let node = max(origin.node, 0)
            return (node, origin.cell ?? model.nodes[node].place, message)
        }
    }

    // MARK: - Within

    /// Does something with the functions of the model at hand.
    private func owned(_ body: () -> FEELValue) -> FEELValue {
        let before = expressions.owner
        expressions.owner = self
        defer { expressions.owner = before }
        return body()
    }

    /// The evaluation of a model that a function is called in.
    static func current(_ model: DecisionModel, _ expressions: FEELEvaluation) -> DecisionEvaluation
    {
        if let owner = expressions.owner as? DecisionEvaluation, owner.model === model {
            return owner
        }
        return DecisionEvaluation(model, within: expressions)
    }

    func computed(_ node: Int) -> FEELValue {
        if let value = values[node] { return value }
        let before = expressions.failureCount
        let value = expressions.deeper { self.made(node) }
        if expressions.failureCount != before { noteFault(of: node, value) }
        note(node)
        values[node] = value
        return value
    }

    private func made(_ node: Int) -> FEELValue {
        let told = model.nodes[node]
        switch told.kind {
        case .input: return .null
        case .decision:
            guard let logic = told.logic else {
                return expressions.fail("\"\(shown(told.name))\" has no logic")
            }
            return checked(value(of: logic, told.requirements.map(computed)), told.type, told.name)
        case .knowledge, .service:
            return .function(
                FEELFunction(
                    NodeCall(model: model, node: node),
                    parameterNames: told.parameters.map(\.name),
                    parameterTypes: told.parameters.map(\.type),
                    resultType: told.type.type
                )
            )
        }
    }

    /// Carries out a call of business knowledge or a service.
    func carriedOut(_ node: Int, _ arguments: [FEELValue]) -> FEELValue {
        let told = model.nodes[node]
        defer { note(node) }
        guard told.kind == .service else {
            guard let logic = told.logic else {
                return expressions.fail("\"\(shown(told.name))\" has no logic")
            }
            let frame = told.requirements.map(computed) + [computed(node)] + arguments
            return checked(value(of: logic, frame), told.type, told.name)
        }
        guard expressions.take(values.count / 16) else { return .null }
        // A service knows nothing but what it is given.
        let before = values
        defer { values = before }
        values = Array(repeating: nil, count: values.count)
        for (parameter, argument) in zip(told.requirements, arguments) {
            values[parameter] = checked(
                argument,
                model.nodes[parameter].type,
                model.nodes[parameter].name
            )
        }
        let results = told.outputs.map { (model.nodes[$0].name, computed($0)) }
        let result =
            results.count == 1 ? results[0].1 : .context(FEELContext(results))
        return checked(result, told.type, told.name)
    }

    /// A value as one of a type; null, with a message, when it is none.
    func checked(_ value: FEELValue, _ type: DecisionType, _ name: String) -> FEELValue {
        guard let result = expressions.coerced(value, to: type.type) else {
            return expressions.fail("\(shown(name)): a \(value.typeName) is no \(type.type)")
        }
        guard let rule = type.rule, !rule.admits(result, expressions) else { return result }
        let text = expressions.text(of: .list([result])) ?? ""
        return expressions.fail(
            "\(shown(name)): \(shown(String(text.dropFirst().dropLast()))) is none of the values "
                + "that are allowed"
        )
    }

    func note(_ outcome: TableOutcome) {
        guard outcomes.count < DecisionLimits.outcomes else {
            outcomesLeftOut += 1
            return
        }
        outcomes.append(outcome)
    }

    /// Notes in which node the messages arose that are new, and those of its cells.
    private func note(_ node: Int) {
        var place = messageOrigins.count
        while place > 0, messageOrigins[place - 1].node < 0 {
            place -= 1
            messageOrigins[place].node = node
        }
        while messageOrigins.count < expressions.messages.count {
            messageOrigins.append((node, nil))
        }
    }

    /// Forgets messages that say nothing to anybody: all behind the first ones.
    func keepMessages(_ count: Int, failures: Int) {
        expressions.keepMessages(count, failures: failures)
        messageOrigins.removeLast(max(messageOrigins.count - count, 0))
    }

    /// Notes in which cell the messages arose that are new; its node is told once that is done.
    func note(cell place: DecisionPlace) {
        while messageOrigins.count < expressions.messages.count {
            messageOrigins.append((-1, place))
        }
    }
}

/// A function of a model.
private struct NodeCall: FEELCallable {
    let model: DecisionModel
    let node: Int

    func call(_ arguments: [FEELValue], _ expressions: FEELEvaluation) -> FEELValue {
        DecisionEvaluation.current(model, expressions).carriedOut(node, arguments)
    }
}
