// SPDX-License-Identifier: Apache-2.0

// Functions of texts. Lengths and places count code points.

internal import DecimalNumbers
internal import VigieLimits

extension Builtin {
    static let strings: [Builtin] = [
        Builtin(
            "substring",
            ["string:string,start position:number,length:number?"],
            .string,
            substring
        ),
        Builtin("string length", ["string:string"], .number) {
            .number($0.string(0).unicodeScalars.count)
        },
        Builtin("upper case", ["string:string"], .string) { $0.made($0.string(0).uppercased()) },
        Builtin("lower case", ["string:string"], .string) { $0.made($0.string(0).lowercased()) },
        Builtin("substring before", ["string:string,match:string"], .string) { call in
            let text = Array(call.string(0).utf8)
            guard let place = call.firstPlace(in: text) else { return .string("") }
            return .string(String(decoding: text[..<place], as: UTF8.self))
        },
        Builtin("substring after", ["string:string,match:string"], .string) { call in
            let text = Array(call.string(0).utf8)
            guard let place = call.firstPlace(in: text) else { return .string("") }
            let rest = text[(place + call.string(1).utf8.count)...]
            return .string(String(decoding: rest, as: UTF8.self))
        },
        Builtin("contains", ["string:string,match:string"], .boolean) { call in
            .boolean(call.firstPlace(in: Array(call.string(0).utf8)) != nil)
        },
        Builtin("starts with", ["string:string,match:string"], .boolean) { call in
            .boolean(call.string(0).utf8.starts(with: call.string(1).utf8))
        },
        Builtin("ends with", ["string:string,match:string"], .boolean) { call in
            .boolean(call.string(0).utf8.reversed().starts(with: call.string(1).utf8.reversed()))
        },
        Builtin("string join", ["list:list,delimiter:string?~"], .string, join),
    ]

    private static func substring(_ call: BuiltinCall) -> FEELValue {
        let scalars = Array(call.string(0).unicodeScalars)
        guard let place = call.integer(1),
            let start = FEELList.index(place, count: scalars.count)
        else { return call.fail("a text of \(scalars.count) characters has no such place") }
        var end = scalars.count
        if case .number = call[2] {
            guard let length = call.integer(2), length >= 1 else {
                return call.fail("the length is not above 0")
            }
            end = min(end - start, length) + start
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end])
        return call.made(String(text))
    }

    private static func join(_ call: BuiltinCall) -> FEELValue {
        var text = ""
        let delimiter = call.string(1)
        var isFirst = true
        for element in call.list(0) {
            if element.isNull { continue }
            guard case .string(let part) = element else {
                return call.fail("the list holds a \(element.typeName)")
            }
            text += (isFirst ? "" : delimiter) + part
            isFirst = false
            guard text.utf8.count <= FEELLimits.stringBytes,
                call.evaluation.take(1 + part.utf8.count / 64)
            else { return call.made(text) }
        }
        return call.made(text)
    }
}

extension BuiltinCall {
    /// A text that was made, if it is within the limits.
    func made(_ text: String) -> FEELValue {
        guard evaluation.take(text.utf8.count / 64) else { return .null }
        guard text.utf8.count <= FEELLimits.stringBytes else {
            return fail("a text has more than \(FEELLimits.stringBytes) bytes")
        }
        return .string(text)
    }

    func number(_ index: Int) -> DecimalNumber {
        if case .number(let value) = self[index] { return value }
        return 0
    }

    /// The whole part of a number; nil when no word holds it.
    func integer(_ index: Int) -> Int? { number(index).whole }

    /// Where the second argument first stands in the first one; nil when it does not, or when there
    /// are no steps left.
    fileprivate func firstPlace(in text: [UInt8]) -> Int? {
        let match = Array(string(1).utf8)
        guard match.count <= text.count else { return nil }
        var compared = 0
        for place in 0...(text.count - match.count) {
            var length = 0
            while length < match.count, text[place + length] == match[length] { length += 1 }
            if length == match.count { return place }
            compared += length + 1
            if compared >= 4_096 {
                guard evaluation.take(compared / 64) else { return nil }
                compared = 0
            }
        }
        return nil
    }
}
