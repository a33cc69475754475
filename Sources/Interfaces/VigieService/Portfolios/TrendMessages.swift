// SPDX-License-Identifier: Apache-2.0

// How figures of a portfolio went, as messages.

internal import AlertStore
internal import ProtobufCoding
internal import Quantities
internal import VigieProtos

extension Vigie_V1_DescribeTrendResponse {
    /// Figures over some days.
    init(_ trend: PortfolioTrend, _ today: CalendarDate) {
        self = .with {
            $0.days = trend.days.map { day in
                .with {
                    $0.date = day.day.description
                    $0.companyCount = Int64(day.companyCount)
                    $0.exposure = day.exposure
                    if let part = day.weightedProbability { $0.weightedProbability = part }
                }
            }
            $0.openAlertCounts = trend.openAlerts.map(Int64.init)
            $0.legalEventCount = Int64(trend.legalEventCount)
            $0.asOfDate = today.description
        }
    }
}
