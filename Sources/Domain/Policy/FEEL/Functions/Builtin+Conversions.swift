// SPDX-License-Identifier: Apache-2.0

// Functions that make values of others.

internal import DecimalNumbers

extension Builtin {
    static let conversions: [Builtin] = [
        Builtin(
            "number",
            ["from:string,grouping separator:string?~,decimal separator:string?~", "from:number"],
            .number,
            number
        ),
        Builtin("string", ["from:any~"], .string) { call in
            if call[0].isNull { return .null }
            return call.evaluation.text(of: call[0]).map(call.made) ?? .null
        },
        Builtin("range", ["from:string"], .range(.any)) { call in
            guard call.evaluation.take(call.string(0).utf8.count) else { return .null }
            let program = FEELProgram(call.string(0), FEELScope(zones: call.evaluation.zones))
            guard program.problems.isEmpty, program.isRange,
                case .range(let range) = program.evaluate([], call.evaluation),
                !range.start.isNull || !range.end.isNull
            else { return call.fail("\"\(shown(call.string(0)))\" is no range") }
            return .range(range)
        },
    ]

    private static func number(_ call: BuiltinCall) -> FEELValue {
        if case .number = call[0] { return call[0] }
        let (grouping, decimal) = (call.string(1), call.string(2))
        guard ["", " ", ",", "."].contains(grouping), ["", ",", "."].contains(decimal),
            grouping.isEmpty || grouping != decimal
        else { return call.fail("there are no such separators") }
        var bytes = Array(call.string(0).utf8)
        if let grouping = grouping.utf8.first { bytes.removeAll { $0 == grouping } }
        if let decimal = decimal.utf8.first, decimal != UInt8(ascii: ".") {
            guard !bytes.contains(UInt8(ascii: ".")) else {
                return call.fail("\"\(shown(call.string(0)))\" is no number")
            }
            bytes = bytes.map { $0 == decimal ? UInt8(ascii: ".") : $0 }
        }
        return DecimalNumber(parsing: bytes).map(FEELValue.number)
            ?? call.fail("\"\(shown(call.string(0)))\" is no number")
    }
}

extension FEELProgram {
    /// Whether it is a range between constants, as text may say it.
    fileprivate var isRange: Bool {
        switch nodes[Int(root)] {
        case .range(let start, _, let end, _): constant(start) != nil && constant(end) != nil
        case .comparisonRange(_, let bound): constant(bound) != nil
        default: false
        }
    }
}
