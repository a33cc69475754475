// SPDX-License-Identifier: Apache-2.0

// Figures of a universe between two days. Those of a run against the one before it were counted by
// it; others are computed. What is found for two runs is kept, since it does not change.
//
// Cost of 12 M companies, expected: what was counted is read in 1 ms, and who the movers are takes
// 1 ms for each block that has some of them.

internal import Databases
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
    /// Its place in the universe.
    let place: Int
    /// Its number; 0 for one that was forgotten.
    package var siren: UInt32 = 0
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
    package var risen: [UniverseMover]
    package var fallen: [UniverseMover]
}

/// Figures that were asked for last, without the numbers of companies: somebody may be erased.
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
        if let risk = risks.find(key) { return try named(risk, universe) }
        let risk = try found(before, after, universe, moverCount)
        risks.keep(risk, key)
        return try named(risk, universe)
    }

    private func found(
        _ before: UniverseRun,
        _ after: UniverseRun,
        _ universe: UniverseRecord,
        _ moverCount: Int
    ) throws(ServiceError) -> UniverseRisk {
        let scale = try scale(after)
        if let counted = try counted(before, after, moverCount) {
            let figures = counted.figures
            func told(_ mover: Mover) -> UniverseMover { .init(mover, counted.note(mover)) }
            return UniverseRisk(
                before: before,
                after: after,
                figures: figures,
                loss: figures.loss(scale),
                risen: figures.movers.risen.map(told),
                fallen: figures.movers.fallen.map(told)
            )
        }
        let figures = try figures(of: universe, before, after, moverCount)
        return UniverseRisk(
            before: before,
            after: after,
            figures: figures,
            loss: figures.loss(scale),
            risen: try movers(figures.movers.risen, universe, before, after),
            fallen: try movers(figures.movers.fallen, universe, before, after)
        )
    }

    /// What a run counted against the one before it; nil where it stands on another one.
    private func counted(
        _ before: UniverseRun,
        _ after: UniverseRun,
        _ moverCount: Int
    ) throws(ServiceError) -> CountedFigures? {
        let total = try store.read { connection throws(DatabaseError) in
            .success(
                try UniverseTotals.read(after.number, moverCount: moverCount, connection)
            )
        }
        guard let total, before.number < after.number, total.base <= before.number else {
            return nil
        }
        return total.counted
    }

    /// The same with the numbers that movers have now.
    private func named(
        _ risk: UniverseRisk,
        _ universe: UniverseRecord
    ) throws(ServiceError) -> UniverseRisk {
        let chains = BlockChains()
        let places = Set((risk.risen + risk.fallen).map(\.place))
        let byBlock = Dictionary(grouping: places) { $0 / HistoryLimits.blockSlots }
        return try store.read {
            connection throws(DatabaseError) -> Result<UniverseRisk, ServiceError> in
            var sirens: [Int: UInt32] = [:]
            for (block, places) in byBlock {
                guard let keys = try chains.keys(connection, universe.block(block)) else {
                    continue
                }
                keys.withColumns { columns in
                    let numbers = columns[0].assumingMemoryBound(to: UInt32.self)
                    for place in places where place % HistoryLimits.blockSlots < numbers.count {
                        sirens[place] = numbers[place % HistoryLimits.blockSlots]
                    }
                }
            }
            var named = risk
            for place in named.risen.indices {
                named.risen[place].siren = sirens[named.risen[place].place] ?? 0
            }
            for place in named.fallen.indices {
                named.fallen[place].siren = sirens[named.fallen[place].place] ?? 0
            }
            return .success(named)
        }
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
}

extension UniverseMover {
    fileprivate init(_ mover: Mover, _ note: MoverNote?) {
        self.init(
            place: mover.slot,
            before: mover.before,
            after: mover.after,
            cause: note.flatMap { UniverseCause(rawValue: $0.cause) } ?? .none,
            between: note?.between
        )
    }
}
