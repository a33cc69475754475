// SPDX-License-Identifier: Apache-2.0

// Small calls that arrive in one turn of an event loop are scored together, each
// answered in its own call. A call that is alone waits for nothing: the turn is over
// when the sockets that had something have been read.
//
// What it saves, with 500 trees of 31 leaves and AVX-512: a row walked through the
// trees alone takes 1.2 µs; 50 rows together take the 14 µs of half a tile.

internal import GRPCTransport
internal import Scoring
internal import VigieLimits

/// The small calls of one turn of an event loop.
final class CallCollector: TurnWork {
    private let limits: ServiceLimits
    private let scratch: ScoringScratch
    private var blocks: [SharedBlock] = []
    private var idle: [SharedBlock] = []
    private var byteCount = 0

    init(limits: ServiceLimits) {
        self.limits = limits
        scratch = ScoringScratch(limits: limits)
    }

    /// Whether no call waits for the end of the turn.
    var isEmpty: Bool { blocks.isEmpty }

    /// Takes the rows of a call, to answer it at the end of the turn.
    func add(_ rows: PlainBlock, header: PreparedHeader, call: ServerCall) {
        if byteCount + rows.bytes.count > limits.collectedBytesMax { scoreAll() }
        byteCount += rows.bytes.count
        let block = block(of: header, isDouble: rows.isDouble)
        if block.rowCount + rows.rowCount > limits.collectedRowsMax { score(block) }
        block.append(rows, of: call)
        if block.shares.count == 1 { call.atEndOfTurn(self) }
    }

    func turnEnded() {
        scoreAll()
    }

    /// The block for rows of a header. Few headers come in one turn, mostly one.
    private func block(of header: PreparedHeader, isDouble: Bool) -> SharedBlock {
        for index in blocks.indices
        where blocks[index].header === header && blocks[index].isDouble == isDouble {
            return blocks[index]
        }
        if blocks.count >= limits.collectedBlocksMax { scoreAll() }
        if let block = idle.popLast() {
            block.reuse(header: header, isDouble: isDouble)
            blocks.append(block)
            return block
        }
        let block = SharedBlock(header: header, isDouble: isDouble)
        blocks.append(block)
        return block
    }

    private func scoreAll() {
        for block in blocks { score(block) }
        byteCount = 0
        while let block = blocks.popLast() {
            if block.memoryBytes <= limits.retainedMemoryBytes / limits.collectedBlocksMax {
                idle.append(block)
            }
        }
    }

    /// Scores and answers what is in a block, and empties it.
    private func score(_ block: SharedBlock) {
        block.removeEnded()
        // Its shape is that of the calls, whose blocks were checked.
        if let table = try? block.table() {
            scratch.begin()
            scratch.score(0..<table.rowCount, of: table, header: block.header)
            scratch.describeIssues(model: block.header.model)
            answer(block)
        }
        block.removeAll()
    }

    private func answer(_ block: SharedBlock) {
        let identity = block.header.identity
        scratch.withMessage { message in
            var firstRow = 0
            var issueCount = 0
            for share in block.shares {
                var part = message.part(
                    rows: firstRow..<firstRow + share.rowCount,
                    issueCount: &issueCount
                )
                share.call.finish(&part, identity: identity)
                firstRow += share.rowCount
            }
        }
    }
}
