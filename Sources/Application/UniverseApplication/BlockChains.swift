// SPDX-License-Identifier: Apache-2.0

// Blocks out of the frames that the store has of them. What is damaged is told with its block.

internal import Databases
internal import Quantities
internal import Rescoring
internal import ScoreHistory
internal import UniverseBlocks
internal import UniverseStore

/// A block as frames make it.
struct FoundBlock {
    var block: ColumnBlock
    /// The run or the load of the last frame.
    var run: HistoryRun
    /// How many frames there were.
    var frameCount: Int

    /// As what a frame may stand on.
    var last: HistoryKeeper.LastBlock { .init(run: run, block: block) }
}

/// Reads blocks. For one thread at a time.
final class BlockChains {
    let decoder = FrameDecoder()

    /// A part of a block's inputs as of a load; nil where it has none.
    func inputs(
        _ connection: any DatabaseConnection,
        _ block: Int,
        _ part: InputPart = .inputs,
        asOf load: Int
    ) throws(DatabaseError) -> FoundBlock? {
        let frames = try connection.inputFrames(ofBlock: block, part, asOf: load)
        guard let first = frames.first else { return nil }
        return try Self.telling("the inputs of block \(block)") { () throws(FrameProblem) in
            let layout = try first.withUnsafeBufferPointer { bytes throws(FrameProblem) in
                try FrameHeader(UnsafeRawBufferPointer(bytes)).layout
            }
            return try found(frames, block, layout)
        }
    }

    /// A block's results as of a run; nil where it has none.
    func scores(
        _ connection: any DatabaseConnection,
        _ block: Int,
        asOf run: Int
    ) throws(DatabaseError) -> FoundBlock? {
        let frames = try connection.scoreFrames(ofBlock: block, asOf: run).map(\.content)
        guard !frames.isEmpty else { return nil }
        return try Self.telling("the history of block \(block)") { () throws(FrameProblem) in
            try found(frames, block, .movedScores)
        }
    }

    /// A block's results as of two runs, each frame read once.
    func scores(
        _ connection: any DatabaseConnection,
        _ block: Int,
        before first: Int,
        after second: Int
    ) throws(DatabaseError) -> (before: ColumnBlock?, after: ColumnBlock?) {
        let frames = try connection.scoreFrames(ofBlock: block, from: first, asOf: second)
        return try Self.telling("the history of block \(block)") { () throws(FrameProblem) in
            var chain = BlockChain(number: Self.number(block), layout: .movedScores)
            var before: ColumnBlock?
            for (place, frame) in frames.enumerated() {
                try chain.take(frame.content, with: decoder)
                let isLastBefore =
                    frame.run <= first
                    && (place + 1 == frames.count || frames[place + 1].run > first)
                if isLastBefore { before = try chain.checked() }
            }
            return (before, frames.isEmpty ? nil : try chain.checked())
        }
    }

    /// What companies of a block owe as of a load, in cents; empty where nobody said.
    func exposures(
        _ connection: any DatabaseConnection,
        _ block: Int,
        asOf load: Int
    ) throws(DatabaseError) -> [Int64] {
        guard let found = try inputs(connection, block, .exposures, asOf: load)?.block,
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

    /// The companies of a block's slots; nil where it has none.
    func keys(
        _ connection: any DatabaseConnection,
        _ block: Int
    ) throws(DatabaseError) -> ColumnBlock? {
        guard let frame = try connection.keyFrame(ofBlock: block), let layout = InputLayout.keys
        else { return nil }
        return try Self.telling("the companies of block \(block)") { () throws(FrameProblem) in
            try found([frame], block, layout).block
        }
    }

    private func found(
        _ frames: [[UInt8]],
        _ block: Int,
        _ layout: ColumnLayout
    ) throws(FrameProblem) -> FoundBlock {
        var chain = BlockChain(number: Self.number(block), layout: layout)
        for frame in frames { try chain.take(frame, with: decoder) }
        let made = try chain.checked()
        let run = chain.run ?? HistoryRun(number: 0, day: .first, model: "")
        return FoundBlock(block: made, run: run, frameCount: frames.count)
    }

    /// The number of a block as frames have it.
    static func number(_ block: Int) -> UInt32 { UInt32(truncatingIfNeeded: block) }

    /// Says of which frames something is wrong.
    static func telling<Result>(
        _ what: String,
        _ body: () throws(FrameProblem) -> Result
    ) throws(DatabaseError) -> Result {
        do throws(FrameProblem) { return try body() } catch {
            throw DatabaseError(.damaged, "\(what): \(error.description)")
        }
    }
}

extension BlockChain {
    /// Takes the next frame.
    mutating func take(_ frame: [UInt8], with decoder: FrameDecoder) throws(FrameProblem) {
        try frame.withUnsafeBufferPointer { bytes throws(FrameProblem) in
            try take(UnsafeRawBufferPointer(bytes), with: decoder)
        }
    }
}
