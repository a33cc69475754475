// SPDX-License-Identifier: Apache-2.0

// What arrived for a call that is given no messages now. A large message is put
// together where it will be used, so that it is copied no more often than one that is
// not held; the rest waits as it came.

/// Bytes of a call that wait in the client's window.
struct HeldData {
    /// A message and how many of its bytes are still in the client's window.
    struct Message {
        let storage: MessageStorage
        let byteCount: Int
    }

    /// Whole messages, oldest first.
    var messages: [Message] = []
    /// Bytes that are held of the message that the deframer is in.
    var partialCount = 0
    /// What follows, as it came.
    var rest: MessageStorage?
    /// Bytes of `rest` that were used.
    var restOffset = 0

    /// Whether nothing is held.
    var isEmpty: Bool { messages.isEmpty && partialCount == 0 && rest == nil }

    /// Bytes that are held.
    var byteCount: Int {
        let restCount = (rest?.count ?? 0) - restOffset
        return messages.reduce(partialCount + restCount) { $0 + $1.byteCount }
    }

    /// The bytes of `rest` that were not used.
    var restBytes: UnsafeRawBufferPointer {
        guard let rest else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: rest.bytes[restOffset...])
    }

    /// Notes that only the last `count` bytes of `rest` are not used yet.
    mutating func keepRest(_ count: Int) {
        guard let rest else { return }
        restOffset = rest.count - count
        if count == 0 {
            self.rest = nil
            restOffset = 0
        } else if restOffset > rest.count / 2 {
            // A client that is never caught up with would make it grow without end.
            rest.removeFirst(restOffset)
            restOffset = 0
        }
    }
}
