// SPDX-License-Identifier: Apache-2.0

// Calls of functions, built in or defined by the document.

internal import Documents
internal import ExactTexts
internal import Formulas

extension PMMLCompiler {
    /// An `Apply`.
    func apply(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLOperand
    {
        try element.allowChildren(Self.expressions)
        let function = try element.required("function")
        if let definition = functions[function] {
            return try call(definition, function, element, in: scope)
        }
        var operands: [PMMLOperand] = []
        for argument in element.children { operands.append(try operand(argument, in: scope)) }
        guard let builtIn = PMMLFunction(rawValue: function) else {
            throw element.unsupported("function \"\(function.prefix(40))\" is not supported")
        }
        guard builtIn.argumentCounts.contains(operands.count) else {
            throw element.malformed("\"\(function)\" with \(operands.count) arguments")
        }
        var result = try evaluate(builtIn, operands, element)
        if let text = element["mapMissingTo"] {
            let replacement = builder.constant(try result.value.literal(text, element))
            for argument in result.arguments {
                let isMissing = builder.unary(.isMissing, argument)
                result.value.register = builder.select(
                    isMissing,
                    replacement,
                    result.value.register
                )
            }
        }
        try mapMissing(&result.value, element, as: "defaultValue")
        return .value(result.value)
    }

    /// Expands a `DefineFunction`.
    private func call(
        _ definition: XMLElement,
        _ name: String,
        _ element: XMLElement,
        in scope: PMMLScope
    ) throws(ModelFormatError) -> PMMLOperand {
        guard openFunctions.insert(name) else {
            throw element.malformed("function \"\(name.prefix(40))\" calls itself")
        }
        let parameters = definition.children("ParameterField")
        let arguments = Array(element.children)
        guard parameters.count == arguments.count else {
            throw element.malformed(
                "\"\(name.prefix(40))\" takes \(parameters.count) arguments, not \(arguments.count)"
            )
        }
        let inner = PMMLScope(parent: nil)
        // The arguments may call the function again; that is no recursion.
        openFunctions.remove(name)
        for (parameter, argument) in zip(parameters, arguments) {
            var operand = try operand(argument, in: scope)
            if let dataType = parameter["dataType"] {
                let kind = try PMMLValue.Kind(dataType: dataType, texts: texts(operand), parameter)
                operand = .value(try convert(operand, to: kind, argument))
            }
            let name = try parameter.required("name")
            try inner.declare(name, .value(value(operand)), parameter)
        }
        openFunctions.insert(name)
        defer { openFunctions.remove(name) }
        guard
            let body = definition.children.first(where: { Self.expressions.contains($0.name) })
        else { throw definition.malformed("it has no expression") }
        let result = try operand(body, in: inner)
        guard let dataType = definition["dataType"] else { return result }
        let kind = try PMMLValue.Kind(dataType: dataType, texts: texts(result), definition)
        return .value(try convert(result, to: kind, definition))
    }

    private func texts(_ operand: PMMLOperand) -> PMMLTexts {
        if case .value(let value) = operand, let texts = value.texts { return texts }
        return PMMLTexts()
    }
}
