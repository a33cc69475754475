// SPDX-License-Identifier: Apache-2.0

// Blocks that are scored and decided on. A thread reads and runs all of them: a row that columns
// cannot decide takes a hundred times as long as others, which no event loop is to wait for.

internal import BlockPipeline
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors

extension RowScorer {
    /// Leaves a block to a thread.
    func decide(
        _ bytes: UnsafeRawBufferPointer,
        by decider: RowDecider,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) throws(ServiceError) {
        let frame = blocks.takeFrame()
        do throws(ServiceError) {
            let kept = try keep(bytes, of: call)
            let parts = try DecideRowsParts(kept.bytes)
            var byteCount = 2 * parts.facts.count
            if try frame.borrow(parts.rows, header: header, limits: limits) {
                frame.message = kept.storage
            } else {
                let block = UndecodedBlock(parts.rows, header: header, limits: limits)
                frame.putOff(block, in: kept.storage)
                byteCount += block.decodedBytesMax
            }
            frame.putOff(facts: parts.facts, for: decider)
            try reserve(byteCount + header.memoryBytes(of: frame), for: call)
            try submit(frame, header: header, reply: reply, call: call)
        } catch {
            call.releaseReservedAnswer()
            blocks.giveBack(frame)
            throw error
        }
    }
}

/// The parts of a DecideRowsBlock, as long as its bytes are there.
struct DecideRowsParts {
    private static let rowsTag: UInt32 = 1 << 3 | 2
    private static let factsTag: UInt32 = 2 << 3 | 2

    let rows: UnsafeRawBufferPointer
    /// Empty where there are none.
    let facts: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) {
        var (rows, facts): (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?)
        var isRepeated = false
        var reader = ProtobufReader(bytes)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case Self.rowsTag:
                    isRepeated = isRepeated || rows != nil
                    rows = try reader.part()
                case Self.factsTag:
                    isRepeated = isRepeated || facts != nil
                    facts = try reader.part()
                default: try reader.skip(tag)
                }
            }
        } catch {
            throw .malformed("vigie.v1.DecideRowsBlock")
        }
        guard !isRepeated else {
            throw .invalid(
                "block",
                "REPEATED_FIELD",
                "The block has its rows or its facts more than once; send each once."
            )
        }
        guard let rows else {
            throw .invalid("block.rows", "NO_BLOCK", "The block has no rows.")
        }
        (self.rows, self.facts) = (rows, facts ?? UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
