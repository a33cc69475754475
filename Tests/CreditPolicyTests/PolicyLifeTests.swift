// SPDX-License-Identifier: Apache-2.0

// The life of a policy, record by record: who may do what, and which version holds when.

import CreditPolicy
import Documents
import Quantities
import Testing

@Suite struct PolicyLifeTests {
    private typealias Refusal = PolicyLife.Refusal

    private func record(
        _ action: PolicyRecord.Action,
        _ version: String = "1",
        by identity: String = "ada",
        on text: String = "2026-01-10",
        from: String? = nil,
        content: String = "c",
        reason: String = "because"
    ) -> PolicyRecord {
        PolicyRecord(
            action,
            version: version,
            contentHash: content + version,
            identity: identity,
            isProven: true,
            seconds: Int64(day(text).dayNumber) * 86_400 + 3_600,
            from: from.map(day),
            reason: reason,
            previous: ""
        )
    }

    /// A policy whose version holds from the day on which two agreed.
    private func holding(_ version: String = "1") throws -> PolicyLife {
        var life = PolicyLife()
        try life.apply(record(.activate, version, from: "2026-01-10"))
        try life.apply(record(.approve, version, by: "bob"))
        return life
    }

    private func refuses(
        _ refusal: Refusal,
        _ life: PolicyLife,
        _ record: PolicyRecord,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var life = life
        let count = life.records.count
        #expect(throws: refusal, sourceLocation: sourceLocation) { try life.apply(record) }
        #expect(life.records.count == count, sourceLocation: sourceLocation)
    }

    @Test func twoPersonsMakeAVersionHold() throws {
        var life = PolicyLife()
        refuses(.nothingRequested, life, record(.approve, by: "bob"))
        refuses(.withoutDay, life, record(.activate))
        refuses(.nobody, life, record(.activate, by: "", from: "2026-01-10"))
        try life.apply(record(.activate, from: "2026-01-10"))
        #expect(life.state(of: "1", contentHash: "c1", on: day("2026-01-10")) == .requested)
        #expect(life.active(on: day("2026-01-10")) == nil)
        refuses(.isRequested(by: "ada"), life, record(.activate, by: "bob", from: "2026-02-01"))
        refuses(.samePerson, life, record(.approve))
        for same in ["Ada", "ada ", "ad\u{200B}a"] {
            refuses(.samePerson, life, record(.approve, by: same))
        }
        for nobody in [" ", "\u{FF21}da"] { refuses(.nobody, life, record(.approve, by: nobody)) }
        refuses(.otherContent, life, record(.approve, by: "bob", content: "d"))
        try life.apply(record(.approve, by: "bob"))
        refuses(.isActive, life, record(.approve, by: "eve"))
        let active = try #require(life.active(on: day("2026-01-10")))
        #expect(active.version == "1" && active.contentHash == "c1")
        #expect(active.requestedBy == "ada" && active.approvedBy == "bob")
        #expect(life.active(on: day("2026-01-09")) == nil)
        #expect(life.state(of: "1", contentHash: "c1", on: day("2026-01-10")) == .active)
        #expect(life.state(of: "1", contentHash: "d1", on: day("2026-01-10")) == .changed)
        #expect(life.state(of: "2", contentHash: "c2", on: day("2026-01-10")) == .draft)
    }

    @Test func whoeverUploadedIsNotTheSecond() throws {
        var life = PolicyLife()
        try life.apply(record(.upload, by: "bob"))
        // A server that ended in between leaves a record without files.
        try life.apply(record(.upload, by: "eve", content: "d"))
        try life.apply(record(.activate, from: "2026-01-10"))
        for same in ["bob", "Bob"] { refuses(.isAuthor, life, record(.approve, by: same)) }
        try life.apply(record(.approve, by: "eve"))
        #expect(life.active(on: day("2026-01-10")) != nil)
        // Whoever uploaded may ask for it; another person agrees.
        var other = PolicyLife()
        try other.apply(record(.upload, by: "bob"))
        try other.apply(record(.activate, by: "bob", from: "2026-01-10"))
        try other.apply(record(.approve, by: "ada"))
        #expect(other.active(on: day("2026-01-10"))?.requestedBy == "bob")
    }

    @Test func contentThatChangedIsAskedForAgain() throws {
        var life = PolicyLife()
        try life.apply(record(.activate, from: "2026-01-10"))
        #expect(life.state(of: "1", contentHash: "d1", on: day("2026-01-10")) == .changed)
        try life.apply(record(.activate, by: "bob", from: "2026-01-10", content: "d"))
        refuses(.samePerson, life, record(.approve, by: "bob", content: "d"))
        try life.apply(record(.approve, content: "d"))
        #expect(life.active(on: day("2026-01-10"))?.contentHash == "d1")
    }

