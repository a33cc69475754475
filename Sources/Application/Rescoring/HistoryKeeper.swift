// SPDX-License-Identifier: Apache-2.0

// The next frame of a block's history: what changed since the last one or, once a month and for
// the first, all of it.
//
// Cost, measured by history-bench: a delta 0.1 ms and a key frame 0.55 ms; the frames of a month
// are put together in 1 ms.

internal import PortfolioStore
internal import Quantities
package import ScoreHistory
internal import VigieLimits

/// Makes frames of blocks. For one thread at a time.
package final class HistoryKeeper {
    private let encoder = FrameEncoder()
    private let decoder = FrameDecoder()

    /// A keeper.
    package init() {}

    /// Scores of a block, by their place in it.
    package typealias Scores = [(place: Int, score: SlotScore)]

    /// The frame of a run.
    ///
    /// - Parameters:
    ///   - scores: What the run found.
    ///   - keepsOthers: Whether companies that it says nothing of stay as they were; else they are
    ///     there no more.
    ///   - frames: The last key frame and what stands on it.
    package func frame(
        of scores: Scores,
        keepsOthers: Bool,
        block: Int,
        run: HistoryRun,
        after frames: [[UInt8]]
    ) throws(FrameProblem) -> (bytes: [UInt8], isKey: Bool) {
        let number = UInt32(truncatingIfNeeded: block)
        var chain = BlockChain(number: number)
        for frame in frames {
            try frame.withUnsafeBufferPointer { bytes throws(FrameProblem) in
                try chain.take(UnsafeRawBufferPointer(bytes), with: decoder)
            }
        }
        let base = frames.isEmpty ? nil : try chain.checked()
        let slotCount = max(base?.slotCount ?? 0, (scores.last?.place ?? -1) + 1)
        let new = Self.block(scores, slotCount, keepsOthers ? base : nil)
        let last = chain.run.flatMap { run in base.map { LastBlock(run: run, block: $0) } }
        return try frame(of: new, number, run: run, after: last, frameCount: frames.count)
    }

    /// A block, and the run that found it.
    package struct LastBlock {
        package let run: HistoryRun
        package let block: ColumnBlock

        /// Takes both.
        package init(run: HistoryRun, block: ColumnBlock) { (self.run, self.block) = (run, block) }
    }

    /// The frame of a run that found a block.
    ///
    /// - Parameters:
    ///   - last: The block as the run before found it, with no more slots.
    ///   - frameCount: How many frames make that, its key frame among them.
    package func frame(
        of block: ColumnBlock,
        _ number: UInt32,
        run: HistoryRun,
        after last: LastBlock?,
        frameCount: Int
    ) throws(FrameProblem) -> (bytes: [UInt8], isKey: Bool) {
        if let last, frameCount <= HistoryLimits.deltaFrames,
            Self.month(last.run.day) == Self.month(run.day)
        {
            let bytes = try encoder.deltaFrame(
                of: block,
                number: number,
                run: run,
                from: last.block,
                baseNumber: last.run.number
            )
            return (bytes, false)
        }
        return (try encoder.keyFrame(of: block, number: number, run: run), true)
    }

    private static func month(_ day: CalendarDate) -> Int {
        let (year, month, _) = day.components
        return year * 12 + month
    }

    private static func block(
        _ scores: Scores,
        _ slotCount: Int,
        _ base: ColumnBlock?
    ) -> ColumnBlock {
        let empty = SlotScore(score: 0, riskClass: 0, outcome: SlotScore.noCompany)
        var results = (0..<slotCount).map { base?.score($0) ?? empty }
        for (place, score) in scores where results.indices.contains(place) {
            results[place] = score
        }
        var block = ColumnBlock.scores(slotCount: slotCount)
        block.setScores(results)
        return block
    }
}

extension SlotScore {
    /// A score as the history has it.
    init(_ score: CompanyScore) {
        self.init(
            score: score.score.map { UInt16(clamping: $0) } ?? SlotScore.noScore,
            riskClass: UInt8(clamping: score.riskClass ?? 0),
            outcome: UInt8(clamping: score.outcome)
        )
    }
}

extension HistoryRun {
    /// A run as the history has it; nil for a number that it has no room for.
    init?(_ run: ScoringRun) {
        guard let number = UInt32(exactly: run.number) else { return nil }
        let kind: Kind =
            switch run.kind {
            case .daily: .daily
            case .arrival: .arrival
            case .otherModel: .otherModel
            case .requested: .requested
            }
        var model = "\(run.model.name)@\(run.model.version)"
        while model.utf8.count > HistoryLimits.modelBytes { model.removeLast() }
        self.init(number: number, day: run.day, kind: kind, model: model)
    }
}
