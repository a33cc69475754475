// SPDX-License-Identifier: Apache-2.0

// A window over a byte source. The record readers look at the unread bytes in
// place and ask for more when a record is not complete; the window grows only
// up to the longest record allowed, so memory is bounded whatever the input.

internal import VigieLimits

/// The unread bytes of a source.
package final class InputBuffer {
    /// Where the bytes come from.
    package let source: ByteSource
    // Each line asks for these; nothing that changes them calls anything in between.
    /// Bytes taken from the source and consumed so far.
    @exclusivity(unchecked) package private(set) var consumedBytes = 0
    @exclusivity(unchecked) private var storage: UnsafeMutableRawBufferPointer
    @exclusivity(unchecked) private var start = 0
    @exclusivity(unchecked) private var end = 0
    private var sourceEnded = false
    private var textCheck: UTF8Check?

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

    /// Whether the window holds as much as one record may have.
    package var isFull: Bool { end - start > InputLimits.recordBytesMaximum }

    /// Whether nothing is left to read.
    package func isAtEnd(line: Int) throws(InputError) -> Bool {
        if start < end { return false }
        return try !refill(line: line)
    }

    /// From here on the bytes must be UTF-8.
    package func requireUTF8() throws(InputError) {
        textCheck = UTF8Check()
        try check(from: start, line: 1)
    }

    /// Drops bytes at the front of the unread ones.
    package func consume(_ count: Int) {
        let count = min(count, end - start)
        start += count
        consumedBytes += count
    }

    /// Adds bytes behind the unread ones. Returns false at the end of the source.
    package func refill(line: Int) throws(InputError) -> Bool {
        if sourceEnded { return false }
        makeRoom()
        if isFull {
            throw InputError(
                .content,
                "\(source.name), line \(line): the record is longer than "
                    + "\(InputLimits.recordBytesMaximum) bytes",
                hint: "look for a quotation mark that is never closed"
            )
        }
        let count = try source.read(UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
        let firstNew = end
        end += count
        sourceEnded = count == 0
        try check(from: firstNew, line: line)
        return !sourceEnded
    }

    /// Holds new bytes against UTF-8; `line` is that of the first unread byte.
    private func check(from first: Int, line: Int) throws(InputError) {
        guard let fault = textCheck?.firstFault(in: .init(rebasing: storage[first..<end])) else {
            guard sourceEnded, textCheck?.isComplete == false else { return }
            throw InputError(
                .content,
                "\(source.name) ends in the middle of a character",
                hint: "it was cut off, or it is no UTF-8 text"
            )
        }
        let before = storage[start..<(first + fault)]
        let lineEnds = before.count { $0 == UInt8(ascii: "\n") }
        throw TextEncoding.notUTF8(
            UnsafeRawBufferPointer(rebasing: storage[start..<end]),
            fault: first + fault - start,
            line: line + lineEnds,
            source: source.name
        )
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
