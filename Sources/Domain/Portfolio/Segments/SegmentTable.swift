// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio as columns of what segments look at, and no others; and where each
// company is with a segment.
//
// A quantile is told among the companies that have the number, amounts among those of one currency:
// with `less` below and `equal` at it, itself included, of `count`, it is (less + equal / 2) over
// count. So equal values fall together, the order turned round turns the quantile round, and a
// company alone, or all of one value, lies at a half: neither in the upper tenth nor in the lower.

internal import DecimalNumbers
internal import FEEL
package import Quantities

/// Companies of a portfolio, as segments look at them.
package struct SegmentTable: Sendable {
    /// The slots of the companies, in the order in which they came.
    package private(set) var slots: [Int] = []
    private let day: CalendarDate
    private var numbers: [NumberColumn] = []
    private var texts: [(text: SegmentText, values: [String])] = []
    private var tags: [[String]]?
    /// The quantiles of a number, once it is asked for them.
    private var quantiles: [SegmentNumber: [Double]] = [:]

    /// A number of all companies.
    struct NumberColumn: Sendable {
        let number: SegmentNumber
        /// No number where it is missing. Of amounts minor units, with the decimals beside them.
        var values: [Double] = []
        /// Of amounts, the currency as a place among `currencies`.
        var currencyPlaces: [UInt16] = []
        var currencies: [Currency] = []
    }

    /// Begins with nothing.
    ///
    /// - Parameters:
    ///   - inputs: What is looked at.
    ///   - day: The day, for ages and days since something.
    package init(of inputs: some Sequence<SegmentInput>, on day: CalendarDate) {
        self.day = day
        var isKnown: Set<SegmentNumber> = []
        for input in inputs {
            if case .quantile(let number) = input { quantiles[number] = [] }
            switch input {
            case .number(let number), .quantile(let number):
                guard isKnown.insert(number).inserted else { continue }
                numbers.append(NumberColumn(number: number))
            case .text(let text):
                if !texts.contains(where: { $0.text == text }) { texts.append((text, [])) }
            case .tags: tags = tags ?? []
            }
        }
    }

    /// Adds a company; each comes once.
    package mutating func add(_ member: SegmentMember) {
        slots.append(member.slot)
        for place in numbers.indices {
            let number = numbers[place].number
            guard number.isAmount else {
                numbers[place].values.append(member.number(number, on: day))
                continue
            }
            numbers[place].add(number == .exposure ? member.exposure : member.limit)
        }
        for place in texts.indices {
            texts[place].values.append(member.text(texts[place].text) ?? "")
        }
        tags?.append(member.tags)
    }

    /// Ranks what is asked for by quantile. To be called once all companies are there.
    package mutating func rank() {
        for number in quantiles.keys {
            guard let column = numbers.first(where: { $0.number == number }) else { continue }
            quantiles[number] = column.quantiles
        }
    }

    /// Where each company is with a segment, in the order of `slots`.
    package func parts(of segment: Segment) -> [SegmentPart] {
        let evaluation = FEELEvaluation(keepsMessages: false)
        var parts: [SegmentPart] = []
        parts.reserveCapacity(slots.count)
        var values: [FEELValue] = []
        let readers = segment.inputs.map { reader(of: $0) }
        let evaluate = { (values: [FEELValue]) -> Bool? in
            evaluation.reset()
            return segment.program.evaluate(values, evaluation).boolean
        }
        for row in slots.indices {
            values.removeAll(keepingCapacity: true)
            for read in readers { values.append(read(row)) }
            let answer = evaluate(values)
            guard let answer, segment.missing.holds(answer, values, segment.inputs, evaluate) else {
                parts.append(.unknown)
                continue
            }
            parts.append(answer ? .member : .other)
        }
        return parts
    }

    /// What a condition looks at that is missing of a company.
    package func missing(of segment: Segment, at row: Int) -> [String] {
        guard slots.indices.contains(row) else { return [] }
        return segment.inputs.filter { reader(of: $0)(row).isNull }.map(\.name)
    }

    private func reader(of input: SegmentInput) -> (Int) -> FEELValue {
        switch input {
        case .number(let number):
            guard let column = numbers.first(where: { $0.number == number }) else { break }
            return { column.value($0) }
        case .quantile(let number):
            guard let values = quantiles[number] else { break }
            return { values.indices.contains($0) ? .init(values[$0]) : .null }
        case .text(let text):
            guard let values = texts.first(where: { $0.text == text })?.values else { break }
            return { values.indices.contains($0) ? .init(values[$0]) : .null }
        case .tags:
            guard let tags else { break }
            return { row in
                tags.indices.contains(row)
                    ? .list(tags[row].map { FEELValue.string($0) }) : .null
            }
        }
        return { _ in .null }
    }
}

extension SegmentTable.NumberColumn {
    mutating func add(_ money: Money?) {
        guard let money else {
            values.append(.nan)
            currencyPlaces.append(0)
            return
        }
        var place = currencies.firstIndex(of: money.currency)
        if place == nil {
            currencies.append(money.currency)
            place = currencies.count - 1
        }
        values.append(Double(money.minorUnits))
        currencyPlaces.append(UInt16(clamping: place ?? 0))
    }

    func value(_ row: Int) -> FEELValue {
        guard values.indices.contains(row), !values[row].isNaN else { return .null }
        let value = values[row]
        guard number.isAmount else { return .init(value) }
        let place = Int(currencyPlaces[row])
        let decimals = currencies.indices.contains(place) ? currencies[place].exponent : 0
        let units = Int128(Int64(exactly: value) ?? (value < 0 ? .min : .max))
        return DecimalNumber(coefficient: units, exponent: -decimals).map { .number($0) } ?? .null
    }

    /// Where each value lies among those of its currency.
    var quantiles: [Double] {
        var found = [Double](repeating: .nan, count: values.count)
        guard number.isAmount else {
            Self.rank(values.indices.filter { !values[$0].isNaN }, values, &found)
            return found
        }
        for place in currencies.indices {
            let rows = values.indices.filter {
                Int(currencyPlaces[$0]) == place && !values[$0].isNaN
            }
            Self.rank(rows, values, &found)
        }
        return found
    }

    private static func rank(_ rows: [Int], _ values: [Double], _ found: inout [Double]) {
        let sorted = rows.sorted { values[$0] < values[$1] }
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, values[sorted[end]] == values[sorted[first]] { end += 1 }
            // One division, so that nine tenths are the double that is written 0.9.
            let quantile = Double(first + end) / Double(2 * sorted.count)
            for place in first..<end { found[sorted[place]] = quantile }
            first = end
        }
    }
}

extension FEELValue {
    /// More than any number that a condition writes.
    private static let beyondAll = DecimalNumber(parsing: "1E6000".utf8)

    fileprivate init(_ number: Double) {
        let decimal =
            number == .infinity ? Self.beyondAll : DecimalNumber(shortest: number)
        self = decimal.map { .number($0) } ?? .null
    }

    fileprivate init(_ text: String) { self = text.isEmpty ? .null : .string(text) }
}
