// SPDX-License-Identifier: Apache-2.0

// Rules as they are written: what each kind computes, what is refused, and how they are kept.

import Alerts
import Documents
import Quantities
import ServiceErrors
import Testing
import VigieLimits

@Suite struct RuleTests {
    private func value(
        _ rule: AlertRule,
        _ values: [AlertInput: Double],
        events: [String]? = nil
    ) -> Double? {
        rule.value(AlertReading(day: day(0), values, legalEvents: events))
    }

    private func now(_ quantity: AlertQuantity, _ value: Double) -> [AlertInput: Double] {
        [AlertInput(quantity): value]
    }

    /// A quantity now, and so many days before.
    private func both(
        _ quantity: AlertQuantity,
        _ now: Double,
        _ before: Double,
        days: Int = 1
    ) -> [AlertInput: Double] {
        [AlertInput(quantity): now, AlertInput(quantity, daysBefore: days): before]
    }

    @Test func changesAreOfTheirQuantity() throws {
        let drop = try rule(.scoreDrop) { ($0.raise, $0.windowDays) = (50, 7) }
        #expect(value(drop, both(.score, 500, 560, days: 7)) == 60)
        #expect(value(drop, both(.score, 500, 560)) == nil, "of another day")
        #expect("\(AlertInput(.score, daysBefore: 7))" == "score_7_days_before")
        #expect("\(AlertInput(.score, daysBefore: 1))" == "score_1_day_before")
        #expect("\(AlertInput(.score))" == "score")
        let rise = try rule(.scoreRise) { $0.raise = 50 }
        #expect(value(rise, both(.score, 560, 500)) == 60)
        for (direction, wanted) in [("worse", 2.0), ("better", -2), ("any", 2)] {
            let changed = try rule(.classChange) { $0.direction = direction }
            #expect(value(changed, both(.riskClass, 6, 4)) == wanted && changed.raise == 1)
        }
        let ratio = try rule(.probabilityRatio) { $0.raise = 2 }
        #expect(
            value(ratio, both(.probability, 0.06, 0.02)).map { ($0 - 3).magnitude < 1e-9 } == true
        )
        #expect(value(ratio, both(.probability, 0.06, 0)) == .infinity)
        #expect(value(ratio, both(.probability, 0, 0)) == nil)
        let percentile = try rule(.percentileDrop) { $0.raise = 10 }
        #expect(value(percentile, both(.percentile, 40, 55)) == 15)
        #expect(try value(rule(.outcomeChange), both(.outcome, 2, 0)) == 2)
        #expect(try value(rule(.dataDepthLoss), both(.dataDepth, 2, 4)) == 2)
        let loss = try rule(.portfolioLoss) { $0.raise = 10 }
        #expect(value(loss, both(.expectedLoss, 125, 100)) == 25)
        #expect(value(loss, both(.expectedLoss, 125, -1)) == nil)
    }

    @Test func levelsAreOfTheirQuantity() throws {
        for (kind, quantity) in [
            (AlertKind.coverExpiring, AlertQuantity.coverDays),
            (.statementOverdue, .statementMonths), (.divergence, .divergence),
            (.concentration, .concentrationIndex), (.noData, .daysWithoutScore),
        ] {
            #expect(try value(rule(kind) { $0.raise = 1 }, now(quantity, 0.25)) == 0.25)
        }
        let top = try rule(.concentration) { ($0.raise, $0.quantity) = (0.5, "top_share") }
        #expect(value(top, now(.topShare, 0.3)) == 0.3)
        for quantity in ["score", "class", "probability", "exposure", "days_beyond_terms"] {
            let threshold = try rule(.threshold) { ($0.raise, $0.quantity) = (5, quantity) }
            let input = AlertInput(try #require(AlertQuantity(rawValue: quantity)))
            #expect(value(threshold, [input: 4]) == 4)
        }
        for (signal, quantity) in [
            ("days_beyond_terms", AlertQuantity.daysBeyondTerms),
            ("broken_promises", .brokenPromises), ("share_over_30_days", .overdueShare),
        ] {
            let payment = try rule(.paymentSignal) { ($0.raise, $0.signal) = (1, signal) }
            #expect(value(payment, now(quantity, 3)) == 3)
        }
        let index = try rule(.paymentSignal) { ($0.raise, $0.signal) = (5, "index_drop") }
        #expect(value(index, both(.paymentIndex, 60, 72)) == 12)
    }

    @Test func useIsWhatIsOwedOverWhatMayBe() throws {
        func use(_ exposure: Double, _ limit: Double, _ cover: Double?) throws -> Double? {
            var values = [AlertInput(.exposure): exposure, AlertInput(.limit): limit]
            values[AlertInput(.cover)] = cover
            return value(try rule(.limitExceeded), values)
        }
        #expect(try use(90, 80, 20) == 0.9 && use(90, 100, nil) == 0.9)
        #expect(try use(0, 0, 0) == 0 && use(-5, 0, nil) == 0, "a credit balance exceeds nothing")
        #expect(try use(5, 0, nil) == .infinity && use(.nan, 0, nil) == nil)
        #expect(try use(5, .nan, 5) == nil && use(.nan, 10, nil) == nil)
        let exceeded = try rule(.limitExceeded)
        let near = try rule(.limitNear)
        #expect(exceeded.raise == 1 && exceeded.comparison == .above)
        #expect(near.raise == 0.8 && near.comparison == .atLeast)
    }

    @Test func eventsAreThoseOfTheRule() throws {
        let legal = try rule(.legalEvent) { $0.events = ["a", "b"] }
        #expect(value(legal, [:]) == nil && value(legal, [:], events: []) == 0)
        #expect(value(legal, [:], events: ["c", "b"]) == 1)
    }

    @Test func onlyTheModelsQuantitiesAreRebased() throws {
        #expect(try scoreBelow(5).ofModel == .score)
        #expect(try rule(.threshold) { ($0.raise, $0.quantity) = (5, "exposure") }.ofModel == nil)
        #expect(try rule(.scoreDrop) { $0.raise = 5 }.ofModel == nil)
        #expect(try rule(.limitNear).ofModel == nil)
    }

    private func refusal(_ change: (inout AlertRuleDraft) -> Void) -> (field: String, text: String)?
    {
        var draft = AlertRuleDraft(name: "low scores", kind: "THRESHOLD")
        draft.raise = 600
        change(&draft)
        do throws(ServiceError) {
            _ = try AlertRule(draft)
            return nil
        } catch {
            guard case .field(let field) = error.detail else { return nil }
            #expect(error.message.hasSuffix("."), "\(error.message)")
            return (field, error.message)
        }
    }

    @Test func contradictionsAreRefusedByWords() {
        #expect(refusal { _ in } == nil && refusal { $0.clear = 600 } == nil)
        let wrong = refusal { $0.clear = 590 }
        #expect(
            wrong?.text
                == "Rule \"low scores\": \"clear\" is 590 and contradicts \"raise\", which is 600: "
                + "an alert would be raised and cleared at once. Name a value above it, or leave "
                + "it out."
        )
        #expect(refusal { ($0.clear, $0.direction) = (610, "above") }?.field == "clear")
        #expect(refusal { ($0.clear, $0.direction) = (590, "above") } == nil)
        let kinds: [(AlertKind, Double, Double)] = [
            (.scoreDrop, 50, 51), (.coverExpiring, 30, 29), (.limitExceeded, 1, 1.1),
            (.noData, 3, 4), (.concentration, 0.2, 0.3),
        ]
        for (kind, raise, clear) in kinds {
            let found = refusal { ($0.kind, $0.raise, $0.clear) = (kind.rawValue, raise, clear) }
            #expect(found?.field == "clear", "\(kind)")
        }
    }

    @Test func nonsenseIsRefused() {
        for value in [Double.nan, .infinity, -.infinity, -1] {
            #expect(refusal { $0.raise = value }?.field == "raise", "\(value)")
            #expect(refusal { $0.clear = value }?.field == "clear", "\(value)")
            let drop = refusal { ($0.kind, $0.raise) = ("SCORE_DROP", value) }
            #expect(drop?.field == "raise", "\(value)")
        }
        #expect(refusal { ($0.quantity, $0.raise) = ("exposure", -1) } == nil)
        #expect(refusal { ($0.kind, $0.raise) = ("SCORE_DROP", 0) }?.field == "raise")
        #expect(refusal { ($0.kind, $0.raise) = ("PROBABILITY_RATIO", 1) }?.field == "raise")
        #expect(refusal { ($0.kind, $0.raise) = ("CONCENTRATION", 1.5) }?.field == "raise")
        #expect(refusal { $0.raise = nil }?.text.contains("name the value") == true)
        let unknown = refusal { $0.kind = "SCORE_DROPS" }
        #expect(unknown?.field == "kind" && unknown?.text.contains("SCORE_DROP\"?") == true)
        #expect(refusal { $0.quantity = "scores" }?.field == "quantity")
        #expect(refusal { $0.quantity = "hhi" }?.field == "quantity", "of a portfolio")
        #expect(refusal { $0.direction = "worse" }?.field == "direction")
        #expect(refusal { $0.windowDays = 5 }?.field == "window_days")
        #expect(refusal { $0.signal = "index_drop" }?.field == "signal")
        #expect(refusal { $0.events = ["a"] }?.field == "events")
        for events in [nil, [], ["a", "a"], ["a\u{1F}"]] {
            let legal = refusal { ($0.kind, $0.raise, $0.events) = ("LEGAL_EVENT", nil, events) }
            #expect(legal?.field == "events")
        }
        let twice = refusal { ($0.kind, $0.raise, $0.confirmRuns) = ("OUTCOME_CHANGE", nil, 2) }
        #expect(twice?.field == "confirm_runs")
        for name in ["", "a\u{1F}b", String(repeating: "a", count: AlertLimits.nameBytes + 1)] {
            #expect(refusal { $0.name = name }?.field == "name")
        }
        #expect(refusal { $0.version = 0 }?.field == "version")
        #expect(refusal { $0.version = .max }?.field == "version")
    }

    @Test func limitsAreNamed() {
        let limits: [(String, Int, (inout AlertRuleDraft, Int) -> Void)] = [
            ("confirmRuns", AlertLimits.confirmRuns, { $0.confirmRuns = $1 }),
            ("keepForDays", AlertLimits.keepForDays, { $0.keepForDays = $1 }),
            ("noDataRuns", AlertLimits.noDataRuns, { $0.noDataRuns = $1 }),
            (
                "windowDays", AlertLimits.windowDays,
                { ($0.kind, $0.raise, $0.windowDays) = ("SCORE_DROP", 5, $1) }
            ),
            (
                "legalEvents", AlertLimits.legalEvents,
                { draft, count in
                    (draft.kind, draft.raise) = ("LEGAL_EVENT", nil)
                    draft.events = (0..<count).map { "e\($0)" }
                }
            ),
        ]
        for (name, most, set) in limits {
            #expect(refusal { set(&$0, most) } == nil, "\(name)")
            for count in [most + 1, Int(Int32.max)] where name != "legalEvents" || count < 999 {
                let text = refusal { set(&$0, count) }?.text
                #expect(text?.contains("The limit \(name) is \(most).") == true, "\(name)")
            }
        }
        #expect(refusal { $0.confirmRuns = 0 }?.field == "confirm_runs")
        #expect(refusal { $0.keepForDays = -1 }?.field == "keep_for_days")
    }

    @Test func editsAreVersionsAndCarryStatesOver() throws {
        let old = try scoreBelow(600, clear: 610)
        var state = AlertState()
        #expect(state.run(old, [590]) == ["0 raised"])
        var draft = old.draft
        draft.raise = 580
        draft.confirmRuns = 3
        let new = try old.edited(draft)
        #expect(new.version == 2 && new.name == old.name)
        // It was an alert by the old edge, is none to be raised by the new one, and stays.
        #expect(state.run(new, [590, 570, 570, 570], from: 1).isEmpty && state.phase == .raised)
        #expect(state.run(new, [610], from: 5) == ["5 cleared"])
        draft.kind = "NO_DATA"
        #expect(throws: ServiceError.self) { try old.edited(draft) }
        draft = old.draft
        draft.name = "other"
        #expect(throws: ServiceError.self) { try old.edited(draft) }
    }

    @Test func rulesAreKeptAsDocuments() throws {
        for kind in AlertKind.allCases {
            let written = try rule(kind) { draft in
                if AlertRuleDraft.needEdge.contains(kind) {
                    draft.raise = kind == .concentration ? 0.5 : 3
                }
                if kind == .legalEvent { draft.events = ["opening", "é"] }
                draft.keepForDays = 4
            }
            let problems = ProblemList(file: "rule")
            let read = try AlertRule.read(json: Array(written.json.utf8), problems)
            #expect(read == written, "\(kind): \(problems.problems)")
            #expect(try AlertRule(written.draft) == written)
            #expect(
                kind.title(inFrench: true) != kind.title(inFrench: false) || kind == .concentration
            )
            #expect(kind.title(inFrench: false) != kind.rawValue, "has words")
        }
        let long = "{\"name\": \"\(String(repeating: "a", count: AlertLimits.documentBytes))\"}"
        let deep = String(repeating: "[", count: AlertLimits.jsonDepth + 1)
        for bad in [
            "", "{", "[]", "{}", "{\"format\": \"vigie-alert-rule/2\"}", long, deep,
            "{\"format\": \"vigie-alert-rule/1\", \"name\": \"a\", \"kind\": 3}",
            "{\"format\": \"vigie-alert-rule/1\", \"name\": \"a\", \"kind\": \"NO_DATA\", "
                + "\"edge\": 3}",
        ] {
            let problems = ProblemList(file: "rule")
            #expect(try AlertRule.read(json: Array(bad.utf8), problems) == nil)
            #expect(!problems.problems.isEmpty, "\(bad.prefix(90))")
        }
    }
}

extension AlertRuleDraft {
    /// Kinds whose edge has to be named.
    static let needEdge: [AlertKind] = [
        .scoreDrop, .scoreRise, .threshold, .probabilityRatio, .percentileDrop, .paymentSignal,
        .coverExpiring, .statementOverdue, .divergence, .concentration, .portfolioLoss, .noData,
    ]
}
