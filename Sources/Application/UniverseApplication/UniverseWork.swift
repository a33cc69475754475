// SPDX-License-Identifier: Apache-2.0

// A block of a run over a universe: its inputs as of the run's load are scored, and held against
// what the run before found. Where that went by another model, or where marks tell of data that
// arrived, the inputs of then are read, too; by another model they are scored once more.
//
// Cost of a block of 65,536 companies with 20 inputs, expected: inputs 6 ms for a key frame and
// 0.8 ms a day behind it, twice with marks; scores 20 to 65 ms; causes 0.3 ms, a frame 0.1 ms, what
// is owed and the figures 2 ms, one transaction 1 ms. So 40 to 80 ms, or 0.6 to 1.2 us a company,
// and twice on a model's first run.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
internal import Quantities
package import Rescoring
internal import ScoreHistory
package import Scoring
package import ServiceErrors
internal import UniverseBlocks
internal import UniverseStore
internal import VigieLimits

/// What is done with blocks of universes. For one thread at a time.
package final class UniverseWork: BlockWork {
    /// A run that is ready to be worked on.
    package struct PreparedRun {
        let run: UniverseRun
        let history: HistoryRun
        let marks: [Int]
        let scorer: UniverseScorer
    }

    /// What is found of a block, as frames.
    package struct FoundFrames {
        let counts: BlockCounts
        let frame: [UInt8]
        let isKey: Bool
        let between: [UInt8]?
        let figures: StoredFigures
    }

    package let tables = RunTables.universes
    package let modelHashes: [String]
    private let store: ServerStore
    private let models: [String: ScoringModel]
    private let chains = BlockChains()
    private let keeper = HistoryKeeper()
    private let encoder = FrameEncoder()
    private var prepared: PreparedRun?
    private var earlier: [Int: UniverseRun] = [:]

    /// Takes the models by which it scores.
    package init(_ store: ServerStore, _ models: [ScoringModel]) {
        self.store = store
        self.models = Dictionary(models.map { ($0.contentHash, $0) }) { first, _ in first }
        modelHashes = models.map(\.contentHash)
    }

    package func run(_ number: Int) throws(ServiceError) -> PreparedRun? {
        if let prepared, prepared.run.number == number { return prepared }
        let found = try store.read {
            connection throws(DatabaseError)
                -> Result<(UniverseRun, [UniverseColumn], [[[UInt8]]])?, ServiceError> in
            guard let run = try connection.universeRun(number) else { return .success(nil) }
            let columns = try connection.columns(ofUniverse: run.universe)
            let texts = try connection.texts(
                ofUniverse: run.universe,
                columnCount: columns.count
            )
            return .success((run, columns, texts))
        }
        guard let (run, columns, texts) = found, let model = models[run.model.hash] else {
            return nil
        }
        guard let history = HistoryRun(run) else {
            throw ServiceError(.internalError, "NO_ROOM", "The history has no room for more runs.")
        }
        prepared = PreparedRun(
            run: run,
            history: history,
            marks: columns.indices.filter { columns[$0].kind == .mark }
                .map { InputLayout.column(ofInput: $0) },
            scorer: try Self.telling { () throws(UniverseProblem) in
                try UniverseScorer(model, columns, texts: texts)
            }
        )
        earlier.removeAll()
        return prepared
    }

    package func score(
        _ run: PreparedRun,
        _ lease: LeasedBlock,
        goesOn: () throws(ServiceError) -> Bool
    ) throws(ServiceError) -> FoundFrames? {
        let read = try readInputs(run, lease.block)
        guard try goesOn() else { return nil }
        let scorer = run.scorer
        var between: ColumnBlock?
        let now = try Self.telling { () throws(UniverseProblem) in
            if read.isOtherModel, let inputs = read.inputsBefore {
                between = try scorer.score(inputs)
            }
            return try scorer.score(read.inputs)
        }
        guard try goesOn() else { return nil }
        var moved = MovedBlock(now: now, inputs: read.inputs, marks: run.marks)
        moved.now = now.grown(to: max(now.slotCount, read.last?.block.slotCount ?? 0))
        (moved.before, moved.between) = (read.last?.block, between)
        moved.inputsBefore = read.inputsBefore
        let counts = moved.tellCauses()
        let figures = try figures(moved, read, lease.block)
        return try frames(moved, counts, figures, run, lease.block, read.last)
    }

    /// What is to be told of the block, today against the run before.
    private func figures(
        _ moved: MovedBlock,
        _ read: ReadInputs,
        _ block: Int
    ) throws(ServiceError) -> StoredFigures {
        var counted = CountedFigures(moverCount: UniverseLimits.movers)
        do throws(ExposureProblem) {
            try read.exposures.withUnsafeBufferPointer { owed throws(ExposureProblem) in
                try counted.add(
                    before: moved.before ?? Self.nothing,
                    after: moved.now,
                    between: moved.between?.grown(to: moved.before?.slotCount ?? 0),
                    exposures: owed.isEmpty ? nil : owed,
                    firstSlot: UniverseRecord.place(ofBlock: block) * HistoryLimits.blockSlots
                )
            }
        } catch {
            throw .damagedExposures(ofBlock: block, error)
        }
        return StoredFigures(base: Int(read.last?.run.number ?? 0), content: counted.record)
    }

    /// What a block's results are made of.
    private struct ReadInputs {
        var inputs: ColumnBlock
        var last: FoundBlock?
        var inputsBefore: ColumnBlock?
        var isOtherModel = false
        var exposures: [Int64] = []
    }

    private func readInputs(
        _ run: PreparedRun,
        _ block: Int
    ) throws(ServiceError) -> ReadInputs {
        try store.read { connection throws(DatabaseError) -> Result<ReadInputs, ServiceError> in
            let inputs = try chains.inputs(connection, block, asOf: run.run.load)?.block
            var read = ReadInputs(inputs: inputs ?? Self.nothing)
            read.exposures = try chains.exposures(connection, block, asOf: run.run.load)
            read.last = try chains.scores(connection, block, asOf: run.run.number - 1)
            guard let last = read.last, let before = try earlierRun(last, connection) else {
                return .success(read)
            }
            read.isOtherModel = before.model.hash != run.run.model.hash
            guard read.isOtherModel || !run.marks.isEmpty else { return .success(read) }
            read.inputsBefore =
                before.load == run.run.load
                ? read.inputs : try chains.inputs(connection, block, asOf: before.load)?.block
            if read.inputsBefore == nil {
                throw DatabaseError(.damaged, "block \(block) has no inputs of the run before")
            }
            return .success(read)
        }
    }

    private static let nothing = ColumnBlock(.movedScores, slotCount: 0)

    private func earlierRun(
        _ last: FoundBlock,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> UniverseRun? {
        let number = Int(last.run.number)
        if let run = earlier[number] { return run }
        let run = try connection.universeRun(number)
        if earlier.count >= UniverseLimits.openRuns { earlier.removeAll() }
        earlier[number] = run
        return run
    }

    private func frames(
        _ moved: MovedBlock,
        _ counts: BlockCounts,
        _ figures: StoredFigures,
        _ run: PreparedRun,
        _ block: Int,
        _ last: FoundBlock?
    ) throws(ServiceError) -> FoundFrames {
        let number = BlockChains.number(block)
        do throws(FrameProblem) {
            let frame = try keeper.frame(
                of: moved.now,
                number,
                run: run.history,
                after: last?.last,
                frameCount: last?.frameCount ?? 0
            )
            var between: [UInt8]?
            if let last, let found = moved.between {
                between = try encoder.deltaFrame(
                    of: found.keepingCauses(of: last.block),
                    number: number,
                    run: run.history,
                    from: last.block,
                    baseNumber: last.run.number
                )
            }
            return FoundFrames(
                counts: counts,
                frame: frame.bytes,
                isKey: frame.isKey,
                between: between,
                figures: figures
            )
        } catch {
            throw ServiceError(
                .dataLoss,
                "DAMAGED_BLOCK",
                "The history of block \(block): \(error.description)."
            )
        }
    }

    package func keep(
        _ found: FoundFrames,
        _ run: PreparedRun,
        _ lease: LeasedBlock
    ) throws(ServiceError) -> BlockKeeper.Outcome {
        let counts = found.counts
        return try store.write {
            connection throws(DatabaseError) -> Result<BlockKeeper.Outcome, ServiceError> in
            guard try connection.keep(lease, in: tables, nowMicroseconds: store.clock()),
                try connection.holdOpenRun(run.run.number, in: tables)
            else { return .success(.lost) }
            try connection.keepScores(
                found.frame,
                ofBlock: lease.block,
                run: run.run.number,
                isKey: found.isKey,
                between: found.between
            )
            try connection.keepFigures(found.figures, ofBlock: lease.block, run: run.run.number)
            try connection.noteMoves(
                ofBlock: lease.block,
                run: run.run.number,
                byCompany: counts.moved[Int(UniverseCause.company.rawValue)],
                byData: counts.moved[Int(UniverseCause.dataArrived.rawValue)],
                byModel: counts.moved[Int(UniverseCause.modelChanged.rawValue)]
            )
            let isDone = try connection.complete(
                lease,
                in: tables,
                companyCount: counts.companies,
                scoredCount: counts.scored,
                changedCount: counts.changed
            )
            guard isDone else {
                return .failure(
                    ServiceError(.internalError, "LEASE_LOST", "The block is another's by now.")
                )
            }
            return .success(.kept(companies: counts.companies))
        }
    }

    package func finishRuns() throws(ServiceError) -> Int {
        try store.write { connection throws(DatabaseError) in
            let ended = try connection.finishRuns(in: tables, nowMicroseconds: store.clock())
            // In their order: a later one deletes what is left of those before.
            for run in ended.sorted() { try UniverseTotals.add(up: run, connection) }
            return .success(ended.count)
        }
    }

    package func fail(_ run: Int, _ note: String) throws(ServiceError) -> Bool {
        try store.write { connection throws(DatabaseError) in
            .success(
                try connection.failRun(run, in: tables, note: note, nowMicroseconds: store.clock())
            )
        }
    }

    private static func telling<Success>(
        _ body: () throws(UniverseProblem) -> Success
    ) throws(ServiceError) -> Success {
        do throws(UniverseProblem) { return try body() } catch { throw ServiceError(error) }
    }
}

extension ColumnBlock {
    /// The same with what moved scores before.
    fileprivate func keepingCauses(of before: ColumnBlock) -> ColumnBlock {
        var block = grown(to: before.slotCount)
        let before = before.grown(to: block.slotCount)
        block.withMutableColumns { columns in
            before.withColumns { columns[3].copyMemory(from: $0[3]) }
        }
        return block
    }
}

extension HistoryRun {
    /// A run as the history has it; nil for a number that it has no room for.
    init?(_ run: UniverseRun) {
        guard let number = UInt32(exactly: run.number) else { return nil }
        var model = "\(run.model.name)@\(run.model.version)"
        while model.utf8.count > HistoryLimits.modelBytes { model.removeLast() }
        self.init(number: number, day: run.day, model: model)
    }
}
