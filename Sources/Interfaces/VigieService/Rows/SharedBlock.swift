// SPDX-License-Identifier: Apache-2.0

// Rows of several calls of one turn, in one table: what the kernel needs for 512 rows
// it needs for one as well.

internal import GRPCTransport
internal import NIOCore
internal import Scoring

/// The rows of calls that have one header, in the order in which they came.
final class SharedBlock {
    /// A call, with a reference to it, and how many of the rows are its.
    private struct Share {
        let call: Unmanaged<ServerCall>
        let rowCount: Int
    }

    // Unchecked, as all that is touched for each small call: only this loop touches it, and no
    // function that one of these is handed to. See ServerSession.

    /// What applies to all rows.
    @exclusivity(unchecked) private(set) var header: PreparedHeader
    /// Whether values have 64 bits each, not 32.
    @exclusivity(unchecked) private(set) var isDouble: Bool
    @exclusivity(unchecked) private var shares: [Share] = []
    /// Number of all rows.
    @exclusivity(unchecked) private(set) var rowCount = 0
    @exclusivity(unchecked) private var values: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var capacityBytes: Int
    @exclusivity(unchecked) private var byteCount = 0
    @exclusivity(unchecked) private var hasDeadline = false

    private static let firstCapacityBytes = 4 << 10

    init(header: PreparedHeader, isDouble: Bool) {
        self.header = header
        self.isDouble = isDouble
        capacityBytes = Self.firstCapacityBytes
        values = .allocate(byteCount: capacityBytes, alignment: 64)
    }

    deinit {
        for share in shares { share.call.release() }
        values.deallocate()
    }

    /// Bytes that the memory for values takes.
    var memoryBytes: Int { capacityBytes }

    /// Number of calls.
    var callCount: Int { shares.count }

    /// Calls `body` with each call and the number of its rows.
    func forEachCall(_ body: (ServerCall, Int) -> Void) {
        for share in shares { share.call._withUnsafeGuaranteedRef { body($0, share.rowCount) } }
    }

    /// Empties the block for rows of another header.
    func reuse(header: PreparedHeader, isDouble: Bool) {
        self.header = header
        self.isDouble = isDouble
    }

    /// Forgets all calls and keeps the memory.
    func removeAll() {
        for share in shares { share.call.release() }
        shares.removeAll(keepingCapacity: true)
        rowCount = 0
        byteCount = 0
        hasDeadline = false
    }

    /// Appends the rows of a call.
    func append(_ rows: PlainBlock, of call: ServerCall) {
        if byteCount + rows.bytes.count > capacityBytes { grow(by: rows.bytes.count) }
        if let source = rows.bytes.baseAddress {
            (values + byteCount).copyMemory(from: source, byteCount: rows.bytes.count)
        }
        byteCount += rows.bytes.count
        rowCount += rows.rowCount
        shares.append(Share(call: .passRetained(call), rowCount: rows.rowCount))
        if call.deadline != nil { hasDeadline = true }
    }

    /// Takes out the rows of calls that nobody waits for any more, and ends those of them whose
    /// deadline has passed.
    func removeEnded() {
        let now = hasDeadline ? NIODeadline.now() : nil
        var isUnchanged = true
        for share in shares where isOver(share.call, now: now) { isUnchanged = false }
        if isUnchanged { return }
        let width = isDouble ? MemoryLayout<Double>.stride : MemoryLayout<Float>.stride
        let rowBytes = header.columnCount * width
        var kept: [Share] = []
        rowCount = 0
        var (from, to) = (values, values)
        for share in shares {
            let bytes = share.rowCount * rowBytes
            if share.call._withUnsafeGuaranteedRef({ $0.isEnded }) {
                share.call.release()
            } else {
                to.copyMemory(from: from, byteCount: bytes)
                to += bytes
                rowCount += share.rowCount
                kept.append(share)
            }
            from += bytes
        }
        shares = kept
        byteCount = to - values
    }

    /// The rows as the engine takes them; valid until the next change.
    func table() throws(ScoringError) -> RowBlock {
        let columnCount = header.columnCount
        let count = rowCount * columnCount
        return try RowBlock(
            rowCount: rowCount,
            columnCount: columnCount,
            layout: .rowMajor,
            values: isDouble
                ? .float64(.init(start: values.assumingMemoryBound(to: Double.self), count: count))
                : .float32(.init(start: values.assumingMemoryBound(to: Float.self), count: count))
        )
    }

    /// Whether a call is over; one whose deadline has passed now is.
    private func isOver(_ call: Unmanaged<ServerCall>, now: NIODeadline?) -> Bool {
        call._withUnsafeGuaranteedRef { call in
            if let now, let deadline = call.deadline, deadline <= now {
                call.finish(
                    GRPCStatus(.deadlineExceeded, "The deadline passed before rows were scored.")
                )
            }
            return call.isEnded
        }
    }

    private func grow(by bytes: Int) {
        let grown = max(2 * capacityBytes, byteCount + bytes)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 64)
        memory.copyMemory(from: values, byteCount: byteCount)
        values.deallocate()
        values = memory
        capacityBytes = grown
    }
}
