// SPDX-License-Identifier: Apache-2.0

// Figures between any two days, out of the frames of both: blocks are read on two threads, each
// with a connection of its own.
//
// Cost of a block of 65,536 companies at 2 % a day, expected: 0.14 ms for its key frame, 12 us for
// each of up to 30 days behind it and 30 us to read them, 0.24 ms for the figures. So 1.5 ms a
// block and 140 ms for 12 M on two cores.

internal import Databases
internal import Dispatch
internal import PortfolioApplication
internal import PortfolioStore
internal import Quantities
internal import ScoreHistory
internal import ServiceErrors
internal import Synchronization
internal import UniverseBlocks
internal import UniverseStore
internal import VigieLimits

extension UniverseUseCases {
    /// The figures between two runs.
    func figures(
        of universe: UniverseRecord,
        _ before: UniverseRun,
        _ after: UniverseRun,
        _ moverCount: Int
    ) throws(ServiceError) -> UniverseFigures {
        // What was owed on the second day the run knew; inputs of long ago are not kept.
        let total = try store.read { connection throws(DatabaseError) in
            .success(try UniverseTotals.read(after.number, moverCount: 0, connection))
        }
        let threadCount = 2
        let results = Mutex<[Result<UniverseFigures, ServiceError>]>([])
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
            var figures = UniverseFigures(moverCount: moverCount)
            var outcome: Result<UniverseFigures, ServiceError>
            do throws(ServiceError) {
                let chains = BlockChains()
                while true {
                    let place = next.add(1, ordering: .relaxed).oldValue
                    guard place < universe.blockCount else { break }
                    try add(
                        universe.block(place),
                        before,
                        after,
                        wantsExposures: total == nil,
                        chains,
                        to: &figures
                    )
                }
                outcome = .success(figures)
            } catch { outcome = .failure(error) }
            results.withLock { $0.append(outcome) }
        }
        var all = UniverseFigures(moverCount: moverCount)
        for result in results.withLock({ $0 }) { all.merge(try result.get()) }
        if let total { all.takeExposures(of: total.counted.figures) }
        return all
    }

    private func add(
        _ block: Int,
        _ before: UniverseRun,
        _ after: UniverseRun,
        wantsExposures: Bool,
        _ chains: BlockChains,
        to figures: inout UniverseFigures
    ) throws(ServiceError) {
        let read = try store.read {
            connection throws(DatabaseError) -> Result<TwoDays, ServiceError> in
            let scores = try chains.scores(
                connection,
                block,
                before: before.number,
                after: after.number
            )
            let owed =
                wantsExposures ? try chains.exposures(connection, block, asOf: after.load) : []
            return .success(TwoDays(before: scores.before, after: scores.after, owed: owed))
        }
        let empty = ColumnBlock(.movedScores, slotCount: 0)
        do throws(ExposureProblem) {
            try read.owed.withUnsafeBufferPointer { owed throws(ExposureProblem) in
                try figures.add(
                    before: read.before ?? empty,
                    after: read.after ?? empty,
                    exposures: owed.isEmpty ? nil : owed,
                    firstSlot: UniverseRecord.place(ofBlock: block) * HistoryLimits.blockSlots
                )
            }
        } catch {
            throw .damagedExposures(ofBlock: block, error)
        }
    }

    /// What is told of movers beside their scores.
    func movers(
        _ movers: [Mover],
        _ universe: UniverseRecord,
        _ before: UniverseRun,
        _ after: UniverseRun
    ) throws(ServiceError) -> [UniverseMover] {
        let chains = BlockChains()
        var blocks: [Int: MoverBlock] = [:]
        var found: [UniverseMover] = []
        for mover in movers {
            let place = mover.slot / HistoryLimits.blockSlots
            let slot = mover.slot % HistoryLimits.blockSlots
            if blocks[place] == nil {
                blocks[place] = try store.read { connection throws(DatabaseError) in
                    .success(
                        try chains.moverBlock(connection, universe.block(place), before, after)
                    )
                }
            }
            guard let block = blocks[place] else { continue }
            found.append(
                UniverseMover(
                    place: mover.slot,
                    before: mover.before,
                    after: mover.after,
                    cause: block.cause(slot),
                    between: block.between?.score(slot)?.score
                )
            )
        }
        return found
    }
}

/// A block on two days, and what its companies owe.
private struct TwoDays {
    let before: ColumnBlock?
    let after: ColumnBlock?
    let owed: [Int64]
}

/// What is told of movers of a block.
private struct MoverBlock {
    let after: ColumnBlock?
    let between: ColumnBlock?

    func cause(_ slot: Int) -> UniverseCause {
        guard let after, slot < after.slotCount else { return .none }
        return after.withColumns { UniverseCause(rawValue: $0[3][slot]) } ?? .none
    }
}

extension BlockChains {
    fileprivate func moverBlock(
        _ connection: any DatabaseConnection,
        _ block: Int,
        _ before: UniverseRun,
        _ after: UniverseRun
    ) throws(DatabaseError) -> MoverBlock {
        let scores = try scores(connection, block, before: before.number, after: after.number)
        var between: ColumnBlock?
        if let base = scores.before,
            let frame = try connection.between(
                ofBlock: block,
                run: after.number
            )
        {
            // Another run was between: then it stands on that one's block.
            between = try? frame.withUnsafeBufferPointer { bytes throws(FrameProblem) in
                try decoder.block(UnsafeRawBufferPointer(bytes), of: Self.number(block), on: base)
            }
        }
        return MoverBlock(after: scores.after, between: between)
    }
}
