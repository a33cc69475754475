// SPDX-License-Identifier: Apache-2.0

// Figures of lists: sums, means, extremes. All take a list, or the values themselves.

internal import DecimalNumbers

extension Builtin {
    private static let either = ["list:list", "values:any~*"]

    static let listNumbers: [Builtin] = [
        Builtin("sum", either, .number) { call in
            call.figure { numbers in numbers.isEmpty ? nil : total(numbers) }
        },
        Builtin("product", either, .number) { call in
            call.figure { numbers in
                guard !numbers.isEmpty else { return nil }
                return numbers.reduce(1 as DecimalNumber?) { $0?.multiplied(by: $1) }
            }
        },
        Builtin("mean", either, .number) { call in call.figure(mean) },
        Builtin("median", either, .number) { call in
            call.figure { numbers in
                let sorted = numbers.sorted()
                guard !sorted.isEmpty else { return nil }
                let middle = sorted.count / 2
                guard sorted.count % 2 == 0 else { return sorted[middle] }
                return sorted[middle - 1].adding(sorted[middle])?.divided(by: 2)
            }
        },
        Builtin("stddev", either, .number) { call in call.figure(deviation) },
        Builtin("mode", either, .list(.number), mode),
        Builtin("min", either, .any) { extreme($0, .before) },
        Builtin("max", either, .any) { extreme($0, .after) },
    ]

    private static func total(_ numbers: [DecimalNumber]) -> DecimalNumber? {
        numbers.reduce(0 as DecimalNumber?) { $0?.adding($1) }
    }

    private static func mean(_ numbers: [DecimalNumber]) -> DecimalNumber? {
        total(numbers)?.divided(by: DecimalNumber(numbers.count))
    }

    /// The standard deviation of a sample: it takes two numbers at least.
    private static func deviation(_ numbers: [DecimalNumber]) -> DecimalNumber? {
        guard numbers.count >= 2, let mean = mean(numbers) else { return nil }
        var squares: DecimalNumber? = 0
        for number in numbers {
            let distance = number.subtracting(mean)
            squares = distance.flatMap { $0.multiplied(by: $0) }.flatMap { squares?.adding($0) }
        }
        return squares?.divided(by: DecimalNumber(numbers.count - 1))?.squareRoot()
    }

    private static func mode(_ call: BuiltinCall) -> FEELValue {
        guard let numbers = call.numbers() else { return call.noNumbers() }
        var (modes, best, run) = ([] as [DecimalNumber], 0, 0)
        let sorted = numbers.sorted()
        for (index, number) in sorted.enumerated() {
            run = index > 0 && sorted[index - 1] == number ? run + 1 : 1
            if run > best { (modes, best) = ([], run) }
            if run == best { modes.append(number) }
        }
        return call.made(modes.map(FEELValue.number))
    }

    private static func extreme(_ call: BuiltinCall, _ wanted: FEELValue.Order) -> FEELValue {
        guard var best = call.list(0).first else { return .null }
        for element in call.list(0).dropFirst() {
            guard let order = FEELValue.order(element, best) else {
                return call.fail("a \(element.typeName) and a \(best.typeName) do not compare")
            }
            if order == wanted { best = element }
        }
        guard FEELValue.order(best, best) != nil else {
            return call.fail("a \(best.typeName) does not compare")
        }
        return best
    }
}

extension BuiltinCall {
    /// The numbers of the list; nil when it holds something else.
    fileprivate func numbers() -> [DecimalNumber]? {
        var numbers: [DecimalNumber] = []
        guard evaluation.take(list(0).count) else { return nil }
        for element in list(0) {
            guard case .number(let number) = element else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    fileprivate func noNumbers() -> FEELValue { fail("it takes numbers only") }

    fileprivate func figure(_ figure: ([DecimalNumber]) -> DecimalNumber?) -> FEELValue {
        guard let numbers = numbers() else { return noNumbers() }
        return result(figure(numbers))
    }
}
