// SPDX-License-Identifier: Apache-2.0

// The predicates of rule trees, in Kleene's logic of three values.

/// True, false, or unknown because a value is missing.
enum Truth: Sendable {
    case no, yes, unknown

    init(_ holds: Bool) {
        self = holds ? .yes : .no
    }
}

/// One test of a predicate. A compound one is followed by its parts.
package struct RuleTest: Sendable {
    /// What is tested.
    package enum Operation: Sendable {
        case always, never
        case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
        case isMissing, isNotMissing
        case isIn, isNotIn
        /// Kleene's conjunction, disjunction and exclusive disjunction of the parts.
        case and, or, exclusiveOr
        /// The first part that is not unknown.
        case surrogate
    }

    /// What is tested.
    package let operation: Operation
    /// The argument that is tested.
    package var argument: Int
    /// What it is compared with.
    package var value: Double
    /// The values of a set test, sorted.
    package var set: Range<Int>
    /// The test after this one and its parts.
    package var end: Int

    /// A test.
    package init(
        operation: Operation,
        argument: Int = 0,
        value: Double = 0,
        set: Range<Int> = 0..<0,
        end: Int
    ) {
        (self.operation, self.argument, self.value) = (operation, argument, value)
        (self.set, self.end) = (set, end)
    }
}

extension RuleTree {
    /// Whether the predicate that starts at a test holds. Adds to `penalties` when a surrogate
    /// stood in for the first part.
    func truth(of index: Int, penalties: inout Int, _ value: (Int) -> Double) -> Truth {
        let test = tests[index]
        switch test.operation {
        case .always: return .yes
        case .never: return .no
        case .isMissing: return Truth(value(test.argument).isNaN)
        case .isNotMissing: return Truth(!value(test.argument).isNaN)
        case .and, .or, .exclusiveOr, .surrogate:
            return compound(test, from: index + 1, penalties: &penalties, value)
        default:
            let tested = value(test.argument)
            return tested.isNaN ? .unknown : Truth(holds(test, tested))
        }
    }

    private func holds(_ test: RuleTest, _ value: Double) -> Bool {
        switch test.operation {
        case .less: value < test.value
        case .lessOrEqual: value <= test.value
        case .greater: value > test.value
        case .greaterOrEqual: value >= test.value
        case .equal: value == test.value
        case .notEqual: value != test.value
        case .isIn: contains(test.set, value)
        default: !contains(test.set, value)
        }
    }

    private func contains(_ set: Range<Int>, _ value: Double) -> Bool {
        var (low, high) = (set.lowerBound, set.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if setValues[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < set.upperBound && setValues[low] == value
    }

    private func compound(
        _ test: RuleTest,
        from first: Int,
        penalties: inout Int,
        _ value: (Int) -> Double
    ) -> Truth {
        var sawUnknown = false
        var parity = false
        var part = first
        while part < test.end {
            switch (test.operation, truth(of: part, penalties: &penalties, value)) {
            case (.and, .no): return .no
            case (.or, .yes): return .yes
            case (.surrogate, let result) where result != .unknown:
                if part > first { penalties += 1 }
                return result
            case (.exclusiveOr, .yes): parity.toggle()
            case (_, .unknown): sawUnknown = true
            default: break
            }
            part = tests[part].end
        }
        if sawUnknown { return .unknown }
        return test.operation == .exclusiveOr ? Truth(parity) : Truth(test.operation == .and)
    }
}
