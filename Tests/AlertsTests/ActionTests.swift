// SPDX-License-Identifier: Apache-2.0

// What people do with alerts.

import Alerts
import Documents
import Quantities
import Testing
import VigieLimits

@Suite struct ActionTests {
    private func opened() throws -> (AlertState, AlertRule, AlertReading) {
        let rule = try scoreBelow(600, clear: 610)
        var state = AlertState()
        let reading = scored(540, day(0))
        #expect(state.step(rule, reading)?.change == .raised)
        return (state, rule, reading)
    }

    @Test func whatIsSeenStaysSeenUntilItIsCleared() throws {
        var (state, rule, reading) = try opened()
        let seen = try state.apply(.acknowledge, by: "ann", note: "on it", rule, reading)
        #expect(seen.change == .acknowledged && seen.note?.person == "ann")
        #expect(seen.note?.text == "on it" && seen.newValue == 540)
        #expect(throws: AlertRefusal.nothingChanges) {
            try state.apply(.acknowledge, by: "bob", rule, reading)
        }
        let given = try state.apply(.assign(to: "bob"), by: "ann", rule, reading)
        #expect(given.change == .assigned && given.assignee == "bob")
        #expect(state.run(rule, [530, 520], from: 1).isEmpty && !state.isQuiet)
        #expect(state.run(rule, [620, 500], from: 3) == ["3 cleared", "4 raised"])
        #expect(state.handling == nil)
        #expect(throws: AlertRefusal.notOpen) {
            var fresh = AlertState()
            _ = try fresh.apply(.acknowledge, by: "ann", rule, reading)
        }
    }

    @Test func whatIsDoneIsSilentUntilItHappensAgain() throws {
        var (state, rule, reading) = try opened()
        #expect(try state.apply(.resolve, by: "ann", rule, reading).change == .resolved)
        #expect(state.isQuiet && state.run(rule, [500], from: 1).isEmpty)
        let again = try state.apply(.reopen, by: "bob", rule, reading)
        #expect(again.change == .reopened && again.note?.person == "bob" && state.handling == nil)
        #expect(throws: AlertRefusal.nothingChanges) {
            try state.apply(.reopen, by: "bob", rule, reading)
        }
        _ = try state.apply(.resolve, by: "ann", rule, reading)
        #expect(throws: AlertRefusal.nothingChanges) {
            try state.apply(.resolve, by: "ann", rule, reading)
        }
        #expect(state.run(rule, [620, 599], from: 2) == ["3 raised"], "its end is not news")
    }

    @Test func whoLooksAfterAnAlertStillDoesWhenItIsToldAgain() throws {
        let rule = try rule(.legalEvent) { $0.events = ["opening"] }
        var state = AlertState()
        func came(_ number: Int) -> AlertReading {
            AlertReading(day: day(number), [:], legalEvents: ["opening"])
        }
        _ = state.step(rule, came(0))
        let snooze = AlertAction.snooze(until: day(20), worseBy: nil)
        for action in [AlertAction.assign(to: "bob"), .acknowledge, snooze] {
            _ = try state.apply(action, by: "ann", rule, came(0))
        }
        let again = state.step(rule, came(1))
        #expect(again?.change == .reopened && again?.assignee == "bob" && again?.note == nil)
        #expect(state.handling?.assignee == "bob" && state.handling?.acknowledged == nil)
        #expect(!state.isQuiet, "it happened once more, whatever was put off")
        _ = try state.apply(.resolve, by: "ann", rule, came(1))
        #expect(try state.apply(.reopen, by: "ann", rule, came(1)).assignee == "bob")
        #expect(state.handling?.resolved == nil && state.handling?.assignee == "bob")
    }

    @Test func whatIsPutOffEnds() throws {
        var (state, rule, reading) = try opened()
        let snooze = AlertAction.snooze(until: day(5), worseBy: nil)
        _ = try state.apply(snooze, by: "ann", rule, reading)
        #expect(state.run(rule, [100, 100, 100, 100, 540, 540], from: 1) == ["6 woken"])
        // Cleared meanwhile: then it is over, and the next is another one.
        _ = try state.apply(.snooze(until: day(30), worseBy: 1), by: "ann", rule, reading)
        #expect(state.run(rule, [620, 590], from: 7) == ["7 cleared", "8 raised"])
        #expect(throws: AlertRefusal.isPast) {
            try state.apply(.snooze(until: day(-1), worseBy: nil), by: "ann", rule, reading)
        }
        let last = day(AlertLimits.snoozeDays)
        _ = try state.apply(.snooze(until: last, worseBy: nil), by: "ann", rule, reading)
        #expect(throws: AlertRefusal.tooLong(daysMaximum: AlertLimits.snoozeDays)) {
            let next = day(AlertLimits.snoozeDays + 1)
            _ = try state.apply(.snooze(until: next, worseBy: nil), by: "ann", rule, reading)
        }
        for worse in [0, -1, Double.nan, .infinity] {
            #expect(throws: AlertRefusal.notWorse) {
                try state.apply(.snooze(until: day(9), worseBy: worse), by: "a", rule, reading)
            }
        }
        #expect(throws: AlertRefusal.notWorse) {
            let missing = scored(nil, day(0))
            _ = try state.apply(.snooze(until: day(9), worseBy: 5), by: "a", rule, missing)
        }
    }

    @Test func whoDoesItIsSaid() throws {
        var (state, rule, reading) = try opened()
        let long = String(repeating: "a", count: AlertLimits.nameBytes + 1)
        for nobody in ["", "a\u{1F}b", long] {
            #expect(throws: AlertRefusal.nobody) {
                try state.apply(.acknowledge, by: nobody, rule, reading)
            }
            #expect(throws: AlertRefusal.nobody) {
                try state.apply(.assign(to: nobody), by: "ann", rule, reading)
            }
        }
        let note = String(repeating: "n", count: AlertLimits.noteBytes)
        #expect(throws: AlertRefusal.longNote(bytes: AlertLimits.noteBytes + 1)) {
            try state.apply(.acknowledge, by: "ann", note: note + "n", rule, reading)
        }
        _ = try state.apply(.acknowledge, by: "ann", note: note, rule, reading)
        let refusals: [AlertRefusal] = [
            .notOpen, .nothingChanges, .nobody, .longNote(bytes: 9), .isPast,
            .tooLong(daysMaximum: 9), .notWorse,
        ]
        for refusal in refusals {
            #expect(refusal.description.hasSuffix(".") && refusal.reason.contains("_"))
        }
    }

    @Test func theLongestThereIsIsKept() throws {
        var (state, rule, reading) = try opened()
        // Control characters take six bytes each where they are kept.
        let note = String(repeating: "\u{1}", count: AlertLimits.noteBytes)
        let name = String(repeating: "\"", count: AlertLimits.nameBytes)
        let snooze = AlertAction.snooze(until: day(4), worseBy: 2.5)
        for action in [AlertAction.assign(to: name), .acknowledge, .resolve, snooze] {
            let event = try state.apply(action, by: name, note: note, rule, reading)
            let problems = ProblemList(file: "event")
            #expect(AlertEvent.read(json: Array(event.json.utf8), problems) == event)
            let handling = try #require(state.handling)
            #expect(AlertHandling.read(json: Array(handling.json.utf8), problems) == handling)
            #expect(problems.problems.isEmpty)
        }
    }

    @Test func whatPeopleDidIsKept() throws {
        var (state, rule, reading) = try opened()
        let actions: [AlertAction] = [
            .acknowledge, .assign(to: "bob \"the\" {x}"), .snooze(until: day(4), worseBy: 2.5),
            .resolve,
        ]
        for action in actions {
            _ = try state.apply(action, by: "ann", note: "é\n", rule, reading)
            let handling = try #require(state.handling)
            let problems = ProblemList(file: "state")
            let read = AlertHandling.read(json: Array(handling.json.utf8), problems)
            #expect(read == handling && problems.problems.isEmpty)
            #expect(AlertState(AlertCell(state), handling: read) == state)
        }
        for bad in [
            "", "[]", "{}", "{\"format\": \"vigie-alert-handling/2\"}",
            "{\"format\": \"vigie-alert-handling/1\", \"resolved\": {\"person\": \"a\"}}",
            "{\"format\": \"vigie-alert-handling/1\", \"other\": 1}",
        ] {
            let problems = ProblemList(file: "state")
            #expect(AlertHandling.read(json: Array(bad.utf8), problems) == nil, "\(bad)")
            #expect(!problems.problems.isEmpty)
        }
    }
}
