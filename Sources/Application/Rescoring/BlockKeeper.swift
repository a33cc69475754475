// SPDX-License-Identifier: Apache-2.0

// What was found of a block comes into the store in one transaction: scores, history, what those
// say who watch, and that the block is done. So a server that is killed leaves nothing half done,
// and what one finds whose time was over is nowhere.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
internal import Quantities
internal import ScoreHistory
package import ServiceErrors
internal import VigieLimits

/// Keeps blocks, and ends runs. For one thread at a time.
package final class BlockKeeper {
    /// What became of a block.
    package enum Outcome: Sendable, Equatable {
        /// It is kept.
        case kept(companies: Int)
        /// It is another's by now, or its run has ended.
        case lost
    }

    private let store: ServerStore
    private let followers: [any RunFollower]
    private let history = HistoryKeeper()

    /// Takes who looks at what is found.
    package init(_ store: ServerStore, _ followers: [any RunFollower]) {
        (self.store, self.followers) = (store, followers)
    }

    /// Keeps what was found.
    package func keep(
        _ found: ScoredBlock,
        _ run: ScoringRun,
        _ lease: LeasedBlock
    ) throws(ServiceError) -> Outcome {
        let scores = found.companies.map(\.now)
        return try store.write {
            connection throws(DatabaseError) -> Result<Outcome, ServiceError> in
            // First of all, which holds the block: nobody takes it from here on.
            guard try connection.keep(lease, nowMicroseconds: store.clock()),
                try connection.holdOpenRun(run.number)
            else { return .success(.lost) }
            let changed = try connection.keep(scores, of: run.number, isPartial: run.isPartial)
            try keepHistory(scores, run, lease.block, connection)
            let isDone = try connection.complete(
                lease,
                companyCount: scores.count,
                scoredCount: scores.count { $0.score != nil },
                changedCount: changed
            )
            guard isDone else { return .failure(.leaseLost) }
            // Last of all: they may take numbers of events.
            for follower in followers { try follower.follow(found, connection) }
            return .success(.kept(companies: scores.count))
        }
    }

    private func keepHistory(
        _ scores: [CompanyScore],
        _ run: ScoringRun,
        _ block: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard !scores.isEmpty else { return }
        guard let historyRun = HistoryRun(run) else {
            throw DatabaseError(.defect, "the history has no room for more runs")
        }
        let first = block * HistoryLimits.blockSlots
        let frame: (bytes: [UInt8], isKey: Bool)
        let frames = try connection.lastFrames(ofBlock: block)
        do throws(FrameProblem) {
            frame = try history.frame(
                of: scores.map { ($0.slot - first, SlotScore($0)) },
                keepsOthers: run.isPartial,
                block: block,
                run: historyRun,
                after: frames
            )
        } catch {
            throw DatabaseError(.damaged, "the history of block \(block): \(error.description)")
        }
        try connection.keepFrame(frame.bytes, ofBlock: block, run: run.number, isKey: frame.isKey)
    }

    /// Ends runs whose blocks are all done.
    ///
    /// - Returns: How many this ended.
    package func finishRuns() throws(ServiceError) -> Int {
        try store.write { connection throws(DatabaseError) -> Result<Int, ServiceError> in
            let ended = try connection.finishRuns(nowMicroseconds: store.clock())
            for number in ended { try end(number, connection) }
            return .success(ended.count)
        }
    }

    /// Ends a run of which a block cannot be done.
    ///
    /// - Returns: Whether this ended it.
    package func fail(_ run: Int, _ note: String) throws(ServiceError) -> Bool {
        try store.write { connection throws(DatabaseError) -> Result<Bool, ServiceError> in
            let now = store.clock()
            guard try connection.failRun(run, note: note, nowMicroseconds: now) else {
                return .success(false)
            }
            try end(run, connection)
            return .success(true)
        }
    }

    /// Those who watch hear of the end of a run.
    private func end(
        _ number: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        try connection.forgetCompanies(of: number)
        guard let run = try connection.run(number) else { return }
        for follower in followers { try follower.end(run, connection) }
    }
}

extension ServiceError {
    /// What was found is not kept.
    fileprivate static var leaseLost: ServiceError {
        ServiceError(.internalError, "LEASE_LOST", "The block is another server's by now.")
    }
}
