// SPDX-License-Identifier: Apache-2.0

// What is refused when an expression is read, with its place.

import FEEL
import Testing

@Suite struct ProblemTests {
    @Test(
        arguments: [
            ("1 +", .syntax), ("(1", .syntax), ("", .syntax), ("1 2", .syntax), ("\"abc", .syntax),
            ("VIP", .unknownName), ("f(1)", .unknownName), ("?", .unknownName),
            ("abs()", .arguments), ("abs(1, 2)", .arguments), ("abs(number: 1)", .arguments),
            ("substring(string: \"a\")", .arguments), ("(function(a) a)()", .arguments),
            ("[2..1]", .descendingRange),
            ("1 in [@\"2026-01-02\"..@\"2026-01-01\"]", .typeMismatch),
            ("1 + \"a\"", .typeMismatch), ("1 < \"a\"", .typeMismatch),
            ("abs(true)", .typeMismatch),
            ("true and 1", .typeMismatch), ("if 1 then 2 else 3", .typeMismatch),
            ("1 in \"a\"", .typeMismatch), ("1(2)", .typeMismatch), ("[1][\"a\"]", .typeMismatch),
            ("1 instance of tNone", .unknownName), ("date(\"2026-13-01\")", .noResult),
            ("1 / 0", .noResult), ("decimal(1, 9999)", .noResult),
            ("function(a) external {java: {}}", .unsupported), ("@\"2026-13-01\"", .syntax),
        ] as [(String, FEELProblem.Kind)]
    )
    func refuses(text: String, kind: FEELProblem.Kind) {
        #expect(problems(text).contains(kind))
    }

    @Test func tellsThePlace() throws {
        let problem = try #require(FEELProgram("1 +\n  VIP").problems.first)
        #expect(problem.position == FEELPosition(line: 2, column: 3))
        #expect(problem.message.contains("VIP"))
        #expect(problem.message.contains("quotes"))
        #expect(message("1 + (2 * \"a\")")?.hasPrefix("line 1, column 8: \"*\"") == true)
    }

    @Test func boundsHostileTexts() {
        let deep = String(repeating: "(", count: 20_000)
        let texts = [
            deep, deep + "1" + String(repeating: ")", count: 20_000),
            String(repeating: "[", count: 20_000), String(repeating: "-", count: 20_000) + "1",
            String(repeating: "{a:", count: 20_000), String(repeating: "if ", count: 20_000),
            String(repeating: "1 in (", count: 20_000), String(repeating: "not(", count: 20_000),
            String(repeating: "function(a) ", count: 20_000),
            "1 instance of " + String(repeating: "list<", count: 20_000),
            String(repeating: "f(", count: 20_000), String(repeating: "1..", count: 20_000),
            String(repeating: " ", count: 2 << 20), "\u{0}", "\\", "\"\\", "@", "1e", "..", "/*",
            "'",
            "\u{FEFF}", "1e99999", String(repeating: "9", count: 20_000), "{", "{a", "{a:", "a.",
            "[1",
            "for", "for x", "for x in", "some x in y", "x between 1", "function", "function(",
            "f(a:",
        ]
        for text in texts {
            _ = FEELProgram(text).evaluate([], evaluation())
            _ = FEELUnaryTests(text).program.evaluate([.null], evaluation())
        }
        #expect(problems(deep).first == .limit)
    }

    @Test(
        arguments: [
            "for i in 1..1000000000 return i",
            "for i in 1..1000, j in 1..1000, k in 1..1000 return 1",
            "some i in 1..1000000000 satisfies false",
            "for i in 1..100000 return partial",
            "for i in 1..100000 return function() partial",
            "string(for i in 1..40 return [partial, partial])",
            "(for i in 1..40 return [partial, partial]) = for i in 1..40 return [partial, partial]",
            "{f: function(g) g(g), x: f(f)}.x",
            "flatten(for i in 1..40 return [partial, partial])",
            "matches(string join(for i in 1..200 return \"a\"), \"(a*)*b\")",
            "matches(string join(for i in 1..9000 return \"a\"), \"(a|aa)+$b\")",
            "string join(for i in 1..99999 return \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")",
            "9999999999999999999999999999999999 ** 9999999",
            "date(999999999, 12, 31) + duration(\"P999999999Y\")",
            "[1, 2, 3][999999999999999999999999]", "substring(\"a\", -99999999999999999999)",
            "for i in -99999999999999999999..99999999999999999999 return i",
            "duration(\"P999999999999999999Y\")", "duration(\"P99999999999999999999D\")",
            "date(1e30, 1, 1)", "time(1e30, 0, 0)", "[1][1e300]", "decimal(1, 1e30)",
            "range(\"[1..\")", "split(\"a\", \"(\")", "replace(\"a\", \"a\", \"$\")",
            "sort([3, 1, 2], function(x, y) x)", "insert before([1], 1e10, 2)",
        ])
    func boundsHostileValues(text: String) {
        let evaluation = evaluation()
        let value = FEELProgram(text, FEELScope(zones: systemZones)).evaluate([], evaluation)
        #expect(value.isNull || value.boolean == false)
        #expect(!evaluation.messages.isEmpty || value.boolean == false)
    }
}
