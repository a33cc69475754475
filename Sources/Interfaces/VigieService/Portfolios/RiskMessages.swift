// SPDX-License-Identifier: Apache-2.0

// Figures of risk as messages.

internal import PortfolioApplication
internal import PortfolioRisk
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_DescribeRiskRequest {
    /// What is lost in a failure unless somebody says otherwise: claims on companies without
    /// security (Basel framework, CRE32.6).
    private static let usualLoss = 0.4

    /// What of an exposure is lost in a failure.
    func lossGiven() throws(ServiceError) -> Double {
        try Self.lossGiven(hasLossGivenDefault ? lossGivenDefault : nil)
    }

    /// The same of what a message says, or nil.
    static func lossGiven(_ lossGivenDefault: Double?) throws(ServiceError) -> Double {
        guard let lossGivenDefault else { return usualLoss }
        guard lossGivenDefault >= 0, lossGivenDefault <= 1 else {
            throw .invalid(
                "loss_given_default",
                "BAD_VALUE",
                "loss_given_default is \(lossGivenDefault); it is a part, from 0 to 1."
            )
        }
        return lossGivenDefault
    }

    /// The rest of the question.
    func question() throws(ServiceError) -> RiskQuestion {
        var question = RiskQuestion()
        if !sinceDate.isEmpty {
            guard let day = CalendarDate(sinceDate) else {
                throw .invalid(
                    "since_date",
                    "BAD_DATE",
                    "since_date \"\(sinceDate.shownInMessages)\" is no day; write it as "
                        + "2026-01-31."
                )
            }
            question.since = day
        }
        if hasMoverCount { question.moverCount = Int(moverCount) }
        if hasLargestCount { question.largestCount = Int(largestCount) }
        return question
    }
}

extension Vigie_V1_DescribeRiskResponse {
    /// Figures of risk.
    init(_ risk: SeenRisk, lossGivenDefault: Double) {
        let summary = risk.summary
        self = .with {
            $0.sinceDate = risk.since.description
            $0.companyCount = Int64(summary.companies)
            $0.bands = summary.toldBands
            let moves = summary.moves.sorted {
                ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to)
            }
            $0.migrations = moves.map { move, count in
                .with {
                    ($0.fromState, $0.fromClass) = move.from.told
                    ($0.toState, $0.toClass) = move.to.told
                    $0.companyCount = Int64(count)
                }
            }
            $0.currencies = summary.told(risk.companies, lossGivenDefault)
            $0.fallen = summary.fallen.map { .init($0, risk.companies) }
            $0.risen = summary.risen.map { .init($0, risk.companies) }
            $0.withoutExposureCount = Int64(summary.withoutExposure)
            $0.otherLimitCurrencyCount = Int64(summary.otherLimitCurrency)
            $0.lossGivenDefault = lossGivenDefault
            $0.segments = risk.segments.map { .init($0, lossGivenDefault) }
            $0.segmentsLeftOut = risk.segmentsLeftOut
        }
    }
}

extension RiskSummary {
    fileprivate var toldBands: [Vigie_V1_RiskBand] {
        byState.sorted { $0.key < $1.key }.map { state, count in
            .with {
                ($0.state, $0.riskClass) = state.told
                $0.companyCount = Int64(count)
            }
        }
    }

    fileprivate func told(
        _ companies: [Int: PortfolioLine],
        _ lossGivenDefault: Double
    ) -> [Vigie_V1_CurrencyRisk] {
        currencies.sorted { $0.key.code < $1.key.code }.map {
            .init($0.key, $0.value, companies, lossGivenDefault)
        }
    }
}

extension Vigie_V1_SegmentRisk {
    /// Figures of a segment.
    init(_ risk: SegmentRisk, _ lossGivenDefault: Double) {
        self = .with {
            $0.name = risk.name
            $0.members = .init(risk.members, lossGivenDefault)
            $0.unknown = .init(risk.unknown, lossGivenDefault)
        }
    }
}

extension Vigie_V1_SegmentFigures {
    fileprivate init(_ summary: RiskSummary, _ lossGivenDefault: Double) {
        self = .with {
            $0.companyCount = Int64(summary.companies)
            $0.bands = summary.toldBands
            $0.currencies = summary.told([:], lossGivenDefault)
        }
    }
}

extension RiskState {
    fileprivate var told: (Vigie_V1_RiskState, UInt32) {
        switch self {
        case .riskClass(let number): (.scored, UInt32(clamping: number))
        case .review: (.review, 0)
        case .notScorable: (.notScorable, 0)
        case .notLookedAt: (.unspecified, 0)
        case .inProceedings: (.inProceedings, 0)
        case .closed: (.closed, 0)
        }
    }
}

extension Vigie_V1_ExposureCount {
    fileprivate init(_ count: RiskCount) {
        self = .with {
            $0.companyCount = Int64(count.companies)
            $0.exposureMinorUnits = Int64(clamping: count.exposure)
        }
    }
}

extension Vigie_V1_CurrencyRisk {
    fileprivate init(
        _ currency: Currency,
        _ risk: CurrencyRisk,
        _ companies: [Int: PortfolioLine],
        _ lossGivenDefault: Double
    ) {
        self = .with {
            $0.currency = currency.code
            $0.owing = .init(risk.owing)
            $0.inCredit = .init(risk.inCredit)
            $0.bands = risk.byState.sorted { $0.key < $1.key }.map { state, count in
                .with {
                    ($0.state, $0.riskClass) = state.told
                    $0.owing = .init(count)
                }
            }
            $0.knownExposureMinorUnits = Int64(clamping: risk.knownExposure)
            if let probability = risk.weightedProbability { $0.weightedProbability = probability }
            let loss = risk.expectedLoss(lossGivenDefault: lossGivenDefault).rounded()
            $0.expectedLossMinorUnits = Int64(exactly: loss) ?? .max
            if let index = risk.concentration { $0.concentrationIndex = index }
            let all = Double(risk.owing.exposure)
            $0.largest = risk.largest.map { one in
                .with {
                    if let line = companies[one.slot] { $0.company = .init(line) }
                    $0.share = all > 0 ? Double(one.exposure) / all : 0
                }
            }
            $0.limitsMinorUnits = Int64(clamping: risk.limits)
            $0.above80Percent = .init(risk.limitUse[0])
            $0.above90Percent = .init(risk.limitUse[1])
            $0.aboveLimit = .init(risk.limitUse[2])
            $0.withoutLimit = .init(risk.withoutLimit)
        }
    }
}

extension Vigie_V1_RiskMover {
    fileprivate init(_ mover: RiskMover, _ companies: [Int: PortfolioLine]) {
        self = .with {
            if let line = companies[mover.slot] { $0.company = .init(line) }
            $0.scoreBefore = Int32(clamping: mover.scoreBefore)
            $0.score = Int32(clamping: mover.score)
            ($0.stateBefore, $0.classBefore) = mover.stateBefore.told
            ($0.state, $0.riskClass) = mover.state.told
        }
    }
}
