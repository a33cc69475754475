// SPDX-License-Identifier: Apache-2.0

// Notices of made-up companies, from the records of the open data portal to where each stands.

import CompanyPapers
import CreditFacts
import Documents
import LegalHistory
import Quantities
import Testing

@Suite struct NoticeTests {
    private func events(_ file: String) throws -> NoticeEvents {
        try NoticeRecords.events(
            json: Paper.bytes(file, folder: "bodacc"),
            paper: 0,
            findingsPerCodeMax: 20
        )
    }

    private func history(_ found: NoticeEvents, of siren: String) -> LegalHistory {
        LegalHistory(
            found.events.filter { $0.siren.description == siren },
            corrections: found.corrections
        )
    }

    @Test func eventsOfTheSample() throws {
        let found = try events("annonces-commerciales.json")
        #expect(found.counts.setAside == 0 && found.findings.kept.isEmpty)
        let void = Set(found.corrections.map(\.corrected))
        var seen: Set<String> = []
        let standing = found.events.filter {
            !void.contains($0.notice) && $0.kind != .accountsDeposited
        }
        .map { event in
            [
                event.siren.description, event.decided?.description ?? "",
                event.published.description, event.kind.rawValue, event.notice,
            ]
            .joined(separator: ",")
        }
        .filter { seen.insert($0).inserted }
        let expected = try Paper.rows("expected_events.csv", folder: "bodacc").map { row in
            ["siren", "decided", "published", "kind", "notice"].map { row[$0] ?? "" }
                .joined(separator: ",")
        }
        for line in expected { #expect(standing.contains(line), "\(line)") }
        for line in standing { #expect(expected.contains(line), "\(line)") }
    }

    @Test func whereEachCompanyStands() throws {
        let found = try events("annonces-commerciales.json")
        let day = try #require(CalendarDate("2025-12-31"))
        for row in try Paper.rows("expected_states.csv", folder: "bodacc") {
            let status = history(found, of: row["siren"] ?? "").status(on: day)
            #expect(status.state.rawValue == row["state"], "\(row)")
            #expect(status.register.rawValue == row["register"], "\(row)")
            if status.state != .none {
                #expect(status.since?.description ?? "" == row["since"], "\(row)")
            }
            let outcome = row["outcome"] ?? ""
            let directory = outcome == "closed" && status.register == .active ? nil : status
            let evidence = LegalEvidence(directory ?? status, directory: nil)
            let told = [
                LegalOutcome.scorable: "scored", .inProceedings: "in_proceedings",
                .closed: "closed", .review: "review",
            ][evidence.outcome]
            #expect(outcome.hasPrefix(told ?? "?"), "\(row)")
        }
    }

    @Test func whereTheyStoodOnEarlierDays() throws {
        let found = try events("annonces-commerciales.json")
        for row in try Paper.rows("expected_on_dates.csv", folder: "bodacc") {
            let day = try #require(CalendarDate(row["day"] ?? ""))
            let status = history(found, of: row["siren"] ?? "").status(on: day)
            #expect(status.state.rawValue == row["state"], "\(row)")
        }
    }

    @Test func brokenAccentsAndDatesInThreeShapes() throws {
        let found = try events("case_09.json")
        #expect(
            found.events.map { $0.decided?.description } == [
                "2008-11-27", "2010-03-01", "2022-01-27", nil,
            ]
        )
        #expect(found.findings.counts == [.absurdDate: 1])
        let day = try #require(CalendarDate("2025-12-31"))
        let status = history(found, of: "999100027").status(on: day)
        #expect(status.state == .liquidation && status.since?.description == "2025-06-03")
    }

    @Test func whatWasTakenBackStoodUntilThen() throws {
        let found = try events("case_10.json")
        let history = history(found, of: "999100027")
        let day = try #require(CalendarDate("2025-02-15"))
        #expect(history.status(on: .last).state == .none)
        #expect(history.status(on: day, knowing: .ofThatDay).state == .liquidation)
    }

    @Test func aCraftsmansNumberStandsElsewhere() throws {
        let status = history(try events("case_12.json"), of: "999100068").status(on: .last)
        #expect(status.state == .reorganisationObservation)
    }

    @Test func struckOffAndYetActive() throws {
        let found = try events("case_13.json")
        let status = history(found, of: "999101116").status(on: .last)
        let directory = DirectoryStatus(
            isActive: true,
            since: CalendarDate("2006-01-01"),
            source: PaperReference(paper: 1, line: 2)
        )
        let evidence = LegalEvidence(status, directory: directory)
        #expect(evidence.outcome == .closed && evidence.conflicts.count == 1)
        let moved = history(found, of: "999100019").status(on: .last)
        #expect(LegalEvidence(moved, directory: directory).outcome == .scorable)
    }
}
