// SPDX-License-Identifier: Apache-2.0

// Functions of numbers, and of truth.

internal import DecimalNumbers

extension Builtin {
    static let logic: [Builtin] = [
        Builtin("not", ["negand:any~"], .boolean) { call in
            switch call[0] {
            case .boolean(let value): return .boolean(!value)
            case .null: return .null
            case let other: return call.fail("a \(other.typeName) is neither true nor false")
            }
        },
        Builtin("is", ["value1:any~,value2:any~"], .boolean) { call in
            .boolean(call.evaluation.isSame(call[0], call[1]))
        },
    ]

    static let numbers: [Builtin] = [
        Builtin("decimal", ["n:number,scale:number"], .number, isPure: true) {
            rounded($0, .halfEven)
        },
        Builtin("floor", ["n:number,scale:number?"], .number, isPure: true) { rounded($0, .floor) },
        Builtin("ceiling", ["n:number,scale:number?"], .number, isPure: true) {
            rounded($0, .ceiling)
        },
        Builtin("round up", ["n:number,scale:number"], .number, isPure: true) { rounded($0, .up) },
        Builtin("round down", ["n:number,scale:number"], .number, isPure: true) {
            rounded($0, .down)
        },
        Builtin("round half up", ["n:number,scale:number"], .number, isPure: true) {
            rounded($0, .halfUp)
        },
        Builtin("round half down", ["n:number,scale:number"], .number, isPure: true) {
            rounded($0, .halfDown)
        },
        Builtin(
            "abs",
            ["n:number", "n:days and time duration", "n:years and months duration"],
            .any,
            absolute
        ),
        Builtin("modulo", ["dividend:number,divisor:number"], .number) { call in
            call.result(call.number(0).remainder(dividingBy: call.number(1)))
        },
        Builtin("sqrt", ["number:number"], .number) { $0.result($0.number(0).squareRoot()) },
        Builtin("log", ["number:number"], .number) { $0.result($0.number(0).naturalLogarithm()) },
        Builtin("exp", ["number:number"], .number) { $0.result($0.number(0).exponential()) },
        Builtin("odd", ["number:number"], .boolean) { .boolean($0.number(0).isOdd) },
        Builtin("even", ["number:number"], .boolean) { .boolean($0.number(0).isEven) },
    ]

    private static func rounded(_ call: BuiltinCall, _ rule: DecimalRounding) -> FEELValue {
        guard case .number = call[1] else {
            return call.result(call.number(0).rounded(scale: 0, rule))
        }
        return call.result(call.integer(1).flatMap { call.number(0).rounded(scale: $0, rule) })
    }

    private static func absolute(_ call: BuiltinCall) -> FEELValue {
        switch call[0] {
        case .number(let number): return .number(number.magnitude)
        case .daysDuration(let duration) where duration.nanoseconds < 0:
            return duration.negated.map(FEELValue.daysDuration) ?? .null
        case .monthsDuration(let duration) where duration.months < 0:
            return duration.negated.map(FEELValue.monthsDuration) ?? .null
        case .daysDuration, .monthsDuration: return call[0]
        case let other: return call.fail("it takes no \(other.typeName)")
        }
    }
}

extension BuiltinCall {
    /// A number, or null if there is none.
    func result(_ number: DecimalNumber?) -> FEELValue {
        number.map(FEELValue.number) ?? fail("there is no such number")
    }
}

extension FEELEvaluation {
    /// Whether two values are the same: of one type, equal, and of times also their zone.
    func isSame(_ left: FEELValue, _ right: FEELValue) -> Bool {
        switch (left, right) {
        case (.time(let left), .time(let right)):
            left.nanoseconds == right.nanoseconds && isSame(left.zone, right.zone)
        case (.dateTime(let left), .dateTime(let right)):
            left.date == right.date && left.nanoseconds == right.nanoseconds
                && isSame(left.zone, right.zone)
        default: left.typeName == right.typeName && isEqual(left, right) == true
        }
    }

    private func isSame(_ left: FEELZone?, _ right: FEELZone?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.isSame(as: right)
    }
}
