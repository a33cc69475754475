// SPDX-License-Identifier: Apache-2.0

// Reads the input as a document of alerts: a rule, an event, what people did. What is taken is the
// same when it is written and read again, and a rule is stepped through values of all kinds, by the
// machine and by the bytes that are kept of it.

import Alerts
import Documents
import Quantities

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_alertrules")
func fuzzAlertRules(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says what it is to be.
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start[0] % 3 {
    case 0:
        guard let rule = read(bytes) else { return 0 }
        precondition(read(Array(rule.json.utf8)) == rule, "a rule is not what was written")
        step(rule, start[0])
    case 1:
        let problems = ProblemList(file: "event")
        guard let event = AlertEvent.read(json: bytes, problems) else { return 0 }
        let text = event.json
        let again = AlertEvent.read(json: Array(text.utf8), ProblemList(file: "event"))
        precondition(again?.json == text, "an event is not what was written")
    default:
        let problems = ProblemList(file: "handling")
        guard let handling = AlertHandling.read(json: bytes, problems) else { return 0 }
        let text = handling.json
        let again = AlertHandling.read(json: Array(text.utf8), ProblemList(file: "handling"))
        precondition(again?.json == text, "what people did is not what was written")
    }
    return 0
}

private func read(_ bytes: [UInt8]) -> AlertRule? {
    let problems = ProblemList(file: "rule")
    return (try? AlertRule.read(json: bytes, problems)) ?? nil
}

private func step(_ rule: AlertRule, _ seed: UInt8) {
    let inputs = AlertBlockPlan.inputs(of: [rule])
    var state = AlertState()
    let values: [Double?] = [0, 500, nil, rule.raise, rule.clear, 1e308, -1e308, .nan, 1, 1_000]
    for index in 0..<60 {
        guard let day = CalendarDate(dayNumber: 20_000 + index) else { return }
        var reading: [AlertInput: Double] = [:]
        for (place, input) in inputs.enumerated() {
            reading[input] = values[(index * 7 + place * 3 + Int(seed)) % values.count]
        }
        let before = AlertState(AlertCell(state), handling: state.handling)
        var other = before
        let event = state.step(rule, AlertReading(day: day, reading))
        let otherEvent = other.step(rule, AlertReading(day: day, reading))
        precondition(event?.change == otherEvent?.change, "what is kept makes another event")
        precondition(AlertCell(state) == AlertCell(other), "what is kept goes another way")
    }
}
