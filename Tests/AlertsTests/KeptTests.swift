// SPDX-License-Identifier: Apache-2.0

// What stores keep of alerts beside their states: counts of another model, cells that are settled;
// and the rules that a portfolio may begin with.

import Alerts
import Documents
import Foundation
import Testing
import VigieLimits

@Suite struct KeptTests {
    @Test func countsOfAnotherModelAddUp() throws {
        var (whole, sum) = (ModelChange(), ModelChange())
        for block in 0..<3 {
            var part = ModelChange()
            for number in 0..<100 {
                let old = Double(500 + number)
                let new = old - Double(number % 7 * block)
                for change in [0, 1] {
                    let isWhole = change == 0
                    isWhole
                        ? whole.add(oldScore: old, newScore: new, oldClass: 3, newClass: 4)
                        : part.add(oldScore: old, newScore: new, oldClass: 3, newClass: 4)
                }
            }
            part.add(oldScore: .nan, newScore: 1, oldClass: .nan, newClass: 1)
            whole.add(oldScore: .nan, newScore: 1, oldClass: .nan, newClass: 1)
            (part.opened, part.closed) = (block, 1)
            #expect(!part.isEmpty)
            sum.add(try #require(ModelChange(part: part.part)))
        }
        (whole.opened, whole.closed) = (3, 3)
        #expect(sum == whole && sum.json == whole.json)
        #expect(ModelChange().isEmpty)
        #expect(try #require(ModelChange(part: ModelChange().part)).isEmpty)
        let part = sum.part
        for damaged in ["", "{}", "[]", part.dropLast(1) + "", part + "}"] {
            #expect(ModelChange(part: damaged) == nil)
        }
        let changed = part.replacingOccurrences(of: "part/1", with: "part/2")
        #expect(ModelChange(part: changed) == nil)
    }

    @Test func ofManyMovesTheMostFrequentAreTold() {
        var change = ModelChange()
        for move in 1...200 {
            for _ in 0..<move {
                change.add(oldScore: 5, newScore: 6, oldClass: 1, newClass: Double(move))
            }
        }
        let told = change.document(movesMost: AlertLimits.classMovesTold).line
        #expect(told.components(separatedBy: "\"from\"").count == AlertLimits.classMovesTold + 1)
        #expect(told.contains("\"to\":101}") && !told.contains("\"to\":100}"))
    }

    @Test func aCellForgetsRunsThatARuleDoesNotCount() throws {
        var state = AlertState()
        let counted = try rule(.threshold) { ($0.raise, $0.noDataRuns) = (600, 3) }
        for number in 0..<5 { _ = state.step(counted, scored(nil, day(number))) }
        let cell = AlertCell(state)
        #expect(AlertState(cell).missingRuns == 5)
        #expect(AlertState(cell.settled(noDataRuns: 3)).missingRuns == 3)
        #expect(AlertState(cell.settled(noDataRuns: 3)).isWithoutData)
        #expect(AlertCell.initial.settled(noDataRuns: 0) == .initial)
        var silent = AlertState()
        _ = silent.step(try rule(.threshold) { $0.raise = 600 }, scored(nil, day(1)))
        #expect(AlertCell(silent).settled(noDataRuns: 0) == .initial)
    }

    @Test func theStandardRulesAreRight() {
        for inFrench in [true, false] {
            let rules = AlertRule.standard(inFrench: inFrench)
            #expect(rules.count == 11 && Set(rules.map(\.name)).count == 11)
            #expect(rules.map(\.name) == rules.map { $0.kind.title(inFrench: inFrench) })
            #expect(rules.contains { $0.kind == .modelChanged })
        }
    }
}
