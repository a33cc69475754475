// SPDX-License-Identifier: Apache-2.0

// Servers of one database wake each other, a few times a second at most, and find each other again
// when their connections are lost.

import Databases
import Foundation
import Synchronization
import TestDatabases
import Testing
import VigieLimits

@Suite(.serialized) struct BellTests {
    /// A server that hears.
    private final class Listener: Sendable {
        let bell: DatabaseBell
        let heard = Atomic(0)
        private let ended = DispatchSemaphore(value: 0)

        init(_ bell: DatabaseBell) {
            self.bell = bell
            Thread.detachNewThread { [self] in
                bell.run { heard.add(1, ordering: .relaxed) }
                ended.signal()
            }
        }

        var count: Int { heard.load(ordering: .relaxed) }

        func waits(for count: Int, seconds: Double = 20) -> Bool {
            let end = Date(timeIntervalSinceNow: seconds)
            while self.count < count, Date() < end { usleep(1_000) }
            return self.count >= count
        }

        func end() {
            bell.end()
            ended.wait()
        }
    }

    @Test func aFileHasNone() {
        let database = TestDatabase.sqlite.makeEmpty()
        #expect(DatabaseBell(database.address) == nil)
    }

    @Test(arguments: TestPostgreSQL.all)
    func othersHearAndNotTooOften(_ server: TestPostgreSQL) throws {
        let database = TestDatabase.postgresql(server).makeEmpty()
        let one = Listener(try #require(DatabaseBell(database.address)))
        let other = Listener(try #require(DatabaseBell(database.address)))
        // Each hears once that it is connected: something may have come before.
        #expect(one.waits(for: 1) && other.waits(for: 1))
        one.bell.ring()
        #expect(other.waits(for: 2))
        let began = Date()
        for _ in 0..<2_000 {
            one.bell.ring()
            usleep(500)
        }
        usleep(UInt32(2 * StoreLimits.bellMilliseconds * 1_000))
        let milliseconds = Int(Date().timeIntervalSince(began) * 1_000)
        #expect(other.count > 3 && other.count <= 3 + milliseconds / StoreLimits.bellMilliseconds)
        #expect(one.count == 1, "nobody hears himself")
        one.end()
        other.end()
    }

    @Test(arguments: TestPostgreSQL.all)
    func aLostConnectionIsMadeAgain(_ server: TestPostgreSQL) throws {
        let database = TestDatabase.postgresql(server).makeEmpty()
        let one = Listener(try #require(DatabaseBell(database.address)))
        let other = Listener(try #require(DatabaseBell(database.address)))
        #expect(one.waits(for: 1) && other.waits(for: 1))
        let connection = try database.connect()
        _ = try connection.all(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where query like 'listen vigie%' and pid <> pg_backend_pid()
            """
        ) { (_) throws(DatabaseError) in true }
        // It may have missed something meanwhile, so it looks when it is back.
        let pause = Double(StoreLimits.bellPauseMilliseconds) / 1_000
        #expect(one.waits(for: 2) && other.waits(for: 2, seconds: 20 + pause))
        let before = other.count
        one.bell.ring()
        #expect(other.waits(for: before + 1))
        one.end()
        other.end()
    }
}
