// SPDX-License-Identifier: Apache-2.0

// One company's years, and the scores of all companies block by block.

internal import Databases
internal import PortfolioApplication
internal import PortfolioStore
package import Quantities
internal import ScoreHistory
package import ServiceErrors
package import UniverseBlocks
package import UniverseStore
internal import VigieLimits

/// What a company was from a run on.
package struct UniverseScore: Sendable, Equatable {
    package let run: Int
    package let day: CalendarDate
    package let model: String
    package let modelVersion: String
    package let score: UInt16
    package let riskClass: UInt8
    /// 0 where it was not there.
    package let outcome: UInt8
    package let cause: UniverseCause
}

/// A block of scores.
package struct UniverseScores: Sendable {
    package let run: UniverseRun
    package let sirens: [UInt32]
    package let scores: [UInt16]
    package let classes: [UInt8]
    package let outcomes: [UInt8]
    package let causes: [UInt8]
    /// The part to ask for next; nil behind the last.
    package let next: Int?
}

extension UniverseUseCases {
    /// How a company's result changed since a day; before that the one that it had then.
    ///
    /// - Parameter day: Empty for three years ago.
    package func history(
        of company: SIREN,
        in name: String,
        since day: String
    ) throws(ServiceError) -> [UniverseScore] {
        let universe = try universe(named: name)
        let today = CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
        let since = try CalendarDate(universeDay: day, field: "since_date")
        let first = since ?? CalendarDate(dayNumber: Int(today.dayNumber) - 1_096) ?? .first
        let chains = BlockChains()
        let found = try store.read {
            connection throws(DatabaseError) -> Result<[UniverseScore], ServiceError> in
            guard let place = try chains.place(of: company, in: universe, connection) else {
                return .failure(.companyNotInUniverse(company.description))
            }
            let runs = try connection.doneRuns(over: universe.number)
            let begin = runs.filter { $0.value.day <= first }.keys.max() ?? 0
            let frames = try connection.scoreFrames(
                ofBlock: place.block,
                from: begin,
                asOf: runs.keys.max() ?? 0
            )
            let entries = try chains.series(frames, place)
            return .success(
                entries.compactMap { entry in
                    let number = Int(entry.run.number)
                    guard number >= begin, let run = runs[number] else { return nil }
                    return UniverseScore(entry, day: run.day, run.model)
                }
            )
        }
        // What did not change is told once.
        return found.enumerated().filter { place, score in
            place == 0 || !score.isSame(as: found[place - 1])
        }.map(\.element)
    }

    /// The scores of a part of the companies: of a quarter of a block.
    ///
    /// - Parameters:
    ///   - day: Of the last run that was done as of it or before; empty for the last of all.
    ///   - run: The run that the parts before were of; 0 for the first.
    ///   - part: The number of the part, from 0.
    package func scores(
        of name: String,
        asOf day: String,
        run: Int,
        part: Int
    ) throws(ServiceError) -> UniverseScores {
        let universe = try universe(named: name)
        let asked = try CalendarDate(universeDay: day, field: "date")
        let partCount =
            (universe.slotCount + UniverseLimits.exportRows - 1) / UniverseLimits.exportRows
        guard part >= 0, part < max(partCount, 1) else {
            throw .invalid("block", "NO_BLOCK", "The universe has \(partCount) blocks of scores.")
        }
        guard run >= 0 else {
            throw .invalid("run", "BAD_RUN", "run is \(run); runs have numbers.")
        }
        let first = part * UniverseLimits.exportRows
        let slot = first % HistoryLimits.blockSlots
        let slots = slot..<slot + UniverseLimits.exportRows
        let chains = BlockChains()
        return try store.read {
            connection throws(DatabaseError) -> Result<UniverseScores, ServiceError> in
            let found =
                run > 0
                ? try connection.universeRun(run)
                : try connection.doneRun(over: universe.number, asOf: asked ?? .last)
            guard let found, found.universe == universe.number, found.state == .done else {
                return .failure(.noRun("date", asked?.description ?? "today"))
            }
            let block = universe.block(first / HistoryLimits.blockSlots)
            let scores = try chains.scores(connection, block, asOf: found.number)?.block
            let keys = try chains.keys(connection, block)
            let next = part + 1 < partCount ? part + 1 : nil
            return .success(UniverseScores(found, scores, keys, slots, next: next))
        }
    }
}

extension BlockChains {
    fileprivate func series(
        _ frames: [(run: Int, content: [UInt8])],
        _ place: (block: Int, slot: Int)
    ) throws(DatabaseError) -> [SlotSeries.Entry] {
        try Self.telling("the history of block \(place.block)") { () throws(FrameProblem) in
            var series = SlotSeries(
                slot: UInt16(clamping: place.slot),
                number: Self.number(place.block),
                layout: .movedScores
            )
            for frame in frames {
                try frame.content.withUnsafeBufferPointer { bytes throws(FrameProblem) in
                    try series.take(UnsafeRawBufferPointer(bytes), with: decoder)
                }
            }
            return series.entries
        }
    }
}

extension UniverseScore {
    fileprivate init(_ entry: SlotSeries.Entry, day: CalendarDate, _ model: RunModel) {
        let numbers = entry.numbers + [0, 0, 0, 0]
        self.init(
            run: Int(entry.run.number),
            day: day,
            model: model.name,
            modelVersion: model.version,
            score: UInt16(clamping: numbers[0]),
            riskClass: UInt8(clamping: numbers[1]),
            outcome: UInt8(clamping: numbers[2]),
            cause: UniverseCause(rawValue: UInt8(clamping: numbers[3])) ?? .none
        )
    }

    fileprivate func isSame(as other: UniverseScore) -> Bool {
        score == other.score && riskClass == other.riskClass && outcome == other.outcome
    }
}

extension UniverseScores {
    /// Companies that are there, and that nobody had forgotten.
    fileprivate init(
        _ run: UniverseRun,
        _ block: ColumnBlock?,
        _ keys: ColumnBlock?,
        _ slots: Range<Int>,
        next: Int?
    ) {
        var (sirens, scores) = ([UInt32](), [UInt16]())
        var (classes, outcomes, causes) = ([UInt8](), [UInt8](), [UInt8]())
        if let block, let keys {
            block.withColumns { columns in
                keys.withColumns { keyColumns in
                    let numbers = keyColumns[0].assumingMemoryBound(to: UInt32.self)
                    let points = columns[0].assumingMemoryBound(to: UInt16.self)
                    for slot in slots.clamped(to: 0..<min(block.slotCount, keys.slotCount))
                    where columns[2][slot] != 0 && numbers[slot] != 0 {
                        sirens.append(numbers[slot])
                        scores.append(points[slot])
                        classes.append(columns[1][slot])
                        outcomes.append(columns[2][slot])
                        causes.append(columns[3][slot])
                    }
                }
            }
        }
        self.init(
            run: run,
            sirens: sirens,
            scores: scores,
            classes: classes,
            outcomes: outcomes,
            causes: causes,
            next: next
        )
    }
}
