// SPDX-License-Identifier: Apache-2.0

// Servers of one PostgreSQL database wake each other by LISTEN and NOTIFY when something was
// changed. That is a word to look by and no more: it may be lost with a connection, and whoever
// hears it reads the tables, which he does now and then anyway. NOTIFY has all transactions of a
// database that tell something commit one after the other, so it is told apart from them, and by
// each server a few times a second at most.

internal import CPostgreSQL
internal import Synchronization
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Wakes the other servers of a database, and hears when they do.
package final class DatabaseBell: Sendable {
    private let uri: String
    private let schema: String?
    /// What wakes the thread that waits: a byte, when something is to be told.
    private let reading: Int32
    private let writing: Int32
    private let isRung = Atomic(false)
    private let isEnding = Atomic(false)

    /// Makes the bell of a database.
    ///
    /// - Returns: nil for a file, which one server has, or without descriptors for it.
    package init?(_ address: DatabaseAddress) {
        guard case .postgresql(let uri, let schema) = address else { return nil }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (self.uri, self.schema) = (uri, schema)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Has the others told soon. On any thread; costs next to nothing while that is still to come.
    package func ring() {
        if !isRung.exchange(true, ordering: .acquiringAndReleasing) { wake() }
    }

    /// Ends the thread that waits.
    package func end() {
        isEnding.store(true, ordering: .releasing)
        wake()
    }

    /// Tells and hears until the end, on a thread of the caller's. A connection that is lost is
    /// made again after a while.
    ///
    /// - Parameter hear: Called when another server has rung, and when one may have while there was
    ///   no connection.
    package func run(_ hear: () -> Void) {
        while !isEnding.load(ordering: .acquiring) {
            do throws(DatabaseError) {
                let connection = try PostgreSQLConnection(address: uri, schema: schema)
                try connection.run(script: "listen \(Self.channel)")
                hear()
                try serve(connection, hear)
            } catch {
                // Who uses the store hears that it is gone; here it is waited for.
                wait(on: nil, milliseconds: StoreLimits.bellPauseMilliseconds)
            }
        }
    }

    private static let channel = "vigie_changed"

    private func serve(
        _ connection: PostgreSQLConnection,
        _ hear: () -> Void
    ) throws(DatabaseError) {
        var told: Int?
        while !isEnding.load(ordering: .acquiring) {
            var milliseconds = -1
            if isRung.load(ordering: .acquiring) {
                let rest = told.map { $0 + StoreLimits.bellMilliseconds - Self.now() } ?? 0
                if rest <= 0 {
                    // Before it is told: what is changed from here on is told once more.
                    isRung.store(false, ordering: .releasing)
                    try connection.run(script: "notify \(Self.channel)")
                    told = Self.now()
                } else {
                    milliseconds = rest
                }
            }
            if try connection.takeNotices() { hear() }
            let isWaiting = milliseconds < 0 && isRung.load(ordering: .acquiring)
            if !isWaiting { wait(on: connection.descriptor, milliseconds: milliseconds) }
        }
    }

    /// Waits until the pipe or a connection has something.
    private func wait(on descriptor: Int32?, milliseconds: Int) {
        var wanted = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
        if let descriptor {
            wanted.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        _ = poll(&wanted, nfds_t(wanted.count), Int32(clamping: milliseconds))
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reading, &bytes, bytes.count) > 0 {}
    }

    private func wake() {
        var byte: UInt8 = 1
        // A pipe that is full wakes him, too.
        _ = write(writing, &byte, 1)
    }

    /// Milliseconds of a clock that nobody sets.
    private static func now() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int(now.tv_sec) * 1_000 + Int(now.tv_nsec) / 1_000_000
    }
}

extension PostgreSQLConnection {
    /// What can be waited on for what the server says.
    fileprivate var descriptor: Int32 { PQsocket(connection) }

    /// Takes what others told since the last look.
    ///
    /// - Returns: Whether another connection than this told something.
    fileprivate func takeNotices() throws(DatabaseError) -> Bool {
        guard PQconsumeInput(connection) == 1 else {
            throw DatabaseError(.unavailable, "the connection to PostgreSQL is lost")
        }
        var isTold = false
        while let notice = PQnotifies(connection) {
            if notice.pointee.be_pid != PQbackendPID(connection) { isTold = true }
            PQfreemem(notice)
        }
        return isTold
    }
}
