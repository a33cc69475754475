// SPDX-License-Identifier: Apache-2.0

// Rows of a load until all have come, in a file of the server's own: in the order in which they
// come, and found again by their block. A part has the rows of one block that came together: their
// slots, two bytes each, then each column, four bytes a row, then exposures, eight.
//
// Cost: 2 bytes a company and 4 for each input; 12 M companies with 20 inputs take 1 GB.

internal import CommandFiles
internal import ServiceErrors
internal import VigieLimits

/// Rows by their blocks.
final class LoadSpool {
    /// Rows of a block that came together.
    struct Part {
        let place: UInt64
        let rowCount: Int32
    }

    /// The parts of each block, in the order in which they came.
    private(set) var parts: [[Part]] = []
    private let file: SpooledFile
    private let rowBytes: Int
    private var waiting: [UInt8] = []
    private var writtenBytes = 0
    private var partCount = 0

    /// An empty one.
    init(columnCount: Int, hasExposures: Bool) throws(ServiceError) {
        rowBytes = 2 + 4 * columnCount + (hasExposures ? 8 : 0)
        file = try Self.keeping { () throws(CommandFailure) in try SpooledFile(name: "the load") }
    }

    /// Adds rows of a block, which a body writes.
    func add(
        _ rowCount: Int,
        ofBlock block: Int,
        _ write: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(ServiceError) {
        let byteCount = rowCount * rowBytes
        guard writtenBytes + waiting.count + byteCount <= UniverseLimits.loadBytes,
            partCount < UniverseLimits.loadParts
        else {
            throw .overLimit(
                "rows",
                "loadBytes",
                "The load is too large, or its companies are in no order; load them in several.",
                value: writtenBytes + waiting.count + byteCount,
                maximum: UniverseLimits.loadBytes,
                code: .resourceExhausted
            )
        }
        while parts.count <= block { parts.append([]) }
        let place = UInt64(writtenBytes + waiting.count)
        parts[block].append(Part(place: place, rowCount: Int32(clamping: rowCount)))
        partCount += 1
        let start = waiting.count
        waiting.append(contentsOf: repeatElement(0, count: byteCount))
        waiting.withUnsafeMutableBytes {
            write(UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
        }
        if waiting.count >= Self.writtenAtOnce { try flush() }
    }

    private static let writtenAtOnce = 1 << 20

    /// Writes what waits.
    func flush() throws(ServiceError) {
        try Self.keeping { () throws(CommandFailure) in try file.append(waiting) }
        writtenBytes += waiting.count
        waiting.removeAll(keepingCapacity: true)
    }

    /// The bytes of a part; all were written.
    func bytes(of part: Part) throws(ServiceError) -> [UInt8] {
        try Self.keeping { () throws(CommandFailure) in
            try file.bytes(at: Int(part.place), count: Int(part.rowCount) * rowBytes)
        }
    }

    private static func keeping<Result>(
        _ body: () throws(CommandFailure) -> Result
    ) throws(ServiceError) -> Result {
        do throws(CommandFailure) { return try body() } catch {
            throw ServiceError(
                .resourceExhausted,
                "NO_ROOM_FOR_FILE",
                "The server cannot keep the load until all of it is there: \(error.message)."
            )
        }
    }
}
