// SPDX-License-Identifier: Apache-2.0

// The legal life of made-up companies, each with the story that its notices tell.

import CreditFacts
import LegalHistory
import Quantities
import Testing

@Suite struct LegalHistoryTests {
    @Test func safeguardThenReorganisationThenPlan() throws {
        let history = LegalHistory([
            try event(.sauvegardeOpened, "2024-03-05", "2024-03-17"),
            try event(.convertedToReorganisation, "2024-09-10", "2024-09-20"),
            try event(.planAdopted, "2025-07-01", "2025-07-11", .reorganisation),
        ])
        // An event counts from its publication on.
        let expected = [
            ("2024-03-10", ProceedingState.none), ("2024-03-17", .sauvegardeObservation),
            ("2024-09-15", .sauvegardeObservation), ("2024-09-20", .reorganisationObservation),
            ("2025-07-12", .reorganisationPlan), ("2034-12-31", .reorganisationPlan),
            // Ten years after it was adopted the plan has ended in silence.
            ("2035-07-01", .none),
        ]
        for (day, state) in expected {
            #expect(history.status(on: date(day)).state == state, "\(day)")
        }
        #expect(history.status(on: date("2025-12-31")).since == (date("2025-07-01")))
    }

    @Test func liquidationClosedThenStruckOff() throws {
        let history = LegalHistory([
            try event(.reorganisationOpened, "2023-05-16", "2023-05-26"),
            try event(.convertedToLiquidation, "2023-11-07", "2023-11-17"),
            try event(.depositNotice, "2024-01-09", "2024-01-14"),
            try event(.closedInsufficientAssets, "2025-04-01", "2025-04-10"),
            try event(.struckOff, nil, "2025-04-29"),
        ])
        #expect(history.status(on: date("2025-04-05")).state == .liquidation)
        let status = history.status(on: date("2025-12-31"))
        #expect(status.state == .closedInsufficientAssets)
        #expect(status.since == (date("2025-04-01")))
        #expect(status.register == .struckOff)
        let evidence = LegalEvidence(status, directory: nil)
        #expect(evidence.outcome == .closed && evidence.hasFailed)
    }

    /// The last notice is not the state.
    @Test func anOldReorganisationEndsAfterTheLiquidationOpened() throws {
        let history = LegalHistory([
            try event(.reorganisationOpened, "2015-02-03", "2015-02-12"),
            try event(.planAdopted, "2016-01-12", "2016-01-20", .reorganisation),
            try event(.liquidationOpened, "2020-06-02", "2020-06-12"),
            try event(.procedureEnded, "2021-03-09", "2021-03-19", .reorganisation),
        ])
        #expect(history.status(on: date("2025-12-31")).state == .liquidation)
    }

    @Test func whatWasTakenBackStoodUntilThen() throws {
        let opening = try event(.liquidationOpened, "2025-02-04", "2025-02-12", notice: "A1")
        let history = LegalHistory(
            [opening],
            corrections: [
                NoticeCorrection(corrected: "A1", by: "A2", published: date("2025-02-21"))
            ]
        )
        let (before, after) = (date("2025-02-15"), date("2025-02-21"))
        #expect(history.status(on: before, knowing: .ofThatDay).state == .liquidation)
        #expect(history.status(on: after, knowing: .ofThatDay).state == .none)
        #expect(history.status(on: before).state == .none)
    }

    @Test func anAppealUndoesTheLastDecisionAndAsksForAReader() throws {
        let status = LegalHistory([
            try event(.liquidationOpened, "2024-06-11", "2024-06-21"),
            try event(.appealReversed, "2024-10-03", "2024-10-15"),
        ]).status(on: date("2025-12-31"))
        #expect(status.state == .reviewAfterAppeal)
        #expect(status.since == (date("2024-06-11")))
        let evidence = LegalEvidence(status, directory: nil)
        #expect(evidence.outcome == .scorable && evidence.needsReview)
    }

    /// Only an opening that is known to be reversed ends the proceedings; what was reversed else
    /// has to be read, unless it left proceedings open.
    @Test func whatAnAppealReversesDecides() throws {
        let appeal = try event(.appealReversed, "2024-10-03", "2024-10-15")
        let of = { (events: [LegalEvent]) -> LegalEvidence in
            LegalEvidence(
                LegalHistory(events).status(on: date("2025-12-31")),
                directory: nil
            )
        }
        #expect(of([appeal]).outcome == .review)
        let plan = try event(.planAdopted, "2024-06-11", "2024-06-21", .reorganisation)
        #expect(of([plan, appeal]).outcome == .review)
        let opening = try event(.reorganisationOpened, "2024-01-09", "2024-01-17")
        #expect(of([opening, appeal]).outcome == .scorable)
        let liquidation = try event(.convertedToLiquidation, "2024-06-11", "2024-06-21")
        let kept = of([opening, liquidation, appeal])
        #expect(kept.outcome == .inProceedings && kept.needsReview)
        let closing = try event(.closedInsufficientAssets, "2024-06-11", "2024-06-21")
        #expect(of([opening, closing, appeal]).outcome == .inProceedings)
        // A clear judgment afterwards counts.
        let again = try event(.liquidationOpened, "2025-02-04", "2025-02-12")
        #expect(of([opening, appeal, again]).outcome == .inProceedings)
    }