    @Test func theFirstMayHoldForDaysThatAreOver() throws {
        var life = PolicyLife()
        try life.apply(record(.activate, from: "2025-01-01"))
        try life.apply(record(.approve, by: "bob"))
        #expect(life.active(on: day("2025-06-30"))?.version == "1")
        #expect(life.firstDay == day("2025-01-01"))
        // What was decided by then does not change.
        refuses(.isPast, life, record(.activate, "2", from: "2026-01-09"))
        try life.apply(record(.activate, "2", from: "2026-01-10"))
        try life.apply(record(.approve, "2", by: "bob", on: "2026-01-20"))
        #expect(life.active(on: day("2026-01-19"))?.version == "1")
        #expect(life.active(on: day("2026-01-20"))?.version == "2")
        refuses(.backInTime, life, record(.stop, on: "2026-01-19"))
    }

    @Test func plannedVersionsBeginOnTheirDay() throws {
        var life = try holding()
        try life.apply(record(.activate, "2", from: "2026-03-01"))
        try life.apply(record(.approve, "2", by: "bob"))
        let today = day("2026-01-10")
        #expect(life.planned(after: today).map(\.version) == ["2"])
        #expect(life.state(of: "2", contentHash: "c2", on: today) == .planned)
        #expect(life.active(on: day("2026-02-28"))?.version == "1")
        #expect(life.active(on: day("2026-03-01"))?.version == "2")
        #expect(life.state(of: "1", contentHash: "c1", on: day("2026-03-01")) == .superseded)
        refuses(.withoutReason, life, record(.withdraw, "2", reason: ""))
        try life.apply(record(.withdraw, "2", by: "eve", on: "2026-02-01"))
        #expect(life.active(on: day("2026-03-01"))?.version == "1")
        #expect(life.state(of: "2", contentHash: "c2", on: today) == .draft)
        refuses(.nothingRequested, life, record(.withdraw, "2", on: "2026-02-01"))
        refuses(.holdsAlready, life, record(.withdraw, on: "2026-02-01"))
        try life.apply(record(.activate, "2", on: "2026-02-02", from: "2026-03-01"))
        try life.apply(record(.withdraw, "2", on: "2026-02-02"))
        refuses(.nothingRequested, life, record(.approve, "2", by: "bob", on: "2026-02-02"))
    }

    @Test func oneGoesBackToTheVersionBefore() throws {
        var life = try holding()
        refuses(.nothingBefore, life, record(.rollback, "1"))
        try life.apply(record(.activate, "2", from: "2026-01-10"))
        try life.apply(record(.approve, "2", by: "bob"))
        #expect(life.before(day("2026-01-10"))?.version == "1")
        refuses(.withoutReason, life, record(.rollback, "1", reason: ""))
        refuses(.notTheOneBefore("1"), life, record(.rollback, "3"))
        refuses(.otherContent, life, record(.rollback, "1", content: "d"))
        try life.apply(record(.rollback, "1", by: "eve", on: "2026-01-15"))
        #expect(life.active(on: day("2026-01-14"))?.version == "2")
        let active = try #require(life.active(on: day("2026-01-15")))
        #expect(active.version == "1" && active.approvedBy == "bob")
        #expect(life.state(of: "2", contentHash: "c2", on: day("2026-01-15")) == .superseded)
    }

    /// Has two persons make a version hold.
    private func hold(_ version: String, _ life: inout PolicyLife, on day: String) throws {
        try life.apply(record(.activate, version, on: day, from: day))
        try life.apply(record(.approve, version, by: "bob", on: day))
    }

    @Test func whoGoesBackAgainGoesFurther() throws {
        var life = try holding("1")
        for version in ["2", "3"] { try hold(version, &life, on: "2026-01-11") }
        let day = day("2026-01-12")
        try life.apply(record(.rollback, "2", on: "2026-01-12"))
        // Not to the version that did harm.
        #expect(life.before(day)?.version == "1")
        refuses(.notTheOneBefore("1"), life, record(.rollback, "3", on: "2026-01-12"))
        try life.apply(record(.rollback, "1", on: "2026-01-12"))
        #expect(life.active(on: day)?.version == "1" && life.before(day) == nil)
        for version in ["2", "3"] {
            refuses(.nothingBefore, life, record(.rollback, version, on: "2026-01-12"))
        }
        // Two may think otherwise of one of them, and one goes back from it past the other.
        try hold("3", &life, on: "2026-01-12")
        #expect(life.before(day)?.version == "1")
        // What two have agreed to again can be gone back to.
        try hold("2", &life, on: "2026-01-12")
        #expect(life.before(day)?.version == "3")
    }

