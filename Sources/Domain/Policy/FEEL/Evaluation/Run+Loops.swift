// SPDX-License-Identifier: Apache-2.0

// Loops over lists and ranges. Those of several names are nested, the last one innermost.

internal import DecimalNumbers
internal import VigieLimits

extension Run {
    /// What a loop goes through.
    private enum Domain {
        case values([FEELValue])
        /// From a number of days or an integer, one by one up or down to another.
        case days(from: Int, to: Int)
        case integers(from: Int, to: Int)
    }

    func iterated(_ span: NodeSpan, _ body: Int32, _ partial: Int32, _ node: Int32) -> FEELValue {
        var results: [FEELValue] = []
        let isDone = iterate(span.indices, node) {
            if partial >= 0 {
                self[partial] = bounded(.list(results), node)
            }
            results.append(value(body))
            guard results.count <= FEELLimits.listElements else {
                _ = fail(node, "a loop gives more than \(FEELLimits.listElements) values")
                return false
            }
            return evaluation.stepsLeft > 0
        }
        return isDone ? list(results, node) : .null
    }

    func quantified(
        _ isEvery: Bool,
        _ span: NodeSpan,
        _ body: Int32,
        _ node: Int32
    ) -> FEELValue {
        var (isUnknown, isDecided) = (false, false)
        let isDone = iterate(span.indices, node) {
            switch value(body) {
            case .boolean(!isEvery):
                isDecided = true
                return false
            case .boolean: break
            case .null: isUnknown = true
            case let other:
                _ = fail(node, "the condition is a \(other.typeName)")
                isUnknown = true
            }
            return evaluation.stepsLeft > 0
        }
        if isDecided { return .boolean(!isEvery) }
        return isUnknown || !isDone ? .null : .boolean(isEvery)
    }

    /// Does something for each combination of values; false when it was ended, or could not begin.
    private func iterate(_ iterators: Range<Int>, _ node: Int32, _ body: () -> Bool) -> Bool {
        guard let first = iterators.first else { return body() }
        let iterator = tables.iterators[first]
        let rest = iterators.dropFirst()
        guard let domain = domain(iterator, node) else { return false }
        switch domain {
        case .values(let values):
            for value in values {
                self[iterator.slot] = value
                guard iterate(rest, node, body) else { return false }
            }
        case .days(let from, let to):
            for day in stride(from: from, through: to, by: from <= to ? 1 : -1) {
                self[iterator.slot] = FEELDate(dayNumber: day).map(FEELValue.date) ?? .null
                guard iterate(rest, node, body) else { return false }
            }
        case .integers(let from, let to):
            for integer in stride(from: from, through: to, by: from <= to ? 1 : -1) {
                self[iterator.slot] = .number(integer)
                guard iterate(rest, node, body) else { return false }
            }
        }
        return true
    }

    private func domain(_ iterator: ProgramTables.Iterator, _ node: Int32) -> Domain? {
        let start = value(iterator.domain)
        if iterator.end >= 0 { return steps(start, value(iterator.end), node) }
        switch start {
        case .list(let list): return .values(list.elements)
        case .range(let range):
            guard let domain = steps(range.start, range.end, node) else { return nil }
            switch domain {
            case .integers(let from, let to):
                let first = range.isStartIncluded ? from : from + 1
                let last = range.isEndIncluded ? to : to - 1
                return first <= last ? .integers(from: first, to: last) : .values([])
            case .days(let from, let to):
                let first = range.isStartIncluded ? from : from + 1
                let last = range.isEndIncluded ? to : to - 1
                return first <= last ? .days(from: first, to: last) : .values([])
            case .values: return domain
            }
        case .null:
            _ = fail(node, "there is no list to go through")
            return nil
        default: return .values([start])
        }
    }

    private func steps(_ start: FEELValue, _ end: FEELValue, _ node: Int32) -> Domain? {
        let limit = 1 << 40
        switch (start, end) {
        case (.number(let start), .number(let end)):
            if let from = start.integer, let to = end.integer, from.magnitude < limit,
                to.magnitude < limit
            {
                return .integers(from: from, to: to)
            }
            _ = fail(node, "a loop goes through whole numbers")
        case (.date(let start), .date(let end)):
            return .days(from: start.dayNumber, to: end.dayNumber)
        default:
            _ = fail(
                node,
                "a loop does not go from \(start.typeName) to \(end.typeName): "
                    + "numbers and dates are gone through"
            )
        }
        return nil
    }
}
