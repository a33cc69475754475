// SPDX-License-Identifier: Apache-2.0

// What assessments tell beside their figures, and what registers say together.

import Assessment
import CreditFacts
import LegalHistory
import Quantities
import Scoring
import Testing

@Suite struct AssessmentNotesTests {
    private static let shared = Result {
        try Assessor(model: try #require(try ScoringModel.bundledModels().first))
    }

    private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    private let place = PaperReference(paper: 3, line: 7)

    private func assess(_ facts: CompanyFacts) throws -> Assessment {
        let options = Assessor.Options(asOf: day("2025-12-31"))
        return try #require(try Self.shared.get().assess([facts], options).first)
    }

    private func facts(_ events: [(LegalEventKind, String)] = []) throws -> CompanyFacts {
        var facts = CompanyFacts(siren: try SIREN("999100019"))
        facts.events = try events.map { kind, published in
            LegalEvent(
                siren: try SIREN("999100019"),
                kind: kind,
                decided: nil,
                published: day(published),
                notice: "A\(published)",
                source: place
            )
        }
        return facts
    }

    private func entry(
        _ register: RegisterEntry.Register,
        isActive: Bool?,
        since: String? = nil,
        updated: String? = nil,
        struckOff: String? = nil,
        line: Int32 = 1
    ) throws -> RegisterEntry {
        var entry = RegisterEntry(
            siren: try SIREN("999100019"),
            source: PaperReference(paper: 4, line: line)
        )
        entry.register = register
        entry.isActive = isActive
        entry.since = since.map(day)
        entry.updatedAt = updated
        entry.struckOff = struckOff.map(day)
        return entry
    }

    // MARK: Notes

    @Test func consolidatedAccountsAloneAreTold() throws {
        var facts = try facts()
        facts.statements = [
            FinancialStatement(
                siren: facts.siren,
                closing: day("2024-12-31"),
                months: 12,
                form: .consolidated,
                rules: .plan2024,
                amounts: [:],
                source: place
            )
        ]
        let assessment = try assess(facts)
        let finding = try #require(
            assessment.findings.first { $0.code == .onlyGroupAccounts }
        )
        #expect(assessment.outcome == .notScorable && finding.values == ["2024-12-31"])
        #expect(finding.source == place)
        for isFrench in [true, false] {
            #expect(finding.text(inFrench: isFrench).contains("2024-12-31"))
        }
    }

    @Test func aSaleOfTheBusinessIsTold() throws {
        let facts = try facts([(.businessSold, "2025-05-02"), (.businessSold, "2026-05-02")])
        let found = try assess(facts).findings.filter { $0.code == .businessSold }
        #expect(found.map(\.values) == [["A2025-05-02", "2025-05-02"]])
        #expect(found.allSatisfy { $0.severity == .info })
    }

    @Test func anOpeningThatWasReversedIsAnEnd() throws {
        let facts = try facts([
            (.reorganisationOpened, "2024-06-11"), (.appealReversed, "2024-10-03"),
        ])
        let assessment = try assess(facts)
        let finding = try #require(
            assessment.findings.first { $0.code == .proceedingsQuashed }
        )
        #expect(finding.values == ["2024-06-11", "A2024-10-03", "2024-10-03"])
        #expect(assessment.evidence.needsReview)
        #expect(assessment.outcome == .notScorable)
    }

    // MARK: Registers

    @Test func registersTogether() throws {
        let cases: [(entries: [RegisterEntry], outcome: AssessmentOutcome, state: RegisterState)] =
            [
                ([try entry(.directory, isActive: false, since: "2025-03-01")], .closed, .ceased),
                ([try entry(.businesses, isActive: false, since: "2025-03-01")], .closed, .ceased),
                (
                    [
                        try entry(.directory, isActive: true, since: "2006-01-01"),
                        try entry(.businesses, isActive: true, struckOff: "2025-04-30"),
                    ], .closed, .struckOff
                ),
                // The register of businesses tells of an end after what the directory knows.
                (
                    [
                        try entry(.directory, isActive: true, since: "2006-01-01"),
                        try entry(.businesses, isActive: false, updated: "2025-05-02T10:00:00"),
                    ], .closed, .ceased
                ),
                // And the directory after it.
                (
                    [
                        try entry(.businesses, isActive: false, updated: "2020-05-02T10:00:00"),
                        try entry(.directory, isActive: true, since: "2024-01-01"),
                    ], .notScorable, .active
                ),
                (
                    [
                        try entry(.directory, isActive: true, since: "2025-06-01"),
                        try entry(.businesses, isActive: nil, struckOff: "2025-04-30"),
                    ], .notScorable, .active
                ),
            ]
        for (entries, outcome, state) in cases {
            for order in [entries, Array(entries.reversed())] {
                var facts = try facts()
                facts.registerEntries = order
                let assessment = try assess(facts)
                #expect(assessment.outcome == outcome)
                #expect(assessment.evidence.register == state)
            }
        }
    }

    @Test func conflictsHaveBothDaysAndPlaces() throws {
        var facts = try facts([(.struckOff, "2025-10-15")])
        facts.registerEntries = [
            try entry(.directory, isActive: true, since: "2006-01-01", line: 9)
        ]
        let evidence = try assess(facts).evidence
        #expect(
            evidence.conflicts == [
                .struckOffYetActive(
                    struckOff: day("2025-10-15"),
                    activeSince: day("2006-01-01")
                )
            ]
        )
        #expect(evidence.strikeOff?.source == place && evidence.directory?.source.line == 9)
    }
}
