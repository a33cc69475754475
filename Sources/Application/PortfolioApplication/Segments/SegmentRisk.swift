// SPDX-License-Identifier: Apache-2.0

// Figures of risk of segments: those of the companies in each, and those of companies of which
// nobody can say whether they are.

package import PortfolioRisk
internal import Segments

/// Figures of a segment.
package struct SegmentRisk: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Those of the companies in it.
    package let members: RiskSummary
    /// Those of companies that are neither in it nor out.
    package let unknown: RiskSummary
}

/// Adds up companies by the segments that they are in.
struct SegmentRiskBuilder {
    private let names: [String]
    private let slots: [Int]
    private let parts: [[SegmentPart]]
    private var builders: [(members: RiskSummaryBuilder, unknown: RiskSummaryBuilder)]
    private var row = 0

    /// Begins with nothing.
    ///
    /// - Parameters:
    ///   - names: Those of the segments.
    ///   - slots: Companies, ascending.
    ///   - parts: Where each of them is, segment for segment.
    init(_ names: [String], _ slots: [Int], _ parts: [[SegmentPart]]) {
        (self.names, self.slots, self.parts) = (names, slots, parts)
        let empty = RiskSummaryBuilder(moverCount: 0, largestCount: 0)
        builders = names.map { _ in (empty, empty) }
    }

    /// Adds a company; they come in the order of their slots. One that came into the portfolio
    /// after segments were looked at is in none.
    mutating func add(_ line: RiskLine) {
        while row < slots.count, slots[row] < line.slot { row += 1 }
        guard row < slots.count, slots[row] == line.slot else { return }
        for (place, parts) in parts.enumerated() {
            switch parts[row] {
            case .member: builders[place].members.add(line)
            case .unknown: builders[place].unknown.add(line)
            case .other: break
            }
        }
    }

    /// The figures of what was added.
    func finished() -> [SegmentRisk] {
        zip(names, builders).map { name, builder in
            SegmentRisk(
                name: name,
                members: builder.members.finished(),
                unknown: builder.unknown.finished()
            )
        }
    }
}
