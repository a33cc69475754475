// SPDX-License-Identifier: Apache-2.0

// Amounts: exact, and in no other way than the file's.

import Documents
import PortfolioFiles
import Portfolios
import Quantities
import TestRandomness
import Testing
import VigieLimits

@Suite struct AmountCellTests {
    /// Reads one amount, as a limit.
    private func amount(
        _ cell: String,
        dialect: String? = nil,
        currency: String = "EUR"
    ) -> String {
        let cell = "\"\(cell.replacingOccurrences("\"", "\"\""))\""
        let read = read("siren;limit;currency\n552100554;\(cell);\(currency)\n") { options in
            if let dialect { options.name(dialect) }
        }
        if let problem = read.summary.problems.first { return problem.code.rawValue }
        guard let line = read.companies.first else { return "no line" }
        return line.limit?.description ?? "none"
    }

    @Test(arguments: [
        ("0", "0.00 EUR"), ("12", "12.00 EUR"), ("12.5", "12.50 EUR"), ("0012.50", "12.50 EUR"),
        ("1234567.89", "1234567.89 EUR"), ("+12", "12.00 EUR"), (" 12 ", "12.00 EUR"),
        ("\u{A0}12", "12.00 EUR"), ("", "none"), ("  ", "none"), ("n/a", "none"), ("NULL", "none"),
        ("12.345", "UNCLEAR_AMOUNT"), ("20.000", "UNCLEAR_AMOUNT"),
        ("1234.567", "TOO_MANY_DECIMALS"),
        ("1 234.56", "NOT_AN_AMOUNT"), ("1 234,56", "NOT_AN_AMOUNT"), ("1.234,56", "NOT_AN_AMOUNT"),
        ("1,234.56", "NOT_AN_AMOUNT"), ("12,5", "NOT_AN_AMOUNT"), ("12 €", "NOT_AN_AMOUNT"),
        ("1E5", "NOT_AN_AMOUNT"), (".5", "NOT_AN_AMOUNT"), ("5.", "NOT_AN_AMOUNT"),
        ("-", "NOT_AN_AMOUNT"), ("--5", "NOT_AN_AMOUNT"), ("1-", "NOT_AN_AMOUNT"),
        ("#REF!", "NOT_AN_AMOUNT"), ("#N/A", "NOT_AN_AMOUNT"), ("0x10", "NOT_AN_AMOUNT"),
        ("inf", "NOT_AN_AMOUNT"), ("١٢", "NOT_AN_AMOUNT"), ("12 EUR", "NOT_AN_AMOUNT"),
        ("-1", "NEGATIVE_LIMIT"), ("-0", "0.00 EUR"), ("999999999999", "AMOUNT_TOO_LARGE"),
        ("99999999999999999999", "AMOUNT_TOO_LARGE"), ("=1+1", "NOT_AN_AMOUNT"),
    ])
    func isReadWithAPointAlone(_ cell: String, _ expected: String) {
        #expect(amount(cell) == expected)
    }

    @Test(arguments: [
        ("excel-fr", "1 234,56", "1234.56 EUR"), ("excel-fr", "1\u{202F}234,5", "1234.50 EUR"),
        ("excel-fr", "1\u{A0}234\u{A0}567", "1234567.00 EUR"),
        ("excel-fr", "1234,56", "1234.56 EUR"),
        ("excel-fr", "1 234,56 €", "1234.56 EUR"), ("excel-fr", "1234.56", "NOT_AN_AMOUNT"),
        ("excel-fr", "1 23,45", "NOT_AN_AMOUNT"), ("excel-fr", "01 234", "NOT_AN_AMOUNT"),
        ("excel-fr", "1 234 5678", "NOT_AN_AMOUNT"), ("excel-fr", "1 234,567", "TOO_MANY_DECIMALS"),
        ("excel-fr", "n.d.", "none"), ("excel-fr", "#REF!", "NOT_AN_AMOUNT"),
        ("excel-fr", "-", "none"), ("excel-fr", "(5,00)", "NEGATIVE_LIMIT"),
        ("excel-de", "1.234,56", "1234.56 EUR"), ("excel-de", "20.000", "20000.00 EUR"),
        ("excel-de", "1.234 567", "NOT_AN_AMOUNT"), ("excel-en", "1,234.56", "1234.56 EUR"),
        ("excel-en", "$1,234", "OTHER_CURRENCY"), ("excel-en", "1,234 USD", "OTHER_CURRENCY"),
        ("excel-en", "€1,234", "1234.00 EUR"), ("excel-ch", "1'234.50", "1234.50 EUR"),
        ("excel-ch", "Fr. 20", "OTHER_CURRENCY"), ("plain", "20.000", "TOO_MANY_DECIMALS"),
        ("sap", "1.234,56-", "NEGATIVE_LIMIT"), ("excel-fr", "999 999 999 999", "AMOUNT_TOO_LARGE"),
    ])
    func isReadAsTheDialectHasIt(_ dialect: String, _ cell: String, _ expected: String) {
        #expect(amount(cell, dialect: dialect) == expected)
    }

    @Test(arguments: [
        ("JPY", "1234", "1234 JPY"), ("JPY", "1234.5", "TOO_MANY_DECIMALS"),
        ("TND", "1234.567", "1234.567 TND"), ("TND", "20.000", "UNCLEAR_AMOUNT"),
        ("TND", "12.5", "12.500 TND"), ("CLF", "1.2345", "1.2345 CLF"), ("eur", "1", "1.00 EUR"),
        ("", "1", "1.00 EUR"), ("XXX", "1", "NOT_A_CURRENCY"), ("€", "1", "NOT_A_CURRENCY"),
        ("EURO", "1", "NOT_A_CURRENCY"),
    ])
    func hasTheDecimalsOfItsCurrency(_ currency: String, _ cell: String, _ expected: String) {
        #expect(amount(cell, currency: currency) == expected)
    }

    @Test func aPointIsThatOfDecimalsWhereItsColumnShowedIt() {
        let text = "siren;limit\n552100554;1234.500\n356000000;20.000\n"
        let dinars = read(text) { $0.currency = Currency("TND") ?? .euro }
        #expect(dinars.companies.map { $0.limit?.minorUnits } == [1_234_500, 20_000])
        // A comma of decimals takes that back.
        let mixed = read(text + "732829320;1,5\n383474814;3.000\n") {
            $0.currency = Currency("TND") ?? .euro
        }
        #expect(mixed.problems == ["4 NOT_AN_AMOUNT limit", "5 UNCLEAR_AMOUNT limit"])
        let other = read("siren;limit;exposure\n552100554;1234.500;20.000\n") {
            $0.currency = Currency("TND") ?? .euro
        }
        #expect(other.problems == ["2 UNCLEAR_AMOUNT exposure"])
    }

    @Test func adviceNamesTheDialects() {
        let read = read("siren;limit;exposure\n552100554;1 234,56;\"1,234\"\n")
        #expect(
            read.summary.problems.map(\.advice) == [
                "name the dialect of the file: it is 1234.56 by the dialect excel-fr",
                "name the dialect of the file: it is 1234.00 by the dialect excel-en",
            ]
        )
    }

    @Test func exposuresMayBeCreditBalances() {
        let read = read("siren;exposure\n552100554;-12.5\n")
        #expect(read.companies.map { $0.exposure?.minorUnits } == [-1_250])
    }

    @Test func aHeadingWithASignIsOfThatCurrency() {
        let text = "siren;Encours (€)\n552100554;12\n"
        #expect(read(text).companies.map { $0.exposure?.minorUnits } == [1_200])
        let dollars = read(text) { $0.currency = Currency("USD") ?? .euro }
        #expect(dollars.message?.contains("sign of another currency than USD") == true)
    }

    @Test func amountsUpToTheLimitOfTheHistoryAreRead() {
        let cents = HistoryLimits.exposureCents
        let read = read("siren;exposure\n552100554;-\((cents - 1) / 100).\((cents - 1) % 100)\n")
        #expect(read.companies.map { $0.exposure?.minorUnits } == [1 - cents])
        #expect(amount("\(cents / 100).\(cents % 100)") == "AMOUNT_TOO_LARGE")
    }

    /// The fast ways of reading against the one that reads every number.
    @Test(arguments: ["excel-fr", "excel-de", "excel-en", "excel-ch", "plain", ""])
    func theFastWaysReadTheSame(_ dialect: String) {
        var chance = SeededGenerator(seed: dialect.utf8.count)
        let parts = [
            "0", "1", "23", "456", "7890", " ", "\u{A0}", "\u{202F}", ".", ",", "'", "-", "€",
        ]
        let cells = (0..<3_000).map { _ in
            (0..<chance.upTo(7)).map { _ in chance.pick(parts) }.joined()
        }
        let style = TableDialect.named.first { $0.name == dialect }?.numbers ?? NumberStyle()
        for currency in [Currency.euro, Currency("JPY"), Currency("TND")].compactMap(\.self) {
            let rows = cells.enumerated().map { "\($0.offset)\t\($0.element)" }
            let reading = read("id\texposure\n" + rows.joined(separator: "\n")) { options in
                if !dialect.isEmpty { options.name(dialect) }
                options.currency = currency
                options.brokenLines = .skip
            }
            #expect(reading.lines.count > 300)
            for line in reading.lines {
                let cell = Array(trimmedBlanks(cells[line.number - 2]).utf8)
                let digits = cell.withUnsafeBytes { NumberParser(style).digits($0) }
                let expected = digits.flatMap { try? Money(decimal: $0, currency: currency) }
                #expect(line.company.exposure == expected, "\(cells[line.number - 2])")
            }
            // What was refused is no number, or one that may be another or is in another currency.
            let read = Set(reading.lines.map(\.number))
            for (place, cell) in cells.enumerated() where !read.contains(place + 2) {
                let bytes = Array(trimmedBlanks(cell).utf8)
                let digits = bytes.withUnsafeBytes { NumberParser(style).digits($0) }
                guard let digits, !cell.contains("€") || currency == .euro else { continue }
                guard let amount = try? Money(decimal: digits, currency: currency) else { continue }
                let isUnclear =
                    !style.isDeclared && bytes.withUnsafeBytes { NumberShape($0) } == .pointGroup
                let isLarge = amount.minorUnits.magnitude >= HistoryLimits.exposureCents
                #expect(isUnclear || isLarge, "\(cell)")
            }
        }
    }
}

extension String {
    /// All occurrences of a text replaced.
    fileprivate func replacingOccurrences(_ text: Character, _ other: String) -> String {
        map { $0 == text ? other : String($0) }.joined()
    }
}
