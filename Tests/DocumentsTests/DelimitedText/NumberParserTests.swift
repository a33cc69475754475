// SPDX-License-Identifier: Apache-2.0

// The number parser against strtod itself.

import Documents
import Glibc
import Testing

@Suite struct NumberParserTests {
    private func parse(_ text: String, decimalComma: Bool = false) -> Double? {
        var style = NumberStyle()
        if decimalComma { style.decimal = UInt8(ascii: ",") }
        return Array(text.utf8).withUnsafeBytes { NumberParser(style).value($0) }
    }

    private func expectSame(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let expected = strtod(text, nil)
        #expect(
            parse(text)?.bitPattern == (expected.isFinite ? expected.bitPattern : nil),
            "\(text)",
            sourceLocation: sourceLocation
        )
    }

    @Test(arguments: [
        "0", "-0", "+1", "1", "1.", ".5", "-.5", "00012", "0.1", "0.3", "1e5", "1E-5", "1e+05",
        "9007199254740992", "9007199254740993", "9007199254740991.5", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999", "1e22", "1e23", "1e-22", "1e-23",
        "123456789012345678e-3", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
        "2.2250738585072011e-308", "1.7976931348623157e308", "1.7976931348623159e308", "1e309",
        "1e-400", "0e999999999999999999999", "1e999999999999999999999",
        "0.000000000000000000000001",
        "1.00000000000000011102230246251565", "1.00000000000000011102230246251566",
        "7.2057594037927933e16", "179769313486231580793728971405301e276",
        "0000000000000000000000000000000000000000001.5", "1.50000000000000000000000000000000000",
    ])
    func agreesWithStrtod(text: String) {
        expectSame(text)
    }

    @Test func agreesWithStrtodOnRandomNumbers() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<30_000 {
            let value = Double(bitPattern: random.next())
            if value.isFinite { expectSame(value.description) }
        }
        for _ in 0..<30_000 {
            let whole = Int.random(in: -1_000_000_000...1_000_000_000, using: &random)
            let digits = Int.random(in: 0...20, using: &random)
            let fraction = (0..<digits).map { _ in "0123456789".randomElement(using: &random)! }
            let exponent = Int.random(in: -30...30, using: &random)
            expectSame("\(whole).\(String(fraction))")
            expectSame("\(whole).\(String(fraction))e\(exponent)")
        }
    }

    @Test(arguments: [
        "abc", "1a", "a1", "1 2", "1,5", "1_000", "--1", "+-1", "-", "+", ".", "e5", "1e", "1e+",
        "1e5.5", "1.2.3", "0x10", "0x1p3", "inf", "-inf", "infinity", "Infinity", "1\u{0}", "\u{0}",
        "１", "1e5e5", "$5", "5%", "1 000", "true", "nan(1)", "-nan", "nulls", "nil",
    ])
    func refuses(text: String) {
        #expect(parse(text) == nil)
    }

    @Test(arguments: [
        "", " ", "\t", "NA", "na", "NaN", "nan", "N/A", "null", "NULL", "None", " NA ",
    ])
    func takesAsMissing(text: String) {
        #expect(parse(text)?.isNaN == true)
    }

    @Test func blanksAroundDoNotCount() {
        #expect(parse("  12.5\t") == 12.5)
        #expect(parse("\u{A0}300\u{202F}") == 300 && parse("\u{FEFF}7\u{3000} ") == 7)
        #expect(parse("\u{A0}\u{A0}")?.isNaN == true)
        #expect(parse("3\u{A0}00") == nil)
    }

    @Test func readsDecimalCommaOnlyWhenAsked() {
        #expect(parse("1,5", decimalComma: true) == 1.5)
        #expect(
            parse("123456789012345678901,25e-2", decimalComma: true) == 123456789012345678901.25e-2
        )
        #expect(parse("1.5", decimalComma: true) == nil)
        #expect(parse("1,5") == nil)
    }

    /// Random bytes never trap, and a number is only what strtod takes as a whole.
    @Test func randomBytesAreRefusedOrAgree() {
        let alphabet = Array("0123456789+-.eE xnaif\u{0}".utf8)
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...12)).map { _ in alphabet.randomElement()! }
            let value = bytes.withUnsafeBytes { PlainNumberParser().number($0) }
            guard let value else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(value.bitPattern == strtod(text, nil).bitPattern, "\(text)")
        }
    }
}
