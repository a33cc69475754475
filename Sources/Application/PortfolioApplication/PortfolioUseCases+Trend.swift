// SPDX-License-Identifier: Apache-2.0

// How figures of a portfolio went over the last days.

package import AlertStore
internal import Databases
internal import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

extension PortfolioUseCases {
    /// Figures of a portfolio over the last days.
    ///
    /// - Parameter count: How many days back.
    /// - Throws: NOT_FOUND for a portfolio that the viewer does not see; INVALID_ARGUMENT for a
    ///   number of days.
    package func trend(
        of name: String,
        days count: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (trend: PortfolioTrend, today: CalendarDate) {
        guard (1...StoreLimits.trendDaysMax).contains(count) else {
            throw .overLimit(
                "day_count",
                "trendDaysMax",
                "day_count is \(count); it is at least 1.",
                value: count,
                maximum: StoreLimits.trendDaysMax
            )
        }
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        let trend = try store.read { connection throws(DatabaseError) in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                .success(try connection.trend(of: portfolio.id, days: count, through: today))
            }
        }
        return (trend, today)
    }
}
