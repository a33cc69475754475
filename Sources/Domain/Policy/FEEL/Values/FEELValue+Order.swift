// SPDX-License-Identifier: Apache-2.0

// How values compare. Values of different kinds do not, nor local times with those of a zone.

internal import DecimalNumbers

extension FEELValue {
    /// How a value stands to another.
    package enum Order: Sendable {
        /// The first is less.
        case before
        /// Neither is less.
        case same
        /// The first is greater.
        case after
    }

    /// How two values stand to each other; nil when they do not compare.
    package static func order(_ left: FEELValue, _ right: FEELValue) -> Order? {
        switch (left, right) {
        case (.number(let left), .number(let right)): return compare(left, right)
        case (.string(let left), .string(let right)):
            if left.isSame(as: right) { return .same }
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
        case (.date(let left), .date(let right)): return compare(left, right)
        case (.time(let left), .time(let right)):
            guard (left.zone == nil) == (right.zone == nil) else { return nil }
            return compare(left.inUTC, right.inUTC)
        case (.dateTime(let left), .dateTime(let right)):
            guard (left.zone == nil) == (right.zone == nil) else { return nil }
            return compare(left.instant, right.instant)
        case (.daysDuration(let left), .daysDuration(let right)): return compare(left, right)
        case (.monthsDuration(let left), .monthsDuration(let right)): return compare(left, right)
        default: return nil
        }
    }

    private static func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Order {
        left < right ? .before : left == right ? .same : .after
    }
}

extension FEELEvaluation {
    /// Whether two values are equal; nil when they are of kinds that do not compare, or when there
    /// are no steps left. Fractions of seconds do not tell times apart, as the standard has it.
    package func isEqual(_ left: FEELValue, _ right: FEELValue) -> Bool? {
        guard take(1) else { return nil }
        switch (left, right) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return false
        case (.boolean(let left), .boolean(let right)): return left == right
        case (.number(let left), .number(let right)): return left == right
        case (.string(let left), .string(let right)):
            return take(left.utf8.count / 64) ? left.isSame(as: right) : nil
        case (.time(let left), .time(let right)):
            guard (left.zone == nil) == (right.zone == nil) else { return false }
            return floorDivide(left.inUTC, FEELTime.nanosecondsPerSecond)
                == floorDivide(right.inUTC, FEELTime.nanosecondsPerSecond)
        case (.dateTime(let left), .dateTime(let right)):
            guard (left.zone == nil) == (right.zone == nil) else { return false }
            return floorDivide(left.instant, 1_000_000_000)
                == floorDivide(right.instant, 1_000_000_000)
        case (.list(let left), .list(let right)):
            guard left.elements.count == right.elements.count else { return false }
            return all(zip(left.elements, right.elements).lazy.map { ($0, $1) })
        case (.context(let left), .context(let right)):
            return isEqual(left, right)
        case (.range(let left), .range(let right)): return isEqual(left, right)
        case (.list, _), (_, .list), (.function, _), (_, .function): return nil
        default: return FEELValue.order(left, right).map { $0 == .same }
        }
    }

    private func isEqual(_ left: FEELContext, _ right: FEELContext) -> Bool? {
        guard left.count == right.count else { return false }
        for (index, name) in left.names.enumerated() {
            // Mostly the entries are in the same order.
            let place = right.names[index].isSame(as: name) ? index : right.index(of: name)
            guard let place, take(1 + abs(place - index) / 16) else { return false }
            guard isEqual(left.values[index], right.values[place]) == true else {
                return stepsLeft > 0 ? false : nil
            }
        }
        return true
    }

    private func all(_ pairs: some Sequence<(FEELValue, FEELValue?)>) -> Bool? {
        for (left, right) in pairs {
            guard let right else { return false }
            // Values that do not compare are not equal, where they are parts.
            guard isEqual(left, right) == true else { return stepsLeft > 0 ? false : nil }
        }
        return true
    }

    private func isEqual(_ left: FEELRange, _ right: FEELRange) -> Bool? {
        guard left.form == right.form, left.isStartIncluded == right.isStartIncluded,
            left.isEndIncluded == right.isEndIncluded
        else { return false }
        return all([(left.start, right.start), (left.end, right.end)])
    }

    /// Whether a value lies in a range; nil when it does not compare with its bounds.
    package func isIn(_ value: FEELValue, _ range: FEELRange) -> Bool? {
        if range.form == .notEqual { return isEqual(value, range.start).map { !$0 } }
        if range.form == .equal { return isEqual(value, range.start) }
        // Only a comparison has an open side; an interval to null has no end that is known.
        let isKnown =
            range.form == .comparison
            ? !range.start.isNull || !range.end.isNull
            : !range.start.isNull && !range.end.isNull
        guard !value.isNull, isKnown else { return nil }
        if !range.start.isNull {
            guard let order = FEELValue.order(range.start, value) else { return nil }
            guard order == .before || order == .same && range.isStartIncluded else { return false }
        }
        if !range.end.isNull {
            guard let order = FEELValue.order(value, range.end) else { return nil }
            guard order == .before || order == .same && range.isEndIncluded else { return false }
        }
        return true
    }
}
