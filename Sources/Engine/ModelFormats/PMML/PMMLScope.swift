// SPDX-License-Identifier: Apache-2.0

// Which field a name means, inside which model.

internal import Documents
internal import ExactTexts

/// The fields that a model sees: its own, then those of the models around it. Each is computed when
/// it is first asked for.
final class PMMLScope {
    /// How to get at a field.
    enum Entry {
        /// It is in a register.
        case value(PMMLValue)
        /// A field of the mining schema.
        case mining(XMLElement)
        /// A derived field.
        case derived(XMLElement)
        /// It is being computed.
        case pending
        /// It cannot be computed: why.
        case failure(ModelFormatError)
    }

    /// The scope around this one.
    let parent: PMMLScope?
    /// Fields by name.
    private(set) var entries: [ExactText: Entry] = [:]

    /// A scope inside another.
    init(parent: PMMLScope?) {
        self.parent = parent
    }

    /// Adds a field that must be new.
    @inline(never)
    func declare(_ name: String, _ entry: Entry, _ element: XMLElement) throws(ModelFormatError) {
        guard entries.updateValue(entry, forKey: name) == nil else {
            throw element.malformed("field \"\(name.prefix(60))\" is declared twice")
        }
    }

    /// Adds a field or replaces it.
    @inline(never)
    func set(_ name: String, _ entry: Entry) {
        entries[name] = entry
    }
}

extension PMMLCompiler {
    /// The value of a field.
    @inline(never)
    func value(of name: String, in scope: PMMLScope, _ element: XMLElement)
        throws(ModelFormatError) -> PMMLValue
    {
        var next: PMMLScope? = scope
        while let current = next {
            if let entry = current.entries[name] {
                return try value(of: entry, name, in: current, element)
            }
            next = current.parent
        }
        throw element.malformed("there is no field \"\(name.prefix(60))\"")
    }

    private func value(
        of entry: PMMLScope.Entry,
        _ name: String,
        in scope: PMMLScope,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLValue {
        let value: PMMLValue
        switch entry {
        case .value(let value): return value
        case .failure(let error): throw error
        case .pending:
            throw element.malformed("field \"\(name.prefix(60))\" depends on itself")
        case .mining(let field):
            scope.set(name, .pending)
            value = try treated(field, in: scope)
        case .derived(let field):
            scope.set(name, .pending)
            value = try derived(field, in: scope)
        }
        scope.set(name, .value(value))
        return value
    }

    /// Adds derived fields to a scope.
    func declareDerived(_ parent: XMLElement, in scope: PMMLScope) throws(ModelFormatError) {
        try parent.allowChildren(["DerivedField", "DefineFunction"])
        for field in parent.children("DerivedField") {
            try scope.declare(try field.required("name"), .derived(field), field)
        }
    }

    private func derived(_ field: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        try field.allowChildren(Self.expressions + ["Value"])
        guard let expression = field.children.first(where: { Self.expressions.contains($0.name) })
        else { throw field.malformed("it has no expression") }
        // Texts that it lists come first, in that order.
        let listed = field.children("Value").compactMap { $0["value"] }
        let dataType = try field.required("dataType")
        let kind = try PMMLValue.Kind(dataType: dataType, texts: PMMLTexts(listed), field)
        return try convert(try operand(expression, in: scope), to: kind, expression)
    }
}
