// SPDX-License-Identifier: Apache-2.0

// Contexts, conditions, loops and functions.

internal import ExactTexts

extension Compiler {
    /// A context, from after its brace on. An entry may use those before it.
    mutating func context(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        var entries: [ProgramTables.ContextEntry] = []
        var fields: [FEELType.Field] = []
        var seen: Set<ExactText> = []
        var twice: String?
        levels.append(Level())
        defer { levels.removeLast() }
        if !take(.rightBrace) {
            repeat {
                let name = try takeKey()
                if !seen.insert(name) { twice = name }
                try expect(.colon, "\":\" after the name \"\(shown(name))\"")
                let value = try expression()
                let slot = try slot()
                levels[levels.count - 1].names.add(name, .slot(slot), type(of: value))
                entries.append(ProgramTables.ContextEntry(name: name, node: value, slot: slot))
                fields.append(FEELType.Field(name, type(of: value)))
            } while take(.comma)
            try expect(.rightBrace, "\"}\" of the context")
        }
        if let twice {
            return try failure(
                .arguments,
                "the context has \"\(shown(twice))\" twice",
                position
            )
        }
        let start = Int32(tables.entries.count)
        tables.entries += entries
        let isWide = fields.count > 256
        return try add(
            .context(NodeSpan(start: start, count: Int32(entries.count))),
            .context(isWide ? [] : fields, isOpen: isWide),
            position
        )
    }

    /// The name of an entry: a text, or anything up to the colon.
    private mutating func takeKey() throws(FEELProblem) -> String {
        guard token.kind != .string else { return try takeName("a name") }
        guard token.kind == .word else { throw unexpected("the name of an entry is missing") }
        var name = text(of: token)
        advance()
        while token.kind != .colon {
            guard token.isOfNames else { throw unexpected("the \":\" of an entry is missing") }
            name += (token.isApart ? " " : "") + text(of: token)
            advance()
        }
        return name
    }

    mutating func conditional(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let condition = try expression()
        let type = type(of: condition)
        if type != .any, type != .null, type != .boolean {
            note(.typeMismatch, "the condition of \"if\" is a \(type)", position)
        }
        guard takeWord("then") else { throw unexpected("\"then\" is missing") }
        let yes = try expression()
        guard takeWord("else") else { throw unexpected("\"else\" is missing") }
        let no = try expression()
        let result = self.type(of: yes).merged(with: self.type(of: no))
        return try add(.conditional(condition, yes, no), result, position)
    }

    mutating func iteration(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let depth = levels.count
        defer { levels.removeLast(levels.count - depth) }
        let iterators = try iterators()
        guard takeWord("return") else { throw unexpected("\"return\" is missing") }
        let partial = try slot()
        var level = Level()
        level.names.add("partial", .slot(partial), .list(.any))
        levels.append(level)
        let first = nodes.count
        let body = try expression()
        let usesPartial = nodes[first...].contains {
            if case .slot(partial) = $0 { return true }
            return false
        }
        return try add(
            .iteration(iterators, body: body, partial: usesPartial ? partial : -1),
            .list(type(of: body)),
            position
        )
    }

    mutating func quantified(
        isEvery: Bool,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        let depth = levels.count
        defer { levels.removeLast(levels.count - depth) }
        let iterators = try iterators()
        guard takeWord("satisfies") else { throw unexpected("\"satisfies\" is missing") }
        let body = try expression()
        return try add(
            .quantified(isEvery: isEvery, iterators, body: body),
            .boolean,
            position
        )
    }

    /// `x in list, y in 1..10`: each may use those before it.
    private mutating func iterators() throws(FEELProblem) -> NodeSpan {
        var iterators: [ProgramTables.Iterator] = []
        repeat {
            let name = try takeName("the name of the loop")
            guard takeWord("in") else { throw unexpected("\"in\" is missing") }
            let domain = try expression()
            var end: Int32 = -1
            var type = type(of: domain).element
            if take(.dots) { end = try expression() }
            if case .range(let element) = type { type = element }
            let slot = try slot()
            iterators.append(ProgramTables.Iterator(slot: slot, domain: domain, end: end))
            var level = Level()
            level.names.add(name, .slot(slot), type)
            levels.append(level)
        } while take(.comma)
        let start = Int32(tables.iterators.count)
        tables.iterators += iterators
        return NodeSpan(start: start, count: Int32(iterators.count))
    }

    /// A function, from its parentheses on.
    mutating func function(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        try expect(.leftParenthesis, "\"(\" of the function")
        var names: [String] = []
        var types: [FEELType] = []
        if !take(.rightParenthesis) {
            repeat {
                names.append(try takeName("the name of a parameter"))
                types.append(take(.colon) ? try typeName() : .any)
            } while take(.comma)
            try expect(.rightParenthesis, "\")\" of the function")
        }
        if isWord("external", at: place) {
            throw FEELProblem(
                kind: .unsupported,
                message: "functions of Java or PMML are not run here: write the function in FEEL, "
                    + "or call a model of your own as a decision",
                position: self.position(token)
            )
        }
        var level = Level()
        let first = Int32(slotCount)
        for (name, type) in zip(names, types) { level.names.add(name, .slot(try slot()), type) }
        levels.append(level)
        defer { levels.removeLast() }
        let (outerSlot, wasUsed) = (testSlot, isTestSlotUsed)
        let body = try expression()
        (testSlot, isTestSlotUsed) = (outerSlot, wasUsed || isTestSlotUsed)
        let result = type(of: body)
        tables.definitions.append(
            ProgramTables.FunctionDefinition(
                names: names,
                types: types,
                firstSlot: first,
                body: body,
                resultType: result
            )
        )
        return try add(
            .function(Int32(tables.definitions.count - 1)),
            .function(types, result),
            position
        )
    }
}
