// SPDX-License-Identifier: Apache-2.0

// The functions of the language.

import FEEL
import Testing

@Suite struct FunctionTests {
    @Test(
        arguments: [
            ("substring(\"foobar\", 3)", "\"obar\""), ("substring(\"foobar\", -2, 1)", "\"a\""),
            ("substring(\"\\U01F600a\", 2)", "\"a\""), ("substring(\"a\", 0)", "null"),
            ("string length(\"\\U01F600\")", "1"), ("upper case(\"é\")", "\"É\""),
            ("substring before(\"foobar\", \"bar\")", "\"foo\""),
            ("substring after(\"foobar\", \"ob\")", "\"ar\""),
            ("substring after(\"a\", \"\")", "\"a\""),
            ("contains(\"foobar\", \"oba\")", "true"), ("starts with(\"foo\", \"fo\")", "true"),
            ("ends with(\"foo\", \"oo\")", "true"),
            (
                "split(\"a;b;;c\", \";\")",
                "[\"a\", \"b\", \"\", \"c\"]"
            ),
            ("string join([\"a\", null, \"c\"], \"-\")", "\"a-c\""), ("string join([1])", "null"),
            ("string([1, \"a\", {b: null}])", "\"[1, \\\"a\\\", {b: null}]\""),
            ("string(1.50)", "\"1.50\""), ("number(\"1 000,5\", \" \", \",\")", "1000.5"),
            ("number(\"1.5\")", "1.5"), ("number(\"x\")", "null"),
            ("number(\"1,5\", \",\", \",\")", "null"),
        ])
    func strings(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("matches(\"foobar\", \"^fo+b\")", "true"),
            ("matches(\"x\\ny\", \"x.y\", \"s\")", "true"),
            ("matches(\"x\\ny\", \"x.y\")", "false"), ("matches(\"AB\", \"ab\", \"i\")", "true"),
            ("matches(\"abab\", \"(ab)\\\\1\")", "true"),
            ("matches(\"a\", \"[a-z-[aeiou]]\")", "false"),
            ("matches(\"é\", \"^\\\\p{Ll}$\")", "true"), ("matches(\"a\", \"(\")", "null"),
            ("matches(\"a\\nb\", \"^b$\", \"m\")", "true"),
            ("matches(\"a.b\", \"a.b\", \"q\")", "true"),
            ("matches(\"hello world\", \"hello\\\\ sworld\", \"x\")", "true"),
            ("replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""),
            ("replace(\"abracadabra\", \"a.*?a\", \"*\")", "\"*c*bra\""),
            ("replace(\"a\", \"a*?\", \"x\")", "null"),
            ("replace(\"a\", \"a\", \"\\\\$\")", "\"$\""),
            ("replace(\"AAAA\", \"A{2,3}\", \"b\")", "\"bA\""),
            ("replace(\"Ab\", \"a\", \"x\", \"i\")", "\"xb\""),
            ("matches(\"a\", \"a\", \"z\")", "null"),
            ("matches(\"a\", \"[b-a]\")", "null"), ("matches(\"a\", \"a{3,2}\")", "null"),
            ("matches(\"\", \"(a*)*\")", "true"), ("matches(\"a\", \"\\\\b\")", "null"),
        ])
    func patterns(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("decimal(2.675, 2)", "2.68"), ("decimal(1.005, 2)", "1.00"),
            ("decimal(-5.5, 0)", "-6"),
            ("round half up(-1.125, 2)", "-1.13"), ("round half down(1.125, 2)", "1.12"),
            ("round up(1.121, 2)", "1.13"), ("round down(-1.126, 2)", "-1.12"),
            ("floor(-1.56, 1)", "-1.6"),
            ("ceiling(1.2)", "2"), ("modulo(-12, 5)", "3"), ("sqrt(16)", "4"), ("sqrt(-1)", "null"),
            ("log(1)", "0"), ("exp(0)", "1"), ("odd(3)", "true"), ("even(2.5)", "false"),
            ("abs(@\"-P1D\")", "P1D"), ("min(3, 1, 2)", "1"), ("max([\"a\", \"b\"])", "\"b\""),
            ("min([])", "null"), ("min(1, \"a\")", "null"), ("sum([1, 2.5])", "3.5"),
            ("sum([])", "null"),
            ("mean([1, 2])", "1.5"), ("median([3, 1, 2, 4])", "2.5"),
            ("mode([1, 2, 2, 1])", "[1, 2]"),
            ("product(2, 3)", "6"), ("stddev(47)", "null"), ("sum([1, null])", "null"),
        ])
    func numbers(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("list contains([1, null], null)", "true"), ("count([1, [2]])", "2"),
            ("sublist([1, 2, 3], -2, 1)", "[2]"), ("append([1], 2, 3)", "[1, 2, 3]"),
            ("concatenate([1], [2, [3]])", "[1, 2, [3]]"),
            ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
            ("remove([1, 2], -1)", "[1]"), ("reverse([1, 2])", "[2, 1]"),
            (
                "index of([1, 2, 1], 1)",
                "[1, 3]"
            ), ("union([1, 2], [2, 3])", "[1, 2, 3]"), ("distinct values([1, 1.0, 2])", "[1, 2]"),
            ("flatten([[1, [2]], 3])", "[1, 2, 3]"), ("list replace([1, 2], 2, 9)", "[1, 9]"),
            ("list replace([1, 5], function(item, newItem) item < newItem, 3)", "[3, 5]"),
            ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
            (
                "sort([\"b\", \"a\"])",
                "[\"a\", \"b\"]"
            ), ("all([true, null])", "null"), ("any(false, true)", "true"),
            ("all([])", "true"), ("get value({a: 1}, \"a\")", "1"),
            (
                "get entries({a: 1})",
                "[{key: \"a\", value: 1}]"
            ),
            ("context([{key: \"a\", value: 1}])", "{a: 1}"),
            (
                "context put({a: 1}, \"b\", 2)",
                "{a: 1, b: 2}"
            ), ("context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"),
            ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
        ])
    func lists(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("before(1, 2)", "true"), ("before([1..5), [5..6])", "true"),
            ("after([5..6], [1..5))", "true"),
            ("meets([1..5], [5..9])", "true"), ("met by([5..9], [1..5])", "true"),
            ("overlaps([1..5], [5..9])", "true"), ("overlaps([1..5), [5..9])", "false"),
            ("overlaps before([1..5], [3..9])", "true"), ("overlaps after([3..9], [1..5])", "true"),
            ("finishes(5, [1..5])", "true"), ("finished by([1..5], (3..5])", "true"),
            ("includes([1..5], 3)", "true"), ("includes([1..5), 5)", "false"),
            ("during(3, (1..5))", "true"),
            ("starts([1..3], [1..5])", "true"), ("started by([1..5], 1)", "true"),
            ("coincides([1..5], [1..5])", "true"), ("before(1, \"a\")", "null"),
            ("range(\"[1..3)\")", "[1..3)"), ("range(\"x\")", "null"), ("is(1, 1.0)", "true"),
            ("is(@\"10:00:00Z\", @\"10:00:00+00:00\")", "true"),
            ("is(@\"10:00:00Z\", @\"10:00:00\")", "false"),
        ])
    func ranges(text: String, value: String) {
        #expect(result(text) == value)
    }
}
