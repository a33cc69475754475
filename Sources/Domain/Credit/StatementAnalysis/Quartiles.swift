// SPDX-License-Identifier: Apache-2.0

// Where a ratio stands among others, by quartiles that users give: nobody may ship those of a
// bureau.

package import CreditFacts
package import Documents

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

    private var rows: [Key: Row] = [:]

    /// Reads a table with the columns ratio, segment, q1, median and q3. An empty segment is for
    /// all; a second row of one ratio and segment is set aside.
    ///
    /// - Throws: A table without those columns or without a row that can be used.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findings: inout Findings
    ) throws(InputError) {
        let names = ["ratio", "segment", "q1", "median", "q3"]
        try UserTable.read(buffer, columns: names, paper: paper, findings: &findings) { cells in
            guard
                StatementFormulas.complete.place(cells[0]) != nil
                    || StatementFormulas.simplified.place(cells[0]) != nil
            else { return "ratio" }
            guard let first = UserTable.number(cells[2]) else { return "q1" }
            guard let median = UserTable.number(cells[3]), median >= first else { return "median" }
            guard let third = UserTable.number(cells[4]), third >= median else { return "q3" }
            let key = Key(ratio: cells[0], segment: cells[1])
            guard rows[key] == nil else { return "segment" }
            rows[key] = Row(first: first, median: median, third: third)
            return nil
        }
    }

    /// How many ratios of segments there are.
    package var count: Int { rows.count }

    /// The quartiles of a ratio in a segment, or in all where the segment has none; nil for none.
    package func row(_ ratio: String, segment: String) -> Row? {
        rows[Key(ratio: ratio, segment: segment)] ?? rows[Key(ratio: ratio, segment: "")]
    }

    /// In which quarter a value lies, from 1 for the lowest to 4; a value on a border lies below
    /// it. Whether low is good depends on the ratio.
    package func quarter(_ ratio: String, segment: String, _ value: Double) -> Int? {
        guard let row = row(ratio, segment: segment), !value.isNaN else { return nil }
        return value <= row.first ? 1 : value <= row.median ? 2 : value <= row.third ? 3 : 4
    }
}
