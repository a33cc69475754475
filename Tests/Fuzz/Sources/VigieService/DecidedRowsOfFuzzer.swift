// SPDX-License-Identifier: Apache-2.0

// The path of rows that are decided on, from the bytes of a header and a block to those of the
// answer: in one piece and in two, which must say the same, and the same as of each company alone.

internal import BlockPipeline
internal import Callers
internal import CreditPolicy
internal import GRPCTransport
package import Policies
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Turns
package import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Reads rows that are decided on.
package final class DecidedRowsOfFuzzer {
    /// Rows that are decided on once more alone.
    private static let rowsAlone = 8
    private static let rowsMax = 2_000

    private let method: RowMethod
    private let limits: ServiceLimits
    private let policy: Policy
    private let frame: RowFrame
    private let share: TurnShare

    /// Makes a reader for some models and a policy.
    package init(_ registry: ModelRegistry, _ policy: Policy) {
        var limits = ServiceLimits()
        limits.blockRowsMax = Self.rowsMax
        let shelf = PolicyShelf(policies: [policy]) { 1_750_000_000 }
        let workers = WorkerPool(limits: TurnLimits.blocks(limits)) { _ in }
        method = .deciding(
            DecidingRows(
                registry: registry,
                decisions: DecisionQueries(shelf: shelf) { 1_750_000_000 },
                limits: limits,
                desk: CallDesk(workers, "streams", limits, all: ("one", 1), ofOne: ("one", 1))
            )
        )
        (self.limits, self.policy) = (limits, policy)
        frame = RowFrame(limits: limits)
        share = TurnShare(frame)
    }

    /// Reads a header and a block.
    package func read(header: UnsafeRawBufferPointer, block: UnsafeRawBufferPointer) {
        do throws(ServiceError) {
            let prepared = try method.prepare(
                header,
                frame.arena,
                CalendarDate(secondsSince1970: 1_750_000_000),
                RowAsker(share: share)
            )
            guard let decider = prepared.decider else { preconditionFailure("nothing decides") }
            let whole = try answer(block, prepared, decider, pieces: 1)
            let inTwo = try answer(block, prepared, decider, pieces: 2)
            precondition(whole == inTwo, "the pieces say something else")
        } catch {
            precondition(!error.message.isEmpty && !error.reason.isEmpty, "tells nothing")
        }
    }

    private func answer(
        _ block: UnsafeRawBufferPointer,
        _ header: PreparedHeader,
        _ decider: RowDecider,
        pieces: Int
    ) throws(ServiceError) -> [UInt8]? {
        defer { frame.end(retainedBytesMax: limits.retainedMemoryBytes) }
        let parts = try DecideRowsParts(block)
        if try !frame.borrow(parts.rows, header: header, limits: limits) {
            try frame.decode(parts.rows, header: header, limits: limits)
        }
        frame.putOff(facts: parts.facts, for: decider)
        frame.load()
        if let problem = frame.problem { throw problem }
        frame.begin()
        let middle = frame.rowCount / pieces
        header.line.run(0..<middle, of: frame)
        if middle < frame.rowCount { header.line.run(middle..<frame.rowCount, of: frame) }
        guard let table = frame.decided else { return nil }
        precondition(table.rowCount == frame.rowCount, "rows are lost")
        let bytes = table.encoded
        precondition(
            (try? Vigie_V1_DecidedBlock(serializedBytes: bytes)) != nil,
            "the answer cannot be read"
        )
        check(decider)
        return bytes
    }

    /// The rows of the last piece are those at hand.
    private func check(_ decider: RowDecider) {
        let block = decider.decider.block
        for row in 0..<min(block.rowCount, Self.rowsAlone) {
            let wanted = decider.decider.decision(row)
            let outcome = CreditDecision.Outcome.allCases[Int(block.outcomes[row])]
            precondition(outcome == wanted.outcome, "\(outcome), not \(wanted.outcome)")
            let limit = block.facts[row].contains(.limit) ? block.limits[row] : nil
            precondition(limit == wanted.limit?.amount, "another limit")
            precondition(block.termDays[row] == Int32(clamping: wanted.terms.days), "other terms")
        }
    }
}

extension RowAsker {
    fileprivate init(share: TurnShare) { (caller, self.share) = (nil, share) }
}

extension DecidedTable {
    /// A DecidedBlock without its scores.
    fileprivate var encoded: [UInt8] {
        var counter = ColumnWriter(output: nil)
        counter.write(self)
        var bytes = [UInt8](repeating: 0, count: counter.byteCount)
        bytes.withUnsafeMutableBytes { memory in
            var writer = ColumnWriter(output: memory)
            writer.write(self)
            precondition(writer.byteCount == memory.count, "another length")
        }
        return bytes
    }
}
