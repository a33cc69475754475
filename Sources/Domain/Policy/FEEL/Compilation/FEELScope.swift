// SPDX-License-Identifier: Apache-2.0

// The names that an expression may use. Names may hold spaces and signs, so they are kept as the
// tokens of which they are made, and the longest one that fits is taken.

internal import ExactTexts

/// The names that an expression may use, each with the place of its value among the inputs.
package struct FEELScope: Sendable {
    /// The names of one level, the outermost first.
    private(set) var levels: [NameTable] = []
    /// Types by name, beside those of the language.
    package let types: [String: FEELType]
    /// The names of all types.
    let typeNames: NameTable
    /// The place of a value whose entries are names as well, within all others: that of the item
    /// that a filter looks at.
    package private(set) var item: Int?
    /// The type of that value.
    private(set) var itemType = FEELType.any
    /// How many names there are; the next one gets this place.
    package private(set) var count = 0
    /// The zones that times may be in.
    package var zones: FEELZones

    /// A scope with names; their values are given in this order.
    package init(
        _ names: [(name: String, type: FEELType)] = [],
        types: [String: FEELType] = [:],
        zones: FEELZones = .utcOnly
    ) {
        self.types = types
        self.zones = zones
        var table = FEELType.builtinNames
        for name in types.keys { table.add(name, .field, .any) }
        typeNames = table
        add(names)
    }

    /// The same scope with an item, by the name `item`, whose entries are names as well.
    package func addingItem(_ type: FEELType) -> FEELScope {
        var scope = adding([("item", type)])
        (scope.item, scope.itemType) = (count, type)
        return scope
    }

    /// Adds names within those that are there, which they may hide; their values follow.
    package mutating func add(_ names: [(name: String, type: FEELType)]) {
        guard !names.isEmpty else { return }
        var table = NameTable()
        for (name, type) in names {
            table.add(name, .slot(Int32(clamping: count)), type)
            count += 1
        }
        levels.append(table)
    }

    /// The same scope with more names.
    package func adding(_ names: [(name: String, type: FEELType)]) -> FEELScope {
        var scope = self
        scope.add(names)
        return scope
    }
}

/// Names, by their first token.
struct NameTable: Sendable {
    /// What a name stands for.
    enum Target: Sendable {
        case slot(Int32)
        case field
        case builtin(Int)
    }

    /// A name.
    struct Name: Sendable {
        let text: String
        let parts: [Part]
        let target: Target
        let type: FEELType
    }

    /// A token of a name.
    struct Part: Sendable {
        let bytes: [UInt8]
        let isApart: Bool
    }

    private var names: [ExactText: [Name]] = [:]

    mutating func add(_ text: String, _ target: Target, _ type: FEELType) {
        let bytes = Array(text.utf8)
        let parts = Lexer.tokens(bytes).dropLast().map {
            Part(bytes: Array(bytes[$0.range]), isApart: $0.isApart)
        }
        guard let first = parts.first else { return }
        let key = ExactText(String(decoding: first.bytes, as: UTF8.self))
        // A name that is there already is hidden.
        names[key, default: []].insert(
            Name(text: text, parts: parts, target: target, type: type),
            at: 0
        )
    }

    /// The names that begin with a token.
    func names(startingWith token: String) -> [Name] { names[ExactText(token)] ?? [] }
}
