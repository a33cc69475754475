// SPDX-License-Identifier: Apache-2.0

// What may not be meant in a policy: holes in tables of reference, texts that are nearly others.

import Policies
import TestPolicies
import Testing
import VigieLimits

@Suite struct ReviewTests {
    private func standing(_ policy: Policy) -> [String] {
        PolicyReview(policy).remarks
            .filter { remark in !policy.waivers.contains { remark.isLetStand(by: $0) } }
            .map(\.description)
    }

    private func told(
        _ changes: [(old: String, new: String)] = [],
        and others: [(file: String, old: String, new: String)] = []
    ) throws -> [String] {
        standing(try samplePolicy("cautious-supplier", replacing: changes, and: others))
    }

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func samplesHaveNone(_ name: String) throws {
        #expect(PolicyReview(try samplePolicy(name)).remarks.map(\.description) == [])
    }

    // MARK: - Holes

    private static let sectors = "tables/sectors.csv"

    @Test func holesAreTold() throws {
        let july = (Self.sectors, "2025-01-01,2026-06-30", "2025-01-01,2026-05-31")
        let first = try told(and: [july])
        #expect(first.count == 1, "\(first)")
        #expect(
            first.first
                == "tables/sectors.csv: line 5: hole: no row for transport holds from 2026-06-01 "
                + "to 2026-06-30; end line 4 where line 5 begins, or let it stand (waivers.json, "
                + "hole)"
        )
        let day = (Self.sectors, "2025-01-01,2026-06-30", "2025-01-01,2026-06-29")
        #expect(try told(and: [day]).first?.contains("transport holds on 2026-06-30;") == true)
        let ended = ("policy.json", "\"from\": \"2025-01-01\"", "\"from\": \"2026-07-01\"")
        #expect(try told(and: [july, ended]) == [], "the policy does not hold on those days")
        let begun = ("policy.json", "\"from\": \"2025-01-01\"", "\"from\": \"2026-06-15\"")
        #expect(try told(and: [july, begun]).first?.contains("from 2026-06-15 to") == true)
        let late = (
            Self.sectors, "trade,usual,Wholesale and retail,Commerce,2025", "trade,x,,,2026"
        )
        #expect(try told(and: [late]) == [], "what begins late may be new")
    }

    @Test func holesAreLetStandByTheirKeys() throws {
        let july = (Self.sectors, "2025-01-01,2026-06-30", "2025-01-01,2026-05-31")
        func waiver(_ more: String) -> (String, String, String) {
            let text = "{\"kind\": \"hole\", \(more), \"reason\": \"r\"},"
            return (
                "waivers.json", "[\n  {\n    \"kind\": \"null_gap\",\n    \"decision\": \"Class\"",
                "[" + text + "{\"kind\": \"null_gap\", \"decision\": \"Class\""
            )
        }
        let other = waiver("\"table\": \"sectors\", \"rows\": [\"trade\"]")
        #expect(try told(and: [july, other]).count == 1)
        for more in ["\"table\": \"sectors\", \"rows\": [\"transport\"]", "\"table\": \"sectors\""]
        {
            #expect(try told(and: [july, waiver(more)]) == [], "\(more)")
        }
        for (more, says) in [
            ("\"decision\": \"Class\"", "decision: hole has table and rows instead"),
            ("\"table\": \"sector\"", "has no table \"sector\". Did you mean \"sectors\"?"),
        ] {
            let error = #expect(throws: PolicyError.self) { try told(and: [waiver(more)]) }
            #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        }
    }

    // MARK: - Texts

    @Test func cellsOfTablesThatAreNearlyOthers() throws {
        let mistyped = (Self.sectors, "construction,high", "construction,hihg")
        let first = try told(and: [mistyped])
        #expect(first.count == 1, "\(first)")
        #expect(
            first.first
                == "tables/sectors.csv: line 2, risk: unknown text: no rule of Limit names "
                + "\"hihg\" as risk of the sector. Did you mean \"high\"?"
        )
        let fine = (Self.sectors, "construction,high", "construction,ordinary")
        #expect(try told(and: [fine]) == [], "a text like any other")
    }

    @Test func cellsOfRulesThatNameWhatNeverComes() throws {
        let mistyped = try told([("not(\"high\")", "not(\"hihg\")")])
        #expect(mistyped.count == 2, "two rules: \(mistyped)")
        #expect(
            mistyped.first?.hasSuffix(
                "rule 1 (limit-a), risk of the sector: \"hihg\" is none of what that can be: high, "
                    + "usual. Did you mean \"high\"?"
            ) == true
        )
        #expect(
            try told([("not(\"high\")", "not(\"forbidden\")")]) == [],
            "rows of reference come and go"
        )
    }

    /// What the rules of a table give is all that there is.
    @Test func textsThatNoRuleGives() throws {
        let policy = try TestPolicy.read(
            ["waivers.json": nil],
            replacing: [("policy.dmn", "\"B\", \"C\"</text>", "\"B\", \"C\", \"F\"</text>")]
        )
        let told = PolicyReview(policy).remarks.map(\.description)
        #expect(told.count == 1)
        #expect(
            told.first?.contains(
                "decision \"Terms\": unknown text: rule 2 (short), Class: \"F\" is none of what "
                    + "that can be: A, B, C, D."
            ) == true,
            "\(told)"
        )
        let waiver = """
            [{"kind": "unknown_text", "decision": "Terms", "rules": ["short"], "reason": "soon"}]
            """
        let waived = try TestPolicy.read(
            ["waivers.json": waiver],
            replacing: [("policy.dmn", "\"B\", \"C\"</text>", "\"B\", \"C\", \"F\"</text>")]
        )
        #expect(standing(waived).isEmpty && PolicyReview(waived).remarks.count == 1)
    }

    /// Codes of which each letter counts, and numbers, are near to each other and meant so.
    @Test(arguments: [("A2", false), ("level 3", false), ("leval 2", true), ("LEVEL 2", true)])
    func codesAreNotNear(_ text: String, _ isTold: Bool) throws {
        let known = text.hasPrefix("A") ? "A1" : "level 2"
        let told = try told(
            [("\"high\"", "\"\(known)\"")],
            and: [
                (Self.sectors, ",high,", ",\(known),"),
                (Self.sectors, "trade,usual", "trade,\(text)"),
            ]
        )
        #expect(told.isEmpty != isTold, "\(told)")
    }

    /// What looks the same and has other characters is another text.
    @Test func charactersThatLookAlike() throws {
        let told = try told(
            [("\"high\"", "\"\u{E9}lev\u{E9}\"")],
            and: [(Self.sectors, ",high,", ",e\u{301}leve\u{301},")]
        )
        #expect(told.count == 4 && told.allSatisfy { $0.contains("Did you mean") }, "\(told)")
    }

    /// A row whose key is mistyped is never found, though the other table knows the sector.
    @Test func keysThatAreNearlyThoseOfAnotherTable() throws {
        let mistyped = (Self.sectors, "transport", "trasport")
        let first = try told(and: [mistyped])
        #expect(
            first == [
                "tables/legal_terms.csv: line 3, sector: unknown text: \"transport\" is none of "
                    + "sectors, which has other keys of this table. Did you mean \"trasport\"?"
            ]
        )
        let old = "[\n  {\n    \"kind\": \"null_gap\",\n    \"decision\": \"Class\""
        let waiver = (
            "waivers.json", old,
            "[{\"kind\": \"unknown_text\", \"table\": \"legal_terms\", \"rows\": "
                + "[\"transport\"], \"reason\": \"r\"}, " + old.dropFirst()
        )
        #expect(try told(and: [mistyped, waiver]) == [])
        let all = [("transport", "trasport"), ("perishable_food", "perishable_foods")]
        #expect(
            try told(and: all.map { (Self.sectors, $0.0, $0.1) }) == [],
            "tables without a key in common are of other things"
        )
    }

    @Test func stagesAndSubjectsAreKnown() throws {
        let policy = try TestPolicy.read(
            replacing: [("policy.dmn", "<text>\"order\"</text>", "<text>\"orders\"</text>")]
        )
        let told = standing(policy)
        #expect(told.count == 3, "\(told)")
        #expect(told.allSatisfy { $0.hasSuffix("Did you mean \"order\"?") })
    }

    @Test func manyAreTold() throws {
        let rows = (0...LintLimits.findings + 1).map {
            "key\($0),0.5,,2025-01-01,2025-03-31\nkey\($0),0.5,,2025-05-01,\n"
        }
        let many = try TestPolicy.read([
            "tables/sectors.csv": "code,risk,note,valid_from,valid_to\n" + rows.joined()
        ])
        let remarks = PolicyReview(many).remarks
        #expect(remarks.count == LintLimits.findings + 1)
        #expect(remarks.last?.words.contains("and more") == true)
    }

    /// A look without time says that it was none.
    @Test func isNotCutShortInSilence() throws {
        let policy = try samplePolicy("cautious-supplier")
        #expect(PolicyReview(policy).isFinished)
        #expect(!PolicyReview(policy) { false }.isFinished)
    }

    /// A value of very many texts is no class, and is left alone.
    @Test(arguments: [0, 1])
    func textsOfAValueAreBounded(_ more: Int) throws {
        let count = LintLimits.knownTexts - 8 + 9 * more
        let rows = (0..<count).map { "key\($0),text\($0),,,2025-01-01,\n" }.joined()
        let told = try told(and: [
            (Self.sectors, "construction,high", rows + "construction,hihg")
        ])
        #expect(told.isEmpty == (more == 1), "\(told.count)")
    }
}
