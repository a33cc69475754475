// SPDX-License-Identifier: Apache-2.0

// Cases made of public reports, and what tests of rules are made with.

import Alerts
import Documents
import Foundation
import Quantities
import Testing

enum AlertCase {
    /// Input and what is expected of a case.
    static func read(_ name: String) throws -> (input: DocumentNode, expected: DocumentNode) {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Cases")
        )
        let bytes = Array(try Data(contentsOf: url))
        let root = DocumentNode(value: try DocumentValue(json: bytes, depthLimit: 16))
        return (try root.member("input"), try root.member("expected"))
    }
}

/// A day after the first of the tests.
func day(_ number: Int) -> CalendarDate {
    CalendarDate(dayNumber: 20_500 + number) ?? .first
}

/// A day as it is written.
func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

/// A rule, with what is said of it.
func rule(_ kind: AlertKind, _ change: (inout AlertRuleDraft) -> Void = { _ in }) throws
    -> AlertRule
{
    var draft = AlertRuleDraft(name: "rule-3", kind: kind.rawValue)
    change(&draft)
    return try AlertRule(draft)
}

/// A rule that is raised below a score, and cleared at another.
func scoreBelow(
    _ raise: Double,
    clear: Double? = nil,
    _ change: (inout AlertRuleDraft) -> Void = { _ in }
) throws -> AlertRule {
    try rule(.threshold) { draft in
        (draft.raise, draft.clear) = (raise, clear)
        change(&draft)
    }
}

/// A run that found a score.
func scored(_ score: Double?, _ day: CalendarDate) -> AlertReading {
    AlertReading(day: day, score.map { [AlertInput(.score): $0] } ?? [:])
}

extension AlertState {
    /// Takes scores, one a day.
    mutating func run(_ rule: AlertRule, _ scores: [Double?], from first: Int = 0) -> [String] {
        scores.enumerated().compactMap { place, score in
            step(rule, scored(score, day(first + place))).map { "\(first + place) \($0.change)" }
        }
    }
}
