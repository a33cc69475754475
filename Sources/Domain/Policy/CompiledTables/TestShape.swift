// SPDX-License-Identifier: Apache-2.0

// What a test lets through of the values that have an order.

internal import FEEL

/// What a test lets through of values of one kind that are there.
enum TestShape {
    /// Where something begins: at a value, or right after it.
    struct Cut {
        let value: FEELValue
        let isAfter: Bool
    }

    /// What lies from a cut on and before another; an end that is nil is open.
    case span(Cut?, Cut?)
    /// All but one value.
    case allBut(FEELValue)
    /// All.
    case all
    /// None.
    case none
    /// It is neither true nor false of any.
    case unknown

    /// - Returns: nil where only the interpreter can tell.
    init?(_ test: FEELUnaryTests.Test, _ kind: GivenColumn.Kind) {
        switch test {
        case .other: return nil
        case .equal(let value):
            if value.isNull {
                self = .none
            } else {
                guard kind.holds(value) else { return nil }
                self = .span(Cut(value: value, isAfter: false), Cut(value: value, isAfter: true))
            }
        case .comparison(let comparison, let bound):
            guard let shape = TestShape(comparison, bound, kind) else { return nil }
            self = shape
        case .range(let range):
            guard range.form == .interval else { return nil }
            guard !range.start.isNull, !range.end.isNull else {
                self = .unknown
                return
            }
            guard kind.holds(range.start), kind.holds(range.end) else { return nil }
            // One that ends before it begins is null, which no value equals.
            guard FEELValue.order(range.start, range.end) != .after else {
                self = .none
                return
            }
            self = .span(
                Cut(value: range.start, isAfter: !range.isStartIncluded),
                Cut(value: range.end, isAfter: range.isEndIncluded)
            )
        }
    }

    private init?(
        _ comparison: FEELComparison,
        _ bound: FEELValue,
        _ kind: GivenColumn.Kind
    ) {
        guard !bound.isNull else {
            switch comparison {
            case .equal: self = .none
            case .notEqual: self = .all
            default: self = .unknown
            }
            return
        }
        guard kind.holds(bound) else { return nil }
        let (at, after) = (Cut(value: bound, isAfter: false), Cut(value: bound, isAfter: true))
        switch comparison {
        case .less: self = .span(nil, at)
        case .lessOrEqual: self = .span(nil, after)
        case .equal: self = .span(at, after)
        case .notEqual: self = .allBut(bound)
        case .greaterOrEqual: self = .span(at, nil)
        case .greater: self = .span(after, nil)
        }
    }
}

extension GivenColumn.Kind {
    /// Whether a value is of the kind.
    func holds(_ value: FEELValue) -> Bool {
        switch (self, value) {
        case (.number, .number), (.day, .date), (.text, .string): true
        default: false
        }
    }
}
