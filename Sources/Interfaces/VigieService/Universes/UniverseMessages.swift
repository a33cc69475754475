// SPDX-License-Identifier: Apache-2.0

// Universes, their runs and figures as messages.

internal import PortfolioStore
internal import ProtobufCoding
internal import Quantities
internal import ScoreHistory
internal import UniverseApplication
internal import UniverseBlocks
internal import UniverseStore
internal import VigieProtos

extension Vigie_V1_Universe {
    init(_ universe: UniverseRecord) {
        self = .with {
            $0.name = universe.name
            $0.companyCount = Int64(universe.companyCount)
            $0.slotCount = Int64(universe.slotCount)
        }
    }
}

extension Vigie_V1_UniverseRun {
    init(_ run: UniverseRun) {
        self = .with {
            $0.number = Int64(run.number)
            $0.asOfDate = "\(run.day)"
            ($0.model, $0.modelVersion) = (run.model.name, run.model.version)
            $0.requestedAtMicroseconds = Int64(run.requestedAtMicroseconds)
            $0.endedAtMicroseconds = Int64(run.endedAtMicroseconds ?? 0)
            $0.state =
                switch run.state {
                case .open: .open
                case .done: .done
                case .failed: .failed
                }
            $0.note = run.note
            ($0.blockCount, $0.doneCount) = (Int64(run.blockCount), Int64(run.doneCount))
            $0.companyCount = Int64(run.companyCount)
            $0.scoredCount = Int64(run.scoredCount)
            $0.changedCount = Int64(run.changedCount)
            $0.companyMovedCount = Int64(run.companyMoved)
            $0.dataMovedCount = Int64(run.dataMoved)
            $0.modelMovedCount = Int64(run.modelMoved)
        }
    }
}

extension Vigie_V1_ScoreCause {
    fileprivate init(_ cause: UniverseCause) {
        self =
            switch cause {
            case .none: .unspecified
            case .company: .company
            case .dataArrived: .dataArrived
            case .modelChanged: .modelChanged
            }
    }
}

extension Vigie_V1_DescribeUniverseResponse {
    /// Figures, with what of an exposure is lost in a failure.
    init(_ risk: UniverseRisk, lossGivenDefault: Double) {
        let (matrix, nobody) = (risk.figures.migration, MigrationMatrix.noCompany)
        self = .with {
            $0.before = .init(risk.before)
            $0.after = .init(risk.after)
            for from in 0...nobody {
                for to in 0...nobody {
                    let count = matrix.companies(from: from, to: to)
                    guard count > 0 else { continue }
                    $0.migrations.append(
                        .with {
                            if from != nobody { $0.fromClass = Int32(from) }
                            if to != nobody { $0.toClass = Int32(to) }
                            $0.count = Int64(count)
                        }
                    )
                }
            }
            for riskClass in 0..<nobody {
                let (before, after) = (matrix.before(riskClass), matrix.after(riskClass))
                guard before > 0 || after > 0 else { continue }
                $0.bands.append(
                    .with {
                        $0.riskClass = Int32(riskClass)
                        ($0.beforeCount, $0.afterCount) = (Int64(before), Int64(after))
                        $0.exposureCents = risk.figures.exposureCents(ofClass: riskClass)
                    }
                )
            }
            $0.expectedLossCents = risk.loss.expectedCents * lossGivenDefault
            $0.exposureCents = risk.loss.exposureCents
            $0.unratedExposureCents = risk.loss.unratedCents
            if let concentration = risk.figures.concentration { $0.concentration = concentration }
            $0.risen = risk.risen.map(Vigie_V1_UniverseMover.init)
            $0.fallen = risk.fallen.map(Vigie_V1_UniverseMover.init)
        }
    }
}

extension Vigie_V1_UniverseMover {
    fileprivate init(_ mover: UniverseMover) {
        self = .with {
            $0.siren = SIREN(checking: mover.siren)?.description ?? ""
            ($0.before, $0.after) = (Int32(mover.before), Int32(mover.after))
            $0.cause = .init(mover.cause)
            if let between = mover.between, between != SlotScore.noScore {
                $0.beforeByThisModel = Int32(between)
            }
        }
    }
}

extension Vigie_V1_UniverseResult {
    init(_ found: UniverseScore) {
        self = .with {
            $0.run = Int64(found.run)
            $0.asOfDate = "\(found.day)"
            ($0.model, $0.modelVersion) = (found.model, found.modelVersion)
            // The numbers of outcomes are those of the message.
            $0.outcome = Vigie_V1_AssessmentOutcome(rawValue: Int(found.outcome))
            if found.outcome != SlotScore.noCompany, found.score != SlotScore.noScore {
                $0.score = Int32(found.score)
                $0.riskClass = Int32(found.riskClass)
            }
            $0.cause = .init(found.cause)
        }
    }
}

extension Vigie_V1_ReadUniverseScoresResponse {
    init(_ found: UniverseScores) {
        self = .with {
            $0.run = .init(found.run)
            $0.sirens = found.sirens
            $0.scores = found.scores.map { UInt32($0) }
            $0.riskClasses = found.classes.map { UInt32($0) }
            $0.outcomes = found.outcomes.map { .init(rawValue: Int($0)) }
            $0.causes = found.causes.map { .init(rawValue: Int($0)) }
            if let next = found.next { $0.nextBlock = Int32(clamping: next) }
        }
    }
}
