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
    private let limits: ServiceLimits

    /// Takes the length of the first column.
    init(
        _ place: StaticString,
        count: Int,
        limit: StaticString,
        maximum: Int,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        (self.place, self.count, self.limits) = (place, count, limits)
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

    /// A day.
    func day(
        _ list: [Int32],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> CalendarDate {
        guard let day = CalendarDate(dayNumber: Int(list[index])) else {
            throw bad(column, index, list[index], "it must be days since 1970-01-01")
        }
        return day
    }

    /// A day of an optional column.
    func optionalDay(
        _ list: [Int32],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> CalendarDate? {
        if list.isEmpty || list[index] == .min { return nil }
        return try day(list, column, index)
    }

    /// An amount.
    func cents(
        _ list: [Int64],
        _ column: StaticString,
        _ index: Int
    ) throws(ServiceError) -> Int64 {
        let value = list[index]
        guard value.magnitude <= limits.amountCentsMax.magnitude else {
            throw bad(
                column,
                index,
                value,
                "no amount has more than \(limits.amountCentsMax) cents (amountCentsMax)"
            )
        }
        return value
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
        guard list[index].utf8.count <= limits.factTextBytesMax else {
            throw .overLimit(
                "\(place).\(column)[\(index)]",
                "factTextBytesMax",
                "\(place).\(column)[\(index)] is too long.",
                value: list[index].utf8.count,
                maximum: limits.factTextBytesMax
            )
        }
        return list[index]
    }

    /// Holds the columns of places against the others.
    func checkPlaces(_ papers: [UInt32], _ lines: [UInt32]) throws(ServiceError) {
        try allow(papers.count, "papers")
        try allow(lines.count, "paper_lines")
    }

    /// Where an entry stands.
    func source(
        _ papers: [UInt32],
        _ lines: [UInt32],
        _ index: Int
    ) throws(ServiceError) -> PaperReference {
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
        guard names.count <= limits.currencyNamesMax else {
            throw .overLimit(
                "\(place).currency_names",
                "currencyNamesMax",
                "\(place).currency_names has \(names.count) entries.",
                value: names.count,
                maximum: limits.currencyNamesMax
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
