// SPDX-License-Identifier: Apache-2.0

// Calls: of functions of the language, whose arguments are put in order now, and of functions that
// are known only when they are called.

internal import ExactTexts

extension Compiler {
    /// An argument, with its name if it was given by name.
    private typealias Argument = (name: String?, node: Int32)

    /// A call of a value.
    mutating func call(_ function: Int32, _ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let arguments = try takeArguments()
        var result = FEELType.any
        switch type(of: function) {
        case .function(let parameters, let type):
            result = type
            if case .function(let index) = nodes[Int(function)] {
                checkCount(arguments.count, tables.definitions[Int(index)].names.count, position)
            } else if !parameters.isEmpty {
                checkCount(arguments.count, parameters.count, position)
            }
        case .any: break
        case let type:
            return try failure(.typeMismatch, "a \(type) cannot be called", position)
        }
        let span = span(arguments.map(\.node))
        guard arguments.contains(where: { $0.name != nil }) else {
            return try add(.call(function, span), result, position)
        }
        let first = Int32(tables.names.count)
        tables.names += arguments.map { $0.name ?? "" }
        return try add(.namedCall(function, span, firstName: first), result, position)
    }

    private mutating func checkCount(_ count: Int, _ wanted: Int, _ position: FEELPosition) {
        guard count != wanted else { return }
        note(.arguments, "the function takes \(wanted) arguments, not \(count)", position)
    }

    /// A call of a function of the language.
    mutating func call(_ builtin: Builtin, _ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let arguments = try takeArguments()
        let signatures = builtin.signatures.filter { $0.takes(arguments.map(\.name)) }
        guard let first = signatures.first else {
            return try failure(
                .arguments,
                "\(builtin.name) takes no such arguments: \(builtin.usage)",
                position
            )
        }
        let nodes = first.ordered(arguments.map { ($0.name, $0.node) })
        let types = nodes.map { $0 < 0 ? FEELType.null : self.type(of: $0) }
        if !signatures.contains(where: { $0.mayTake(types) }) {
            note(
                .typeMismatch,
                "\(builtin.name) takes no \(types.map(\.description).joined(separator: ", ")): "
                    + builtin.usage,
                position
            )
        }
        tables.builtinCalls.append(
            ProgramTables.BuiltinCallSite(
                builtin: builtin,
                signatures: signatures,
                arguments: nodes
            )
        )
        let node = Node.builtin(Int32(tables.builtinCalls.count - 1))
        let result = builtin.resultType(types)
        guard builtin.isPure else { return try add(node, result, position) }
        return try folded(node, result, position, nodes.filter { $0 >= 0 })
    }

    /// Arguments, from the parenthesis on: by place or all by name.
    private mutating func takeArguments() throws(FEELProblem) -> [Argument] {
        try expect(.leftParenthesis, "\"(\"")
        var arguments: [Argument] = []
        guard !take(.rightParenthesis) else { return arguments }
        repeat {
            var name: String?
            if isNamedArgument { name = try takeArgumentName() }
            arguments.append((name, try expression()))
        } while take(.comma)
        try expect(.rightParenthesis, "\")\" of the call")
        guard Set(arguments.map { $0.name == nil }).count == 1 else {
            throw unexpected("arguments are given by place or by name, not both,")
        }
        let names = arguments.compactMap(\.name).map(ExactText.init)
        guard Set(names).count == names.count else {
            throw unexpected("an argument is given twice")
        }
        return arguments
    }

    /// Whether a name and a colon stand here.
    private var isNamedArgument: Bool {
        guard token.kind == .word || token.kind == .string else { return false }
        var ahead = place + 1
        while token(at: ahead).isOfNames { ahead += 1 }
        return token(at: ahead).kind == .colon
    }

    private mutating func takeArgumentName() throws(FEELProblem) -> String {
        let name = try takeName("the name of an argument")
        try expect(.colon, "\":\" after the name of the argument")
        return name
    }
}
