// SPDX-License-Identifier: Apache-2.0

// How whole files are written: what the programs of each country make of a table.

/// A way to write a table as text.
package struct TableDialect: Equatable, Sendable {
    /// Name of the option; empty for one that was put together.
    package var name = ""
    /// The byte between cells; nil to find out from the header line.
    package var delimiter: UInt8?
    /// How numbers are written.
    package var numbers = NumberStyle()
    /// The encoding; nil to be told by a byte-order mark, else UTF-8.
    package var encoding: TextEncoding?
    /// Lines above the header.
    package var skippedLines = 0
    /// The byte between cells of what is written.
    package var outputDelimiter = UInt8(ascii: ",")
    /// Whether what is written begins with a byte-order mark, by which Excel knows UTF-8.
    package var writesByteOrderMark = false

    /// The dialect of a file about which nothing is known.
    package init() {}

    /// A row of the table of dialects.
    private init(
        _ name: String,
        decimal: Character,
        _ thousands: NumberStyle.Thousands,
        output delimiter: Character = ";",
        currencies: [String] = ["€", "EUR"],
        missing: [String] = [],
        mark: Bool = true
    ) {
        self.name = name
        numbers.decimal = decimal.asciiValue ?? UInt8(ascii: ".")
        // Spaces and apostrophes are never decimal marks: no harm in taking them anywhere.
        numbers.thousands = thousands.union([.space, .apostrophe])
        numbers.negatives = .all
        numbers.currencies = currencies
        numbers.missingWords = Self.spreadsheetErrors + ["-", "--"] + missing
        numbers.isDeclared = true
        outputDelimiter = delimiter.asciiValue ?? UInt8(ascii: ",")
        writesByteOrderMark = mark
    }

    /// What spreadsheets write in place of a value, in the languages of the dialects.
    private static let spreadsheetErrors = [
        "#N/A", "#N/D", "#NV", "#N/B", "#DIV/0!", "#REF!", "#BEZUG!", "#RIF!", "#VALUE!",
        "#VALEUR!", "#WERT!", "#WAARDE!", "#VALORE!", "#VALOR!", "#NAME?", "#NOM?", "#NOMBRE?",
        "#NOMBRE!", "#NOME?", "#NUM!", "#ZAHL!", "#NULL!", "#NUL!",
    ]
    private static let french = [
        "n.d.", "n.d", "n/d", "nd", "n.c.", "n.c", "n/c", "nc", "n.s.", "ns",
    ]
    private static let german = ["k.A.", "k. A.", "k.a", "n.v.", "n/v"]
    private static let english = ["n.a.", "n.m.", "nm", "n/m"]

    /// All dialects that have a name.
    package static let named: [TableDialect] = [
        .init("excel-fr", decimal: ",", .space, missing: french),
        .init("excel-de", decimal: ",", .point, missing: german),
        .init(
            "excel-en",
            decimal: ".",
            .comma,
            output: ",",
            currencies: ["$", "£", "€", "USD", "GBP", "EUR"],
            missing: english
        ),
        .init(
            "excel-ch",
            decimal: ".",
            .apostrophe,
            currencies: ["CHF", "Fr.", "€", "EUR"],
            missing: french + german
        ),
        .init("excel-it", decimal: ",", .point, missing: ["n.d.", "nd", "n/d"]),
        .init("excel-es", decimal: ",", .point, missing: ["n.d.", "nd", "n/d"]),
        .init("excel-nl", decimal: ",", .point, missing: ["n.b.", "nb", "n.v.t."]),
        .init("excel-pt", decimal: ",", .space, missing: ["n.d.", "nd", "n/d"]),
        .init(
            "excel-pl",
            decimal: ",",
            .space,
            currencies: ["zł", "PLN", "€", "EUR"],
            missing: ["b.d."]
        ),
        .init(
            "excel-sv",
            decimal: ",",
            .space,
            currencies: ["kr", "SEK", "NOK", "DKK", "€", "EUR"]
        ),
        .init("sap", decimal: ",", .point, mark: false),
        .init(
            "sap-en",
            decimal: ".",
            .comma,
            currencies: ["USD", "GBP", "EUR", "$", "£", "€"],
            mark: false
        ),
        .plain,
    ]

    /// RFC 4180 with a decimal point.
    package static let plain: TableDialect = {
        var plain = TableDialect()
        plain.name = "plain"
        plain.numbers.isDeclared = true
        return plain
    }()
}
