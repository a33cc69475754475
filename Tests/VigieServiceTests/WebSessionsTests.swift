// SPDX-License-Identifier: Apache-2.0

import Callers
import ServiceErrors
import Synchronization
import Testing
import VigieLimits
import VigieService

/// Who is signed in to the page: links that work once and soon, cookies that work for a day.
struct WebSessionsTests {
    /// A clock that tests move.
    private final class Clock: Sendable {
        let seconds = Atomic<Int>(1_000)
        func advance(_ count: Int) { seconds.wrappingAdd(count, ordering: .relaxed) }
    }

    private let clock = Clock()
    private let anna = CallCredentials(certificate: nil, authorization: Array("Bearer a".utf8))

    private func sessions(_ limits: ServiceLimits = ServiceLimits()) -> WebSessions {
        WebSessions(limits) { [clock] in Int64(clock.seconds.load(ordering: .relaxed)) }
    }

    @Test func aLinkWorksOnce() throws {
        let sessions = sessions()
        let link = try sessions.link(for: anna)
        let cookie = try #require(try sessions.open(link: link))
        #expect(cookie != link && cookie.utf8.count == 43)
        #expect(sessions.credentials(cookie: cookie)?.authorization == anna.authorization)
        #expect(try sessions.open(link: link) == nil)
        #expect(sessions.credentials(cookie: link) == nil)
        sessions.end(cookie: cookie)
        #expect(sessions.credentials(cookie: cookie) == nil)
    }

    @Test func linksAndCookiesHaveTheirTime() throws {
        let (sessions, limits) = (sessions(), ServiceLimits())
        let late = try sessions.link(for: anna)
        let cookie = try #require(try sessions.open(link: try sessions.link(for: anna)))
        clock.advance(limits.signInSeconds)
        #expect(try sessions.open(link: late) == nil, "signInSeconds")
        #expect(sessions.credentials(cookie: cookie) != nil)
        clock.advance(limits.webSessionSeconds)
        #expect(sessions.credentials(cookie: cookie) == nil, "webSessionSeconds")
    }

    @Test func thereAreSoManyAtATime() throws {
        var limits = ServiceLimits()
        limits.webSessionsMax = 3
        let sessions = sessions(limits)
        for _ in 0..<3 { _ = try sessions.link(for: anna) }
        let error = #expect(throws: ServiceError.self) { try sessions.link(for: anna) }
        #expect(error?.metadata["limit"] == "webSessionsMax")
        // Those whose time is over make room.
        clock.advance(limits.signInSeconds)
        _ = try sessions.link(for: anna)
    }
}
