// SPDX-License-Identifier: Apache-2.0

// Numbers as people and programs of several countries write them.

import Documents
import Testing

@Suite struct NumberStyleTests {
    private func value(_ text: String, _ style: NumberStyle) -> Double? {
        Array(text.utf8).withUnsafeBytes { NumberParser(style).value($0) }
    }

    private func digits(_ text: String, _ style: NumberStyle) -> String? {
        Array(text.utf8).withUnsafeBytes { NumberParser(style).digits($0) }
    }

    private func dialect(_ name: String) throws -> NumberStyle {
        try #require(TableDialect.named.first { $0.name == name }).numbers
    }

    @Test(arguments: [
        ("excel-fr", "29 830,50", 29830.5), ("excel-fr", "29\u{A0}830,50", 29830.5),
        ("excel-fr", "29\u{202F}830", 29830), ("excel-fr", "1 234 567", 1_234_567),
        ("excel-fr", "-1 234,5", -1234.5), ("excel-fr", "(3714)", -3714),
        ("excel-fr", "29 830 €", 29830), ("excel-fr", "€29830", 29830),
        ("excel-fr", "EUR 29830", 29830), ("excel-fr", "-29 830,5 €", -29830.5),
        ("excel-fr", "\u{2212}3714", -3714), ("excel-fr", "– 3714", -3714),
        ("excel-fr", "- 3714", -3714), ("excel-fr", "1,23457E+08", 123_457_000),
        ("excel-fr", "29'830,50", 29830.5), ("excel-fr", "( 1 234,5 € )", -1234.5),
        ("excel-de", "29.830", 29830), ("excel-de", "-1.000,00 €", -1000),
        ("excel-de", "1.234.567,8", 1_234_567.8), ("excel-en", "29,830.50", 29830.5),
        ("excel-en", "$1,234", 1234), ("excel-en", "(1,234)", -1234),
        ("excel-ch", "29'830.50", 29830.5), ("excel-ch", "29’830", 29830),
        ("sap", "3.714,00-", -3714), ("sap", "3714-", -3714), ("sap-en", "3,714.5-", -3714.5),
        ("plain", "0.125", 0.125), ("excel-fr", ",5", 0.5), ("excel-fr", "0,1", 0.1),
    ])
    func dialectsRead(name: String, text: String, expected: Double) throws {
        let style = try dialect(name)
        #expect(value(text, style) == expected)
        #expect(digits(" \(text)\t", style).flatMap { Double($0) } == expected)
        let plain = NumberParser(style).plainText(text)
        #expect(plain.flatMap { value($0, NumberStyle()) } == expected, "\(plain ?? "none")")
    }

    /// Digits are given as they stand, however many there are.
    @Test(arguments: [
        ("excel-fr", "1 234 567 890 123 456,780", "1234567890123456.780"),
        ("excel-de", "-0,10 €", "-0.10"), ("plain", "+007.50", "007.50"), ("plain", ".5", ".5"),
        ("excel-en", "(1,000.00)", "-1000.00"), ("plain", "1e5", "1e5"),
    ])
    func digitsAreExact(name: String, text: String, expected: String) throws {
        #expect(digits(text, try dialect(name)) == expected)
    }

    /// A currency that the user named may have digits, and is looked for all the same.
    @Test func aCurrencyMayEndWithADigit() {
        var style = NumberStyle()
        style.currencies = ["X1"]
        #expect(digits("5X1", style) == "5")
        style.currencies = ["1X1"]
        #expect(digits("1X15", style) == "5")
    }

    /// What is not wholly understood is no number, and never another one.
    @Test(arguments: [
        ("excel-fr", "29 83"), ("excel-fr", "2 9830"), ("excel-fr", "29.830"), ("excel-fr", "1.5"),
        ("excel-fr", "29 830 k€"), ("excel-fr", "29 k€"), ("excel-fr", "--5"),
        ("excel-fr", "(-5)"), ("excel-fr", "-5-"), ("excel-fr", "(5"), ("excel-fr", "5)"),
        ("excel-fr", "12%"), ("excel-fr", "1 234e5"), ("excel-fr", "0 123"), ("excel-fr", "€€5"),
        ("excel-fr", "1,2,3"), ("excel-fr", "12 h"), ("excel-fr", "２９"), ("excel-fr", "1 000'000"),
        ("excel-de", "1.5"), ("excel-de", "29.83"), ("excel-de", "0.123"), ("excel-de", "1.2345"),
        ("excel-de", "1234.567"), ("excel-de", "1,5.000"), ("excel-en", "1,5"),
        ("excel-en", "29,830,5"), ("plain", "1,5"), ("plain", "1 000"), ("plain", "(5)"),
        ("plain", "5-"), ("plain", "\u{2212}5"), ("plain", "- 5"), ("plain", "5 €"), ("sap", "-"),
        ("excel-fr", "31/12/2025"), ("excel-fr", "()"), ("excel-fr", "€"),
    ])
    func dialectsRefuse(name: String, text: String) throws {
        let value = value(text, try dialect(name))
        #expect(value == nil || (text == "-" && value?.isNaN == true))
        #expect(digits(text, try dialect(name)).flatMap { Double($0) } == nil)
        let plain = NumberParser(try dialect(name)).plainText(text)
        // What is plain is left to whoever reads numbers exactly.
        #expect(plain == (name == "plain" ? text : text == "-" ? "" : nil))
    }