    @Test func whatWasStoppedIsNotGoneBackTo() throws {
        var life = try holding("1")
        for version in ["2", "3"] { try hold(version, &life, on: "2026-01-11") }
        try life.apply(record(.stop, on: "2026-01-12"))
        refuses(.isStopped, life, record(.rollback, "2", on: "2026-01-12"))
        try hold("2", &life, on: "2026-01-12")
        #expect(life.before(day("2026-01-12"))?.version == "1")
        refuses(.notTheOneBefore("1"), life, record(.rollback, "3", on: "2026-01-12"))
    }

    @Test func recordsOfTheRuleBeforeStand() throws {
        var life = try holding("1")
        try hold("2", &life, on: "2026-01-11")
        try life.apply(record(.rollback, "1", on: "2026-01-12"))
        let again = record(.rollback, "2", on: "2026-01-12")
        refuses(.nothingBefore, life, again)
        try life.apply(again, isOld: true)
        #expect(life.active(on: day("2026-01-12"))?.version == "2")
        // Nothing is left: it was gone back from both.
        #expect(life.before(day("2026-01-12")) == nil)
    }

    @Test func lettersOfAnotherAlphabetAreNoSecondPerson() throws {
        var life = PolicyLife()
        try life.apply(record(.upload, by: "eve"))
        try life.apply(record(.activate, by: "bob", from: "2026-01-10"))
        for same in ["b\u{43E}b", "\u{412}\u{41E}\u{412}"] {
            refuses(.samePerson, life, record(.approve, by: same))
        }
        refuses(.isAuthor, life, record(.approve, by: "\u{435}\u{475}\u{435}"))
    }

    @Test func oneStopsAndTwoGoOn() throws {
        var life = PolicyLife()
        refuses(.holdsNothing, life, record(.stop))
        life = try holding()
        try life.apply(record(.activate, "2", from: "2026-03-01"))
        try life.apply(record(.approve, "2", by: "bob"))
        try life.apply(record(.activate, "3", from: "2026-03-01"))
        refuses(.withoutReason, life, record(.stop, reason: ""))
        try life.apply(record(.stop, by: "eve"))
        let today = day("2026-01-10")
        #expect(life.isStopped(on: today) && life.active(on: today) == nil)
        // Nothing that was agreed to before begins by itself, or with one more person.
        #expect(life.isStopped(on: day("2026-03-01")) && life.planned(after: today).isEmpty)
        #expect(life.lastActivation == nil)
        #expect(life.state(of: "1", contentHash: "c1", on: today) == .stopped)
        refuses(.nothingRequested, life, record(.approve, "3", by: "bob"))
        refuses(.isStopped, life, record(.stop))
        refuses(.isStopped, life, record(.rollback, "1"))
        try life.apply(record(.activate, from: "2026-01-10"))
        #expect(life.isStopped(on: today))
        try life.apply(record(.approve, by: "bob"))
        #expect(!life.isStopped(on: today) && life.active(on: today)?.version == "1")
    }

    @Test func recordsAreFiles() throws {
        let record = PolicyRecord(
            .activate,
            version: "1.0\"\n",
            contentHash: "c",
            identity: "ada é",
            isProven: false,
            seconds: 1_768_000_000,
            from: day("2026-02-01"),
            reason: "\u{1}",
            previous: "p"
        )
        let problems = ProblemList(file: "r")
        #expect(PolicyRecord.read(json: Array(record.json.utf8), problems) == record)
        #expect(record.json.contains("\"day\": \"2026-01-09\""))
        for (old, new, words) in [
            ("activate", "delete", "action"), ("vigie-activation/1", "2", "format"),
            ("2026-02-01", "soon", "must be a day"), ("\"proven\"", "\"prove\"", "not a known key"),
            ("1768000000", "-1", "seconds"), ("{", "[", "not valid JSON"),
        ] {
            let problems = ProblemList(file: "r")
            let text = record.json.replacing(old, with: new)
            #expect(PolicyRecord.read(json: Array(text.utf8), problems) == nil)
            #expect(problems.problems.contains { "\($0)".contains(words) }, "\(problems.problems)")
        }
    }
}
