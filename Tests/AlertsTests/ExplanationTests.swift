// SPDX-License-Identifier: Apache-2.0

// Why there is an alert, and why there is none.

import Alerts
import Quantities
import Testing

@Suite struct ExplanationTests {
    private typealias Verdict = AlertExplanation.Verdict

    private func explained(
        _ rule: AlertRule,
        _ scores: [Double?],
        _ actions: [AlertAction] = []
    ) throws -> AlertExplanation {
        let readings = scores.enumerated().map { scored($1, day($0)) }
        let trial = try AlertTrial(rule, over: readings)
        var state = trial.state
        let last = try #require(readings.last)
        for action in actions { _ = try state.apply(action, by: "ann", rule, last) }
        return AlertExplanation(rule, last, state, path: trial.steps)
    }

    @Test func everyVerdictIsTold() throws {
        let rule = try scoreBelow(600, clear: 610) { ($0.confirmRuns, $0.keepForDays) = (2, 3) }
        let snooze = AlertAction.snooze(until: day(9), worseBy: nil)
        let worse = AlertAction.snooze(until: day(9), worseBy: 20)
        let cases: [(Verdict, [Double?], [AlertAction], String)] = [
            (.underEdge, [620], [], "No alert: the value does not pass the edge."),
            (.unconfirmed, [590], [], "passed 1 times in a row, of 2."),
            (.toldNow, [590, 590], [], "Alert: the edge is passed."),
            (.toldBefore, [590, 590, 580], [.acknowledge], "open since 2026-02-17"),
            (.betweenEdges, [590, 590, 605], [], "has not come back"),
            (.recovering, [590, 590, 620], [], "good for 3 days from 2026-02-18 on"),
            (.snoozed, [590, 590], [snooze], "put off by ann through 2026-02-25."),
            (.snoozed, [590, 590], [worse], "unless it is worse by 20."),
            (.resolved, [590, 590], [.resolve], "held for done by ann on 2026-02-17"),
            (.noValue, [590, 590, nil], [.assign(to: "bob")], "missing for 1 runs"),
        ]
        for (verdict, scores, actions, words) in cases {
            let found = try explained(rule, scores, actions)
            let english = found.lines(inFrench: false)
            let french = found.lines(inFrench: true)
            #expect(found.verdict == verdict)
            #expect(english.contains { $0.contains(words) }, "\(english)")
            #expect(english.count == french.count && english.count >= 5 + scores.count)
            // Each line has words of its own, and values for all names.
            for (one, other) in zip(english, french) {
                #expect(one != other, "\(one)")
                #expect(!(one + other).contains("{") && !(one + other).contains("?"), "\(one)")
            }
        }
        #expect(Set(cases.map(\.0)) == Set(Verdict.allCases))
    }

    @Test func valuesAndEdgesAreShown() throws {
        let found = try explained(try scoreBelow(600, clear: 610.5), [590.123_46])
        #expect(
            found.lines(inFrench: false) == [
                "Edge passed", "the score: 590.1235",
                "On 2026-02-16 the value compared is 590.1235.",
                "An alert is raised below 600, and cleared at 610.5 or more.",
                "Alert: the edge is passed.", "2026-02-16: alert, value 590.1235",
            ]
        )
        #expect(
            found.lines(inFrench: true)[3] == "Alerte en dessous de 600, close à 610,5 ou plus."
        )
        #expect(found.inputs.map(\.input) == [AlertInput(.score)] && found.day == day(0))
        for kind in [AlertKind.coverExpiring, .limitExceeded, .statementOverdue] {
            let rule = try rule(kind) { $0.raise = 2 }
            let reading = AlertReading(day: day(0), [:])
            let lines = AlertExplanation(rule, reading, AlertState()).lines(inFrench: false)
            #expect(
                lines.contains { $0.hasPrefix("An alert is raised") }
                    && lines[1].hasSuffix("not known")
            )
        }
        for quantity in AlertQuantity.allCases {
            #expect(quantity.title(inFrench: true) != quantity.title(inFrench: false))
            #expect(quantity.title(inFrench: false) != quantity.rawValue)
        }
    }

    @Test func papersAreAPart() throws {
        let rule = try rule(.scoreDrop) { $0.raise = 50 }
        let reading = AlertReading(
            day: day(0),
            [AlertInput(.score): 540, AlertInput(.score, daysBefore: 1): 600]
        )
        var state = AlertState()
        _ = state.step(rule, reading)
        let move = ScoreMove(
            yesterdayByOldModel: 600,
            yesterdayByNewModel: 600,
            today: 540,
            todayWithoutPapers: 595
        )
        let lines = AlertExplanation(rule, reading, state, move: move).lines(inFrench: false)
        #expect(lines.contains("Of that -55 by papers that came."))
        #expect(lines.contains("the score, 1 d before: 600"))
    }
}
