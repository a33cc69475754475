// SPDX-License-Identifier: Apache-2.0

// The machine run by run: confirmation, recovery, missing values, and what is kept of it.

import Alerts
import Documents
import Quantities
import Testing

@Suite struct StateTests {
    @Test func anEdgeIsConfirmed() throws {
        let rule = try scoreBelow(600, clear: 610) { $0.confirmRuns = 3 }
        var state = AlertState()
        #expect(state.run(rule, [590, 590, 605, 590, 590]).isEmpty)
        #expect(state.phase == .pending && state.runs == 2)
        // A missing value neither confirms nor takes back.
        #expect(state.run(rule, [nil, 599.9], from: 5) == ["6 raised"])
        #expect(state.phase == .raised && state.runs == 0 && state.since == day(6))
    }

    @Test func anAlertIsKeptForSomeDays() throws {
        let rule = try scoreBelow(600, clear: 610) { $0.keepForDays = 3 }
        var state = AlertState()
        #expect(state.run(rule, [590, 612, 613, 605, 612, 612, 612]) == ["0 raised"])
        #expect(state.phase == .recovering && state.since == day(4))
        #expect(state.run(rule, [612, 590], from: 7) == ["7 cleared", "8 raised"])
        #expect(state.openings == 2)
        // Runs that are days apart count as days.
        #expect(state.run(rule, [700], from: 20).isEmpty)
        #expect(state.run(rule, [700], from: 23) == ["23 cleared"])
    }

    @Test func edgesAreComparedAsTheyAreTold() throws {
        func phase(_ rule: AlertRule, _ value: Double) -> AlertPhase {
            var state = AlertState()
            let input = rule.formula.inputs[0]
            _ = state.step(rule, AlertReading(day: day(0), [input: value]))
            return state.phase
        }
        let below = try scoreBelow(600)
        #expect(phase(below, 600) == .ok && phase(below, 600.0.nextDown) == .raised)
        let above = try scoreBelow(600) { $0.direction = "above" }
        #expect(phase(above, 600) == .ok && phase(above, 600.0.nextUp) == .raised)
        let most = try rule(.coverExpiring) { $0.raise = 30 }
        #expect(phase(most, 30) == .raised && phase(most, 30.0.nextUp) == .ok)
        let least = try rule(.statementOverdue) { $0.raise = 18 }
        #expect(phase(least, 18) == .raised && phase(least, 18.0.nextDown) == .ok)
        for value in [Double.infinity, -.infinity, -0.0, .leastNonzeroMagnitude] {
            #expect(phase(below, value) == (value < 600 ? .raised : .ok))
        }
        #expect(phase(below, .nan) == .ok)
        // Cleared at the other edge, and not before it.
        let exact = try scoreBelow(600, clear: 610)
        var state = AlertState()
        #expect(state.run(exact, [599, 610.0.nextDown, 610]) == ["0 raised", "2 cleared"])
    }

    @Test func missingValuesAreToldOnce() throws {
        let rule = try scoreBelow(600) { $0.noDataRuns = 2 }
        var state = AlertState()
        let told = state.run(rule, [590, nil, nil, nil, 590, nil, nil, 620])
        #expect(told == ["0 raised", "2 noData", "4 dataBack", "6 noData", "7 cleared"])
        #expect(state.missingRuns == 0 && !state.isWithoutData)
        let silent = try scoreBelow(600)
        var other = AlertState()
        #expect(other.run(silent, [590] + [nil, nil, nil] + [590]) == ["0 raised"])
        let many = [Double?](repeating: nil, count: 400)
        #expect(other.run(silent, many).isEmpty && other.missingRuns == 255)
    }

