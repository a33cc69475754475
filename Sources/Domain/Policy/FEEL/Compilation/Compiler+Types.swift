// SPDX-License-Identifier: Apache-2.0

// Types in expressions: `instance of list<number>`, `function(a: tAmount) ...`.

internal import VigieLimits

extension Compiler {
    /// A type.
    mutating func typeName() throws(FEELProblem) -> FEELType {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.nesting else {
            throw FEELProblem(
                kind: .limit,
                message: "the type is nested too deep",
                position: position(token)
            )
        }
        let position = position(token)
        let name = try knownTypeName()
        guard token.kind == .less else {
            if name == "function" { return .function([], .any) }
            if let type = scope.types[name] ?? FEELType(name: name) { return type }
            note(.unknownName, "\"\(shown(name))\" is no type", position)
            return .any
        }
        advance()
        switch name {
        case "list", "range":
            let element = try typeName()
            try expect(.greater, "\">\" of the type")
            return name == "list" ? .list(element) : .range(element)
        case "context": return try contextType()
        case "function": return try functionType()
        default: throw unexpected("\"\(shown(name))\" takes no types")
        }
    }

    private mutating func contextType() throws(FEELProblem) -> FEELType {
        var fields: [FEELType.Field] = []
        if !take(.greater) {
            repeat {
                let name = try takeName("a name")
                try expect(.colon, "\":\" of the type")
                fields.append(FEELType.Field(name, try typeName()))
            } while take(.comma)
            try expect(.greater, "\">\" of the type")
        }
        return .context(fields, isOpen: false)
    }

    private mutating func functionType() throws(FEELProblem) -> FEELType {
        var parameters: [FEELType] = []
        if !take(.greater) {
            repeat { parameters.append(try typeName()) } while take(.comma)
            try expect(.greater, "\">\" of the type")
        }
        guard take(.arrow) else { throw unexpected("\"->\" of the type is missing") }
        return .function(parameters, try typeName())
    }

    /// The longest name of a type that stands here.
    private mutating func knownTypeName() throws(FEELProblem) -> String {
        guard token.kind == .word else { throw unexpected("the name of a type is missing") }
        guard let match = longest(in: scope.typeNames, at: place, level: 0) else {
            // Names of imported models have points between them.
            var name = takeWords()
            while token.kind == .dot, self.token(at: place + 1).kind == .word {
                advance()
                name += "." + takeWords()
            }
            return name
        }
        advance(match.count)
        return match.name.text
    }
}

extension FEELType {
    /// The names of the types that the language has.
    static let builtinNames: NameTable = {
        var table = NameTable()
        for name in builtin.keys { table.add(name, .field, .any) }
        return table
    }()
}
