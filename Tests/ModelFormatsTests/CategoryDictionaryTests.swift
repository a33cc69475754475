// SPDX-License-Identifier: Apache-2.0

// The rule by which texts are taken for categories.

import Documents
import ExactTexts
import ModelFormats
import Testing

@Suite("Categories")
struct CategoryDictionaryTests {
    private func match(_ text: String, _ categories: CategoryDictionary) -> CategoryDictionary.Match
    {
        categories.match(text.utf8)
    }

    private func numbers(_ json: String) throws -> CategoryDictionary {
        let list = try DocumentValue(json: Array(json.utf8), depthLimit: 4, allowsNonFinite: true)
        let values = (list.elements ?? []).compactMap(CategoryValue.init)
        return CategoryDictionary(values, unknown: .notScorable)
    }

    @Test("texts are their bytes")
    func bytes() {
        let texts = [" a", "a", "a ", "caf\u{E9}", "cafe\u{301}", "1", "01", "1.0", "True", ""]
        let categories = CategoryDictionary(texts: texts, unknown: .missing)
        for (code, text) in texts.enumerated() { #expect(match(text, categories) == .code(code)) }
        for text in ["A", "  a", "\u{C9}", "2", "1.00", "true", "TRUE", "+1"] {
            #expect(match(text, categories) == .unknown, "\(text)")
        }
        #expect(match("NA", categories) == .missing)
        #expect(categories.match(1) == .unknown)
    }

    @Test("bytes that are no UTF-8 are no category, not even when they look like one")
    func invalid() {
        let categories = CategoryDictionary(texts: ["\u{FFFD}", "x"], unknown: .missing)
        #expect(categories.match([0xFF]) == .unknown)
        #expect(categories.match([0xEF, 0xBF, 0xBD]) == .code(0))
        #expect(categories.match([0x78, 0x00]) == .unknown)
    }

    @Test("the empty text is missing unless it is a category")
    func empty() {
        let categories = CategoryDictionary(texts: ["a"], unknown: .notScorable)
        #expect(match("", categories) == .missing)
        #expect(match(" ", categories) == .missing)
        #expect(match("a", CategoryDictionary([], unknown: .notScorable)) == .unknown)
        #expect(match("", CategoryDictionary([], unknown: .notScorable)) == .missing)
    }

    @Test(
        "numbers are compared as numbers, exactly",
        arguments: [
            ("2001", 1), ("2001.0", 1), ("2.001e3", 1), ("+2001", 1), ("02001.000", 1),
            (" 2001 ", 1), ("20010E-1", 1), ("-7", 0), ("-7.", 0), ("0", 4), ("-0", 4), (".0", 4),
            ("9007199254740993", 2), ("9007199254740992", 3), ("9007199254740993.0", 2),
            ("9.007199254740993e15", 2), ("0e999999999999999999999", 4),
        ]
    )
    func decimals(text: String, code: Int) throws {
        let categories = try numbers("[-7, 2001, 9007199254740993, 9007199254740992, 0]")
        #expect(match(text, categories) == .code(code))
    }

    @Test("what is no number, or another one, is no category of numbers")
    func noDecimals() throws {
        let categories = try numbers("[-7, 2001, 9007199254740993, 9007199254740992, 0]")
        for text in [
            "2001.5", "7", "2001a", "0x7D1", "2,001", "20 01", "--7", "2001e", "e3", ".", "1e",
            "2001e99999999999999999999", "true", "inf", "9007199254740994", "2001\u{A0}",
        ] {
            #expect(match(text, categories) == .unknown, "\(text)")
        }
        for text in ["NaN", "", "null", " "] { #expect(match(text, categories) == .missing) }
        #expect(categories.match(2001) == .code(1) && categories.match(-7) == .code(0))
        #expect(categories.match(-0.0) == .code(4) && categories.match(2001.5) == .unknown)
        // No float64 is the third; the fourth is one.
        #expect(categories.match(9_007_199_254_740_992) == .code(3))
        #expect(categories.match(.nan) == .missing && categories.match(.infinity) == .unknown)
    }

    @Test("float64 categories are compared as float64")
    func floats() throws {
        let categories = try numbers("[0.1, 2000.0, 1e+300, Infinity, -0.5]")
        let texts = [
            ("0.1", 0), ("0.1000000000000000055511151231257827", 0), ("1e-1", 0), ("2000", 1),
            ("2e3", 1), ("1e300", 2), ("inf", 3), ("Infinity", 3), ("1e999", 3), ("-.5", 4),
        ]
        for (text, code) in texts { #expect(match(text, categories) == .code(code), "\(text)") }
        #expect(match("0.1000000000000001", categories) == .unknown)
        #expect(match("-inf", categories) == .unknown)
        #expect(categories.match(0.1) == .code(0) && categories.match(.infinity) == .code(3))
    }

    @Test("every usual spelling of a truth value counts, any other is unknown")
    func booleans() throws {
        let categories = try numbers("[false, true]")
        for text in ["true", "True", "TRUE", "tRuE", "1", "1.0", "T", "yes", "Y", " true "] {
            #expect(match(text, categories) == .code(1), "\(text)")
        }
        for text in ["false", "False", "FALSE", "0", "0.0", "-0", "F", "no", "N"] {
            #expect(match(text, categories) == .code(0), "\(text)")
        }
        for text in ["2", "vrai", "truee", "true false", "on e", "0.5"] {
            #expect(match(text, categories) == .unknown, "\(text)")
        }
        #expect(categories.match(1) == .code(1) && categories.match(0) == .code(0))
        #expect(categories.match(2) == .unknown)
    }

    @Test("what the model is given for a text that is no category is for its library to say")
    func unknown() {
        func value(_ unknown: CategoryDictionary.Unknown) -> Double? {
            let categories = CategoryDictionary(texts: ["a"], unknown: unknown)
            return categories.value(of: match("b", categories))
        }
        #expect(value(.missing)?.isNaN == true)
        #expect(value(.other) == -1)
        #expect(value(.notScorable) == nil)
    }
}
