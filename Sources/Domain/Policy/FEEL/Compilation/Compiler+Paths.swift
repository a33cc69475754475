// SPDX-License-Identifier: Apache-2.0

// Entries of values, and the values of a list that a filter lets through.

extension Compiler {
    /// An entry of a value, from the name on.
    mutating func path(_ base: Int32, _ position: FEELPosition) throws(FEELProblem) -> Int32 {
        guard token.kind == .word || token.kind == .string else {
            throw unexpected("a name is missing")
        }
        let type = type(of: base)
        let item = type.element
        let entry = try entryName(of: item)
        let result: FEELType
        if let known = entry.type {
            result = type.isListLike ? .list(known) : known
        } else {
            if item.isClosed {
                note(.unknownName, "a \(item) has no \"\(shown(entry.name))\"", position)
            }
            result = type.isListLike ? .list(.any) : .any
        }
        return try add(.path(base, name: name(entry.name)), result, position)
    }

    /// The name of an entry: the longest one that the type has, or as many words as there are.
    private mutating func entryName(
        of item: FEELType
    ) throws(FEELProblem) -> (name: String, type: FEELType?) {
        var table = NameTable()
        for field in item.fields { table.add(field.name, .field, field.type) }
        if let match = longest(in: table, at: place, level: 0) {
            advance(match.count)
            return (match.name.text, match.name.type)
        }
        if token.kind == .string { return (try takeName("a name"), nil) }
        return (takeWords(), nil)
    }

    /// The values of a list that a condition lets through, or the one at a place.
    mutating func filter(_ base: Int32, _ position: FEELPosition) throws(FEELProblem) -> Int32 {
        advance()
        let item = type(of: base).element
        let slot = try slot()
        var outer = Level()
        outer.names.add("item", .slot(slot), item)
        levels += [outer, Level(entriesOf: item, in: slot)]
        defer { levels.removeLast(2) }
        let predicate = try expression()
        try expect(.rightBracket, "\"]\" of the filter")
        let result: FEELType
        switch type(of: predicate) {
        case .number: result = item
        case .boolean: result = .list(item)
        case .any, .null: result = .any
        case let type:
            note(.typeMismatch, "a filter is a condition or a number, not a \(type)", position)
            result = .any
        }
        return try add(.filter(base: base, predicate: predicate, slot: slot), result, position)
    }
}

extension Compiler.Level {
    /// The entries of a value.
    init(entriesOf item: FEELType, in slot: Int32) {
        (itemSlot, isOpen) = (slot, !item.isClosed)
        if case .context(let fields, _) = item {
            for field in fields { names.add(field.name, .field, field.type) }
        }
    }
}

extension FEELType {
    /// Whether all its entries are known.
    var isClosed: Bool {
        switch self {
        case .any, .null: false
        case .context(_, let isOpen): !isOpen
        default: true
        }
    }

    /// The entries of its values: those of a context, the parts of a date.
    var fields: [Field] {
        let numbers = { (names: [String]) in names.map { Field($0, .number) } }
        let date = ["year", "month", "day", "weekday"]
        let time = ["hour", "minute", "second"]
        let zone = [Field("time offset", .daysDuration), Field("timezone", .string)]
        return switch self {
        case .context(let fields, _): fields
        case .date: numbers(date)
        case .time: numbers(time) + zone
        case .dateTime: numbers(date + time) + zone
        case .daysDuration: numbers(["days", "hours", "minutes", "seconds"])
        case .monthsDuration: numbers(["years", "months"])
        case .range(let element):
            [
                Field("start", element), Field("end", element), Field("start included", .boolean),
                Field("end included", .boolean),
            ]
        default: []
        }
    }
}
