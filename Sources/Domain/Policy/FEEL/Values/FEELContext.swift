// SPDX-License-Identifier: Apache-2.0

// Contexts: values by name, in the order in which they were put.

/// Values by name.
package struct FEELContext: Sendable {
    /// The names, in order.
    package private(set) var names: [String] = []
    /// Their values.
    package private(set) var values: [FEELValue] = []
    /// How deep values are nested in it.
    private(set) var nesting = 1

    /// A context without entries.
    package init() {}

    /// Entries in order; of those with the same name the last one counts.
    package init(_ entries: [(String, FEELValue)]) {
        for (name, value) in entries { self[name] = value }
    }

    /// How many entries there are.
    package var count: Int { names.count }

    /// The place of a name.
    func index(of name: String) -> Int? {
        names.firstIndex { $0.isSame(as: name) }
    }

    /// The value of a name; nil when there is no such entry. Nil cannot be set.
    package subscript(name: String) -> FEELValue? {
        get { index(of: name).map { values[$0] } }
        set {
            guard let newValue else { return }
            nesting = max(nesting, newValue.nesting + 1)
            if let index = index(of: name) {
                values[index] = newValue
            } else {
                append(name, newValue)
            }
        }
    }

    /// Adds an entry whose name is known to be new.
    mutating func append(_ name: String, _ value: FEELValue) {
        nesting = max(nesting, value.nesting + 1)
        names.append(name)
        values.append(value)
    }
}

extension String {
    /// Whether the bytes are the same: "é" is not "e" with an accent.
    func isSame(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
