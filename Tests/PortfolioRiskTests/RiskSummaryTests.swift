// SPDX-License-Identifier: Apache-2.0

import PortfolioRisk
import Quantities
import TestRandomness
import Testing

/// Figures of risk of a portfolio against what they are by definition.
struct RiskSummaryTests {
    private let euro = Currency.euro
    private func money(_ units: Int64, _ currency: String = "EUR") -> Money? {
        Currency(currency).map { Money(minorUnits: units, currency: $0) }
    }

    private func summary(_ lines: [RiskLine], most: Int = 3) -> RiskSummary {
        var builder = RiskSummaryBuilder(moverCount: most, largestCount: most)
        for line in lines { builder.add(line) }
        return builder.finished()
    }

    @Test func expectedLossIsExposureTimesProbabilityTimesWhatIsLost() throws {
        let risk = try #require(
            summary([
                RiskLine(1, exposure: money(100_00), state: .riskClass(2), probability: 0.02),
                RiskLine(2, exposure: money(300_00), state: .riskClass(6), probability: 0.10),
                // It has failed: all of it is at stake.
                RiskLine(3, exposure: money(50_00), state: .inProceedings),
                // Nobody can say.
                RiskLine(4, exposure: money(1_000_00), state: .notScorable),
                // A customer who has paid too much offsets nobody else's debt.
                RiskLine(5, exposure: money(-80_00), state: .riskClass(1), probability: 0.5),
            ]).currencies[euro]
        )
        #expect(risk.owing.exposure == 1_450_00 && risk.owing.companies == 4)
        #expect(risk.inCredit.exposure == -80_00)
        #expect(risk.knownExposure == 450_00)
        #expect(abs(risk.exposureAtFailure - (2_00 + 30_00 + 50_00)) < 1e-6)
        #expect(abs(risk.expectedLoss(lossGivenDefault: 0.4) - 32_80) < 1e-6)
        #expect(abs((risk.weightedProbability ?? 0) - 82.0 / 450) < 1e-12)
        let squares: Double = 10_000 + 90_000 + 2_500 + 1_000_000
        #expect(abs((risk.concentration ?? 0) - squares / (1_450 * 1_450)) < 1e-12)
        #expect(risk.largest.map(\.slot) == [4, 2, 1])
    }

    @Test func limitsAreComparedInTheirCurrency() throws {
        let all = summary([
            RiskLine(1, exposure: money(80), limit: money(100), state: .notLookedAt),
            RiskLine(2, exposure: money(81), limit: money(100), state: .notLookedAt),
            RiskLine(3, exposure: money(101), limit: money(100), state: .notLookedAt),
            RiskLine(4, exposure: money(1), limit: money(0), state: .notLookedAt),
            RiskLine(5, exposure: money(5), state: .notLookedAt),
            RiskLine(6, exposure: money(500), limit: money(100, "USD"), state: .notLookedAt),
            RiskLine(7, limit: money(100), state: .notLookedAt),
        ])
        let risk = try #require(all.currencies[euro])
        #expect(risk.limitUse.map(\.companies) == [3, 2, 2])
        #expect(risk.withoutLimit.companies == 1 && risk.limits == 300)
        #expect(all.otherLimitCurrency == 1 && all.withoutExposure == 1)
        #expect(risk.weightedProbability == nil)
    }

    @Test func whoMovedIsToldTheGreatestFirst() {
        func line(_ slot: Int, _ before: Int?, _ now: Int?) -> RiskLine {
            var line = RiskLine(slot, state: now == nil ? .closed : .riskClass(3), score: now)
            (line.scoreBefore, line.stateBefore) = (before, .riskClass(1))
            return line
        }
        let all = summary(
            [
                line(1, 700, 650), line(2, 700, 500), line(3, 700, 710), line(4, nil, 600),
                line(5, 600, nil), line(6, 500, 700), line(7, 650, 600), line(8, 400, 400),
            ],
            most: 2
        )
        #expect(all.fallen.map(\.slot) == [2, 1])
        #expect(all.risen.map(\.slot) == [6, 3])
        #expect(all.moves[RiskMove(from: .riskClass(1), to: .closed)] == 1)
        #expect(all.moves.values.reduce(0, +) == 8)
        #expect(summary([line(1, 2, 1)], most: 0).fallen.isEmpty)
    }

    @Test func sumsOfHugeAmountsDoNotOverflow() throws {
        let lines = (0..<100).map {
            RiskLine($0, exposure: money(.max), limit: money(.max), state: .inProceedings)
        }
        let risk = try #require(summary(lines).currencies[euro])
        #expect(risk.owing.exposure == Int128(Int64.max) * 100)
        #expect(abs((risk.concentration ?? 0) - 0.01) < 1e-9)
    }

    @Test func theSameAsByDefinitionOnRandomPortfolios() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<50 {
            let lines = (0..<Int.random(in: 1...300, using: &random)).map { slot in
                RiskLine(
                    slot,
                    exposure: Bool.random(using: &random)
                        ? money(.random(in: -1_000...100_000, using: &random)) : nil,
                    limit: Bool.random(using: &random)
                        ? money(.random(in: 0...100_000, using: &random)) : nil,
                    state: .riskClass(.random(in: 1...8, using: &random)),
                    score: .random(in: 1...1_000, using: &random),
                    probability: .random(in: 0...1, using: &random)
                )
            }
            let all = summary(lines, most: 5)
            let owing = lines.filter { ($0.exposure?.minorUnits ?? 0) > 0 }
            let risk = all.currencies[euro] ?? .init()
            func units(_ line: RiskLine) -> Int64 { line.exposure?.minorUnits ?? 0 }
            #expect(risk.owing.exposure == Int128(owing.reduce(0) { $0 + units($1) }))
            let atFailure = owing.reduce(0) { $0 + Double(units($1)) * ($1.probability ?? 0) }
            #expect(abs(risk.exposureAtFailure - atFailure) < 1e-6 * max(1, atFailure))
            let largest = owing.sorted { (units($1), $0.slot) < (units($0), $1.slot) }.prefix(5)
            #expect(risk.largest.map(\.slot) == largest.map(\.slot))
            for state in Set(lines.map(\.state)) {
                #expect(all.byState[state] == lines.count { $0.state == state })
                let those = owing.filter { $0.state == state }
                #expect((risk.byState[state]?.companies ?? 0) == those.count)
            }
        }
    }
}
