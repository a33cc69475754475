// SPDX-License-Identifier: Apache-2.0

// gRPC's message framing: one byte of flags, four bytes of length, the
// message. A state machine without I/O: bytes in, messages out. A message that
// lies whole in one chunk is handed on where it lies.

/// Cuts a stream of bytes into gRPC messages.
package struct MessageDeframer {
    /// What the bytes so far amount to.
    package enum Step {
        /// The chunk is used up and no message is complete.
        case needsMore
        /// A message, valid until the next call; `inStorage` says whether it
        /// lies in `storage`, which may be kept, or in the chunk.
        case message(UnsafeRawBufferPointer, inStorage: Bool)
        /// The same of a message that is compressed.
        case compressed(UnsafeRawBufferPointer, inStorage: Bool)
        /// The peer broke a rule; nothing more can be read.
        case failed(GRPCStatus)
    }

    /// Memory of a message that does not lie whole in one chunk.
    package private(set) var storage: MessageStorage?
    /// Whether the stream may end here: no message has been begun.
    package var isAtBoundary: Bool { prefixCount == 0 && !inBody }

    /// Whether messages may be compressed.
    package var acceptsPacked = false

    /// Shorter messages are not worth storage of their own while they wait.
    private static let assembledBytesMin = 16 << 10

    /// What the memory of messages counts against; whoever has the deframer keeps it alive.
    private var budget: Unmanaged<BudgetAccount>?
    private let pool: StoragePool?
    /// How long a message may be.
    private(set) var limit: MessageLimit
    private var prefix: (UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0)
    private var prefixCount = 0
    private var inBody = false
    private var bodyLength = 0
    private var bodyCount = 0
    private var isCompressed = false

    /// Makes a deframer for messages whose
    /// memory counts against `budget`, which must live longer; idle memory comes from `pool`.
    package init(messageBytesMax: Int, budget: BudgetAccount?, pool: StoragePool? = nil) {
        limit = MessageLimit("messageBytesMax", bytes: messageBytesMax)
        self.budget = budget.map { .passUnretained($0) }
        self.pool = pool
    }

    /// Makes the memory of the messages to come count against another account.
    mutating func charge(_ budget: Unmanaged<BudgetAccount>) {
        self.budget = budget
    }

    /// Holds the messages to come to another limit.
    mutating func hold(to limit: MessageLimit) {
        self.limit = limit
    }

    /// Makes everything as it was in the beginning.
    package mutating func clear() {
        if let last = takeStorage() { pool?.giveBack(last) }
        acceptsPacked = false
        prefixCount = 0
        inBody = false
    }

    /// Takes bytes from the front of `chunk` until a message is complete.
    package mutating func next(_ chunk: inout UnsafeRawBufferPointer) -> Step {
        if !inBody {
            guard readPrefix(&chunk) else { return .needsMore }
            if let refusal = checkPrefix() { return .failed(refusal) }
            beginBody()
            if chunk.count >= bodyLength {
                let message = UnsafeRawBufferPointer(rebasing: chunk[..<bodyLength])
                chunk = UnsafeRawBufferPointer(rebasing: chunk[bodyLength...])
                inBody = false
                return complete(message, inStorage: false)
            }
        }
        return readBody(&chunk)
    }

    /// The message that `chunk` is, when it is just one, not compressed, and none was begun before.
    /// Nothing has changed when it is not: `next` tells why.
    package func wholeMessage(_ chunk: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard isAtBoundary, chunk.count >= 5, chunk[0] == 0 else { return nil }
        let length = UInt32(bigEndian: chunk.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
        guard Int(length) == chunk.count - 5, Int(length) <= limit.bytes else { return nil }
        return UnsafeRawBufferPointer(rebasing: chunk[5...])
    }

    /// Takes bytes of a message that nobody wants yet, as far as it can wait in storage of its own:
    /// `takeStorage` gives that once it is complete.
    ///
    /// - Returns: nil when `next` must be left to find out what the message is: it is small or
    ///   compressed, or breaks a rule.
    mutating func assemble(_ chunk: inout UnsafeRawBufferPointer) -> Step? {
        if !inBody {
            guard readPrefix(&chunk) else { return .needsMore }
            guard checkPrefix() == nil, bodyLength >= Self.assembledBytesMin, !isCompressed else {
                return nil
            }
            beginBody()
        }
        return isCompressed ? nil : readBody(&chunk)
    }

    /// Gives away the memory of the last message.
    mutating func takeStorage() -> MessageStorage? {
        guard storage != nil else { return nil }
        defer { storage = nil }
        return storage
    }

    /// Where the next `byteCount` bytes go if all of them are of the message that is being
    /// received; nil if they may not be.
    func landing(_ byteCount: Int) -> UnsafeMutableRawBufferPointer? {
        guard inBody, bodyCount > 0, bodyLength - bodyCount >= byteCount else { return nil }
        return storage?.room(byteCount, expected: bodyLength)
    }

    private mutating func readPrefix(_ chunk: inout UnsafeRawBufferPointer) -> Bool {
        let wanted = min(5 - prefixCount, chunk.count)
        withUnsafeMutableBytes(of: &prefix) { target in
            for index in 0..<wanted {
                target[prefixCount + index] = chunk[index]
            }
        }
        prefixCount += wanted
        chunk = UnsafeRawBufferPointer(rebasing: chunk[wanted...])
        return prefixCount == 5
    }

    /// The refusal of a prefix that breaks a rule or a limit.
    private mutating func checkPrefix() -> GRPCStatus? {
        let high = Int(prefix.1) << 24 | Int(prefix.2) << 16
        bodyLength = high | Int(prefix.3) << 8 | Int(prefix.4)
        isCompressed = prefix.0 == 1
        if isCompressed && !acceptsPacked {
            return GRPCStatus(
                .unimplemented,
                "a message is compressed in a way that grpc-encoding does not name or that is not "
                    + "supported; send gzip, deflate or identity"
            )
        }
        if prefix.0 > 1 {
            return GRPCStatus(.internalError, "message prefix has unknown flags \(prefix.0)")
        }
        if bodyLength > limit.bytes {
            return GRPCStatus(
                .resourceExhausted,
                "message of \(bodyLength) bytes is over the limit \(limit.name) of "
                    + "\(limit.bytes); send less in one message"
            )
        }
        return nil
    }

    private mutating func beginBody() {
        prefixCount = 0
        inBody = true
        bodyCount = 0
    }

    /// Storage for a message that begins now: the last one's, unless somebody
    /// keeps that.
    private mutating func emptyStorage() -> MessageStorage {
        if isKnownUniquelyReferenced(&storage), let storage {
            storage.removeAll(forBytes: bodyLength)
            return storage
        }
        let account = budget?.takeUnretainedValue()
        let fresh = pool?.take(for: account) ?? MessageStorage(budget: account)
        fresh.removeAll(forBytes: bodyLength)
        storage = fresh
        return fresh
    }

    private mutating func readBody(_ chunk: inout UnsafeRawBufferPointer) -> Step {
        let begun = bodyCount == 0 ? emptyStorage() : storage
        guard let begun else { return .failed(Self.noMemory) }
        let wanted = min(bodyLength - bodyCount, chunk.count)
        let part = UnsafeRawBufferPointer(rebasing: chunk[..<wanted])
        guard begun.append(part, expected: bodyLength) else {
            return .failed(Self.noMemory)
        }
        chunk = UnsafeRawBufferPointer(rebasing: chunk[wanted...])
        bodyCount += wanted
        guard bodyCount == bodyLength else { return .needsMore }
        inBody = false
        return complete(begun.bytes, inStorage: true)
    }

    private func complete(_ message: UnsafeRawBufferPointer, inStorage: Bool) -> Step {
        isCompressed
            ? .compressed(message, inStorage: inStorage) : .message(message, inStorage: inStorage)
    }

    /// The refusal of a message for which there is no memory now.
    static var noMemory: GRPCStatus {
        .noMemory("incoming messages (assemblyBytesMax)")
    }
}
