// SPDX-License-Identifier: Apache-2.0

// Predicates that a binary split can decide.

/// A predicate as a split of one argument.
struct RuleSplit: Equatable {
    /// What is tested.
    var argument: Int
    /// The operation, always of a numerical split or a set of categories.
    var test: Test
    /// Whether rows for which the predicate is true go left.
    var trueGoesLeft: Bool
    /// What the predicate is for a missing value.
    var missing: Truth

    /// What goes left.
    enum Test: Equatable {
        /// Values up to a threshold; up to infinity, every value that is not missing.
        case upTo(Double)
        /// Categories of a set, sorted.
        case categories([Double])
    }

    /// Whether `other` is true exactly where this one is false, for values that are not missing.
    func isComplement(of other: RuleSplit) -> Bool {
        argument == other.argument && test == other.test && trueGoesLeft != other.trueGoesLeft
    }
}

/// A predicate that is decided, or one that a split can decide.
enum RuleCondition {
    case always, never
    case split(RuleSplit)
}

extension RuleTree {
    /// The predicate at a test as a split; nil when no split is like it.
    func condition(_ index: Int, isCategory: (Int) -> Bool) -> RuleCondition? {
        let test = tests[index]
        switch test.operation {
        case .always: return .always
        case .never: return .never
        case .isMissing, .isNotMissing:
            let present = test.operation == .isNotMissing
            return split(test, .upTo(.infinity), trueGoesLeft: present, missing: Truth(!present))
        case .less, .greaterOrEqual:
            // Nothing is below -infinity.
            guard test.value > -.infinity else { return nil }
            return split(test, .upTo(test.value.nextDown), trueGoesLeft: test.operation == .less)
        case .lessOrEqual, .greater:
            return split(test, .upTo(test.value), trueGoesLeft: test.operation == .lessOrEqual)
        case .equal, .notEqual:
            guard isCategory(test.argument), isCategoryList([test.value][...]) else { return nil }
            return split(
                test,
                .categories([test.value]),
                trueGoesLeft: test.operation == .equal
            )
        case .isIn, .isNotIn:
            let categories = setValues[test.set]
            guard isCategory(test.argument), isCategoryList(categories) else { return nil }
            return split(
                test,
                .categories(Array(categories)),
                trueGoesLeft: test.operation == .isIn
            )
        case .and, .or, .surrogate: return compound(index, isCategory: isCategory)
        case .exclusiveOr: return nil
        }
    }

    private func split(
        _ test: RuleTest,
        _ kind: RuleSplit.Test,
        trueGoesLeft: Bool,
        missing: Truth = .unknown
    ) -> RuleCondition {
        .split(
            RuleSplit(
                argument: test.argument,
                test: kind,
                trueGoesLeft: trueGoesLeft,
                missing: missing
            )
        )
    }

    /// Whether a bit set of the values is not much larger than their list.
    private func isCategoryList(_ values: ArraySlice<Double>) -> Bool {
        guard let last = values.last else { return false }
        return last < Double(min(64 + 8 * values.count, 1 << 19) * 32)
            && values.allSatisfy { $0 >= 0 && $0 == $0.rounded() }
    }

    /// A test that says itself what it is for a missing value: "missing or …", "not missing and …",
    /// or a surrogate that is always or never true.
    private func compound(_ index: Int, isCategory: (Int) -> Bool) -> RuleCondition? {
        let first = index + 1
        guard first < tests[index].end else { return nil }
        let second = tests[first].end
        guard second < tests[index].end, tests[second].end == tests[index].end,
            let one = condition(first, isCategory: isCategory),
            let other = condition(second, isCategory: isCategory)
        else { return nil }
        switch (tests[index].operation, one, other) {
        case (.surrogate, .split(var split), .always) where split.missing == .unknown:
            split.missing = .yes
            return .split(split)
        case (.surrogate, .split(var split), .never) where split.missing == .unknown:
            split.missing = .no
            return .split(split)
        case (let operation, .split(let left), .split(let right)):
            return joined(operation, left, right) ?? joined(operation, right, left)
        default: return nil
        }
    }

    private func joined(
        _ operation: RuleTest.Operation,
        _ presence: RuleSplit,
        _ split: RuleSplit
    ) -> RuleCondition? {
        guard presence.argument == split.argument, presence.test == .upTo(.infinity),
            split.missing == .unknown
        else { return nil }
        var joined = split
        switch (operation, presence.missing) {
        case (.or, .yes): joined.missing = .yes
        case (.and, .no): joined.missing = .no
        default: return nil
        }
        return .split(joined)
    }
}
