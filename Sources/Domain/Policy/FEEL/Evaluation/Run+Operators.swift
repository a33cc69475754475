// SPDX-License-Identifier: Apache-2.0

// Logic of three values, comparisons and tests.

extension Run {
    /// `and`, which `false` decides, and `or`, which `true` does; else null if one side is neither.
    func junction(_ left: Int32, _ right: Int32, decisive: Bool) -> FEELValue {
        let first = value(left).boolean
        if first == decisive { return .boolean(decisive) }
        let second = value(right).boolean
        if second == decisive { return .boolean(decisive) }
        return first == nil || second == nil ? .null : .boolean(!decisive)
    }

    /// Two values compared; null when they do not compare.
    func compared(
        _ comparison: FEELComparison,
        _ left: FEELValue,
        _ right: FEELValue,
        _ node: Int32
    ) -> FEELValue {
        if comparison == .equal || comparison == .notEqual {
            guard let isEqual = evaluation.isEqual(left, right) else {
                return incomparable(comparison, left, right, node)
            }
            return .boolean(isEqual == (comparison == .equal))
        }
        guard let order = FEELValue.order(left, right) else {
            return incomparable(comparison, left, right, node)
        }
        switch comparison {
        case .less: return .boolean(order == .before)
        case .lessOrEqual: return .boolean(order != .after)
        case .greater: return .boolean(order == .after)
        default: return .boolean(order != .before)
        }
    }

    private func incomparable(
        _ comparison: FEELComparison,
        _ left: FEELValue,
        _ right: FEELValue,
        _ node: Int32
    ) -> FEELValue {
        fail(
            node,
            "\"\(comparison.rawValue)\" does not compare \(left.typeName) with \(right.typeName)"
        )
    }

    func between(_ tested: Int32, _ low: Int32, _ high: Int32, _ node: Int32) -> FEELValue {
        let tested = value(tested)
        let isAbove = compared(.lessOrEqual, value(low), tested, node).boolean
        let isBelow = compared(.lessOrEqual, tested, value(high), node).boolean
        if isAbove == false || isBelow == false { return .boolean(false) }
        return isAbove == nil || isBelow == nil ? .null : .boolean(true)
    }

    func within(_ tested: Int32, _ slot: Int32, _ tests: NodeSpan) -> FEELValue {
        self[slot] = value(tested)
        return self.tested(tests, false)
    }

    /// Whether one of the tests holds: true if one does, null if one is null, else false.
    func tested(_ tests: NodeSpan, _ isNegated: Bool) -> FEELValue {
        var isUnknown = false
        for test in tables.children[tests.indices] {
            switch value(test) {
            case .boolean(true): return .boolean(!isNegated)
            case .boolean(false): break
            default: isUnknown = true
            }
        }
        return isUnknown ? .null : .boolean(isNegated)
    }

    /// Whether a value is, or is in, what a test wants.
    func matched(_ tested: FEELValue, _ wanted: FEELValue, _ node: Int32) -> FEELValue {
        switch wanted {
        case .range(let range):
            if case .range = tested, let isEqual = evaluation.isEqual(tested, wanted), isEqual {
                return .boolean(true)
            }
            guard let isIn = evaluation.isIn(tested, range) else {
                return fail(
                    node,
                    "a \(tested.typeName) does not compare with the bounds of a range"
                )
            }
            return .boolean(isIn)
        case .list(let list):
            if case .list = tested, evaluation.isEqual(tested, wanted) == true {
                return .boolean(true)
            }
            return .boolean(list.elements.contains { contains($0, tested) })
        default:
            guard let isEqual = evaluation.isEqual(tested, wanted) else {
                return fail(
                    node,
                    "a \(tested.typeName) does not compare with a \(wanted.typeName)"
                )
            }
            return .boolean(isEqual)
        }
    }

    private func contains(_ element: FEELValue, _ tested: FEELValue) -> Bool {
        if case .range(let range) = element, evaluation.isIn(tested, range) == true { return true }
        return evaluation.isEqual(element, tested) == true
    }

    func instance(_ tested: Int32, _ type: Int32) -> FEELValue {
        let value = value(tested)
        var steps = evaluation.stepsLeft
        let isInstance = value.isInstance(of: tables.types[Int(type)], &steps)
        return evaluation.take(evaluation.stepsLeft - steps) ? .boolean(isInstance) : .null
    }
}
