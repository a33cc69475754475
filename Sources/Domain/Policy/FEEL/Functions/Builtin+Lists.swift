// SPDX-License-Identifier: Apache-2.0

// Functions of lists.

internal import VigieLimits

extension Builtin {
    static let lists: [Builtin] = [
        Builtin("list contains", ["list:list,element:any~"], .boolean) { call in
            .boolean(call.places(of: call[1], limit: 1).first != nil)
        },
        Builtin("count", ["list:list"], .number, isPure: false) { .number($0.list(0).count) },
        Builtin(
            "sublist",
            ["list:list,start position:number,length:number?"],
            .list(.any),
            isOfFirst: true,
            sublist
        ),
        Builtin("append", ["list:list,item:any~*"], .list(.any)) {
            $0.made($0.list(0) + $0.list(1))
        },
        Builtin("concatenate", ["list:list*"], .list(.any)) { call in
            call.made(call.list(0).flatMap(\.elements))
        },
        Builtin("insert before", ["list:list,position:number,newItem:any~"], .list(.any), insert),
        Builtin("remove", ["list:list,position:number"], .list(.any), isOfFirst: true) { call in
            var elements = call.list(0)
            guard let index = call.place(1, elements.count) else { return call.noPlace() }
            elements.remove(at: index)
            return call.made(elements)
        },
        Builtin(
            "list replace",
            ["list:list,position:number,newItem:any~", "list:list,match:function,newItem:any~"],
            .list(.any),
            replace
        ),
        Builtin("reverse", ["list:list"], .list(.any), isOfFirst: true) { call in
            call.made(call.list(0).reversed())
        },
        Builtin("index of", ["list:list,match:any~"], .list(.number)) { call in
            call.made(call.places(of: call[1]).map { .number($0 + 1) })
        },
        Builtin("union", ["list:list*"], .list(.any)) { call in
            call.distinct(call.list(0).flatMap(\.elements))
        },
        Builtin("distinct values", ["list:list"], .list(.any), isOfFirst: true) { call in
            call.distinct(call.list(0))
        },
        Builtin("flatten", ["list:list"], .list(.any)) { call in
            var flat: [FEELValue] = []
            return call.flatten(call.list(0), into: &flat) ? call.made(flat) : .null
        },
        Builtin(
            "sort",
            ["list:list,precedes:function?", "list:list,precedence:function"],
            .list(.any),
            isOfFirst: true,
            sort
        ),
        Builtin("all", ["list:list", "values:any~*"], .boolean) { junction($0, decisive: false) },
        Builtin("any", ["list:list", "values:any~*"], .boolean) { junction($0, decisive: true) },
    ]

    private static func sublist(_ call: BuiltinCall) -> FEELValue {
        let elements = call.list(0)
        guard let start = call.place(1, elements.count) else { return call.noPlace() }
        var end = elements.count
        if case .number = call[2] {
            guard let length = call.integer(2), length >= 0, length <= elements.count - start else {
                return call.fail("the list has not so many values")
            }
            end = start + length
        }
        return call.made(Array(elements[start..<end]))
    }

    private static func insert(_ call: BuiltinCall) -> FEELValue {
        var elements = call.list(0)
        // Before the place after the last one is at the end.
        guard let place = call.integer(1),
            let index = place == elements.count + 1
                ? elements.count : FEELList.index(place, count: elements.count)
        else { return call.noPlace() }
        elements.insert(call[2], at: index)
        return call.made(elements)
    }

    private static func replace(_ call: BuiltinCall) -> FEELValue {
        var elements = call.list(0)
        guard case .function(let match) = call[1] else {
            guard let index = call.place(1, elements.count) else { return call.noPlace() }
            elements[index] = call[2]
            return call.made(elements)
        }
        for index in elements.indices {
            let answer = call.evaluation.call(match, [elements[index], call[2]], call.position)
            guard let isMatch = answer.boolean else {
                return call.fail("the match is neither true nor false")
            }
            if isMatch { elements[index] = call[2] }
        }
        return call.made(elements)
    }

