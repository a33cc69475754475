// SPDX-License-Identifier: Apache-2.0

// Figures of risk of a portfolio, today against another day.

internal import Databases
package import PortfolioRisk
internal import PortfolioStore
package import Portfolios
package import Quantities
internal import Segments
package import ServiceErrors
internal import VigieLimits

/// What is asked of figures of risk.
package struct RiskQuestion: Sendable {
    /// With which day they are compared; nil for 30 days ago.
    package var since: CalendarDate?
    /// Companies that moved to be told, of each direction.
    package var moverCount = 10
    /// Companies that owe most to be told, of each currency.
    package var largestCount = 10

    /// Asks for the usual.
    package init() {}
}

/// Figures of risk, and who the companies in them are.
package struct SeenRisk: Sendable {
    /// The figures.
    package let summary: RiskSummary
    /// With which day they are compared.
    package let since: CalendarDate
    /// Companies that are named in them, by their slots.
    package let companies: [Int: PortfolioLine]
    /// Figures of the portfolio's segments, by their names.
    package let segments: [SegmentRisk]
    /// Why there are none of those though there are segments; empty otherwise.
    package let segmentsLeftOut: String
}

extension PortfolioUseCases {
    /// Days back to what figures are compared with unless somebody says otherwise.
    private static let comparedDays = 30

    /// Figures of risk of a portfolio.
    ///
    /// - Throws: NOT_FOUND for a portfolio that the viewer does not see; INVALID_ARGUMENT for too
    ///   many companies, or a day that has not been.
    package func risk(
        of name: String,
        _ question: RiskQuestion,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenRisk {
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        let since = question.since ?? today.adding(days: -Self.comparedDays) ?? .first
        guard since <= today else {
            throw .invalid(
                "since_date",
                "FUTURE_DATE",
                "since_date is \(since), which has not been; today is \(today) (UTC)."
            )
        }
        for (field, count) in [
            ("mover_count", question.moverCount), ("largest_count", question.largestCount),
        ] where !(0...StoreLimits.riskCompaniesMax).contains(count) {
            throw .overLimit(
                field,
                "riskCompaniesMax",
                "\(field) is \(count).",
                value: count,
                maximum: StoreLimits.riskCompaniesMax
            )
        }
        return try store.read { connection throws(DatabaseError) in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                var builder = RiskSummaryBuilder(
                    moverCount: question.moverCount,
                    largestCount: question.largestCount
                )
                var (segments, leftOut) = try Self.segments(of: portfolio.id, today, connection)
                try connection.forEachRiskLine(of: portfolio.id, comparedWith: since) {
                    line throws(DatabaseError) in
                    builder.add(line)
                    segments?.add(line)
                }
                let summary = builder.finished()
                let named = try connection.members(of: portfolio.id, at: summary.namedSlots)
                return .success(
                    SeenRisk(
                        summary: summary,
                        since: since,
                        companies: named,
                        segments: segments?.finished() ?? [],
                        segmentsLeftOut: leftOut
                    )
                )
            }
        }
    }

    /// What adds up figures of segments; nil without any, or with the reason. What is too much for
    /// segments keeps nobody from the other figures.
    private static func segments(
        of portfolio: Int,
        _ today: CalendarDate,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> (SegmentRiskBuilder?, leftOut: String) {
        let kept = try connection.segments(of: portfolio).map(\.segment)
        guard !kept.isEmpty else { return (nil, "") }
        switch try SegmentedPortfolio.read(portfolio, kept, on: today, connection) {
        case .failure(let error): return (nil, error.message)
        case .success(let found):
            return (SegmentRiskBuilder(kept.map(\.name), found.table.slots, found.parts), "")
        }
    }
}

extension RiskSummary {
    /// Slots of companies that are told one by one.
    fileprivate var namedSlots: [Int] {
        let movers = (fallen + risen).map(\.slot)
        return movers + currencies.values.flatMap { $0.largest.map(\.slot) }
    }
}

extension DatabaseConnection {
    /// Companies of a portfolio at some slots.
    func members(
        of portfolio: Int,
        at slots: [Int]
    ) throws(DatabaseError) -> [Int: PortfolioLine] {
        var found: [Int: PortfolioLine] = [:]
        for slot in Set(slots) {
            let member = try members(of: portfolio, after: slot - 1, limit: 1).first
            if let member, member.slot == slot { found[slot] = member.line }
        }
        return found
    }
}