    @Test func whatHappensAgainIsToldAgain() throws {
        let legal = try rule(.legalEvent) { $0.events = ["opening", "conversion"] }
        #expect(legal.keepForDays == 30)
        var state = AlertState()
        func step(_ number: Int, _ events: [String]?) -> AlertEvent? {
            state.step(legal, AlertReading(day: day(number), [:], legalEvents: events))
        }
        #expect(step(0, ["address"]) == nil)
        #expect(step(1, ["address", "opening"])?.legalEvents == ["opening"])
        #expect(step(2, []) == nil && step(3, nil) == nil)
        let again = step(4, ["conversion"])
        #expect(again?.change == .reopened && again?.openings == 2 && state.since == day(4))
        #expect(step(5, []) == nil && step(34, []) == nil && step(35, [])?.change == .cleared)
        // A model that changed is told once.
        let model = try rule(.modelChanged)
        var portfolio = AlertState()
        func changed(_ number: Int, _ value: Double) -> AlertEvent.Change? {
            portfolio.step(
                model,
                AlertReading(day: day(number), [AlertInput(.modelChanged): value])
            )?
            .change
        }
        #expect(changed(0, 1) == .raised && changed(1, 0) == nil)
        #expect(changed(2, 0) == nil && changed(3, 1) == .reopened)
    }

    @Test func anotherModelAloneTellsNothing() throws {
        let rule = try scoreBelow(600, clear: 610) { ($0.confirmRuns, $0.keepForDays) = (2, 5) }
        var state = AlertState()
        #expect(state.rebase(rule, to: 590, from: 640, on: day(0)) == .opened)
        #expect(state.phase == .raised && state.run(rule, [590, 585]).isEmpty)
        #expect(state.rebase(rule, to: 605, from: 585, on: day(2)) == nil && state.phase == .raised)
        #expect(state.rebase(rule, to: nil, from: 585, on: day(2)) == nil)
        #expect(state.rebase(rule, to: 610, from: 605, on: day(3)) == .closed)
        #expect(state.phase == .ok && state.openings == 1)
        #expect(state.run(rule, [599], from: 4).isEmpty && state.phase == .pending)
        #expect(state.rebase(rule, to: 605, from: 599, on: day(5)) == nil && state.phase == .ok)
        let drop = try Alerts.AlertRule(AlertRuleDraft(score: .scoreDrop))
        #expect(state.rebase(drop, to: 1, from: 900, on: day(6)) == nil, "its model's part is out")
    }

    @Test func aSnoozeMovesWithTheModel() throws {
        let rule = try scoreBelow(600)
        var state = AlertState()
        _ = state.run(rule, [540])
        let snooze = AlertAction.snooze(until: day(90), worseBy: 20)
        _ = try state.apply(snooze, by: "ann", rule, scored(540, day(0)))
        // The new model sees the same facts 30 points lower: that is nothing worse.
        #expect(state.rebase(rule, to: 505, from: 535, on: day(2)) == nil)
        #expect(state.run(rule, [505, 491], from: 2).isEmpty)
        #expect(state.run(rule, [490], from: 4) == ["4 woken"])
    }

    @Test func statesAreKeptInEightBytes() throws {
        let rule = try scoreBelow(600, clear: 610) {
            ($0.confirmRuns, $0.keepForDays, $0.noDataRuns) = (2, 4, 2)
        }
        var state = AlertState()
        #expect(AlertState(AlertCell(state)) == state && AlertCell.initial == AlertCell(state))
        let scores: [Double?] = [590, 590, nil, nil, 620, 620, 590, nil]
        for (place, score) in scores.enumerated() {
            _ = state.step(rule, scored(score, day(place)))
            let cell = AlertCell(state)
            #expect(AlertState(cell) == state && AlertCell(word: cell.word) == cell)
            #expect(cell.phase == state.phase && cell.openings == state.openings)
        }
        let old = try #require(CalendarDate("0001-01-01"))
        _ = state.step(rule, scored(900, old))
        #expect(AlertState(AlertCell(state)) == state)
        for bad in [0, 0x20, 0x8000_0001_0000_0010, UInt64.max] {
            #expect(AlertCell(word: bad) == nil, "\(bad)")
        }
    }
}

extension AlertRuleDraft {
    /// A rule about a fall of 50 points.
    init(score kind: AlertKind) {
        self.init(name: "fall", kind: kind.rawValue)
        raise = 50
    }
}