    @Test(arguments: [
        ("\u{A0} x\u{2009}y \u{202F}\t", "x\u{2009}y"), ("\nx\r\n", "x"), ("\u{FEFF}\u{3000}", ""),
        ("\u{1}x", "\u{1}x"), ("é", "é"), ("", ""),
    ])
    func blanksAroundATextAreThoseOfUnicode(text: String, expected: String) {
        #expect(trimmedBlanks(text) == expected)
        #expect(value(" \n12\u{A0}", NumberStyle()) == 12)
    }

    @Test func missingWordsAreThoseOfTheDialect() throws {
        for text in ["n.d.", "N.D.", "n/d", "nc", "-", "--", "#N/A", "#DIV/0!", "#REF!", "NA"] {
            #expect(value(text, try dialect("excel-fr"))?.isNaN == true, "\(text)")
            #expect((value(text, try dialect("plain")) == nil) == (text != "NA"), "\(text)")
        }
        var style = NumberStyle()
        style.missingWords = ["Étoile", " x "]
        #expect(value("Étoile", style)?.isNaN == true && value("X", style)?.isNaN == true)
        // A word may be a number, which then is none.
        style.missingWords = ["-99", "9999999"]
        #expect(value("-99", style)?.isNaN == true && value(" 9999999 ", style)?.isNaN == true)
        #expect(value("-98", style) == -98 && value("99", style) == 99)
        #expect(NumberParser(style).plainText("-99") == "")
    }

    @Test func percentIsWhatTheOptionSays() {
        var style = NumberStyle()
        style.percent = .fraction
        #expect(value("12%", style) == 0.12 && value("-7.5 %", style) == -0.075)
        style.percent = .points
        #expect(value("12 %", style) == 12)
    }

    @Test(arguments: [
        ("1234", NumberShape.unmarked), ("abc", .unmarked), ("1234.5", .decimalPoint),
        ("0.125", .decimalPoint), ("1.23", .decimalPoint), ("1234.567", .decimalPoint),
        (".123", .decimalPoint), ("1,234.5", .decimalPoint), ("1,234,567", .decimalPoint),
        ("1,5", .decimalComma), ("0,125", .decimalComma), ("1.234,5", .decimalComma),
        ("1.234.567", .decimalComma), ("29 830,50", .decimalComma), ("29.830", .pointGroup),
        ("-1.234", .pointGroup), ("1.234 €", .pointGroup), ("29,830", .commaGroup),
        ("29 830", .otherGroups), ("29'830", .otherGroups), ("-1.000,00 €", .decimalComma),
        ("2,98E+04", .decimalComma), ("31.12.2025", .unmarked), ("10.0.0.1", .unmarked),
    ])
    func shapesAreTold(text: String, shape: NumberShape) {
        #expect(Array(text.utf8).withUnsafeBytes { NumberShape($0) } == shape)
    }

    /// Whatever a random text is read as, no two dialects of one decimal mark read it differently,
    /// and none traps.
    @Test func randomTextsHaveOneValueForEachDecimalMark() throws {
        let parsers = TableDialect.named.map { NumberParser($0.numbers) }
        let alphabet = Array("0123456789.,' -()%€\u{A0}E+").map(String.init)
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...9)).map { _ in alphabet.randomElement() ?? "" }
                .joined()
            _ = Array(text.utf8).withUnsafeBytes { NumberShape($0) }
            for mark in [UInt8(ascii: "."), UInt8(ascii: ",")] {
                let values = parsers.filter { $0.style.decimal == mark }
                    .compactMap { parser in
                        Array(text.utf8).withUnsafeBytes { parser.value($0) }
                    }
                    .filter { !$0.isNaN }
                #expect(Set(values).count <= 1, "\(text)")
            }
        }
    }

    @Test(arguments: [
        ("1", 1.0), ("-0.5", -0.5), ("1e5", 1e5), ("0", 0.0), ("1.5E-3", 0.0015),
        ("01", nil), ("+1", nil), (".5", nil), ("5.", nil), ("-", nil), ("1.e5", nil), ("0x1", nil),
        ("-01", nil), ("00", nil),
    ])
    func jsonNumbersAreThoseOfRFC8259(text: String, expected: Double?) {
        #expect(Array(text.utf8).withUnsafeBytes { PlainNumberParser().jsonNumber($0) } == expected)
    }
}
