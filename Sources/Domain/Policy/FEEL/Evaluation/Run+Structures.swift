// SPDX-License-Identifier: Apache-2.0

// Contexts, ranges, entries of values, and filters.

internal import VigieLimits

extension Run {
    func context(_ span: NodeSpan, _ node: Int32) -> FEELValue {
        var context = FEELContext()
        for entry in tables.entries[span.indices] {
            let value = value(entry.node)
            self[entry.slot] = value
            context.append(entry.name, value)
        }
        return bounded(.context(context), node)
    }

    func range(
        _ start: FEELValue,
        _ isStartIncluded: Bool,
        _ end: FEELValue,
        _ isEndIncluded: Bool,
        _ node: Int32
    ) -> FEELValue {
        if !start.isNull, !end.isNull {
            guard let order = FEELValue.order(start, end) else {
                return fail(
                    node,
                    "a range goes from \(start.typeName) to \(end.typeName)"
                )
            }
            guard order != .after else {
                return fail(node, "a range ends before it begins")
            }
        }
        return .range(
            FEELRange(
                start: start,
                isStartIncluded: isStartIncluded,
                end: end,
                isEndIncluded: isEndIncluded
            )
        )
    }

    func path(_ value: FEELValue, _ name: Int32, _ node: Int32) -> FEELValue {
        guard evaluation.take(value.cost) else { return .null }
        let name = tables.names[Int(name)]
        switch value {
        case .context(let context):
            return context[name] ?? fail(node, "the context has no \"\(shown(name))\"")
        case .list(let list):
            return self.list(
                list.elements.map { element in
                    guard case .context(let context) = element else {
                        return element.part(name) ?? .null
                    }
                    return context[name] ?? .null
                },
                node
            )
        default:
            return value.part(name)
                ?? fail(node, "a \(value.typeName) has no \"\(shown(name))\"")
        }
    }

    func field(_ slot: Int32, _ name: Int32, _ otherwise: Int32, _ node: Int32) -> FEELValue {
        let item = self[slot]
        guard evaluation.take(item.cost) else { return .null }
        let name = tables.names[Int(name)]
        if case .context(let context) = item {
            if let value = context[name] { return value }
        } else if let value = item.part(name) {
            return value
        }
        return otherwise < 0
            ? fail(node, "there is no \"\(shown(name))\"") : value(otherwise)
    }

    func filtered(_ list: Int32, _ predicate: Int32, _ slot: Int32, _ node: Int32) -> FEELValue {
        let base = value(list)
        // Null has no values to choose from; any other value is a list of itself.
        if base.isNull { return fail(node, "there is no list to filter") }
        let elements = base.elements
        if case .number(let place)? = program.constant(predicate) {
            return element(elements, place.whole, node)
        }
        var chosen: [FEELValue] = []
        for element in elements {
            self[slot] = element
            switch value(predicate) {
            case .boolean(true): chosen.append(element)
            case .boolean(false), .null: break
            case .number(let place): return self.element(elements, place.whole, node)
            case let other:
                return fail(node, "a filter is a condition or a number, not a \(other.typeName)")
            }
        }
        return self.list(chosen, node)
    }

    /// The value at a place, from 1 or, from the end, from -1.
    private func element(_ elements: [FEELValue], _ place: Int?, _ node: Int32) -> FEELValue {
        guard let place, let index = FEELList.index(place, count: elements.count) else {
            return fail(node, "a list of \(elements.count) has no such place")
        }
        return elements[index]
    }
}

extension FEELList {
    /// The index of a place from 1 or, from the end, from -1; nil for one that there is not.
    static func index(_ place: Int, count: Int) -> Int? {
        guard place != 0, place.magnitude <= count else { return nil }
        return place > 0 ? place - 1 : count + place
    }
}

extension FEELValue {
    /// The values of a list; of any other value itself alone.
    var elements: [FEELValue] {
        if case .list(let list) = self { return list.elements }
        return [self]
    }
}
