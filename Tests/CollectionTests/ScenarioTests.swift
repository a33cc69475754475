// SPDX-License-Identifier: Apache-2.0

// Scenarios as documents: all that is wrong is told at once, and nothing ends the process.

import Collection
import Documents
import Testing
import VigieLimits

@Suite struct ScenarioTests {
    private func problems(_ document: String) -> [String] {
        let problems = ProblemList(file: "s.json")
        let read = DunningScenarios.read(json: Array(document.utf8), problems)
        #expect((read == nil) == !problems.problems.isEmpty)
        return problems.problems.map { "\($0.path): \($0.message)" }
    }

    @Test func thoseOfTheProductAreSound() throws {
        let problems = ProblemList(file: "standard")
        let read = DunningScenarios.read(json: DunningScenarios.standardDocument, problems)
        let all = try #require(read, "\(problems.problems)")
        let usual = all.scenarios[all.place(ofSegment: "any")]
        #expect(usual.levels.map(\.fromDays) == [6, 31, 61, 91])
        #expect([5, 6, 30, 31, 91].map(usual.level) == [0, 1, 1, 2, 4])
        #expect(usual.levels[3].channel == .handover && !usual.levels[3].channel.isWritten)
    }

    @Test func allThatIsWrongIsTold() {
        let texts = #"{"fr": "a {custmer}", "en": "b {total}"}"#
        let found = problems(
            """
            {"format": "vigie-dunning-scenarios/2", "version": "", "assumed_probability": 2,
             "scenarios": [
              {"name": "a", "segments": ["x", "x"], "levels": []},
              {"name": "a", "segments": ["y"], "levles": [], "levels": [
               {"name": \(texts), "from_days": 9, "channel": "pigeon", "subject": \(texts),
                "opening": {"fr": "x"}, "closing": \(texts)},
               {"name": {"fr": "n", "en": "n"}, "from_days": 9, "channel": "call",
                "subject": \(texts)},
               {"name": {"fr": "n", "en": "n"}, "from_days": 0, "channel": "handover"}]}]}
            """
        )
        let wanted = [
            "format: must be \"vigie-dunning-scenarios/1\".",
            "version: must have 1 to 128 bytes.", "assumed_probability: must be from 0 to 1.",
            "scenarios[0].levels: has no level.", "scenarios[1].levles: is not a known key.",
            "has the place {custmer}, which is none. Did you mean \"customer\"?",
            "scenarios[1].levels[0].channel: must be one of",
            "scenarios[1].levels[0].opening.en: is missing.",
            "scenarios[1].levels[1].subject: has no use: nothing is written by \"call\".",
            "scenarios[1].levels[2].from_days: must be a whole number from 1 to",
            "scenarios[1].levels[1]: begins at 9 days, and must begin after",
            "scenarios[1]: has the name of another one, \"a\".",
            "scenarios[0]: names the segment \"x\", which is named already.",
            "scenarios: has 0 scenarios without segments; exactly one must have none",
        ]
        for words in wanted {
            #expect(found.contains { $0.contains(words) }, "\(words) is not in \(found)")
        }
    }

