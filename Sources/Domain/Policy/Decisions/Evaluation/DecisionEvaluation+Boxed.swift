// SPDX-License-Identifier: Apache-2.0

// Values of boxed expressions.

internal import FEEL

extension DecisionEvaluation {
    /// The value of an expression with the values that it may use.
    func value(of expression: BoxedExpression, _ frame: [FEELValue]) -> FEELValue {
        let value = expressions.deeper { self.made(expression.form, frame) }
        guard expression.type.type != .any else { return value }
        return checked(value, expression.type, "the expression")
    }

    private func made(_ form: BoxedExpression.Form, _ frame: [FEELValue]) -> FEELValue {
        switch form {
        case .literal(let program): return program.constant ?? program.evaluate(frame, expressions)
        case .table(let table): return answer(of: table, frame)
        case .conditional(let condition, let yes, let no):
            let isTrue = value(of: condition, frame).boolean == true
            return value(of: isTrue ? yes : no, frame)
        case .missing: return expressions.fail("an expression is missing")
        default: return structure(form, frame)
        }
    }

    @inline(never)
    private func structure(_ form: BoxedExpression.Form, _ frame: [FEELValue]) -> FEELValue {
        switch form {
        case .context(let entries, let result): context(entries, result, frame)
        case .list(let items): expressions.bounded(.list(items.map { value(of: $0, frame) }))
        case .relation(let columns, let rows):
            expressions.bounded(
                .list(
                    rows.map { row in
                        let cells = row.map { value(of: $0, frame) }
                        return .context(FEELContext(Array(zip(columns, cells))))
                    }
                )
            )
        case .invocation(let callee, let bindings): invoked(callee, bindings, frame)
        case .function(let function):
            expressions.bounded(
                .function(
                    FEELFunction(
                        BoxedCall(model: model, function: function, frame: frame),
                        parameterNames: function.parameters.map(\.name),
                        parameterTypes: function.parameters.map(\.type),
                        resultType: function.body.type.type,
                        among: frame
                    )
                )
            )
        default: loop(form, frame)
        }
    }

    private func context(
        _ entries: [BoxedExpression.Entry],
        _ result: BoxedExpression?,
        _ outer: [FEELValue]
    ) -> FEELValue {
        var frame = outer
        var context = FEELContext()
        for entry in entries {
            let value = checked(value(of: entry.expression, frame), entry.type, entry.name)
            context[entry.name] = value
            frame.append(value)
        }
        if let result { return value(of: result, frame) }
        return expressions.bounded(.context(context))
    }

    private func invoked(
        _ callee: BoxedExpression,
        _ bindings: [BoxedExpression.Binding],
        _ frame: [FEELValue]
    ) -> FEELValue {
        let value = value(of: callee, frame)
        guard case .function(let function) = value else {
            return expressions.fail("a \(value.typeName) cannot be called")
        }
        var arguments = [FEELValue](repeating: .null, count: function.parameterNames.count)
        for binding in bindings {
            guard let place = function.parameterNames.firstIndex(of: binding.name) else {
                return expressions.fail("the function has no \"\(shown(binding.name))\"")
            }
            arguments[place] = self.value(of: binding.expression, frame)
        }
        return expressions.call(function, arguments)
    }

    // MARK: - Loops

    private func loop(_ form: BoxedExpression.Form, _ frame: [FEELValue]) -> FEELValue {
        switch form {
        case .iteration(let loop):
            guard let items = items(loop, frame) else { return .null }
            var results: [FEELValue] = []
            for item in items {
                let partial: [FEELValue] = loop.usesPartial ? [.list(results)] : []
                guard expressions.take(partial.count * results.count / 8 + 1) else { return .null }
                results.append(value(of: loop.body, frame + partial + [item]))
            }
            return expressions.bounded(.list(results))
        case .quantified(let isEvery, let loop): return quantified(isEvery, loop, frame)
        case .filter(let loop): return filtered(loop, frame)
        default: return .null
        }
    }

    private func quantified(
        _ isEvery: Bool,
        _ loop: BoxedExpression.Loop,
        _ frame: [FEELValue]
    ) -> FEELValue {
        guard let items = items(loop, frame) else { return .null }
        var isUnknown = false
        for item in items {
            switch value(of: loop.body, frame + [item]).boolean {
            case !isEvery: return .boolean(!isEvery)
            case nil: isUnknown = true
            default: break
            }
        }
        return isUnknown ? .null : .boolean(isEvery)
    }

    private func filtered(_ loop: BoxedExpression.Loop, _ frame: [FEELValue]) -> FEELValue {
        guard let items = items(loop, frame) else { return .null }
        var kept: [FEELValue] = []
        for item in items {
            let condition = value(of: loop.body, frame + [item])
            guard let passes = condition.boolean else {
                return expressions.fail("the condition of a filter is a \(condition.typeName)")
            }
            if passes { kept.append(item) }
        }
        return expressions.bounded(.list(kept))
    }

    /// What a loop goes through; nil, with a message, when it can go through nothing.
    private func items(_ loop: BoxedExpression.Loop, _ frame: [FEELValue]) -> [FEELValue]? {
        let list = value(of: loop.list, frame)
        if case .list(let list) = list { return list.elements }
        guard case .list(let items) = Self.items.evaluate([list], expressions) else { return nil }
        return items.elements
    }

    /// Gives what a loop of the language goes through.
    private static let items = FEELProgram(
        "for item in domain return item",
        FEELScope([("domain", .any)])
    )
}

/// A function that is made where an expression is evaluated.
private struct BoxedCall: FEELCallable {
    let model: DecisionModel
    let function: BoxedFunction
    let frame: [FEELValue]

    func call(_ arguments: [FEELValue], _ expressions: FEELEvaluation) -> FEELValue {
        DecisionEvaluation.current(model, expressions)
            .value(of: function.body, frame + arguments)
    }
}
