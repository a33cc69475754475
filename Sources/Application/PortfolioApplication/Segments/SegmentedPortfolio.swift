// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio, and where each is with some segments: in one transaction with
// whatever else is read of them.
//
// Cost, expected: a microsecond for each company and a condition of five steps, 0.3 us to rank a
// number, and 2 us to read a company from SQLite, 4 us from PostgreSQL.

internal import Databases
internal import PortfolioStore
internal import Portfolios
internal import Quantities
package import Segments
internal import ServiceErrors
internal import VigieLimits

/// Which companies of a portfolio are wanted.
package struct SegmentFilter: Sendable {
    /// The name of a segment.
    package let segment: String
    /// Where the companies are with it.
    package let part: SegmentPart

    /// Names them.
    package init(_ segment: String, _ part: SegmentPart = .member) {
        (self.segment, self.part) = (segment, part)
    }
}

/// Companies of a portfolio, and where they are with segments.
struct SegmentedPortfolio {
    /// The companies.
    let table: SegmentTable
    /// Where each is, in the order of the table, segment for segment.
    let parts: [[SegmentPart]]

    /// Reads a portfolio.
    ///
    /// - Throws: What the database does; a refusal is RESOURCE_EXHAUSTED.
    static func read(
        _ portfolio: Int,
        _ segments: [Segment],
        on day: CalendarDate,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<SegmentedPortfolio, ServiceError> {
        let steps = segments.reduce(0) { $0 + $1.stepCount }
        let inputs = Set(segments.flatMap(\.inputs))
        var table = SegmentTable(of: inputs, on: day)
        let companiesMax = SegmentLimits.segmentSteps / max(1, steps)
        var count = 0
        try connection.forEachSegmentMember(of: portfolio, inputs) {
            member throws(DatabaseError) in
            count += 1
            // What is over the limit is counted and not kept.
            if count <= companiesMax { table.add(member) }
        }
        guard count <= companiesMax else {
            return .failure(.tooManySegmentSteps(count.multipliedReportingOverflow(by: steps).0))
        }
        table.rank()
        return .success(
            SegmentedPortfolio(table: table, parts: segments.map { table.parts(of: $0) })
        )
    }

    /// The slots of the companies of a part of the first segment, ascending.
    func slots(_ part: SegmentPart) -> [Int] {
        guard let first = parts.first else { return [] }
        return zip(table.slots, first).filter { $0.1 == part }.map(\.0)
    }
}

extension DatabaseConnection {
    /// The slots that a filter leaves of a portfolio, ascending.
    func slots(
        of portfolio: Int,
        _ filter: SegmentFilter,
        on day: CalendarDate
    ) throws(DatabaseError) -> Result<[Int], ServiceError> {
        guard
            let found = try segments(of: portfolio)
                .first(where: { $0.segment.name == filter.segment })
        else { return .failure(.unknownSegment(filter.segment)) }
        return try SegmentedPortfolio.read(portfolio, [found.segment], on: day, self)
            .map { $0.slots(filter.part) }
    }
}
