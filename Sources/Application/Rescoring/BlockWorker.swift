// SPDX-License-Identifier: Apache-2.0

// One who works on blocks of runs, a step at a time: takes a block, scores it, keeps what was
// found. The time for which a block is his is renewed while he works; who loses it stops, and keeps
// nothing. A block that fails is given back, and after some failures its run fails. One that is
// given back because its worker is to stop has not failed. One that is not given back, as its
// worker was killed, is counted apart, and may be so far more often: a run on which servers work
// that are killed all the time comes to its end, and one with a block that kills each of them, too.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import ServiceErrors
internal import VigieLimits

/// What a step did.
package enum WorkerStep: Sendable, Equatable {
    /// There was nothing to do.
    case idle
    /// A block is done, of so many companies.
    case done(companies: Int, runsEnded: Int)
    /// A block was given back, or lost to another one.
    case leftBlock
    /// A run was ended of which a block cannot be done.
    case failedRun
}

/// What is done with blocks of some kind of runs. For one thread at a time.
package protocol BlockWork: AnyObject {
    /// What a run is to those who work on it.
    associatedtype Run
    /// What is found of a block.
    associatedtype Found

    /// Which runs.
    var tables: RunTables { get }
    /// The hashes of the models that it can score by.
    var modelHashes: [String] { get }

    /// A run; nil for one that is not there.
    func run(_ number: Int) throws(ServiceError) -> Run?
    /// What is found of a block; nil when `goesOn` said no.
    func score(
        _ run: Run,
        _ lease: LeasedBlock,
        goesOn: () throws(ServiceError) -> Bool
    ) throws(ServiceError) -> Found?
    /// Keeps what was found.
    func keep(_ found: Found, _ run: Run, _ lease: LeasedBlock) throws(ServiceError)
        -> BlockKeeper.Outcome
    /// Ends runs whose blocks are all done; how many.
    func finishRuns() throws(ServiceError) -> Int
    /// Ends a run of which a block cannot be done; whether this ended it.
    func fail(_ run: Int, _ note: String) throws(ServiceError) -> Bool
}

/// Works on blocks. For one thread at a time.
package final class BlockWorker<Work: BlockWork> {
    private let store: ServerStore
    private let work: Work
    private let owner: String
    private let tell: @Sendable (String) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - owner: A name that no other worker has, of any server.
    ///   - tell: Hears of blocks that fail, without a full stop.
    package init(
        _ store: ServerStore,
        _ work: Work,
        owner: String,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.store, self.work, self.owner, self.tell) = (store, work, owner, tell)
    }

    /// Works on one block, if there is one.
    ///
    /// - Parameter goesOn: Asked now and then; when it says no, the block is given back.
    /// - Throws: What the store says: nothing was kept, and the block is anybody's when the time
    ///   for which it is this one's is over.
    package func step(goesOn: () -> Bool) throws(ServiceError) -> WorkerStep {
        guard let lease = try take() else {
            let ended = try endRuns()
            return ended > 0 ? .done(companies: 0, runsEnded: ended) : .idle
        }
        guard lease.losses < RescoringLimits.blockLosses else {
            let why = "whoever worked on it was killed or lost the store, \(lease.losses) times"
            return try fail(lease, why)
        }
        do throws(ServiceError) {
            guard let run = try work.run(lease.run) else {
                return try leave(lease, "the run is not there, or its model is not")
            }
            return try work(lease, run, goesOn)
        } catch {
            // Of a store that is not there it cannot be said that the block is free again.
            guard error.code != .unavailable else { throw error }
            tell("Block \(lease.block) of run \(lease.run) fails: \(error.message)")
            return try leave(lease, error.message)
        }
    }

    /// Gives a block back that cannot be done, or ends its run.
    private func leave(_ lease: LeasedBlock, _ why: String) throws(ServiceError) -> WorkerStep {
        guard lease.failures + 1 < RescoringLimits.blockFailures else {
            return try fail(lease, why)
        }
        try giveBack(lease, hasFailed: true)
        return .leftBlock
    }

    private func take() throws(ServiceError) -> LeasedBlock? {
        // Looked at first, which writes nothing: an idle store stays idle.
        let isIdle = try store.read { connection throws(DatabaseError) in
            .success(try !connection.areRunsOpen(in: work.tables))
        }
        if isIdle { return nil }
        return try store.write { connection throws(DatabaseError) in
            .success(try takeBlock(connection))
        }
    }

    private func takeBlock(
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> LeasedBlock? {
        for hash in work.modelHashes {
            let lease = try connection.takeBlock(
                owner,
                by: hash,
                in: work.tables,
                nowMicroseconds: store.clock()
            )
            if let lease { return lease }
        }
        return nil
    }

    private func work(
        _ lease: LeasedBlock,
        _ run: Work.Run,
        _ goesOn: () -> Bool
    ) throws(ServiceError) -> WorkerStep {
        var (renewed, isLost) = (store.clock(), false)
        let found = try work.score(run, lease) { () throws(ServiceError) in
            guard goesOn() else { return false }
            let now = store.clock()
            // Also when the clock was set back.
            guard abs(now - renewed) > StoreLimits.leaseMicroseconds / 3 else { return true }
            renewed = now
            isLost = try !renew(lease, now)
            return !isLost
        }
        guard let found else {
            if !isLost { try giveBack(lease) }
            return .leftBlock
        }
        guard case .kept(let companies) = try work.keep(found, run, lease) else {
            return .leftBlock
        }
        return .done(companies: companies, runsEnded: try endRuns())
    }

    private func endRuns() throws(ServiceError) -> Int {
        let areOpen = try store.read { connection throws(DatabaseError) in
            .success(try connection.areRunsAtTheirEnd(in: work.tables))
        }
        return areOpen ? try work.finishRuns() : 0
    }

    private func renew(_ lease: LeasedBlock, _ now: Int) throws(ServiceError) -> Bool {
        do throws(ServiceError) {
            return try store.write { connection throws(DatabaseError) in
                .success(try connection.keep(lease, in: work.tables, nowMicroseconds: now))
            }
        } catch {
            // Two more times are tried before it is over.
            guard error.reason == "STORE_BUSY" else { throw error }
            return true
        }
    }

    private func giveBack(_ lease: LeasedBlock, hasFailed: Bool = false) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) in
            .success(try connection.giveBack(lease, in: work.tables, hasFailed: hasFailed))
        }
    }

    private func fail(_ lease: LeasedBlock, _ why: String) throws(ServiceError) -> WorkerStep {
        let note = "block \(lease.block): \(why)"
        guard try work.fail(lease.run, note) else { return .leftBlock }
        tell("Run \(lease.run) has failed: \(note)")
        return .failedRun
    }
}
