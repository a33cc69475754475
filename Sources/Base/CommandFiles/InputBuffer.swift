// SPDX-License-Identifier: Apache-2.0

// A window over a byte source. The record readers look at the unread bytes in
// place and ask for more when a record is not complete; the window grows only
// up to the longest record allowed, so memory is bounded whatever the input.

/// The unread bytes of a source.
package final class InputBuffer {
    /// Where the bytes come from.
    package let source: ByteSource
    /// Bytes taken from the source and consumed so far.
    package private(set) var consumedBytes = 0
    private var storage: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var sourceEnded = false

    /// Creates a window that asks for `chunkBytes` at a time.
    package init(_ source: ByteSource, chunkBytes: Int = InputLimits.chunkBytes) {
        self.source = source
        storage = .allocate(byteCount: max(chunkBytes, 1), alignment: 1)
    }

    deinit {
        storage.deallocate()
    }

    /// The unread bytes. Valid until the next call of `refill`.
    package var unread: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: storage[start..<end])
    }

    /// Drops bytes at the front of the unread ones.
    package func consume(_ count: Int) {
        let count = min(count, end - start)
        start += count
        consumedBytes += count
    }

    /// Adds bytes behind the unread ones. Returns false at the end of the source.
    package func refill(line: Int) throws(CommandFailure) -> Bool {
        if sourceEnded { return false }
        makeRoom()
        if end - start > InputLimits.recordBytesMaximum {
            throw CommandFailure(
                .badInput,
                "\(source.name), line \(line): the record is longer than "
                    + "\(InputLimits.recordBytesMaximum) bytes",
                hint: "look for a quotation mark that is never closed"
            )
        }
        let count = try source.read(UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
        end += count
        sourceEnded = count == 0
        return !sourceEnded
    }

    private func makeRoom() {
        let unreadCount = end - start
        if start > 0 {
            // copyMemory is a memmove: the two ranges may overlap.
            storage.copyMemory(from: unread)
            start = 0
            end = unreadCount
        }
        guard end == storage.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: storage.count * 2,
            alignment: 1
        )
        larger.copyMemory(from: UnsafeRawBufferPointer(storage))
        storage.deallocate()
        storage = larger
    }
}
