// SPDX-License-Identifier: Apache-2.0

// Functions of patterns.

internal import VigieLimits

extension Builtin {
    static let patterns: [Builtin] = [
        Builtin("matches", ["input:string,pattern:string,flags:string?~"], .boolean) { call in
            call.withMatcher(flags: 2) { (matcher) throws(PatternMatcher.Failure) in
                .boolean(try matcher.firstMatch(from: 0) != nil)
            }
        },
        Builtin(
            "replace",
            ["input:string,pattern:string,replacement:string,flags:string?~"],
            .string
        ) { call in
            call.withMatcher(flags: 3) { (matcher) throws(PatternMatcher.Failure) in
                try replaced(call, &matcher)
            }
        },
        Builtin("split", ["string:string,delimiter:string"], .list(.string)) { call in
            call.withMatcher(flags: nil) { (matcher) throws(PatternMatcher.Failure) in
                try split(call, &matcher)
            }
        },
    ]

    private static func split(
        _ call: BuiltinCall,
        _ matcher: inout PatternMatcher
    ) throws(PatternMatcher.Failure) -> FEELValue {
        var parts: [FEELValue] = []
        var place = 0
        while let match = try matcher.firstMatch(from: place), let whole = match[0] {
            guard !whole.isEmpty else { return call.fail("the pattern matches an empty text") }
            parts.append(.string(String(matcher.text[place..<whole.lowerBound])))
            place = whole.upperBound
        }
        parts.append(.string(String(matcher.text[place...])))
        return call.made(parts)
    }

    private static func replaced(
        _ call: BuiltinCall,
        _ matcher: inout PatternMatcher
    ) throws(PatternMatcher.Failure) -> FEELValue {
        let isLiteral = call.string(3).contains("q")
        guard
            let replacement = isLiteral
                ? [.text(call.string(2))]
                : Replacement.read(call.string(2), matcher.pattern.groupCount)
        else { return call.fail("in the replacement a \"$\" or \"\\\" stands alone") }
        var result = ""
        var place = 0
        while let match = try matcher.firstMatch(from: place), let whole = match[0] {
            guard !whole.isEmpty else { return call.fail("the pattern matches an empty text") }
            result += String(matcher.text[place..<whole.lowerBound])
            for part in replacement {
                switch part {
                case .text(let text): result += text
                case .group(let number):
                    result += match[number].map { String(matcher.text[$0]) } ?? ""
                }
            }
            guard result.utf8.count <= FEELLimits.stringBytes else { return call.made(result) }
            place = whole.upperBound
        }
        return call.made(result + String(matcher.text[place...]))
    }
}

/// A part of what replaces a match.
private enum Replacement {
    case text(String)
    case group(Int)

    /// Reads a replacement; nil when a `$` has no number, or a backslash nothing to escape.
    static func read(_ text: String, _ groupCount: Int) -> [Replacement]? {
        var rest = Array(text.unicodeScalars)[...]
        var parts: [Replacement] = []
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                guard let next = rest.popFirst(), next == "\\" || next == "$" else { return nil }
                parts.append(.text(String(next)))
            case "$":
                guard var number = rest.popFirst()?.digit else { return nil }
                while let digit = rest.first?.digit, number * 10 + digit <= groupCount {
                    number = number * 10 + digit
                    rest.removeFirst()
                }
                parts.append(number <= groupCount ? .group(number) : .text(""))
            default: parts.append(.text(String(scalar)))
            }
        }
        return parts
    }
}

extension BuiltinCall {
    /// Does something with the first argument and the pattern of the second one.
    fileprivate func withMatcher(
        flags: Int?,
        _ body: (inout PatternMatcher) throws(PatternMatcher.Failure) -> FEELValue
    ) -> FEELValue {
        let pattern: Pattern
        do {
            pattern = try evaluation.pattern(string(1), flags: flags.map(string) ?? "")
        } catch {
            return fail("\"\(shown(string(1)))\" is no pattern: \(error.message)")
        }
        guard evaluation.take(string(0).utf8.count / 8) else { return .null }
        var matcher = PatternMatcher(pattern, string(0))
        defer { _ = evaluation.take(matcher.stepsTaken / 8) }
        do {
            return try body(&matcher)
        } catch {
            return fail("\"\(shown(string(1)))\" takes more than \(FEELLimits.matchSteps) steps")
        }
    }
}

extension String {
    fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
