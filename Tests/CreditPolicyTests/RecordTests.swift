// SPDX-License-Identifier: Apache-2.0

// Requests for limits, and what is set in place of what was decided, record by record.

import CreditPolicy
import DecimalNumbers
import Policies
import Quantities
import TestPolicies
import Testing

@Suite struct RecordTests {
    private let analyst = LimitRequest.Person(identity: "ann", role: "analyst")
    private let manager = LimitRequest.Person(identity: "max", role: "manager")
    private let director = LimitRequest.Person(identity: "dee", role: "director")

    private func request(_ limit: DecimalNumber, _ policy: Policy) -> LimitRequest {
        LimitRequest(
            limit: limit,
            by: analyst,
            on: day("2025-01-10"),
            policyHash: policy.contentHash
        )
    }

    @Test func authorityIsNeverExceeded() throws {
        let policy = try TestPolicy.read()
        var request = request(20000, policy)
        #expect(throws: LimitRequest.Refusal.aboveAuthority(limit: "20000", next: "manager")) {
            try request.apply(.approve(analyst, on: day("2025-01-11")), policy)
        }
        #expect(request.state == .waiting)
        let stranger = LimitRequest.Person(identity: "x", role: "chief")
        #expect(throws: LimitRequest.Refusal.unknownRole("chief")) {
            try request.apply(.approve(stranger, on: day("2025-01-11")), policy)
        }
        try request.apply(.approve(manager, on: day("2025-01-11")), policy)
        #expect(request.state == .granted(on: day("2025-01-11")))
        #expect(throws: LimitRequest.Refusal.isOver) {
            try request.apply(.withdraw(analyst, on: day("2025-01-12")), policy)
        }
    }

    @Test func fourEyesAreTwoPeople() throws {
        let policy = try TestPolicy.read()
        var request = request(20100, policy)
        try request.apply(.approve(manager, on: day("2025-01-11")), policy)
        #expect(request.state == .waitingForSecond(first: manager))
        let again = LimitRequest.Person(identity: "max", role: "director")
        #expect(throws: LimitRequest.Refusal.samePerson) {
            try request.apply(.approve(again, on: day("2025-01-12")), policy)
        }
        #expect(throws: LimitRequest.Refusal.backInTime) {
            try request.apply(.approve(director, on: day("2025-01-10")), policy)
        }
        try request.apply(.approve(director, on: day("2025-01-12")), policy)
        #expect(request.state == .granted(on: day("2025-01-12")))
    }

    @Test func otherwiseItEnds() throws {
        let policy = try TestPolicy.read()
        var request = request(500, policy)
        let other = try TestPolicy.read(["README.md": "changed"])
        #expect(throws: LimitRequest.Refusal.otherPolicy) {
            try request.apply(.approve(analyst, on: day("2025-01-11")), other)
        }
        #expect(throws: LimitRequest.Refusal.withoutReason) {
            try request.apply(.reject(manager, on: day("2025-01-11"), reason: ""), policy)
        }
        #expect(throws: LimitRequest.Refusal.samePerson) {
            try request.apply(.withdraw(manager, on: day("2025-01-11")), policy)
        }
        var withdrawn = request
        try withdrawn.apply(.withdraw(analyst, on: day("2025-01-11")), policy)
        #expect(withdrawn.state == .withdrawn)
        try request.apply(.reject(manager, on: day("2025-01-11"), reason: "too early"), policy)
        #expect(request.state == .rejected(reason: "too early"))
    }

    @Test func overridesHaveReasonAndEnd() throws {
        let authority = try TestPolicy.read().manifest.authority
        func set(
            _ limit: DecimalNumber = 900,
            reason: String = "season",
            _ from: String = "2025-02-01",
            _ until: String = "2025-03-02"
        ) throws(LimitOverride.Refusal) -> LimitOverride {
            try LimitOverride(
                limit: limit,
                by: analyst,
                reason: reason,
                from: day(from),
                until: day(until),
                authority
            )
        }
        #expect(throws: LimitOverride.Refusal.withoutReason) { try set(reason: "") }
        #expect(throws: LimitOverride.Refusal.negative) { try set(-1) }
        #expect(throws: LimitOverride.Refusal.endsBeforeItBegins) {
            try set(900, "2025-02-02", "2025-02-01")
        }
        #expect(throws: LimitOverride.Refusal.tooLong(daysMaximum: 30)) {
            try set(900, "2025-02-01", "2025-03-03")
        }
        #expect(throws: LimitOverride.Refusal.aboveAuthority(next: "manager")) { try set(1001) }
        var season = try set()
        let days = ["2025-01-31", "2025-02-01", "2025-03-02", "2025-03-03"].map(day)
        #expect(days.map(season.state) == [.planned, .active, .active, .expired])
        let limits = days.map { LimitOverride.limit(decided: 100, [season], on: $0) }
        #expect(limits == [100, 900, 900, 100])
        let second = try set(700, "2025-02-10", "2025-02-20")
        #expect(LimitOverride.limit(decided: 100, [season, second], on: day("2025-02-15")) == 700)
        try season.revoke(on: day("2025-02-05"))
        #expect(season.state(on: day("2025-02-05")) == .revoked)
        #expect(season.state(on: day("2025-02-04")) == .active)
        #expect(throws: LimitOverride.Refusal.isOver) { try season.revoke(on: day("2025-02-06")) }
    }
}
