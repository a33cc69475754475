// SPDX-License-Identifier: Apache-2.0

// Runs and scores as messages.

internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import VigieProtos

extension Vigie_V1_PortfolioRun {
    /// A run as somebody sees it.
    init(_ seen: SeenRun) {
        let run = seen.run
        self = .with {
            $0.number = Int64(run.number)
            $0.kind = .init(run.kind)
            $0.ofOnePortfolio = run.portfolio != nil
            $0.asOfDate = "\(run.day)"
            ($0.model, $0.modelVersion) = (run.model.name, run.model.version)
            $0.requestedAtMicroseconds = Int64(run.requestedAtMicroseconds)
            $0.state = .init(run.state)
            $0.note = run.note
            ($0.blockCount, $0.doneCount) = (Int64(run.blockCount), Int64(run.doneCount))
            guard seen.showsCounts else { return }
            $0.companyCount = Int64(run.companyCount)
            $0.scoredCount = Int64(run.scoredCount)
            $0.changedCount = Int64(run.changedCount)
        }
    }
}

extension Vigie_V1_RunKind {
    fileprivate init(_ kind: ScoringRun.Kind) {
        self =
            switch kind {
            case .daily: .daily
            case .arrival: .arrival
            case .otherModel: .otherModel
            case .requested: .requested
            }
    }
}

extension Vigie_V1_RunState {
    fileprivate init(_ state: ScoringRun.State) {
        self =
            switch state {
            case .open: .open
            case .done: .done
            case .failed: .failed
            }
    }
}

extension Vigie_V1_ScoreCause {
    fileprivate init(_ cause: CompanyScore.Cause) {
        self =
            switch cause {
            case .company: .company
            case .dataArrived: .dataArrived
            case .modelChanged: .modelChanged
            }
    }
}

extension Vigie_V1_KeptScore {
    /// What was found of a company.
    init(_ score: CompanyScore) {
        self = .with {
            // The numbers of outcomes are those of the message.
            $0.outcome = Vigie_V1_AssessmentOutcome(rawValue: score.outcome)
            if let points = score.score { $0.score = Int32(clamping: points) }
            if let riskClass = score.riskClass { $0.riskClass = Int32(clamping: riskClass) }
            if let probability = score.probability { $0.probability = probability }
        }
    }
}

extension Vigie_V1_ScoredMember {
    /// A company with its score.
    init(_ found: MemberScore) {
        self = .with {
            $0.company = .init(found.member.line)
            if let score = found.score {
                $0.score = .init(score)
                $0.cause = .init(score.cause)
            }
            if let before = found.before { $0.before = .init(before) }
            $0.sinceDate = found.since.map { "\($0)" } ?? ""
        }
    }
}

extension Vigie_V1_HistoricScore {
    /// What was found from a run on.
    init(_ found: HistoricScore) {
        self = .with {
            $0.run = Int64(found.dated.run)
            $0.asOfDate = "\(found.dated.day)"
            $0.score = .init(found.dated.score)
            $0.cause = .init(found.dated.score.cause)
            ($0.model, $0.modelVersion) = (found.model.name, found.model.version)
        }
    }
}
