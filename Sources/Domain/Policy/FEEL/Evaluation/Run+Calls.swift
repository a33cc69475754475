// SPDX-License-Identifier: Apache-2.0

// Calls.

internal import VigieLimits

extension Run {
    /// A function with the values it was made among.
    func defined(_ index: Int32, _ node: Int32) -> FEELValue {
        let definition = tables.definitions[Int(index)]
        let frame = Array(evaluation.stack[base..<base + program.slotCount])
        guard evaluation.take(frame.count / 8) else { return .null }
        let function = FEELFunction(
            body: .defined(
                program: program,
                body: definition.body,
                firstSlot: definition.firstSlot,
                frame: frame
            ),
            parameterNames: definition.names,
            parameterTypes: definition.types,
            resultType: definition.resultType
        )
        return bounded(.function(function), node)
    }

    /// A function of the language as a value.
    func builtin(_ index: Int32) -> FEELValue {
        let builtin = Builtin.all[Int(index)]
        let parameters = builtin.signatures.first?.parameters ?? []
        return .function(
            FEELFunction(
                body: .builtin(builtin),
                parameterNames: parameters.map(\.name),
                parameterTypes: parameters.map(\.type),
                resultType: builtin.result
            )
        )
    }

    func called(
        _ function: Int32,
        _ span: NodeSpan,
        _ firstName: Int32?,
        _ node: Int32
    ) -> FEELValue {
        let callee = value(function)
        guard case .function(let function) = callee else {
            return fail(node, "a \(callee.typeName) cannot be called")
        }
        var arguments = tables.children[span.indices].map(value)
        let position = program.positions[Int(node)]
        if let firstName {
            let names = tables.names[Int(firstName)..<Int(firstName) + arguments.count]
            if case .builtin(let builtin) = function.body {
                return builtin.call(arguments, names: Array(names), evaluation, position)
            }
            var ordered: [FEELValue] = []
            for name in function.parameterNames {
                guard let index = names.firstIndex(where: { $0.isSame(as: name) }) else { break }
                ordered.append(arguments[index - names.startIndex])
            }
            guard ordered.count == arguments.count else {
                return fail(
                    node,
                    "the function takes "
                        + shown(function.parameterNames.joined(separator: ", "))
                )
            }
            arguments = ordered
        }
        return evaluation.call(function, arguments, position)
    }

    func builtinCall(_ index: Int32, _ node: Int32) -> FEELValue {
        let site = tables.builtinCalls[Int(index)]
        let arguments = site.arguments.map { $0 < 0 ? FEELValue.null : value($0) }
        let given = site.arguments.map { $0 >= 0 }
        return site.builtin.call(
            arguments,
            given,
            site.signatures,
            evaluation,
            program.positions[Int(node)]
        )
    }
}

extension FEELEvaluation {
    /// Calls a function with arguments by place; null if it does not take such.
    package func call(
        _ function: FEELFunction,
        _ arguments: [FEELValue],
        _ position: FEELPosition? = nil
    ) -> FEELValue {
        if case .builtin(let builtin) = function.body {
            return builtin.call(
                arguments,
                names: nil,
                self,
                position ?? FEELPosition(line: 1, column: 1)
            )
        }
        guard arguments.count == function.parameterTypes.count else {
            return fail(
                "the function takes \(function.parameterTypes.count) arguments, not "
                    + "\(arguments.count)",
                position
            )
        }
        var values: [FEELValue] = []
        for (value, type) in zip(arguments, function.parameterTypes) {
            guard let value = coerced(value, to: type) else {
                return fail("a \(value.typeName) is given for a \(type)", position)
            }
            values.append(value)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.evaluationDepth, take(1 + function.nesting) else {
            return fail(
                "the evaluation goes deeper than \(FEELLimits.evaluationDepth)",
                position
            )
        }
        switch function.body {
        case .defined(let program, let body, let firstSlot, let frame):
            let base = stack.count
            guard base + frame.count <= FEELLimits.stackValues, take(frame.count / 8) else {
                return fail("functions call each other too deep", position)
            }
            stack += frame
            defer { stack.removeLast(stack.count - base) }
            for (offset, value) in values.enumerated() {
                stack[base + Int(firstSlot) + offset] = value
            }
            return Run(program: program, evaluation: self, base: base).value(body)
        case .other(let callable): return callable.call(values, self)
        case .builtin: return .null
        }
    }
}
