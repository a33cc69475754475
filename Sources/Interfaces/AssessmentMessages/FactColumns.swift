// SPDX-License-Identifier: Apache-2.0

// Columns of facts, held against each other and against the limits before anything is made of
// them. An error names the column, and the entry where there is one at fault.

internal import CreditFacts
internal import Quantities
internal import ServiceErrors
internal import VigieLimits

/// The columns of one message of facts.
struct FactColumns {
    /// The message in the request, such as "company.statements".
    let place: StaticString
    /// Entries that its columns have.
    let count: Int
    // Not all limits, of which there are so many that a copy for each message would cost more than
    // to read it.
    private let amountCentsMax: Int64
    private let factTextBytesMax: Int
    private let currencyNamesMax: Int

    /// Takes the length of the first column.
    init(
        _ place: StaticString,
        count: Int,
        limit: StaticString,
        maximum: Int,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        (self.place, self.count) = (place, count)
        amountCentsMax = limits.amountCentsMax
        factTextBytesMax = limits.factTextBytesMax
        currencyNamesMax = limits.currencyNamesMax
        guard count <= maximum else {
            throw .overLimit(
                "\(place)",
                "\(limit)",
                "\(place) has \(count) entries.",
                value: count,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
    }

    /// Refuses a column that has not so many entries as it must, by default as the first one.
    func need(_ length: Int, _ column: StaticString, as count: Int? = nil) throws(ServiceError) {
        let count = count ?? self.count
        guard length != count else { return }
        throw .invalid(
            "\(place).\(column)",
            "WRONG_COLUMN_LENGTH",
            "\(place).\(column) has \(length) entries where \(count) are needed, one for each of "
                + "those that it belongs to.",
            metadata: ["length": "\(length)", "needed": "\(count)"]
        )
    }

    /// Refuses a column that is neither empty nor of the needed length.
    func allow(_ length: Int, _ column: StaticString, as count: Int? = nil) throws(ServiceError) {
        if length > 0 { try need(length, column, as: count) }
    }

    /// How many entries of parts belong to all: fewer than 2^31 counts of 32 bits never overflow.
    func total(_ counts: [UInt32]) -> Int { counts.reduce(0) { $0 + Int($1) } }

    /// An entry that cannot be meant.
    @inline(never)
    func bad(
        _ column: StaticString,
        _ index: Int,
        _ value: some CustomStringConvertible,
        _ what: String
    ) -> ServiceError {
        let shown = value.description.shownInMessages
        return .invalid(
            "\(place).\(column)[\(index)]",
            "BAD_VALUE",
            "\(place).\(column)[\(index)] is \(shown); \(what).",
            metadata: ["value": shown]
        )
    }

    // What most values pass is in the code of the loop, what is told of the others is not.

    /// A day.
    @inline(__always)
    func day(
        _ list: [Int32],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> CalendarDate {
        if let day = CalendarDate(dayNumber: Int(list[index])) { return day }
        throw bad(column, index, list[index], "it must be days since 1970-01-01")
    }

    /// A day of an optional column.
    @inline(__always)
    func optionalDay(
        _ list: [Int32],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> CalendarDate? {
        if list.isEmpty || list[index] == .min { return nil }
        return try day(list, column, index)
    }

    /// An amount.
    @inline(__always)
    func cents(
        _ list: [Int64],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> Int64 {
        let value = list[index]
        if value.magnitude <= amountCentsMax.magnitude { return value }
        throw bad(
            column,
            index,
            value,
            "no amount has more than \(amountCentsMax) cents (amountCentsMax)"
        )
    }

    /// What the number of an enum stands for, from 1; nil for 0.
    func value<Value>(
        _ number: Int,
        _ values: [Value],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> Value? {
        if number == 0 { return nil }
        guard values.indices.contains(number - 1) else {
            throw bad(column, index, number, "the API has no such value")
        }
        return values[number - 1]
    }

    /// A text.
    func text(
        _ list: [String],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> String {
        try text(list[index], column, index)
    }

    /// A text of a list.
    func text(
        _ text: String,
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> String {
        guard text.utf8.count <= factTextBytesMax else {
            throw .overLimit(
                "\(place).\(column)[\(index)]",
                "factTextBytesMax",
                "\(place).\(column)[\(index)] is too long.",
                value: text.utf8.count,
                maximum: factTextBytesMax
            )
        }
        return text
    }

    /// Holds the columns of places against the others.
    func checkPlaces(_ papers: [UInt32], _ lines: [UInt32]) throws(ServiceError) {
        try allow(papers.count, "papers")
        try allow(lines.count, "paper_lines")
    }

    /// Where an entry stands.
    @inline(__always)
    func source(
        _ papers: [UInt32],
        _ lines: [UInt32],
        _ index: Int
    ) throws(ServiceError) -> PaperReference {
        if papers.isEmpty, lines.isEmpty { return PaperReference(paper: 0, line: 0) }
        let paper = papers.isEmpty ? 0 : papers[index]
        let line = lines.isEmpty ? 0 : lines[index]
        guard let paper = Int32(exactly: paper) else {
            throw bad("papers", index, paper, "it must be below 2147483648")
        }
        guard let line = Int32(exactly: line) else {
            throw bad("paper_lines", index, line, "it must be below 2147483648")
        }
        return PaperReference(paper: paper, line: line)
    }

    /// The currencies that entries name.
    func currencies(_ names: [String], _ numbers: [UInt32]) throws(ServiceError) -> [Currency] {
        try allow(numbers.count, "currencies")
        guard names.count <= currencyNamesMax else {
            throw .overLimit(
                "\(place).currency_names",
                "currencyNamesMax",
                "\(place).currency_names has \(names.count) entries.",
                value: names.count,
                maximum: currencyNamesMax
            )
        }
        var currencies: [Currency] = []
        for (index, name) in names.enumerated() {
            guard let currency = Currency(name) else {
                throw bad("currency_names", index, name, "it must be a code such as \"EUR\"")
            }
            currencies.append(currency)
        }
        return currencies
    }
}
