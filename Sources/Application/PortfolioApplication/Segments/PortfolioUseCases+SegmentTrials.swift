// SPDX-License-Identifier: Apache-2.0

// What a segment would hold, before it is kept; and who enters and leaves the one of its name.

internal import Databases
internal import PortfolioRisk
internal import PortfolioStore
package import Portfolios
internal import Quantities
package import Segments
package import ServiceErrors
internal import VigieLimits

/// What a segment would hold.
package struct SegmentTrial: Sendable {
    /// Figures of it.
    package let risk: SegmentRisk
    /// Companies of the portfolio.
    package let companyCount: Int
    /// Companies in it, the first ones.
    package let members: [PortfolioLine]
    /// Companies of which something is not known, the first ones, with what that is.
    package let unknown: [(line: PortfolioLine, missing: [String])]
    /// Whether there is one of its name.
    package let hasKept: Bool
    /// Companies that would come into it, the first ones, and how many.
    package let entering: (lines: [PortfolioLine], count: Int)
    /// Companies that would leave it, the first ones, and how many.
    package let leaving: (lines: [PortfolioLine], count: Int)
}

extension PortfolioUseCases {
    /// Tries a segment.
    ///
    /// - Parameter count: Most companies of each list.
    package func trySegment(
        _ segment: Segment,
        on name: String,
        count: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SegmentTrial {
        guard (0...SegmentLimits.triedCompanies).contains(count) else {
            throw .overLimit(
                "company_count",
                "triedCompanies",
                "company_count is \(count).",
                value: count,
                maximum: SegmentLimits.triedCompanies
            )
        }
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        return try store.read { connection throws(DatabaseError) in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                let kept = try connection.segments(of: portfolio.id)
                    .first { $0.segment.name == segment.name }?.segment
                let read = try SegmentedPortfolio.read(
                    portfolio.id,
                    [segment] + (kept.map { [$0] } ?? []),
                    on: today,
                    connection
                )
                switch read {
                case .failure(let error): return .failure(error)
                case .success(let found):
                    return .success(
                        try Self.trial(segment, found, portfolio.id, today, count, connection)
                    )
                }
            }
        }
    }

    private static func trial(
        _ segment: Segment,
        _ found: SegmentedPortfolio,
        _ portfolio: Int,
        _ today: CalendarDate,
        _ count: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> SegmentTrial {
        let (now, before) = (found.parts[0], found.parts.count > 1 ? found.parts[1] : nil)
        var rows = (
            members: [Int](), unknown: [Int](), entering: [Int](), leaving: [Int]()
        )
        for (row, part) in now.enumerated() {
            if part == .member { rows.members.append(row) }
            if part == .unknown { rows.unknown.append(row) }
            guard let before else { continue }
            if part == .member, before[row] != .member { rows.entering.append(row) }
            if part != .member, before[row] == .member { rows.leaving.append(row) }
        }
        func lines(
            _ rows: [Int]
        ) throws(DatabaseError) -> [(row: Int, line: PortfolioLine)] {
            let first = rows.prefix(count)
            let slots = found.table.slots
            let named = try connection.members(of: portfolio, at: first.map { slots[$0] })
            return first.compactMap { row in named[slots[row]].map { (row, $0) } }
        }
        var builder = SegmentRiskBuilder([segment.name], found.table.slots, [now])
        try connection.forEachRiskLine(of: portfolio, comparedWith: today) {
            line throws(DatabaseError) in builder.add(line)
        }
        let unknown = try lines(rows.unknown).map { row, line in
            (line: line, missing: found.table.missing(of: segment, at: row))
        }
        return SegmentTrial(
            risk: builder.finished()[0],
            companyCount: now.count,
            members: try lines(rows.members).map(\.line),
            unknown: unknown,
            hasKept: before != nil,
            entering: (try lines(rows.entering).map(\.line), rows.entering.count),
            leaving: (try lines(rows.leaving).map(\.line), rows.leaving.count)
        )
    }
}
