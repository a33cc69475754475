// SPDX-License-Identifier: Apache-2.0

// The names that an expression of a model may use, in the order of their values.

internal import FEEL
internal import VigieLimits

/// The names that an expression of a model may use.
struct Frame {
    /// The model that it is of.
    let model: Int
    private(set) var scope: FEELScope
    private(set) var names: [(name: String, type: FEELType)]

    init(_ names: [(name: String, type: FEELType)], _ types: TypeTable, _ model: Int) {
        self.model = model
        self.names = names
        scope = FEELScope(names, types: types.named[model], zones: types.zones)
    }

    /// Adds names within those that are there.
    mutating func add(_ more: [(name: String, type: FEELType)]) {
        names += more
        scope.add(more)
    }

    /// The same with more names.
    func adding(_ more: [(name: String, type: FEELType)]) -> Frame {
        var frame = self
        frame.add(more)
        return frame
    }

    /// The same with an item whose entries are names as well.
    func addingItem(_ type: FEELType) -> Frame {
        var frame = self
        frame.names.append(("item", type))
        frame.scope = scope.addingItem(type)
        return frame
    }

    /// Whether there are as many as there may be.
    var isFull: Bool { names.count > DecisionLimits.scopeNames }
}
