// SPDX-License-Identifier: Apache-2.0

import Scoring
import Testing

/// One row's answers at a calibrated log-odds of `logOdds` before the prior correction.
private struct Answer {
    let probability: Double
    let score: UInt32
    let riskClass: UInt32
    let percentile: Float

    init(
        logOdds: Double,
        change: (TestBundle) -> TestBundle = { $0 }
    ) throws {
        var bundle = change(
            TestBundle.derived.replacing("\"target_base_rate\": 0.02", "\"target_base_rate\": 0.01")
                .replacing("\"intercept\": 0.5, \"slope\": 2", "\"intercept\": 0, \"slope\": 1")
        )
        // Every other point is 0 for this row.
        bundle.model = bundle.model.replacing(
            "\"intercept\": -3",
            with: "\"intercept\": \(logOdds)"
        )
        .replacing("\"missing\": 0.25", with: "\"missing\": 0")
        let result = try bundle.load().score([1], columns: ["assets"])
        probability = result.probabilities[0]
        score = result.scores[0]
        riskClass = result.riskClasses[0]
        percentile = result.percentiles[0]
    }
}

@Suite("Risk scale")
struct ScaleTests {
    @Test("the ends of the scale hold")
    func ends() throws {
        let worst = try Answer(logOdds: 1e6)
        #expect(worst.probability == 1 && worst.score == 1 && worst.riskClass == 3)
        #expect(worst.percentile == 0)
        let best = try Answer(logOdds: -1e6)
        #expect(best.probability == 0 && best.score == 1000 && best.riskClass == 1)
        #expect(best.percentile == 100)
    }

    @Test("small probabilities keep their digits")
    func small() throws {
        // exp(-700), which 1 / (1 + exp(700)) would still give, and exp(-740), which it would not.
        #expect(abs(try Answer(logOdds: -700).probability / 9.8596765437597708e-305 - 1) < 1e-15)
        #expect(try Answer(logOdds: -740).probability > 0)
        #expect(try Answer(logOdds: 0).probability == 0.5)
    }

    @Test("60 points double the odds, and the anchor is where it is said to be")
    func score() throws {
        // Log-odds of 1 %, and once and twice doubled.
        let anchor = -4.59511985013459
        #expect(try Answer(logOdds: anchor).score == 500)
        #expect(try Answer(logOdds: anchor + 0.6931471805599453).score == 440)
        #expect(try Answer(logOdds: anchor - 2 * 0.6931471805599453).score == 620)
        let reversed = try Answer(logOdds: anchor + 0.6931471805599453) {
            $0.replacing("\"high_score_is_safe\": true", "\"high_score_is_safe\": false")
        }
        #expect(reversed.score == 560)
    }

    @Test("the prior correction moves the probability, not the percentile")
    func prior() throws {
        // Log-odds of 1 %: another base rate of 2 % makes it 2 %.
        let shifted = try Answer(logOdds: -4.59511985013459) {
            $0.replacing("\"target_base_rate\": 0.01", "\"target_base_rate\": 0.02")
        }
        #expect(abs(shifted.probability - 0.02) < 1e-15)
        #expect(shifted.percentile == (try Answer(logOdds: -4.59511985013459)).percentile)
    }

    @Test("percentiles run straight between the quantiles, which go from -8 to 2")
    func percentile() throws {
        #expect(try Answer(logOdds: -8).percentile == 100)
        #expect(try Answer(logOdds: -7.9).percentile == 99)
        #expect(abs(try Answer(logOdds: -7.875).percentile - 98.75) < 1e-4)
        #expect(abs(try Answer(logOdds: 1.975).percentile - 0.25) < 1e-4)
        #expect(try Answer(logOdds: 2).percentile == 0)
        // Where quantiles are equal, the safest of them counts.
        let flat = (0...100).map { $0 < 40 ? "-9" : "\($0)" }.joined(separator: ", ")
        let tied = try Answer(logOdds: -9) { $0.replacing("\"$q101\"", "[\(flat)]") }
        #expect(tied.percentile == 61)
    }

    @Test("a class ends at its greatest probability, which belongs to it")
    func classes() throws {
        #expect(try Answer(logOdds: -4.6).riskClass == 1)
        #expect(try Answer(logOdds: -4.59).riskClass == 2)
        #expect(try Answer(logOdds: 0).riskClass == 3)
        let half = try Answer(logOdds: 0) {
            $0.replacing("\"probability_maximum\": 0.1,", "\"probability_maximum\": 0.5,")
        }
        #expect(half.riskClass == 2)
    }
}
