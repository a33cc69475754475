// SPDX-License-Identifier: Apache-2.0

// Cells of decision tables: what they let through, and what of them can be looked at.

import DecimalNumbers
import FEEL
import Testing

@Suite struct UnaryTestTests {
    private func passes(_ text: String, _ value: FEELValue) -> Bool? {
        let tests = FEELUnaryTests(text, FEELScope([("other", .any)], zones: systemZones))
        return tests.program.evaluate([.number(7), value], evaluation()).boolean
    }

    @Test func numbers() {
        #expect(passes("< 30", .number(29)) == true)
        #expect(passes("< 30", .number(30)) == false)
        #expect(passes("< 30", .null) == nil)
        #expect(passes("[1..5)", .number(5)) == false)
        #expect(passes("1, 2, > 10", .number(11)) == true)
        #expect(passes("not(1, 2)", .number(3)) == true)
        #expect(passes("not(1, 2)", .null) == true)
        #expect(passes("-", .null) == true)
        #expect(passes("null", .null) == true)
        #expect(passes("null", .number(1)) == false)
        #expect(passes("-5", .number(-5)) == true)
        #expect(passes("other", .number(7)) == true)
        #expect(passes("> other + 1", .number(9)) == true)
        #expect(passes("? > 2 and ? < other", .number(5)) == true)
        #expect(passes("[1, 5]", .number(5)) == true)
        #expect(passes("\"5\"", .number(5)) == nil)
    }

    @Test func texts() {
        #expect(passes("\"A\", \"B\"", .string("B")) == true)
        #expect(passes("not(\"A\", \"B\")", .string("B")) == false)
        // Half of a range is no half of the negation.
        for range in ["[1..5)", "]0..5)", "[1..5[", "(0..5)", "]0..5[", "[1..4]", "(0..4]"] {
            for text in ["not(\(range))", "not(7, \(range), > 8)", "not(\(range), (6..8))"] {
                #expect(passes(text, .number(4)) == false, "\(text)")
                #expect(passes(text, .number(5)) == true, "\(text)")
            }
        }
        #expect(passes("\"a,b\"", .string("a,b")) == true)
        #expect(passes("starts with(?, \"x\")", .string("xy")) == true)
        #expect(passes("true", .boolean(true)) == true)
        #expect(
            passes("date(\"2026-01-01\")", .date(FEELDate(year: 2026, month: 1, day: 1)!)) == true
        )
    }

    private func shape(_ text: String, _ input: FEELType = .number) -> String {
        let tests = FEELUnaryTests(text, input: input, FEELScope([("other", .any)]))
        let words = tests.tests.map { test in
            switch test {
            case .comparison(let comparison, _): comparison.rawValue
            case .range: ".."
            case .equal(let value): value.isNull ? "null" : "value"
            case .other: "other"
            }
        }
        #expect(tests.isConstant == !words.contains("other"))
        return (tests.isAny ? "any" : "") + (tests.isNegated ? "not " : "")
            + words.joined(separator: " ")
    }

    @Test func canBeLookedAt() {
        #expect(shape("-") == "any")
        #expect(shape("< 30") == "<")
        #expect(shape("1, [2..3], (4..5], null") == "value .. .. null")
        #expect(shape("not(1, > 5)") == "not value >")
        #expect(shape("-5") == "value")
        #expect(shape("? >= 2 * 3") == ">=")
        #expect(shape("(< 5)") == "<")
        #expect(shape("[1, 2]") == "value value")
        #expect(shape("date(\"2026-01-01\")", .date) == "value")
        #expect(shape("> date(\"2026-01-01\") + duration(\"P1D\")", .date) == ">")
        #expect(shape("> other") == "other")
        #expect(shape("? > 1 and ? < 5") == "other")
    }

    @Test func refusesWhatNeverPasses() {
        let kinds = { (text: String, type: FEELType) in
            FEELUnaryTests(text, input: type).problems.map(\.kind)
        }
        #expect(kinds("VIP", .string) == [.unknownName])
        #expect(kinds("\"5\"", .number) == [.typeMismatch])
        #expect(kinds("> \"5\"", .number) == [.typeMismatch])
        #expect(kinds("[5..1]", .number) == [.descendingRange])
        #expect(kinds("? + 1", .number) == [.typeMismatch])
        #expect(kinds("1,", .number) == [.syntax])
        #expect(kinds("null, [0..999]", .number).isEmpty)
    }
}