    @Test func ratesOfInterestAreReadStrictly() {
        func rate(_ half: String) -> String {
            #"{"half_year": "\#(half)", "refinancing_hundredths": 215}"#
        }
        func problems(_ rates: [String]) -> [String] {
            self.problems(
                #"{"format": "vigie-dunning-scenarios/1", "interest_rates": "#
                    + "[\(rates.joined(separator: ", "))]}"
            ).filter { $0.hasPrefix("interest_rates") }
        }
        #expect(problems([rate("2026-2"), rate("2027-1")]) == [])
        for wrong in ["2026-3", "2026", "26-1", "2026-1-1", "-2026-1", "+202-1", "٢٠٢٦-1", ""] {
            #expect(problems([rate(wrong)]).first?.contains("must be a half-year") == true)
        }
        #expect(
            problems([rate("2026-2"), rate("2026-2")])
                == ["interest_rates[1]: is of 2026-2, as another one is."]
        )
        #expect(problems([#"{"half_year": "2026-2"}"#]).first?.contains("is missing") == true)
        let many = [String](repeating: rate("2026-2"), count: CollectionLimits.interestRates + 1)
        #expect(problems(many).contains { $0.contains("\(CollectionLimits.interestRates)") })
    }

    @Test func segmentsHaveTheirOwn() throws {
        let level = #"{"name": {"fr": "n", "en": "n"}, "from_days": 1, "channel": "call"}"#
        let problems = ProblemList(file: "s")
        let document = """
            {"format": "vigie-dunning-scenarios/1", "version": "1", "scenarios": [
             {"name": "big", "segments": ["big", "public"], "levels": [\(level)]},
             {"name": "rest", "levels": [\(level)]}]}
            """
        let read = DunningScenarios.read(json: Array(document.utf8), problems)
        let all = try #require(read)
        #expect(["big", "public", "small", ""].map(all.place) == [0, 0, 1, 1])
    }

    @Test func limitsAreNamed() {
        let large = String(repeating: " ", count: CollectionLimits.scenarioBytes + 1)
        #expect(problems(large).contains { $0.contains("scenarioBytes") })
        let deep = String(repeating: "[", count: CollectionLimits.jsonDepth + 1)
        #expect(problems(deep).contains { $0.contains("nested") })
        let text = String(repeating: "x", count: CollectionLimits.letterTextBytes + 1)
        let level = """
            {"name": {"fr": "\(text)", "en": "n"}, "from_days": 1, "channel": "call",
             "fee_cents": \(CollectionLimits.scenarioCents + 1),
             "wait_days": \(CollectionLimits.scenarioDays + 1)}
            """
        func scenario(_ levels: Int, _ segments: Int) -> String {
            let names = (0..<segments).map { "\"s\($0)\"" }.joined(separator: ",")
            let all = [String](repeating: level, count: levels).joined(separator: ",")
            return #"{"name": "a", "segments": [\#(names)], "levels": [\#(all)]}"#
        }
        func document(_ scenarios: [String]) -> String {
            """
            {"format": "vigie-dunning-scenarios/1", "version": "1",
             "scenarios": [\(scenarios.joined(separator: ","))]}
            """
        }
        let one = problems(document([scenario(1, 0)])).joined(separator: "\n")
        #expect(one.contains("letterTextBytes") && one.contains("not 1000000000001"))
        #expect(one.contains("not \(CollectionLimits.scenarioDays + 1)"))
        let many = problems(
            document([
                scenario(CollectionLimits.levels + 1, CollectionLimits.segments + 1)
            ])
        ).joined(separator: "\n")
        #expect(many.contains("levels: has 17 elements; the limit is 16."))
        #expect(many.contains("segments: has 257 elements; the limit is 256."))
        let scenarios = [String](repeating: "{}", count: CollectionLimits.scenarios + 1)
        #expect(problems(document(scenarios)).contains { $0.contains("the limit is 64") })
    }

    @Test func damagedDocumentsAreRefusedOrRead() {
        let bytes = DunningScenarios.standardDocument
        var read = 0
        for place in stride(from: 0, to: bytes.count, by: 11) {
            for byte in [bytes[place] ^ 1, 0x22, 0x39, 0xFF] {
                var changed = bytes
                changed[place] = byte
                let problems = ProblemList(file: "s")
                guard let all = DunningScenarios.read(json: changed, problems) else { continue }
                read += 1
                #expect(all.scenarios.allSatisfy { !$0.levels.isEmpty })
            }
        }
        #expect(read > 50, "many bytes of a text can be others")
    }

    @Test func placesInTextsAreFilledOnce() {
        let text = PlacedText("{a} and {b}, {not closed, {}, {{a}} {c")
        #expect(text.places == ["a", "b", "a"])
        #expect(
            text.filled(["a": "{b}", "b": "2"]) == "{b} and 2, {not closed, {}, {{b}} {c",
            "a value is no text with places"
        )
        #expect(text.filled([:]).hasPrefix("? and ?"))
    }
}
