// SPDX-License-Identifier: Apache-2.0

// Messages of one call on their way to the client, each with its 5-byte prefix
// in one piece of memory.

#if canImport(Glibc)
    internal import Glibc
#endif

/// Prefixed messages in the order of sending. A call mostly has one, which
/// needs no array; and a small one, whose memory is kept for the next call. What the process has
/// for good, such as tables that are part of the program, is sent from where it is.
struct OutboundQueue: ~Copyable {
    /// Bytes that small messages are given, of which one is kept: 256 KiB for all idle calls
    /// of an event loop.
    private static let spareBytes = 512

    private static let prefixBytes = 5

    private enum Memory {
        /// From `takeMemory`.
        case taken
        /// Came with the message, and has just its size.
        case owned
        /// There for good, and not to be written to.
        case lasting
    }

    private struct Chunk {
        var base: UnsafeMutableRawPointer
        var count: Int
        var offset = 0
        var memory = Memory.taken

        var heldBytes: Int { memory == .lasting ? 0 : count }

        func drop() {
            if memory != .lasting { free(base) }
        }
    }

    /// Places of `rest` that were used, from which on the others are moved over them.
    private static let usedPlaces = 64

    private var first: Chunk?
    private var rest: [Chunk] = []
    private var restHead = 0
    private var spare: UnsafeMutableRawPointer?
    /// Bytes not yet sent.
    private(set) var byteCount = 0
    /// Bytes of memory of messages that are not wholly sent.
    private(set) var heldBytes = 0
    /// Parts of messages, not wholly sent, that were not copied.
    private var lastingCount = 0

    /// Whether a message waits that was not copied.
    var hasLasting: Bool { lastingCount > 0 }

    deinit {
        first?.drop()
        if !rest.isEmpty { for chunk in rest[restHead...] { chunk.drop() } }
        free(spare)
    }

    private mutating func takeMemory(_ byteCount: Int) -> UnsafeMutableRawPointer {
        if byteCount <= Self.spareBytes, let taken = spare {
            spare = nil
            return taken
        }
        guard let taken = malloc(max(byteCount, Self.spareBytes)) else {
            fatalError("out of memory")
        }
        return taken
    }

    private mutating func giveBack(_ chunk: Chunk) {
        if chunk.count <= Self.spareBytes, spare == nil, chunk.memory == .taken {
            spare = chunk.base
        } else {
            chunk.drop()
        }
    }

    /// Drops all messages, but keeps the next `byteCount` bytes of the one in front.
    mutating func removeAll(keeping byteCount: Int) {
        if !rest.isEmpty {
            for chunk in rest[restHead...] { chunk.drop() }
            rest = []
            restHead = 0
        }
        if let dropped = first {
            first = byteCount > 0 ? copy(byteCount, of: dropped) : nil
            giveBack(dropped)
        }
        self.byteCount = frontCount
        lastingCount = 0
        heldBytes = first?.heldBytes ?? 0
    }

    /// The next bytes of a message in memory of their own: the rest of it may be large.
    private mutating func copy(_ byteCount: Int, of chunk: Chunk) -> Chunk {
        let count = min(byteCount, chunk.count - chunk.offset)
        let base = takeMemory(count)
        base.copyMemory(from: chunk.base + chunk.offset, byteCount: count)
        return Chunk(base: base, count: count)
    }

    var isEmpty: Bool { byteCount == 0 }

    /// Bytes of memory that a message of `byteCount` bytes is held in.
    static func memoryBytes(_ byteCount: Int) -> Int { byteCount + prefixBytes }

    /// Appends a message of `byteCount` bytes that `write` fills in.
    mutating func append(byteCount: Int, write: (UnsafeMutableRawBufferPointer) -> Void) {
        append(byteCount: byteCount, ofMessage: byteCount, write: write)
    }

    /// Appends a message that begins with `head`; `parts` are there for good, and not copied.
    mutating func append(head: [UInt8], lasting parts: [UnsafeRawBufferPointer]) {
        let messageBytes = parts.reduce(head.count) { $0 + $1.count }
        append(byteCount: head.count, ofMessage: messageBytes) { $0.copyBytes(from: head) }
        for part in parts {
            guard let start = part.baseAddress, !part.isEmpty else { continue }
            let base = UnsafeMutableRawPointer(mutating: start)
            append(Chunk(base: base, count: part.count, memory: .lasting))
            lastingCount += 1
        }
    }

    private mutating func append(
        byteCount: Int,
        ofMessage messageBytes: Int,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        let base = takeMemory(byteCount + 5)
        base.storeBytes(of: 0, as: UInt8.self)
        (base + 1).storeBytes(of: UInt32(messageBytes).bigEndian, as: UInt32.self)
        write(UnsafeMutableRawBufferPointer(start: base + 5, count: byteCount))
        append(Chunk(base: base, count: byteCount + 5))
    }

    /// Appends bytes that are no message of gRPC.
    mutating func append(plain bytes: [UInt8]) {
        let base = takeMemory(bytes.count)
        UnsafeMutableRawBufferPointer(start: base, count: bytes.count).copyBytes(from: bytes)
        append(Chunk(base: base, count: bytes.count))
    }

    /// Appends a message in memory of its own, with its prefix; takes the memory over.
    mutating func append(owned base: UnsafeMutableRawPointer, byteCount: Int) {
        append(Chunk(base: base, count: byteCount, memory: .owned))
    }

    private mutating func append(_ chunk: Chunk) {
        byteCount += chunk.count
        heldBytes += chunk.heldBytes
        if first == nil {
            first = chunk
        } else {
            rest.append(chunk)
        }
    }

    /// Bytes of the message in front that are not sent yet.
    var frontCount: Int {
        guard let first else { return 0 }
        return first.count - first.offset
    }

    /// Hands the next `count` bytes of the message in front to `body`.
    ///
    /// - Returns: Bytes of memory that are not held any more.
    mutating func take(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Void) -> Int {
        guard var chunk = first, count <= chunk.count - chunk.offset else { return 0 }
        body(UnsafeRawBufferPointer(start: chunk.base + chunk.offset, count: count))
        chunk.offset += count
        byteCount -= count
        if chunk.offset < chunk.count {
            first = chunk
            return 0
        }
        giveBack(chunk)
        if chunk.memory == .lasting { lastingCount -= 1 }
        heldBytes -= chunk.heldBytes
        advance()
        return chunk.heldBytes
    }

    private mutating func advance() {
        guard restHead < rest.count else {
            first = nil
            return
        }
        first = rest[restHead]
        restHead += 1
        if restHead == rest.count {
            rest.removeAll(keepingCapacity: true)
            restHead = 0
        } else if restHead >= Self.usedPlaces, restHead > rest.count / 2 {
            // Of a stream that always has something to send nothing would be used again.
            rest.removeFirst(restHead)
            restHead = 0
        }
    }
}
