// SPDX-License-Identifier: Apache-2.0

// Names: the longest one in scope that fits what stands there, the innermost of those of a length.

extension Compiler {
    /// A name that fits, and how many tokens it takes.
    struct Match {
        let name: NameTable.Name
        let count: Int
        /// Which level it is of; those of the scope and of the language come before all others.
        let level: Int
    }

    /// How many tokens of the text, from a place on, a name takes; nil if it does not fit.
    private func count(of name: NameTable.Name, at place: Int) -> Int? {
        for (index, part) in name.parts.enumerated() {
            let token = token(at: place + index)
            guard token.kind != .end, token.range.count == part.bytes.count,
                index == 0 || token.isApart == part.isApart,
                bytes[token.range].elementsEqual(part.bytes)
            else { return nil }
        }
        return name.parts.count
    }

    /// The longest name of a table that fits.
    func longest(in table: NameTable, at place: Int, level: Int) -> Match? {
        var best: Match?
        for name in table.names(startingWith: text(of: token(at: place))) {
            guard let count = count(of: name, at: place), count > best?.count ?? 0 else { continue }
            best = Match(name: name, count: count, level: level)
        }
        return best
    }

    /// The longest name in scope that fits.
    func longestMatch(at place: Int) -> Match? {
        var best: Match?
        func consider(_ match: Match?) {
            guard let match, match.count > best?.count ?? 0 else { return }
            best = match
        }
        for (index, level) in levels.enumerated().reversed() {
            consider(longest(in: level.names, at: place, level: index))
        }
        for table in scope.levels.reversed() {
            consider(longest(in: table, at: place, level: -1))
        }
        let isCalled = best.map { token(at: place + $0.count).kind == .leftParenthesis } ?? true
        let builtin = longest(in: Builtin.names, at: place, level: -2)
        if let match = best, isCalled, let builtin, builtin.count == match.count,
            !match.name.type.canBeCalled
        {
            // A value named as a function of the language hides it only where it is no call.
            return builtin
        }
        consider(builtin)
        return best
    }

    /// The words that make an unknown name: all up to the next sign or word of the language.
    mutating func takeWords() -> String {
        var words = [text(of: token)]
        advance()
        while token.kind == .word || token.kind == .number, token.isApart,
            !reservedWords.contains(text(of: token))
        {
            words.append(text(of: token))
            advance()
        }
        return words.joined(separator: " ")
    }

    /// A name of the text's own, up to a sign that ends it, with single spaces.
    mutating func takeName(_ what: String) throws(FEELProblem) -> String {
        guard token.kind == .word || token.kind == .string else {
            throw unexpected("\(what) is missing")
        }
        if token.kind == .string {
            guard let text = stringLiteral(bytes[token.range]) else {
                throw unexpected("a text has no end")
            }
            advance()
            return text
        }
        var name = text(of: token)
        advance()
        while token.isOfNames, !isWord("in", at: place) {
            name += (token.isApart ? " " : "") + text(of: token)
            advance()
        }
        return name
    }

    /// A value by name.
    mutating func reference() throws(FEELProblem) -> Int32 {
        let position = position(token)
        let match = longestMatch(at: place)
        let isCall = match.map { token(at: place + $0.count).kind == .leftParenthesis } ?? false
        // The innermost value whose entries are in scope and are not all known, if the name is not
        // one of something further in.
        let open = levels.indices.last {
            levels[$0].isOpen && $0 >= match?.level ?? -2
        }
        if let open, let itemSlot = levels[open].itemSlot, !(isCall && match?.level ?? 0 < 0) {
            return try openField(itemSlot, level: open, match, position)
        }
        guard let match else {
            let name = takeWords()
            return try failure(
                .unknownName,
                unknownNameMessage(name),
                position
            )
        }
        advance(match.count)
        return try value(of: match, position)
    }

    private func unknownNameMessage(_ name: String) -> String {
        "\(shown(name)) is not a known name; quotes missing?"
    }

    /// What a name in scope stands for.
    private mutating func value(
        of match: Match,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        switch match.name.target {
        case .slot(let slot):
            if Int(slot) < scope.count { usedInputs.insert(Int(slot)) }
            return try add(.slot(slot), match.name.type, position)
        case .field:
            let slot = levels[match.level].itemSlot ?? 0
            let name = name(match.name.text)
            return try add(
                .field(slot: slot, name: name, otherwise: -1),
                match.name.type,
                position
            )
        case .builtin(let index):
            let builtin = Builtin.all[index]
            if token.kind == .leftParenthesis { return try call(builtin, position) }
            return try add(
                .builtinValue(Int32(index)),
                .function([], builtin.result),
                position
            )
        }
    }

    /// An entry that the value at hand may have, or else what the name is outside of it.
    private mutating func openField(
        _ slot: Int32,
        level: Int,
        _ match: Match?,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        if let match, match.level == level, case .field = match.name.target {
            advance(match.count)
            return try value(of: match, position)
        }
        let start = place
        let words = takeWords()
        guard let match, match.count >= place - start else {
            return try add(.field(slot: slot, name: name(words), otherwise: -1), .any, position)
        }
        place = start
        advance(match.count)
        let otherwise = try value(of: match, position)
        let field = name(match.name.text)
        return try add(
            .field(slot: slot, name: field, otherwise: otherwise),
            .any,
            position
        )
    }
}

extension FEELType {
    /// Whether a value of it may be a function.
    var canBeCalled: Bool {
        switch self {
        case .any, .function: true
        default: false
        }
    }
}
