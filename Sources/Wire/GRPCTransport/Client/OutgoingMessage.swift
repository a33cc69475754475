// SPDX-License-Identifier: Apache-2.0

// A message on its way out: a few bytes made for it, and values that stay where their
// owner has them until they are encrypted. A copy of a row of 64 floats costs 15 ns.

internal import NIOCore

/// The end of a message, in memory of its owner that does not change.
package protocol MessageTail: Sendable {
    /// Number of bytes.
    var byteCount: Int { get }
    /// Calls `body` with the bytes.
    func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result
}

/// A message, of which the first bytes may have been sent.
struct OutgoingMessage: Sendable {
    private var head: ByteBuffer
    private let tail: (any MessageTail)?
    /// Whether it is compressed.
    let isCompressed: Bool
    private var tailSent = 0
    /// Bytes that are not sent yet.
    private(set) var byteCount: Int

    init(_ head: ByteBuffer, tail: (any MessageTail)? = nil, isCompressed: Bool = false) {
        self.head = head
        self.isCompressed = isCompressed
        self.tail = tail
        byteCount = head.readableBytes + (tail?.byteCount ?? 0)
    }

    /// Writes the next `count` bytes, of which there are as many.
    mutating func send(_ count: Int, to writer: RecordWriter) throws {
        byteCount -= count
        let headCount = min(count, head.readableBytes)
        if headCount > 0 {
            try head.withUnsafeReadableBytes { bytes in
                try writer.write(UnsafeRawBufferPointer(rebasing: bytes[..<headCount]))
            }
            head.moveReaderIndex(forwardBy: headCount)
        }
        let range = tailSent..<tailSent + count - headCount
        if range.isEmpty { return }
        try tail?.withBytes { bytes in
            try writer.write(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
        tailSent = range.upperBound
    }
}