    /// `false` decides what `all` is, `true` what `any` is; else null if one is neither.
    private static func junction(_ call: BuiltinCall, decisive: Bool) -> FEELValue {
        var isUnknown = false
        for element in call.list(0) {
            switch element {
            case .boolean(decisive): return .boolean(decisive)
            case .boolean: break
            case .null: isUnknown = true
            case let other: return call.fail("the list holds a \(other.typeName)")
            }
        }
        return isUnknown ? .null : .boolean(!decisive)
    }

    private static func sort(_ call: BuiltinCall) -> FEELValue {
        var failure: FEELValue?
        let sorted = mergeSorted(call.list(0)) { left, right in
            guard failure == nil, call.evaluation.take(1) else { return false }
            if case .function(let precedes) = call[1] {
                let answer = call.evaluation.call(precedes, [left, right], call.position)
                if let isBefore = answer.boolean { return isBefore }
                failure = call.fail("the precedence is neither true nor false")
            } else if let order = FEELValue.order(left, right) {
                return order == .before
            } else {
                failure = call.fail("the values do not compare")
            }
            return false
        }
        return failure ?? call.made(sorted)
    }
}

/// Sorts; values neither of which precedes the other keep their order. What precedes is foreign and
/// may contradict itself, so the library's sort, which may trap on that, is not used.
private func mergeSorted(
    _ values: [FEELValue],
    _ precedes: (FEELValue, FEELValue) -> Bool
) -> [FEELValue] {
    var (source, width) = (values, 1)
    while width < source.count {
        var merged: [FEELValue] = []
        merged.reserveCapacity(source.count)
        for start in stride(from: 0, to: source.count, by: width * 2) {
            let middle = min(start + width, source.count)
            let end = min(start + width * 2, source.count)
            var (left, right) = (start, middle)
            while left < middle, right < end {
                let takesRight = precedes(source[right], source[left])
                merged.append(source[takesRight ? right : left])
                if takesRight { right += 1 } else { left += 1 }
            }
            merged += source[left..<middle]
            merged += source[right..<end]
        }
        (source, width) = (merged, width * 2)
    }
    return source
}

extension BuiltinCall {
    /// A list that was made, if it is within the limits.
    func made(_ elements: [FEELValue]) -> FEELValue {
        guard evaluation.take(elements.count / 8) else { return .null }
        guard elements.count <= FEELLimits.listElements else {
            return fail("a list has more than \(FEELLimits.listElements) values")
        }
        let value = FEELValue.list(elements)
        guard value.nesting <= FEELLimits.valueNesting else {
            return fail("values are nested deeper than \(FEELLimits.valueNesting)")
        }
        return value
    }

    func place(_ argument: Int, _ count: Int) -> Int? {
        integer(argument).flatMap { FEELList.index($0, count: count) }
    }

    func noPlace() -> FEELValue { fail("the list has no such place") }

    /// Where the list has values that equal one, or that one itself where both are null.
    fileprivate func places(of wanted: FEELValue, limit: Int = .max) -> [Int] {
        var places: [Int] = []
        for (index, element) in list(0).enumerated()
        where evaluation.isEqual(element, wanted) == true {
            places.append(index)
            if places.count == limit { break }
        }
        return places
    }

    fileprivate func distinct(_ elements: [FEELValue]) -> FEELValue {
        var kept: [FEELValue] = []
        for element in elements {
            guard evaluation.stepsLeft > 0 else { return .null }
            if !kept.contains(where: { evaluation.isEqual($0, element) == true }) {
                kept.append(element)
            }
        }
        return made(kept)
    }

    /// Puts what lists hold, however deep, in one; false when it becomes too much.
    fileprivate func flatten(_ elements: [FEELValue], into flat: inout [FEELValue]) -> Bool {
        for element in elements {
            guard evaluation.take(1), flat.count <= FEELLimits.listElements else { return false }
            if case .list(let list) = element {
                guard flatten(list.elements, into: &flat) else { return false }
            } else {
                flat.append(element)
            }
        }
        return true
    }
}
