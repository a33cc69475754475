// SPDX-License-Identifier: Apache-2.0

// How proceedings go on, by figures that can be reckoned by hand.

import ProceedingSurvival
import Quantities
import Scoring
import Testing

@Suite struct SurvivalModelTests {
    private static let document = """
        {"format": "vigie-proceeding-survival/1", "name": "p", "version": "1.0.0",
         "trained_until": "2026-06-30", "proceedings": 400, "outcomes": [
          {"outcome": "plan", "baseline": [-20, 0, -20, -20],
           "effects": {"kind": {"reorganisation": 0, "safeguard": 0.6931471805599453}}},
          {"outcome": "conversion", "baseline": [0, 0, -20, -20], "effects": {"kind": {}}},
          {"outcome": "cession", "baseline": [-20, -20, -20, -20], "effects": {}},
          {"outcome": "closure", "baseline": [-20, -20, -20, 0], "effects": {"size": {"0": 1}}}]}
        """

    private func model(_ text: String = document) throws(BundleError) -> SurvivalModel {
        try SurvivalModel(bundle: BundleFiles(files: ["manifest.json": Array(text.utf8)]))
    }

    private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    @Test func incidenceIsWhatHazardsAddUpTo() throws {
        let subject = ProceedingCase(.reorganisation, since: day("2026-01-31"))
        let found = try model().prospects(of: subject, on: day("2026-01-31"))
        // Half are converted in the first quarter; of the rest a third each in the second.
        #expect(found.map(\.months) == [6, 12])
        let half = try #require(found.first)
        #expect(abs(half.open - 1.0 / 6) < 1e-8)
        #expect(abs(half.outcomes[0] - 1.0 / 6) < 1e-8 && abs(half.outcomes[1] - 2.0 / 3) < 1e-8)
        let year = found[1]
        #expect(abs(year.open - 1.0 / 12) < 1e-8 && abs(year.outcomes[3] - 1.0 / 12) < 1e-8)
        for prospect in found {
            #expect(abs(prospect.open + prospect.outcomes.reduce(0, +) - 1) < 1e-12)
        }
        // A safeguard has twice the odds of a plan: a half of what there is in the second quarter.
        let other = ProceedingCase(.safeguard, since: day("2026-01-31"))
        let plan = try model().prospects(of: other, on: day("2026-01-31"))[0].outcomes[0]
        #expect(abs(plan - 0.25) < 1e-8)
    }

    /// What has passed is past: nobody begins anew.
    @Test func whatIsOpenStillIsConditional() throws {
        let subject = ProceedingCase(.reorganisation, since: day("2026-01-31"))
        for (text, open) in [("2026-04-29", 1.0 / 6), ("2026-04-30", 1.0 / 3)] {
            let found = try model().prospects(of: subject, on: day(text))
            #expect(abs((found.first?.open ?? 0) - open) < 1e-8, "\(text)")
        }
        #expect(try model().prospects(of: subject, on: day("2026-10-31")).isEmpty)
        #expect(try model().prospects(of: subject, on: day("2036-10-31")).isEmpty)
        #expect(try model().prospects(of: subject, on: day("2025-10-31")).isEmpty)
    }

    @Test func classesAreThoseOfTraining() throws {
        var subject = ProceedingCase(.liquidation, since: day("2026-03-01"))
        #expect(
            subject.classes
                == [
                    "kind": "liquidation", "size": "unknown", "age": "unknown", "sector": "unknown",
                ]
        )
        #expect(try model().unknownClasses(of: subject) == ["kind"])
        for (count, wanted) in [(0, "0"), (1, "1-9"), (9, "1-9"), (10, "10-49"), (50, "50+")] {
            subject.headcount = count
            #expect(subject.classes["size"] == wanted)
        }
        for (founded, wanted) in [
            ("2023-03-02", "<3"), ("2023-03-01", "3-9"), ("2016-03-02", "3-9"),
            ("2016-03-01", "10+"), ("2026-03-02", "unknown"),
        ] {
            subject.founded = day(founded)
            #expect(subject.classes["age"] == wanted, "\(founded)")
        }
        for (activity, wanted) in [
            ("43.21A", "F"), ("4321A", "F"), ("01.11Z", "A"), ("04", "unknown"), ("", "unknown"),
        ] {
            subject.activity = activity
            #expect(subject.classes["sector"] == wanted, "\(activity)")
        }
    }

    @Test func whatIsWrongIsTold() throws {
        for (old, new, wanted) in [
            ("\"conversion\", \"base", "\"plan\", \"base", "another order"),
            ("[0, 0, -20, -20]", "[0, 0, -20]", "as many quarters"),
            ("-20, 0, -20, -20", "-20, 90, -20, -20", "log-odds beyond"),
            ("2026-06-30", "2026-06-31", "must be a day"),
            ("\"size\"", "\"colour\"", "none of the features"),
        ] {
            let text = Self.document.replacing(old, with: new)
            #expect(text != Self.document)
            let error = #expect(throws: BundleError.self) { try model(text) }
            #expect(error?.description.contains(wanted) ?? false, "\(String(describing: error))")
        }
        let bytes = Array(Self.document.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x11
            let files = BundleFiles(files: ["manifest.json": changed])
            // It is read or refused, and what is read gives probabilities.
            guard let model = try? SurvivalModel(bundle: files) else { continue }
            let subject = ProceedingCase(.reorganisation, since: day("2026-01-31"))
            for prospect in model.prospects(of: subject, on: day("2026-03-01")) {
                #expect((0...1).contains(prospect.open))
            }
        }
    }
}
