// SPDX-License-Identifier: Apache-2.0

// What is null by mistake. A policy may say `null` by choice, and what is not known is null; what
// could not be computed must be taken for neither, since a rule would be passed over for it.

internal import FEEL
internal import VigieLimits

/// Something that could not be computed.
package struct EvaluationFault: Sendable, Equatable {
    /// Where: a decision, a rule with its column, or an input.
    package let place: DecisionPlace
    /// Why, in words.
    package let message: String
}

extension DecisionEvaluation {
    /// Notes that something at a place could not be computed, for the reason that was told last.
    func addFault(_ place: DecisionPlace) {
        note(cell: place)
        // Messages may be cut off; faults are few, and one is enough.
        guard faults.count < FEELLimits.messages, !faults.contains(where: { $0.place == place })
        else { return }
        let isTold = expressions.failureCount == expressions.messages.count
        let last = isTold ? expressions.messages.last.map { "\($0)" } : nil
        let message = last ?? "it cannot be computed"
        faults.append(EvaluationFault(place: place, message: message))
    }

    /// Notes an expression that gave null for a reason, unless something that it uses is null: then
    /// it says that something is not known.
    func noteFault(of program: FEELProgram, _ frame: [FEELValue], _ place: DecisionPlace) {
        note(cell: place)
        let isKnown = program.usedInputs.allSatisfy { $0 < frame.count && !frame[$0].isNull }
        if isKnown { addFault(place) }
    }

    /// Notes a decision that is no table, was null for a reason or has an entry that is, unless
    /// something that it needs is not known.
    func noteFault(of node: Int, _ value: FEELValue) {
        guard expressions.stepsLeft > 0 else { return addFault(model.nodes[node].place) }
        guard model.nodes[node].kind == .decision, model.table(of: node) == nil else { return }
        if case .context(let context) = value {
            if context.values.contains(where: \.isNull) { addFault(model.nodes[node].place) }
            return
        }
        let isKnown = model.nodes[node].requirements.allSatisfy { known($0)?.isNull == false }
        if value.isNull, isKnown { addFault(model.nodes[node].place) }
    }
}

extension DecisionTable {
    private func place(rule line: Int, _ number: Int, _ part: String) -> DecisionPlace {
        var place = place
        (place.line, place.rule, place.part) = (line, number, part)
        return place
    }

    /// The place of the cell of an input.
    func place(_ rule: Int, input: Int) -> DecisionPlace {
        place(rule: rules[rule].line, rule + 1, "input \"\(shown(inputs[input].name))\"")
    }

    /// The place of the cell of an output.
    func place(_ rule: Int, output: Int) -> DecisionPlace {
        let name = outputs[output].name
        let part = name.isEmpty ? "output" : "output \"\(shown(name))\""
        return place(rule: rules[rule].line, rule + 1, part)
    }

    /// The place of an input.
    func place(ofInput input: Int) -> DecisionPlace {
        var place = place
        place.part = "input \"\(shown(inputs[input].name))\""
        return place
    }
}
