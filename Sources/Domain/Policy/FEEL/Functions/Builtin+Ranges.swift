// SPDX-License-Identifier: Apache-2.0

// How ranges and points lie to each other, by the table of the standard (Allen's relations). A
// point is the range from itself to itself.

extension Builtin {
    static let ranges: [Builtin] = [
        relation("before", takesPoints: true) { $0.isBefore($1, $2) },
        relation("after", takesPoints: true) { $0.isBefore($2, $1) },
        relation("meets") { $0.meets($1, $2) },
        relation("met by") { $0.meets($2, $1) },
        relation("overlaps") { sides, left, right in
            !sides.isBefore(left, right) && !sides.isBefore(right, left)
        },
        relation("overlaps before") { $0.overlapsBefore($1, $2) },
        relation("overlaps after") { $0.overlapsBefore($2, $1) },
        relation("finishes", takesPoints: true) { $0.finishes($1, $2) },
        relation("finished by", takesPoints: true) { $0.finishes($2, $1) },
        relation("includes", takesPoints: true) { $0.includes($1, $2) },
        relation("during", takesPoints: true) { $0.includes($2, $1) },
        relation("starts", takesPoints: true) { $0.starts($1, $2) },
        relation("started by", takesPoints: true) { $0.starts($2, $1) },
        relation("coincides", takesPoints: true) { sides, left, right in
            left.isStartIncluded == right.isStartIncluded
                && left.isEndIncluded == right.isEndIncluded
                && sides.order(left.start, right.start) == .same
                && sides.order(left.end, right.end) == .same
        },
    ]

    private static func relation(
        _ name: String,
        takesPoints: Bool = false,
        _ holds: @escaping @Sendable (Relation, FEELRange, FEELRange) -> Bool
    ) -> Builtin {
        let signatures =
            takesPoints
            ? [
                "range1:any,range2:any", "point1:any,point2:any", "point:any,range:any",
                "range:any,point:any",
            ] : ["range1:range,range2:range"]
        return Builtin(name, signatures, .boolean) { call in
            let relation = Relation()
            let result = holds(relation, interval(call[0]), interval(call[1]))
            guard !relation.isUnknown else {
                return call.fail(
                    "a \(call[0].typeName) and a \(call[1].typeName) do not compare"
                )
            }
            return .boolean(result)
        }
    }

    private static func interval(_ value: FEELValue) -> FEELRange {
        if case .range(let range) = value { return range }
        return FEELRange(start: value, isStartIncluded: true, end: value, isEndIncluded: true)
    }
}

/// Compares bounds, and remembers whether there were some that do not compare.
private final class Relation {
    var isUnknown = false

    func order(_ left: FEELValue, _ right: FEELValue) -> FEELValue.Order {
        if let order = FEELValue.order(left, right) { return order }
        isUnknown = true
        return .same
    }

    func isBefore(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let order = order(left.end, right.start)
        return order == .before
            || order == .same && !(left.isEndIncluded && right.isStartIncluded)
    }

    func meets(_ left: FEELRange, _ right: FEELRange) -> Bool {
        left.isEndIncluded && right.isStartIncluded && order(left.end, right.start) == .same
    }

    /// Whether the left range begins first, or with the right one if that leaves out its beginning.
    private func beginsFirst(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let order = order(left.start, right.start)
        return order == .before
            || order == .same && left.isStartIncluded && !right.isStartIncluded
    }

    func overlapsBefore(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let end = order(left.end, right.end)
        return beginsFirst(left, right) && !isBefore(left, right)
            && (end == .before || end == .same && (!left.isEndIncluded || right.isEndIncluded))
    }

    func finishes(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let start = order(left.start, right.start)
        return left.isEndIncluded == right.isEndIncluded && order(left.end, right.end) == .same
            && (start == .after
                || start == .same && (!left.isStartIncluded || right.isStartIncluded))
    }

    func includes(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let (start, end) = (order(left.start, right.start), order(left.end, right.end))
        return
            (start == .before
            || start == .same && (left.isStartIncluded || !right.isStartIncluded))
            && (end == .after || end == .same && (left.isEndIncluded || !right.isEndIncluded))
    }

    func starts(_ left: FEELRange, _ right: FEELRange) -> Bool {
        let end = order(left.end, right.end)
        return left.isStartIncluded == right.isStartIncluded
            && order(left.start, right.start) == .same
            && (end == .before || end == .same && (!left.isEndIncluded || right.isEndIncluded))
    }
}