    @Test func anUnclearJudgmentBlocksHealthyAndHidesNothing() throws {
        let unclear = try event(.unclear, "2025-01-07", "2025-01-15")
        let alone = LegalHistory([unclear]).status(on: date("2025-12-31"))
        #expect(LegalEvidence(alone, directory: nil).outcome == .review)
        let open = try event(.reorganisationOpened, "2024-01-09", "2024-01-17")
        let both = LegalHistory([unclear, open]).status(on: date("2025-12-31"))
        #expect(both.state == .reorganisationObservation)
    }

    @Test func aPlanResolvedLeavesAQuestion() throws {
        let plan = try event(.planAdopted, "2020-01-07", "2020-01-15", .sauvegarde)
        let resolved = try event(.planResolved, "2022-01-11", "2022-01-19")
        let status = LegalHistory([plan, resolved]).status(on: date("2023-01-01"))
        #expect(status.state == .afterResolution && status.state.needsReview)
        let next = try event(.liquidationOpened, "2022-02-01", "2022-02-09")
        let after = LegalHistory([plan, resolved, next]).status(on: date("2023-01-01"))
        #expect(after.state == .liquidation)
    }

    @Test func strikeOffAndDirectoryThatDisagree() throws {
        let struckOff = try event(.struckOff, nil, "2025-10-15")
        let status = LegalHistory([struckOff]).status(on: date("2025-12-31"))
        let older = try directory(isActive: true, "2006-01-01")
        let evidence = LegalEvidence(status, directory: older)
        #expect(evidence.outcome == .closed && evidence.since == (date("2025-10-15")))
        #expect(
            evidence.conflicts == [
                .struckOffYetActive(
                    struckOff: date("2025-10-15"),
                    activeSince: date("2006-01-01")
                )
            ]
        )
        let later = LegalEvidence(status, directory: try directory(isActive: true, "2025-11-01"))
        #expect(later.outcome == .scorable && later.conflicts.count == 1)
    }

    @Test func aSoleTraderComesBackAndAMovedSeatIsNoEnd() throws {
        let back = LegalHistory([
            try event(.struckOff, "2023-12-31", "2024-01-30"),
            try event(.registered, "2024-08-05", "2024-08-12"),
        ]).status(on: date("2025-12-31"))
        #expect(back.register == .active)
        let moved = LegalHistory([try event(.seatMoved, nil, "2011-03-01")])
        #expect(
            LegalEvidence(moved.status(on: date("2025-12-31")), directory: nil).outcome
                == .scorable
        )
    }

    @Test func openProceedingsHaveConsequences() throws {
        let status = LegalHistory([
            try event(.sauvegardeOpened, "2025-01-07", "2025-01-17"),
            try event(.convertedToLiquidation, "2025-03-04", "2025-03-14"),
        ]).status(on: date("2025-12-31"))
        let consequences = try #require(LegalConsequences(status))
        #expect(consequences.frozenBefore == (date("2025-01-07")))
        #expect(consequences.declarationDeadline == (date("2025-03-17")))
        #expect(consequences.declarationDeadlineAbroad == (date("2025-05-17")))
        #expect(LegalConsequences(LegalHistory([]).status(on: .last)) == nil)
    }

    /// The order in which papers are read changes nothing, and a notice read twice is one.
    @Test func anyOrderGivesTheSame() throws {
        var events = [
            try event(.reorganisationOpened, "2015-02-03", "2015-02-12", notice: "a"),
            try event(.planAdopted, "2016-01-12", "2016-01-20", .reorganisation, notice: "b"),
            try event(.liquidationOpened, "2020-06-02", "2020-06-12", notice: "c"),
            try event(.closedPaid, "2021-03-09", "2021-03-19", notice: "d"),
            try event(.struckOff, nil, "2021-05-09", notice: "e"),
        ]
        let expected = LegalHistory(events).status(on: date("2025-12-31"))
        for _ in 0..<50 {
            events.shuffle()
            let found = LegalHistory(events + [events[0]]).status(on: date("2025-12-31"))
            #expect(found == expected)
        }
    }
}

/// A date that is written out in a test.
private func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

private func event(
    _ kind: LegalEventKind,
    _ decided: String?,
    _ published: String,
    _ proceeding: Proceeding? = nil,
    notice: String? = nil
) throws -> LegalEvent {
    LegalEvent(
        siren: try SIREN("999100019"),
        kind: kind,
        proceeding: proceeding,
        decided: decided.map(date),
        published: date(published),
        notice: notice ?? "A\(published)",
        source: PaperReference(paper: 0, line: 1)
    )
}

private func directory(isActive: Bool, _ since: String) throws -> DirectoryStatus {
    DirectoryStatus(
        isActive: isActive,
        since: date(since),
        source: PaperReference(paper: 1, line: 1)
    )
}
