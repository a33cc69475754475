// SPDX-License-Identifier: Apache-2.0

// A store with jobs, and a clock that tests set.

import Databases
import JobApplication
import JobStore
import PortfolioApplication
import Quantities
import ServiceErrors
import Synchronization
import TestDatabases
import Testing
import VigieLimits

/// Jobs of an empty store.
final class JobHouse: Sendable {
    private final class Time: Sendable {
        let microseconds = Atomic(1_700_000_000_000_000)
    }

    let database: TemporaryDatabase
    let store: ServerStore
    let jobs: JobUseCases
    private let time: Time

    init(_ kind: TestDatabase) {
        database = kind.makeEmpty()
        let time = Time()
        self.time = time
        store = ServerStore(
            database.address,
            clock: { time.microseconds.load(ordering: .relaxed) },
            backUp: { (_) throws(ServiceError) in }
        )
        jobs = JobUseCases(store)
    }

    /// Sets the clock forwards or backwards.
    func set(by microseconds: Int) { time.microseconds.add(microseconds, ordering: .relaxed) }

    /// Lets time pass, with a look each minute, as servers do.
    func pass(minutes: Int) throws {
        for _ in 0..<minutes {
            set(by: JobLimits.jobLookMicroseconds)
            try jobs.endOldJobs()
        }
    }

    /// What a stream of scores asks for.
    static func binding(
        day: Int = 20_000,
        kind: JobBinding.Kind = .scores,
        models: String = "demo@1.0.0",
        hashes: String = "aa",
        columns: [UInt8] = [1]
    ) throws -> JobBinding {
        JobBinding(
            kind,
            models: models,
            hashes: hashes,
            day: try #require(CalendarDate(dayNumber: day)),
            columns: columns
        )
    }

    func open(
        _ id: String = "nightly",
        from firstBlock: Int = 0,
        _ binding: JobBinding? = nil,
        isForToday: Bool = false,
        by owner: String = "ann"
    ) throws -> OpenJob {
        try jobs.open(
            id,
            firstBlock: firstBlock,
            try binding ?? Self.binding(),
            isForToday: isForToday,
            greeting: [7, 8],
            by: owner
        )
    }

    /// Why something is refused.
    func refusal(_ body: () throws -> Void) -> String? {
        do { try body() } catch let error as ServiceError { return error.reason } catch {
            return "\(error)"
        }
        return nil
    }

    /// Keeps answers to blocks that follow each other, each of which holds its number.
    @discardableResult
    func keep(_ numbers: Range<Int>, of job: OpenJob) throws -> [[UInt8]] {
        let blocks = try numbers.map { number in
            AnsweredBlock(
                number: number,
                digest: try look(at: [Self.block(number)], from: number, of: job)[0].digest,
                rowCount: 10,
                answer: Self.answer(number)
            )
        }
        return try jobs.keep(blocks, of: job)
    }

    /// What tells a block that was not answered.
    func digest(_ number: Int, of job: OpenJob) throws -> [UInt8] {
        try look(at: [Self.block(number)], from: number, of: job)[0].digest
    }

    func look(
        at blocks: [[UInt8]],
        from first: Int,
        of job: OpenJob
    ) throws -> [LookedBlock] {
        try Self.withBytes(blocks[...], []) { try jobs.look(at: $0, from: first, of: job) }
    }

    static func block(_ number: Int) -> [UInt8] { Array("block \(number)".utf8) }

    static func answer(_ number: Int) -> [UInt8] {
        (0..<1_000).map { UInt8(truncatingIfNeeded: $0 / 7 &+ number) }
    }

    private static func withBytes<Value>(
        _ blocks: ArraySlice<[UInt8]>,
        _ found: [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) throws -> Value
    ) rethrows -> Value {
        guard let first = blocks.first else { return try body(found) }
        return try first.withUnsafeBytes {
            try withBytes(blocks.dropFirst(), found + [$0], body)
        }
    }
}
