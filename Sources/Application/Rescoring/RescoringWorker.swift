// SPDX-License-Identifier: Apache-2.0

// One who works on blocks of runs, a step at a time: takes a block, scores it, keeps what was
// found. The time for which a block is his is renewed while he works; who loses it stops, and keeps
// nothing. A block that fails is given back, and after some attempts its run fails.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import ServiceErrors
internal import VigieLimits

/// Works on blocks. For one thread at a time.
package final class RescoringWorker {
    /// What a step did.
    package enum Step: Sendable, Equatable {
        /// There was nothing to do.
        case idle
        /// A block is done, of so many companies.
        case done(companies: Int, runsEnded: Int)
        /// A block was given back, or lost to another one.
        case leftBlock
        /// A run was ended of which a block cannot be done.
        case failedRun
    }

    private let store: ServerStore
    private let assessor: any RunAssessor
    private let owner: String
    private let scorer: BlockScorer
    private let keeper: BlockKeeper
    private let tell: @Sendable (String) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - owner: A name that no other worker has, of any server.
    ///   - tell: Hears of blocks that fail, without a full stop.
    package init(
        _ store: ServerStore,
        _ assessor: any RunAssessor,
        _ followers: [any RunFollower] = [],
        owner: String,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.store, self.assessor, self.owner, self.tell) = (store, assessor, owner, tell)
        scorer = BlockScorer(store, assessor)
        keeper = BlockKeeper(store, followers)
    }

    /// Works on one block, if there is one.
    ///
    /// - Parameter goesOn: Asked now and then; when it says no, the block is given back.
    /// - Throws: What the store says: nothing was kept, and the block is anybody's when the time
    ///   for which it is this one's is over.
    package func step(goesOn: () -> Bool) throws(ServiceError) -> Step {
        guard let (lease, run) = try take() else {
            let ended = try endRuns()
            return ended > 0 ? .done(companies: 0, runsEnded: ended) : .idle
        }
        guard lease.attempt <= RescoringLimits.blockAttempts else {
            return try fail(lease, "tried \(lease.attempt - 1) times and not done")
        }
        do throws(ServiceError) { return try work(lease, run, goesOn) } catch {
            // Of a store that is not there it cannot be said that the block is free again.
            guard error.code != .unavailable else { throw error }
            tell("Block \(lease.block) of run \(lease.run) fails: \(error.message)")
            if lease.attempt == RescoringLimits.blockAttempts {
                return try fail(lease, error.message)
            }
            try giveBack(lease)
            return .leftBlock
        }
    }

    private func take() throws(ServiceError) -> (LeasedBlock, ScoringRun)? {
        // Looked at first, which writes nothing: an idle store stays idle.
        let isIdle = try store.read { connection throws(DatabaseError) in
            .success(try connection.openRuns().isEmpty)
        }
        if isIdle { return nil }
        return try store.write {
            connection throws(DatabaseError) -> Result<(LeasedBlock, ScoringRun)?, ServiceError> in
            let lease = try connection.takeBlock(
                owner,
                by: assessor.model.hash,
                nowMicroseconds: store.clock()
            )
            guard let lease, let run = try connection.run(lease.run) else { return .success(nil) }
            return .success((lease, run))
        }
    }

    private func work(
        _ lease: LeasedBlock,
        _ run: ScoringRun,
        _ goesOn: () -> Bool
    ) throws(ServiceError) -> Step {
        let slots = lease.firstSlot..<lease.firstSlot + HistoryLimits.blockSlots
        var (renewed, isLost) = (store.clock(), false)
        let found = try scorer.score(run, slots: slots) { () throws(ServiceError) in
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
        guard case .kept(let companies) = try keeper.keep(found, run, lease) else {
            return .leftBlock
        }
        return .done(companies: companies, runsEnded: try endRuns())
    }

    private func endRuns() throws(ServiceError) -> Int {
        let areOpen = try store.read { connection throws(DatabaseError) in
            .success(try connection.areRunsAtTheirEnd())
        }
        return areOpen ? try keeper.finishRuns() : 0
    }

    private func renew(_ lease: LeasedBlock, _ now: Int) throws(ServiceError) -> Bool {
        do throws(ServiceError) {
            return try store.write { connection throws(DatabaseError) in
                .success(try connection.keep(lease, nowMicroseconds: now))
            }
        } catch {
            // Two more times are tried before it is over.
            guard error.reason == "STORE_BUSY" else { throw error }
            return true
        }
    }

    private func giveBack(_ lease: LeasedBlock) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) in
            .success(try connection.giveBack(lease))
        }
    }

    private func fail(_ lease: LeasedBlock, _ why: String) throws(ServiceError) -> Step {
        let note = "block \(lease.block): \(why)"
        guard try keeper.fail(lease.run, note) else { return .leftBlock }
        tell("Run \(lease.run) has failed: \(note)")
        return .failedRun
    }
}
