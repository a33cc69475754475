// SPDX-License-Identifier: Apache-2.0

// Runs and scores out of messages.

internal import VigieProtos

extension PortfolioRun {
    init(_ message: Vigie_V1_PortfolioRun) {
        self.init(
            number: Int(clamping: message.number),
            kind: Kind(message.kind),
            isOfOnePortfolio: message.ofOnePortfolio,
            asOfDate: message.asOfDate,
            model: message.model,
            modelVersion: message.modelVersion,
            requestedAtMicroseconds: message.requestedAtMicroseconds,
            state: State(message.state),
            note: message.note,
            blockCount: Int(clamping: message.blockCount),
            doneCount: Int(clamping: message.doneCount),
            companyCount: Int(clamping: message.companyCount),
            scoredCount: Int(clamping: message.scoredCount),
            changedCount: Int(clamping: message.changedCount)
        )
    }
}

extension PortfolioRun.Kind {
    init(_ message: Vigie_V1_RunKind) {
        switch message {
        case .daily: self = .daily
        case .arrival: self = .arrival
        case .otherModel: self = .otherModel
        case .requested: self = .requested
        case .unspecified, .UNRECOGNIZED: self = .other(message.rawValue)
        }
    }
}

extension PortfolioRun.State {
    init(_ message: Vigie_V1_RunState) {
        switch message {
        case .open: self = .open
        case .done: self = .done
        case .failed: self = .failed
        case .unspecified, .UNRECOGNIZED: self = .other(message.rawValue)
        }
    }
}

extension ScoreCause {
    init(_ message: Vigie_V1_ScoreCause) {
        switch message {
        case .company: self = .company
        case .dataArrived: self = .dataArrived
        case .modelChanged: self = .modelChanged
        case .unspecified, .UNRECOGNIZED: self = .other(message.rawValue)
        }
    }
}

extension KeptScore {
    init(_ message: Vigie_V1_KeptScore) {
        self.init(
            outcome: AssessmentOutcome(message.outcome),
            score: message.hasScore ? Int(message.score) : nil,
            riskClass: message.hasRiskClass ? Int(message.riskClass) : nil,
            probability: message.hasProbability ? message.probability : nil
        )
    }
}

extension ScoredMember {
    init?(_ message: Vigie_V1_ScoredMember) {
        guard let company = FollowedCompany(message.company) else { return nil }
        self.init(
            company: company,
            score: message.hasScore ? KeptScore(message.score) : nil,
            before: message.hasBefore ? KeptScore(message.before) : nil,
            cause: ScoreCause(message.cause),
            sinceDate: message.sinceDate
        )
    }
}

extension HistoricScore {
    init(_ message: Vigie_V1_HistoricScore) {
        self.init(
            run: Int(clamping: message.run),
            asOfDate: message.asOfDate,
            score: KeptScore(message.score),
            cause: ScoreCause(message.cause),
            model: message.model,
            modelVersion: message.modelVersion
        )
    }
}
