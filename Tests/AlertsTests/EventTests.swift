// SPDX-License-Identifier: Apache-2.0

// Events: their keys, groups, words and documents, what another model did, and trials on the past.

import Alerts
import Documents
import Quantities
import ServiceErrors
import Testing
import VigieLimits

@Suite struct EventTests {
    private func events(_ rule: AlertRule, _ scores: [Double?]) -> [AlertEvent] {
        var state = AlertState()
        return scores.enumerated().compactMap { state.step(rule, scored($1, day($0))) }
    }

    @Test func keysTellEventsApart() throws {
        let subject = try AlertSubject(portfolio: "p", company: "552100554")
        let rule = try scoreBelow(600) { $0.noDataRuns = 1 }
        let found = events(rule, [590, 610, 590, nil, 590])
        #expect(found.map(\.change) == [.raised, .cleared, .raised, .noData, .dataBack])
        var keys = Set(found.map(subject.key))
        #expect(keys.count == found.count && keys.allSatisfy { $0.utf8.count == 32 })
        let others = [("p", "552100555"), ("q", "552100554"), ("p", "")]
        for (portfolio, company) in others {
            let other = try AlertSubject(portfolio: portfolio, company: company)
            keys.formUnion(found.map(other.key))
        }
        #expect(keys.count == 4 * found.count)
        for (portfolio, company) in [("", "a"), ("a\u{1F}b", "c"), ("a", "b\u{1F}c")] {
            #expect(throws: ServiceError.self) {
                try AlertSubject(portfolio: portfolio, company: company)
            }
        }
        // Two people may do the same on one day.
        var state = AlertState()
        let reading = scored(500, day(0))
        _ = state.step(rule, reading)
        let one = try state.apply(.assign(to: "bob"), by: "ann", rule, reading)
        let other = try state.apply(.assign(to: "eve"), by: "bob", rule, reading)
        #expect(subject.key(of: one) != subject.key(of: other))
    }

    @Test func eventsOfOneDayAreOneMessage() throws {
        let (one, other) = (
            try AlertSubject(portfolio: "p", company: "1"),
            try AlertSubject(portfolio: "p", company: "2")
        )
        let low = events(try scoreBelow(600), [590, 610])
        let lower = events(try scoreBelow(595) { $0.name = "lower" }, [590, 610])
        let groups = AlertGroup.grouped([
            (one, low[0]), (other, low[0]), (one, lower[0]), (one, low[1]),
        ])
        #expect(groups.map(\.subject) == [one, other, one])
        #expect(groups.map(\.events.count) == [2, 1, 1] && groups[2].day == day(1))
        #expect(groups[0].events.map(\.rule) == ["rule-3", "lower"])
    }

    @Test func eventsAreKeptAndTold() throws {
        let rule = try scoreBelow(600) { $0.noDataRuns = 1 }
        var state = AlertState()
        var all: [AlertEvent] = []
        func add(_ event: AlertEvent?) { if let event { all.append(event) } }
        add(state.step(rule, scored(540.5, day(0))))
        for action in [
            AlertAction.acknowledge, .assign(to: "bob"), .snooze(until: day(9), worseBy: 2),
        ] {
            add(try state.apply(action, by: "ann", note: "n", rule, scored(540.5, day(0))))
        }
        add(state.step(rule, scored(530, day(1))))
        add(state.step(rule, scored(nil, day(2))))
        add(state.step(rule, scored(530, day(3))))
        add(try state.apply(.resolve, by: "ann", rule, scored(530, day(3))))
        add(try state.apply(.reopen, by: "ann", rule, scored(530, day(3))))
        add(state.step(rule, scored(700, day(4))))
        #expect(Set(all.map(\.change)) == Set(AlertEvent.Change.allCases))
        for event in all {
            let problems = ProblemList(file: "event")
            #expect(AlertEvent.read(json: Array(event.json.utf8), problems) == event)
            let (english, french) = (event.text(inFrench: false), event.text(inFrench: true))
            #expect(english != french && english.hasSuffix(".") && !english.contains("{"))
            #expect(!(english + french).contains("?"), "\(english) \(french)")
        }
        #expect(all[0].text(inFrench: true) == "Seuil franchi : alerte le 2026-02-16 (– → 540,5).")
        #expect(all.filter(\.change.isNews).map(\.change) == [.raised, .woken, .noData, .reopened])
        let legal = try self.legal()
        #expect(legal.text(inFrench: false).hasSuffix("(– → 'opening')."))
        let problems = ProblemList(file: "event")
        #expect(AlertEvent.read(json: Array(legal.json.utf8), problems) == legal)
        #expect(AlertEvent.read(json: Array("{}".utf8), problems) == nil)
    }

    private func legal() throws -> AlertEvent {
        let rule = try rule(.legalEvent) { $0.events = ["opening"] }
        var state = AlertState()
        let reading = AlertReading(
            day: day(0),
            [:],
            legalEvents: ["opening", "address"],
            cause: .dataArrived
        )
        let told = state.step(rule, reading)
        let event = try #require(told)
        #expect(event.legalEvents == ["opening"] && event.cause == .dataArrived)
        return event
    }

    @Test func valuesAreToldBeforeAndAfter() throws {
        var state = AlertState()
        let drop = try rule(.scoreDrop) { $0.raise = 50 }
        let reading = AlertReading(
            day: day(0),
            [AlertInput(.score): 500, AlertInput(.score, daysBefore: 1): 580]
        )
        let told = state.step(drop, reading)
        let fall = try #require(told)
        #expect(fall.oldValue == 580 && fall.newValue == 500)
        var other = AlertState()
        let below = other.step(try scoreBelow(600), reading)
        let level = try #require(below)
        #expect(level.oldValue == 580 && level.newValue == 500)
        var third = AlertState()
        let use = AlertReading(day: day(0), [AlertInput(.exposure): 9, AlertInput(.limit): 0])
        let used = third.step(try rule(.limitExceeded), use)
        let exceeded = try #require(used)
        #expect(exceeded.newValue == .infinity && exceeded.oldValue == nil)
        #expect(!exceeded.json.contains("new_value"), "no number of JSON")
    }

    @Test func modelsAreComparedInCounts() {
        var (one, other) = (ModelChange(), ModelChange())
        #expect(one.mean == 0 && one.quantile(0.5) == nil)
        for move in 1...99 {
            one.add(oldScore: 500, newScore: 500 + Double(move), oldClass: 5, newClass: 5)
        }
        other.add(oldScore: 500, newScore: 400, oldClass: 5, newClass: 7)
        other.add(oldScore: .nan, newScore: 400, oldClass: .nan, newClass: 7)
        other.add(oldScore: 400, newScore: .nan, oldClass: 7, newClass: .nan)
        other.add(oldScore: .nan, newScore: .infinity, oldClass: .nan, newClass: .nan)
        (other.opened, other.closed) = (3, 2)
        one.add(other)
        #expect(one.companies == 100 && one.lost == 1 && one.gained == 1)
        #expect(one.opened == 3 && one.closed == 2)
        #expect(one.mean == (4950.0 - 100) / 100)
        #expect(one.quantile(0) == -100 && one.quantile(0.5) == 49 && one.quantile(1) == 99)
        #expect(one.quantile(-5) == -100 && one.quantile(7) == 99)
        #expect(one.classMoves[.init(from: 5, to: 7)] == 1)
        #expect(
            one.json.contains("\"mean_points\": 48.5") && one.json.contains("\"companies\": 100")
        )
    }

    @Test func rulesAreTriedOnThePast() throws {
        let rule = try scoreBelow(600)
        let days = (0..<AlertLimits.trialDays).map { scored(590, day($0)) }
        let trial = try AlertTrial(rule, over: days)
        #expect(trial.events.count == 1 && trial.steps.count == days.count)
        #expect(trial.steps[1] == trial.steps[1] && trial.steps[1].change == nil)
        #expect(throws: ServiceError.self) {
            try AlertTrial(rule, over: days + [scored(590, day(AlertLimits.trialDays))])
        }
        #expect(throws: ServiceError.self) {
            try AlertTrial(rule, over: [scored(590, day(1)), scored(590, day(0))])
        }
        // From where a company stands, a rule that is saved fires for none that has an alert.
        #expect(try AlertTrial(rule, over: days.prefix(3), from: trial.state).events.isEmpty)
    }
}
