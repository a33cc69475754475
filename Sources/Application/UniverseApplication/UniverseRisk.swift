// SPDX-License-Identifier: Apache-2.0

// Figures of a universe between two days: blocks are read on two threads, each with a connection of
// its own, and what is found for two runs is kept, since it does not change.
//
// Cost of a block of 65,536 companies at 2 % a day, expected: 0.14 ms for its key frame, 12 us for
// each of up to 30 days behind it and 30 us to read them, 0.24 ms for the figures. So 1.5 ms a
// block and 140 ms for 12 M on two cores.

internal import Databases
internal import Dispatch
internal import PortfolioApplication
internal import PortfolioStore
internal import Quantities
package import ScoreHistory
package import ServiceErrors
internal import Synchronization
package import UniverseBlocks
package import UniverseStore
internal import VigieLimits

/// A company that moved.
package struct UniverseMover: Sendable, Equatable {
    /// Its number; 0 for one that was forgotten.
    package let siren: UInt32
    package let before: UInt16
    package let after: UInt16
    /// What moved it last.
    package let cause: UniverseCause
    /// What the model of the second day said of the inputs of the first, where another one scored
    /// those and the runs came one after the other.
    package let between: UInt16?
}

/// Figures of a universe between two runs.
package struct UniverseRisk: Sendable {
    package let before: UniverseRun
    package let after: UniverseRun
    package let figures: UniverseFigures
    package let loss: UniverseFigures.Loss
    package let risen: [UniverseMover]
    package let fallen: [UniverseMover]
}

/// Figures that were asked for last.
final class RiskCache: Sendable {
    private let kept = Mutex<[(key: [Int], risk: UniverseRisk)]>([])

    func find(_ key: [Int]) -> UniverseRisk? {
        kept.withLock { kept in kept.first { $0.key == key }?.risk }
    }

    func keep(_ risk: UniverseRisk, _ key: [Int]) {
        kept.withLock { kept in
            kept = [(key, risk)] + kept.prefix(7)
        }
    }
}

extension UniverseUseCases {
    /// Figures between two days: of the last runs that were done as of them or before.
    ///
    /// - Parameters:
    ///   - day: The second day; empty for the last run of all.
    ///   - dayBefore: The first day; empty for the run before.
    package func risk(
        of name: String,
        asOf day: String,
        before dayBefore: String,
        moverCount: Int
    ) throws(ServiceError) -> UniverseRisk {
        let universe = try universe(named: name)
        guard moverCount <= UniverseLimits.movers else {
            throw .overLimit(
                "mover_count",
                "movers",
                "There are too many movers.",
                value: moverCount,
                maximum: UniverseLimits.movers
            )
        }
        let (before, after) = try runs(of: universe, day, dayBefore)
        let key = [before.number, after.number, moverCount]
        if let risk = risks.find(key) { return risk }
        let found = try figures(of: universe, before.number, after.number, moverCount)
        let risk = UniverseRisk(
            before: before,
            after: after,
            figures: found,
            loss: found.loss(try scale(after)),
            risen: try movers(found.movers.risen, universe, before, after),
            fallen: try movers(found.movers.fallen, universe, before, after)
        )
        risks.keep(risk, key)
        return risk
    }

    private func runs(
        of universe: UniverseRecord,
        _ day: String,
        _ dayBefore: String
    ) throws(ServiceError) -> (before: UniverseRun, after: UniverseRun) {
        let second = try CalendarDate(universeDay: day, field: "date")
        let first = try CalendarDate(universeDay: dayBefore, field: "before_date")
        return try store.read {
            connection throws(DatabaseError)
                -> Result<(before: UniverseRun, after: UniverseRun), ServiceError> in
            let last = try connection.doneRun(
                over: universe.number,
                asOf: second ?? .last
            )
            guard let after = last else {
                return .failure(.noRun("date", second.map(\.description) ?? "today"))
            }
            let earlier = try connection.doneRun(
                over: universe.number,
                asOf: first ?? .last,
                before: after.number
            )
            // Of a universe with one run its day is held against itself.
            guard let before = earlier ?? (first == nil ? after : nil) else {
                return .failure(.noRun("before_date", first?.description ?? ""))
            }
            return .success((before, after))
        }
    }

    private func figures(
        of universe: UniverseRecord,
        _ before: Int,
        _ after: Int,
        _ moverCount: Int
    ) throws(ServiceError) -> UniverseFigures {
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
                    try add(universe.block(place), place, before, after, chains, to: &figures)
                }
                outcome = .success(figures)
            } catch { outcome = .failure(error) }
            results.withLock { $0.append(outcome) }
        }
        var all = UniverseFigures(moverCount: moverCount)
        for result in results.withLock({ $0 }) { all.merge(try result.get()) }
        return all
    }

    private func add(
        _ block: Int,
        _ place: Int,
        _ before: Int,
        _ after: Int,
        _ chains: BlockChains,
        to figures: inout UniverseFigures
    ) throws(ServiceError) {
        var found = figures
        try store.read { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            let empty = ColumnBlock(.movedScores, slotCount: 0)
            let scores = try chains.scores(connection, block, before: before, after: after)
            let owed = try exposures(connection, block, after, chains)
            do throws(ExposureProblem) {
                try owed.withUnsafeBufferPointer { owed throws(ExposureProblem) in
                    try found.add(
                        before: scores.before ?? empty,
                        after: scores.after ?? empty,
                        exposures: owed.isEmpty ? nil : owed,
                        firstSlot: place * HistoryLimits.blockSlots
                    )
                }
            } catch {
                throw DatabaseError(.damaged, "block \(block): \(error.description)")
            }
            return .success(())
        }
        figures = found
    }

    /// What companies of a block owe as of a run, in cents; empty where nobody said.
    private func exposures(
        _ connection: any DatabaseConnection,
        _ block: Int,
        _ run: Int,
        _ chains: BlockChains
    ) throws(DatabaseError) -> [Int64] {
        guard let load = try connection.universeRunLoad(run),
            let found = try chains.inputs(connection, block, .exposures, asOf: load)?.block,
            found.layout == InputLayout.exposures
        else { return [] }
        return found.withColumns { columns in
            let (low, high) = (
                columns[0].assumingMemoryBound(to: UInt32.self),
                columns[1].assumingMemoryBound(to: UInt32.self)
            )
            return (0..<found.slotCount).map { slot in
                Int64(bitPattern: UInt64(high[slot]) << 32 | UInt64(low[slot]))
            }
        }
    }

    /// What scores of a run stand for.
    func scale(_ run: UniverseRun) throws(ServiceError) -> [Double] {
        let bytes = try store.read { connection throws(DatabaseError) in
            .success(try connection.scale(ofModel: run.model.hash) ?? [])
        }
        return bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map { place in
                Double(
                    bitPattern: UInt64(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: 8 * place,
                            as: UInt64.self
                        )
                    )
                )
            }
        }
    }

    private func movers(
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
                    siren: block.siren(slot),
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

/// What is told of movers of a block.
struct MoverBlock {
    let keys: ColumnBlock?
    let after: ColumnBlock?
    let between: ColumnBlock?

    func siren(_ slot: Int) -> UInt32 {
        guard let keys, slot < keys.slotCount else { return 0 }
        return keys.withColumns { $0[0].assumingMemoryBound(to: UInt32.self)[slot] }
    }

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
        return MoverBlock(keys: try keys(connection, block), after: scores.after, between: between)
    }
}
