// SPDX-License-Identifier: Apache-2.0

// Each construct of the language, with what it gives.

import FEEL
import Testing

@Suite struct ExpressionTests {
    @Test(
        arguments: [
            ("1 + 2 * 3", "7"), ("-3 ** 2", "9"), ("2 ** 3 ** 2", "64"), ("10 - -5", "15"),
            ("10--5", "15"), (".5 + 1.50", "2.00"), ("1/0", "null"), ("\"a\" + \"b\"", "\"ab\""),
            ("1 + \"a\"", "null"), ("- \"a\"", "null"), ("1 /* one */ + 2 // three", "3"),
            ("0.1 + 0.2 = 0.3", "true"),
            (
                "12345678901234567890.12 + 0.01",
                "12345678901234567890.13"
            ), ("1/3", "0.3333333333333333333333333333333333"),
            ("[1] + 1", "null"), ("null + 1", "null"),
        ])
    func arithmetic(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("true and null", "null"), ("false and null", "false"), ("null or true", "true"),
            ("null or false", "null"), ("1 or true", "true"), ("not(null)", "null"),
            ("1 = 1.0", "true"), ("1 = \"1\"", "null"), ("null = null", "true"),
            ("1 = null", "false"),
            ("1 != null", "true"), ("1 < null", "null"), ("2 between 1 and 3 and true", "true"),
            ("null between 1 and 2", "null"), ("\"é\" = \"e\u{301}\"", "false"),
            ("[1, {a: 2}] = [1, {a: 2}]", "true"), ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
            ("\"B\" < \"a\"", "true"),
        ])
    func logic(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("3 in [1..5]", "true"), ("5 in [1..5)", "false"), ("1 in ]1..5]", "false"),
            ("5 in [1..5[", "false"), ("5 in (1, < 3, >= 5)", "true"), ("5 in > 3", "true"),
            ("5 in [1, 2]", "false"), ("5 in [[1..2], [4..6]]", "true"), ("5 in (= 5)", "true"),
            ("5 in (!= 5)", "false"), ("null in > 3", "null"), ("5 in (? > 3 and ? < 6)", "true"),
            ("(1..10].start included", "false"), ("[1..10[.end included", "false"),
            ("(< 10).start", "null"), ("[1..10] = [1..10)", "false"),
            ("(< 10) = (null..10)", "false"),
            ("[2..1]", "null"), ("5 in [1..null)", "null"), ("5 in (null..10]", "null"),
        ])
    func ranges(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("if 1 < 2 then \"a\" else \"b\"", "\"a\""), ("if null then 1 else 2", "2"),
            ("for i in 1..3 return i * i", "[1, 4, 9]"), ("for i in 3..1 return i", "[3, 2, 1]"),
            ("for i in [1..3) return i", "[1, 2]"),
            ("for i in [1, 2], j in [i, 10] return i * j", "[1, 10, 4, 20]"),
            ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
            ("for d in @\"2024-02-28\"..@\"2024-03-01\" return d.day", "[28, 29, 1]"),
            ("some x in [1, 2] satisfies x > 1", "true"),
            ("every x in [1, 2] satisfies x > 1", "false"), ("every x in [] satisfies x", "true"),
            ("some x in [1, null] satisfies x > 1", "null"),
            ("for x in \"a\"..\"c\" return x", "null"),
        ])
    func loops(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][0]", "null"), ("[1, 2, 3][item > 1]", "[2, 3]"),
            ("[{a: 1}, {a: 2}][a > 1].a", "[2]"),
            ("[{item: 1}, {item: 2}][item = 2]", "[{item: 2}]"),
            ("[{x: 1}, {y: 2}].y", "[null, 2]"), ("5[item > 3]", "[5]"), ("{a: {b: 1}}.a.b", "1"),
            ("{a: 1, b: a + 1}.b", "2"), ("{\"a b\": 1}.a b", "1"), ("{a: 1, a: 2}", "null"),
            ("{foo+bar: 1}", "{foo+bar: 1}"), ("[]", "[]"), ("[[1], []]", "[[1], []]"),
        ])
    func listsAndContexts(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("(function(a, b) a - b)(3, 1)", "2"), ("(function(a, b) a - b)(b: 3, a: 1)", "-2"),
            ("{f: function(x: number) x + 1, y: f(1)}.y", "2"),
            ("{f: function(x: number) x, y: f(\"a\")}.y", "null"),
            ("{n: 5, f: function(x) x + n, y: f(1)}.y", "6"), ("(function() 1)(2)", "null"),
            ("\"abs\"(-1)", "null"), ("abs(n: -1)", "1"), ("abs(number: -1)", "null"),
            ("{f: abs, y: f(-2)}.y", "2"), ("modulo(divisor: 5, dividend: -12)", "3"),
            ("(function(x) function(y) x + y)(1)(2)", "3"),
        ])
    func functions(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("1 instance of number", "true"), ("null instance of number", "false"),
            ("[1, 2] instance of list<number>", "true"),
            ("[1, \"a\"] instance of list<number>", "false"),
            ("{a: 1, b: 2} instance of context<a: number>", "true"),
            ("{a: 1} instance of context<a: string>", "false"),
            ("[1..2] instance of range<number>", "true"),
            ("@\"2026-01-01\" instance of date", "true"),
            ("@\"P1Y\" instance of years and months duration", "true"),
            ("(function(a: number) a) instance of function<number> -> Any", "true"),
            ("abs instance of function", "true"),
        ])
    func instances(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            (#""a\"b\\c\n""#, "a\"b\\c\n"), (#""\u00e9\uD83D\uDE00\U01F600""#, "é😀😀"),
            (#""\d{3}""#, #"\d{3}"#), (#""it's""#, "it's"),
        ])
    func texts(text: String, value: String) {
        guard case .string(let text)? = FEELProgram(text).constant else {
            Issue.record("no text")
            return
        }
        #expect(text == value)
    }
}
