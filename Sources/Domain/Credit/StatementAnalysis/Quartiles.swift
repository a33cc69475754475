// SPDX-License-Identifier: Apache-2.0

// Where a ratio stands among others, by quartiles that users give: nobody may ship those of a
// bureau. Ratios as they are published give quartiles, too.

package import CreditFacts
package import Documents
internal import Quantities

/// Where a ratio stands among those of a group.
package struct QuartilePlace: Sendable, Equatable {
    /// The ratio.
    package var ratio: String
    /// Its value.
    package var value: Double
    /// In which quarter it lies, from 1 for the lowest to 4.
    package var quarter: Int
    /// The quartiles.
    package var row: Quartiles.Row
    /// The group: empty for all.
    package var segment: String
    /// The year of the data; nil where the table does not say.
    package var year: Int?
}

/// Quartiles of ratios by segment.
package struct Quartiles: Sendable {
    /// The quartiles of a ratio in a segment.
    package struct Row: Sendable, Equatable {
        /// A quarter of the firms is below.
        package var first: Double
        /// Half of them are.
        package var median: Double
        /// Three quarters are.
        package var third: Double
    }

    private struct Key: Hashable, Sendable {
        var ratio: String
        var segment: String
    }

    private var rows: [Key: [(year: Int?, row: Row)]] = [:]
    /// How many ratios of segments and years there are.
    package private(set) var count = 0

    /// Firms that a group of published ratios has at least: of fewer a quarter says nothing.
    static let firmsMinimum = 20  // tidy: limit: our own, five firms a quarter

    /// Reads a table with the columns ratio, segment, q1, median and q3, and year where the data
    /// have one. An empty segment is for all; a second row of one ratio, segment and year is set
    /// aside.
    ///
    /// - Throws: A table without those columns or without a row that can be used.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findings: inout Findings
    ) throws(InputError) {
        let names = ["ratio", "segment", "q1", "median", "q3"]
        try UserTable.read(
            buffer,
            columns: names,
            optional: ["year"],
            paper: paper,
            findings: &findings
        ) { cells in
            guard Self.isRatio(cells[0]) else { return "ratio" }
            guard let first = UserTable.number(cells[2]) else { return "q1" }
            guard let median = UserTable.number(cells[3]), median >= first else { return "median" }
            guard let third = UserTable.number(cells[4]), third >= median else { return "q3" }
            let year = Int(cells[5])
            guard cells[5].isEmpty || year != nil else { return "year" }
            let row = Row(first: first, median: median, third: third)
            return add(row, cells[0], Self.plain(cells[1]), year) ? nil : "segment"
        }
    }

    /// Makes quartiles of ratios as they are published, by the type of accounts and the year; of
    /// one firm and year the last one that was filed. Those of groups of firms are left out.
    package init(_ lists: [(names: [String], ratios: [PublishedRatios])]) {
        var last: [String: (names: [String], ratios: PublishedRatios)] = [:]
        for (names, ratios) in lists {
            for ratio in ratios where ratio.type != StatementForm.consolidated.rawValue {
                let key = "\(ratio.siren) \(ratio.closing) \(ratio.type)"
                if let held = last[key], held.ratios.filed ?? .first > ratio.filed ?? .first {
                    continue
                }
                last[key] = (names, ratio)
            }
        }
        var groups: [Key: [Int: [Double]]] = [:]
        for (names, ratio) in last.values {
            for (name, value) in zip(names, ratio.values)
            where value.isFinite && Self.isRatio(name) {
                let key = Key(ratio: name, segment: ratio.type)
                groups[key, default: [:]][ratio.closing.fiscalYear, default: []].append(value)
            }
        }
        for (key, years) in groups {
            for (year, values) in years where values.count >= Self.firmsMinimum {
                let sorted = values.sorted()
                let row = Row(
                    first: Self.part(1, of: sorted),
                    median: Self.part(2, of: sorted),
                    third: Self.part(3, of: sorted)
                )
                _ = add(row, key.ratio, key.segment, year)
            }
        }
    }

    private static func isRatio(_ name: String) -> Bool {
        StatementFormulas.complete.place(name) != nil
            || StatementFormulas.simplified.place(name) != nil
    }

    /// So many quarters of sorted values, on the straight line between the two next to it.
    private static func part(_ quarters: Int, of sorted: [Double]) -> Double {
        let place = Double(quarters) / 4 * Double(sorted.count - 1)
        let low = min(Int(place), sorted.count - 1)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }

    /// A segment as it is compared: codes without points in capitals, sizes in small letters.
    private static func plain(_ segment: String) -> String {
        let parts = segment.filter { $0 != "." && $0 != " " }
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let code = (parts.first ?? "").uppercased()
        return parts.count > 1 ? "\(code):\(parts[1].lowercased())" : code
    }

    private mutating func add(
        _ row: Row,
        _ ratio: String,
        _ segment: String,
        _ year: Int?
    ) -> Bool {
        let key = Key(ratio: ratio, segment: segment)
        if rows[key]?.contains(where: { $0.year == year }) == true { return false }
        rows[key, default: []].append((year, row))
        count += 1
        return true
    }

    /// The quartiles of a segment: of the last year up to one, else of the first after it.
    private func dated(_ ratio: String, _ segment: String, _ year: Int) -> (year: Int?, row: Row)? {
        guard let found = rows[Key(ratio: ratio, segment: segment)] else { return nil }
        let past = found.filter { ($0.year ?? .min) <= year }
        return past.max { ($0.year ?? .min) < ($1.year ?? .min) }
            ?? found.min { ($0.year ?? .max) < ($1.year ?? .max) }
    }

    /// The quartiles of a ratio in a segment, or in all where the segment has none; nil for none.
    package func row(_ ratio: String, segment: String) -> Row? {
        (dated(ratio, Self.plain(segment), .max) ?? dated(ratio, "", .max))?.row
    }

    /// In which quarter a value lies, from 1 for the lowest to 4; a value on a border lies below
    /// it. Whether low is good depends on the ratio.
    package func quarter(_ ratio: String, segment: String, _ value: Double) -> Int? {
        guard let row = row(ratio, segment: segment), !value.isNaN else { return nil }
        return Self.quarter(of: value, row)
    }

    private static func quarter(of value: Double, _ row: Row) -> Int {
        value <= row.first ? 1 : value <= row.median ? 2 : value <= row.third ? 3 : 4
    }

    /// Where a value stands in the first of some segments that the table has; nil where it has
    /// none of them.
    package func place(
        _ ratio: String,
        _ value: Double,
        segments: [String],
        year: Int
    ) -> QuartilePlace? {
        guard !value.isNaN else { return nil }
        for segment in segments {
            guard let (year, row) = dated(ratio, segment, year) else { continue }
            return QuartilePlace(
                ratio: ratio,
                value: value,
                quarter: Self.quarter(of: value, row),
                row: row,
                segment: segment,
                year: year
            )
        }
        return nil
    }
}
