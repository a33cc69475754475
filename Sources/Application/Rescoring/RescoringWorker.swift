// SPDX-License-Identifier: Apache-2.0

// Works on the blocks of runs over companies of portfolios.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import ServiceErrors
internal import VigieLimits

/// Works on blocks. For one thread at a time.
package final class RescoringWorker {
    /// What a step did.
    package typealias Step = WorkerStep

    private let worker: BlockWorker<CompanyWork>

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
        let work = CompanyWork(store, assessor, followers)
        worker = BlockWorker(store, work, owner: owner, tell: tell)
    }

    /// Works on one block, if there is one; as `BlockWorker` does.
    package func step(goesOn: () -> Bool) throws(ServiceError) -> Step {
        try worker.step(goesOn: goesOn)
    }
}

/// What is done with blocks of companies.
private final class CompanyWork: BlockWork {
    let tables = RunTables.companies
    let modelHashes: [String]
    private let store: ServerStore
    private let scorer: BlockScorer
    private let keeper: BlockKeeper

    init(_ store: ServerStore, _ assessor: any RunAssessor, _ followers: [any RunFollower]) {
        self.store = store
        modelHashes = [assessor.model.hash]
        scorer = BlockScorer(store, assessor)
        keeper = BlockKeeper(store, followers)
    }

    func run(_ number: Int) throws(ServiceError) -> ScoringRun? {
        try store.read { connection throws(DatabaseError) in .success(try connection.run(number)) }
    }

    func score(
        _ run: ScoringRun,
        _ lease: LeasedBlock,
        goesOn: () throws(ServiceError) -> Bool
    ) throws(ServiceError) -> ScoredBlock? {
        let slots = lease.firstSlot..<lease.firstSlot + HistoryLimits.blockSlots
        return try scorer.score(run, slots: slots, goesOn: goesOn)
    }

    func keep(
        _ found: ScoredBlock,
        _ run: ScoringRun,
        _ lease: LeasedBlock
    ) throws(ServiceError) -> BlockKeeper.Outcome {
        try keeper.keep(found, run, lease)
    }

    func finishRuns() throws(ServiceError) -> Int { try keeper.finishRuns() }

    func fail(_ run: Int, _ note: String) throws(ServiceError) -> Bool {
        try keeper.fail(run, note)
    }
}
