// SPDX-License-Identifier: Apache-2.0

// What was kept, with a byte that is wrong or missing: it is refused, or read as what it then says,
// and never ends the process.

import Alerts
import Documents
import Quantities
import ServiceErrors
import Testing

@Suite struct DamagedTests {
    /// Each way in which one byte can be wrong, and each place at which a text can end.
    private func damaged(_ text: String) -> [[UInt8]] {
        let bytes = Array(text.utf8)
        return bytes.indices.flatMap { place in
            var removed = bytes
            removed.remove(at: place)
            let changed = [bytes[place] ^ 1, 0x22, 0x2D, 0x30, 0x39, 0x65, 0x7B, 0xFF].map { byte in
                var changed = bytes
                changed[place] = byte
                return changed
            }
            return [removed, Array(bytes[..<place])] + changed
        }
    }

    @Test func rulesAreRefusedOrRead() throws {
        let legal = try rule(.legalEvent) { $0.events = ["opening"] }
        let other = try rule(.scoreDrop) { ($0.raise, $0.clear, $0.windowDays) = (50, 9.5, 7) }
        var read = 0
        for bytes in damaged(legal.json) + damaged(other.json) {
            let problems = ProblemList(file: "rule")
            guard let found = try? AlertRule.read(json: bytes, problems) else { continue }
            read += 1
            #expect(try AlertRule.read(json: Array(found.json.utf8), problems) == found)
            var state = AlertState()
            for value in [Double.nan, .infinity, 0] {
                var values: [AlertInput: Double] = [:]
                for input in found.formula.inputs { values[input] = value }
                _ = state.step(found, AlertReading(day: day(0), values, legalEvents: ["opening"]))
            }
        }
        #expect(read > 20, "many bytes of a name can be others")
    }

    @Test func eventsAndStatesAreRefusedOrRead() throws {
        let rule = try scoreBelow(600)
        var state = AlertState()
        _ = state.step(rule, scored(500, day(0)))
        let snooze = AlertAction.snooze(until: day(9), worseBy: 2)
        for action in [AlertAction.acknowledge, .assign(to: "bob"), snooze] {
            _ = try state.apply(action, by: "ann", note: "n", rule, scored(500, day(0)))
        }
        let event = try state.apply(.resolve, by: "ann", note: "n", rule, scored(500, day(0)))
        for bytes in damaged(event.json) {
            let problems = ProblemList(file: "event")
            guard let found = AlertEvent.read(json: bytes, problems) else { continue }
            #expect(AlertEvent.read(json: Array(found.json.utf8), problems) == found)
            #expect(!found.text(inFrench: true).isEmpty)
        }
        for bytes in damaged(try #require(state.handling).json) {
            let problems = ProblemList(file: "state")
            guard let found = AlertHandling.read(json: bytes, problems) else { continue }
            #expect(AlertHandling.read(json: Array(found.json.utf8), problems) == found)
            var moved = AlertState(AlertCell(state), handling: found)
            for score in [500, 400.0, 700] { _ = moved.step(rule, scored(score, day(30))) }
        }
        for bit in 0..<64 {
            let word = AlertCell(state).word ^ 1 << UInt64(bit)
            guard let cell = AlertCell(word: word) else { continue }
            #expect(AlertCell(AlertState(cell, handling: state.handling)).phase == cell.phase)
            var moved = AlertState(cell)
            for score in [500, nil, 700.0] { _ = moved.step(rule, scored(score, day(30))) }
            let memory = ColumnMemory([[700]], [[word]])
            let plan = try AlertBlockPlan([rule], inputs: [AlertInput(.score)])
            let block = AlertBlock(day: day(30), rowCount: 1, columns: memory.columns)
            #expect(AlertBlockEvaluator(plan).evaluate(block, memory.cells))
        }
    }
}
