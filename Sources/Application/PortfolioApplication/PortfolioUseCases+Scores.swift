// SPDX-License-Identifier: Apache-2.0

// Scores of the companies of a portfolio, and how they came to be what they are.

internal import Databases
package import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

extension PortfolioUseCases {
    /// A page of the companies of a portfolio with their scores.
    ///
    /// - Parameter filter: Which companies; nil for all.
    package func scores(
        of name: String,
        in filter: SegmentFilter? = nil,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (members: [MemberScore], nextToken: String) {
        let size = try page.size()
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        let (id, found) = try store.read {
            connection throws(DatabaseError) -> Result<(Int, [MemberScore]), ServiceError> in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                let id = portfolio.id
                switch page.lastNumber(in: id) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let limit = size + 1
                    guard let filter else {
                        return .success(
                            (id, try connection.memberScores(of: id, after: last, limit: limit))
                        )
                    }
                    switch try connection.slots(of: id, filter, on: today) {
                    case .failure(let error): return .failure(error)
                    case .success(let slots):
                        let wanted = Array(slots.drop { $0 <= last }.prefix(limit))
                        return .success((id, try connection.memberScores(of: id, at: wanted)))
                    }
                }
            }
        }
        let shown = found.prefix(size)
        let last = shown.last?.member.slot ?? 0
        return (Array(shown), found.count > size ? PageRequest.token(last, in: id) : "")
    }

    /// A page of how the score of a company changed.
    ///
    /// - Parameter since: The first day; nil for a year ago.
    package func history(
        of company: CompanyIdentity,
        in name: String,
        since: CalendarDate?,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (company: PortfolioLine, scores: [HistoricScore], nextToken: String) {
        let size = try page.size()
        let day = try firstDay(since)
        let (member, found) = try store.read {
            connection throws(DatabaseError)
                -> Result<(PortfolioMember, [HistoricScore]), ServiceError> in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                guard let slot = try connection.slot(of: company),
                    let member = try connection.members(of: portfolio.id, after: slot - 1, limit: 1)
                        .first, member.slot == slot
                else { return .failure(.unknownCompany(company, in: name, "company")) }
                switch page.lastNumber(in: slot) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let found = try connection.scoreHistory(
                        of: slot,
                        since: day,
                        after: last,
                        limit: size + 1
                    )
                    return .success((member, found))
                }
            }
        }
        let shown = found.prefix(size)
        let last = shown.last?.dated.run ?? 0
        let next = found.count > size ? PageRequest.token(last, in: member.slot) : ""
        return (member.line, Array(shown), next)
    }

    private func firstDay(_ since: CalendarDate?) throws(ServiceError) -> CalendarDate {
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        func before(days: Int) -> CalendarDate { today.adding(days: -days) ?? .first }
        guard let since else { return before(days: 366) }
        guard since >= before(days: RescoringLimits.historyDays) else {
            throw .invalid(
                "since_date",
                "DATE_TOO_OLD",
                "since_date is \(since), and scores are told for "
                    + "\(RescoringLimits.historyDays) days back (historyDays)."
            )
        }
        return since
    }
}
