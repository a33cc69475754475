// SPDX-License-Identifier: Apache-2.0

// The next frames of a block's inputs: what changed where that is little, and else all of it.

internal import Databases
internal import Quantities
internal import ScoreHistory
internal import ServiceErrors
internal import UniverseBlocks
internal import UniverseStore
internal import VigieLimits

/// Makes frames of a load. For one thread at a time.
final class InputFrameMaker {
    /// What is known of a block.
    struct Known {
        var inputs: FoundBlock?
        var exposures: FoundBlock?
    }

    let encoder = FrameEncoder()
    let chains = BlockChains()
    let run: HistoryRun

    init(_ load: Int, _ day: CalendarDate) {
        run = HistoryRun(
            number: UInt32(clamping: load),
            day: day,
            kind: .arrival,
            model: "inputs"
        )
    }

    func known(
        _ connection: any DatabaseConnection,
        _ block: Int,
        asOf load: Int
    ) throws(DatabaseError) -> Known {
        Known(
            inputs: try chains.inputs(connection, block, asOf: load),
            exposures: try chains.inputs(connection, block, .exposures, asOf: load)
        )
    }

    /// The frames of a block of which so many slots changed; none where nothing did.
    func frames(
        _ loaded: LoadedBlock,
        _ known: Known,
        _ block: Int,
        changed: Int
    ) throws(ServiceError) -> [InputFrame] {
        var frames: [InputFrame] = []
        if let frame = try frame(loaded.inputs, .inputs, known.inputs, block, changed) {
            frames.append(frame)
        }
        if let exposures = loaded.exposures {
            let before = known.exposures?.block ?? ColumnBlock(exposures.layout, slotCount: 0)
            let changed = ChangedSlots(from: before, to: exposures).count
            if let frame = try frame(exposures, .exposures, known.exposures, block, changed) {
                frames.append(frame)
            }
        }
        return frames
    }

    private func frame(
        _ new: ColumnBlock,
        _ part: InputPart,
        _ known: FoundBlock?,
        _ block: Int,
        _ changed: Int
    ) throws(ServiceError) -> InputFrame? {
        guard let known, known.block.layout == new.layout,
            known.frameCount <= UniverseLimits.inputDeltaFrames, 4 * changed <= new.slotCount
        else {
            let content = try keyFrame(of: new, block)
            return InputFrame(block: block, part: part, isKey: true, content: content)
        }
        if changed == 0, known.block.slotCount == new.slotCount { return nil }
        let content = try Self.telling(block) { () throws(FrameProblem) in
            try encoder.deltaFrame(
                of: new,
                number: BlockChains.number(block),
                run: run,
                from: known.block,
                baseNumber: known.run.number
            )
        }
        return InputFrame(block: block, part: part, isKey: false, content: content)
    }

    /// A frame of all of a block.
    func keyFrame(of new: ColumnBlock, _ block: Int) throws(ServiceError) -> [UInt8] {
        try Self.telling(block) { () throws(FrameProblem) in
            try encoder.keyFrame(of: new, number: BlockChains.number(block), run: run)
        }
    }

    private static func telling<Result>(
        _ block: Int,
        _ body: () throws(FrameProblem) -> Result
    ) throws(ServiceError) -> Result {
        do throws(FrameProblem) { return try body() } catch {
            throw ServiceError(
                .dataLoss,
                "DAMAGED_BLOCK",
                "The inputs of block \(block): \(error.description)."
            )
        }
    }
}
