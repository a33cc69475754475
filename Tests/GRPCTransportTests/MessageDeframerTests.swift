// SPDX-License-Identifier: Apache-2.0

// Framing: the same messages come out however the bytes are cut, and what
// breaks a rule is refused before memory is taken for it.

import GRPCTransport
import Testing

@Suite("Message framing") struct MessageDeframerTests {
    /// Feeds `chunks` one by one.
    private func messages(
        of chunks: [[UInt8]],
        limit: Int = 1 << 20,
        acceptsGzip: Bool = false
    ) -> (messages: [[UInt8]], refusal: GRPCStatus?, atBoundary: Bool) {
        var deframer = MessageDeframer(messageBytesMax: limit, budget: nil)
        deframer.acceptsPacked = acceptsGzip
        var found: [[UInt8]] = []
        for chunk in chunks {
            let refusal = chunk.withUnsafeBytes { bytes -> GRPCStatus? in
                var rest = bytes
                while true {
                    switch deframer.next(&rest) {
                    case .needsMore: return nil
                    case .failed(let status): return status
                    case .message(let message, _): found.append(Array(message))
                    case .compressed(let packed, _):
                        switch unpacked(packed, limit: limit) {
                        case .success(let message): found.append(message)
                        case .failure(let status): return status
                        }
                    }
                }
            }
            if let refusal { return (found, refusal, deframer.isAtBoundary) }
        }
        return (found, nil, deframer.isAtBoundary)
    }

    private func framed(_ message: [UInt8], flags: UInt8 = 0) -> [UInt8] {
        let count = UInt32(message.count)
        return [flags] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + message
    }

    @Test("Every cut of three messages gives the three messages")
    func everyCut() {
        let expected: [[UInt8]] = [[], Array(0..<7), [255]]
        let bytes = expected.flatMap { framed($0) }
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let chunks = [
                    Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...]),
                ]
                let result = messages(of: chunks)
                #expect(result.messages == expected)
                #expect(result.atBoundary)
            }
        }
    }

    @Test("One byte at a time")
    func singleBytes() {
        let expected: [[UInt8]] = (0..<20).map { Array(repeating: UInt8($0), count: $0 * 13) }
        let result = messages(of: expected.flatMap { framed($0) }.map { [$0] })
        #expect(result.messages == expected)
    }

    @Test("A stream that stops inside of a message is not at a boundary")
    func truncated() {
        let bytes = framed([1, 2, 3])
        for count in 1..<bytes.count {
            #expect(!messages(of: [Array(bytes[..<count])]).atBoundary)
        }
    }

    @Test("A message over the limit is refused by its prefix alone")
    func overLimit() {
        let result = messages(of: [[0, 255, 255, 255, 255]], limit: 1000)
        #expect(result.refusal?.code == .resourceExhausted)
        #expect(result.refusal?.message.contains("messageBytesMax") == true)
        #expect(result.refusal?.message.contains("4294967295") == true)
        #expect(
            messages(of: [framed(Array(repeating: 7, count: 1000))], limit: 1000).refusal == nil
        )
    }

    @Test("Compressed and unknown flags are refused")
    func flags() {
        #expect(messages(of: [[1, 0, 0, 0, 0]]).refusal?.code == .unimplemented)
        #expect(messages(of: [[2, 0, 0, 0, 0]]).refusal?.code == .internalError)
    }

    @Test("An announced length takes no memory until bytes arrive")
    func memoryFollowsBytes() {
        let budget = MemoryBudget(limit: 1 << 20)
        let account = BudgetAccount(budget)
        var deframer = MessageDeframer(messageBytesMax: 1 << 30, budget: account)
        let prefix: [UInt8] = [0, 0x20, 0, 0, 0]
        prefix.withUnsafeBytes { bytes in
            var rest = bytes
            _ = deframer.next(&rest)
        }
        #expect(budget.usedBytes == 0)
        let part = [UInt8](repeating: 1, count: 100_000)
        var refused = 0
        for _ in 0..<20 {
            part.withUnsafeBytes { bytes in
                var rest = bytes
                if case .failed(let status) = deframer.next(&rest) {
                    #expect(status.code == .unavailable)
                    refused += 1
                }
            }
        }
        #expect(refused > 0)
        #expect(account.usedBytes <= 1 << 20)
    }

    @Test("Kept storage is left alone by the next message")
    func keptStorage() throws {
        var deframer = MessageDeframer(messageBytesMax: 1 << 20, budget: nil)
        var kept: [MessageStorage] = []
        for value in UInt8(1)...3 {
            let bytes = framed([UInt8](repeating: value, count: 50))
            for part in [bytes[..<20], bytes[20...]] {
                Array(part).withUnsafeBytes { chunk in
                    var rest = chunk
                    if case .message(_, true) = deframer.next(&rest), let storage = deframer.storage
                    {
                        kept.append(storage)
                    }
                }
            }
        }
        try #require(kept.count == 3)
        for (index, storage) in kept.enumerated() {
            #expect(Array(storage.bytes) == [UInt8](repeating: UInt8(index + 1), count: 50))
        }
    }

    @Test("A message in storage ends where an aligned value may end")
    func alignedEnd() throws {
        var deframer = MessageDeframer(messageBytesMax: 1 << 20, budget: nil)
        for count in [7, 40_000, 16, 40_003, 1 << 18] {
            let bytes = framed((0..<count).map { UInt8($0 % 251) })
            for part in [Array(bytes[..<6]), Array(bytes[6...])] {
                part.withUnsafeBytes { chunk in
                    var rest = chunk
                    guard case .message(let message, true) = deframer.next(&rest) else { return }
                    #expect(message.elementsEqual(bytes[5...]))
                    let end = message.baseAddress.map { UInt(bitPattern: $0 + message.count) }
                    #expect(end.map { $0 % 16 } == 0)
                }
            }
            #expect(deframer.isAtBoundary)
        }
    }

    @Test("Idle storage is used again, and counts against no budget meanwhile")
    func pooledStorage() throws {
        let budget = MemoryBudget(limit: 1 << 20)
        let account = BudgetAccount(budget)
        let pool = StoragePool(countMax: 1, bytesMax: 1 << 20)
        var deframer = MessageDeframer(messageBytesMax: 1 << 20, budget: account, pool: pool)
        let bytes = framed([UInt8](repeating: 3, count: 50_000))
        func receive() -> UnsafeRawPointer? {
            for part in [bytes[..<20], bytes[20...]] {
                Array(part).withUnsafeBytes { chunk in
                    var rest = chunk
                    _ = deframer.next(&rest)
                }
            }
            return deframer.storage?.bytes.baseAddress
        }
        let first = receive()
        var kept = deframer.storage
        #expect(receive() != first)
        #expect(budget.usedBytes >= 100_000)
        if let storage = kept.take() { pool.giveBack(storage) }
        deframer.clear()
        #expect(budget.usedBytes == 0)
        #expect(receive() == first)
        #expect(account.usedBytes >= 50_000)
    }

    @Test("Idle storage that nobody has wanted for a while is let go, and no other")
    func unusedStorage() {
        let pool = StoragePool(countMax: 4, bytesMax: 1 << 20)
        let bytes = [UInt8](repeating: 3, count: 50_000)
        // Nobody else may have what is given back.
        func giveBack(_ made: consuming MessageStorage?) {
            if let storage = made.take() { pool.giveBack(storage) }
        }
        func filled() -> MessageStorage {
            let storage = MessageStorage()
            _ = bytes.withUnsafeBytes { storage.append($0, expected: $0.count) }
            return storage
        }
        func fill(_ count: Int) {
            for _ in 0..<count { giveBack(filled()) }
        }
        fill(3)
        #expect(pool.idleBytes == 150_000)
        pool.dropUnused()
        #expect(pool.idleBytes == 150_000)
        // One is used, and given back.
        giveBack(pool.take(for: nil))
        pool.dropUnused()
        #expect(pool.idleBytes == 50_000)
        pool.dropUnused()
        #expect(pool.idleBytes == 0)
        fill(1)
        pool.dropUnused()
        #expect(pool.idleBytes == 50_000)
    }

    @Test("Compressed and plain messages may be mixed, and cut anywhere")
    func gzip() throws {
        let expected: [[UInt8]] = [[], Array(0..<200), Array(repeating: 7, count: 200_000), [1]]
        var bytes: [UInt8] = []
        for message in expected { bytes += framed(try gzipped(message), flags: 1) + framed([9]) }
        let withPlain: [[UInt8]] = expected.flatMap { [$0, [9]] as [[UInt8]] }
        for size in [1, 7, 100, bytes.count] {
            let chunks = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            let result = messages(of: chunks, acceptsGzip: true)
            #expect(result.messages == withPlain)
            #expect(result.refusal == nil)
        }
    }

    @Test("A compressed message that unpacks to more than the limit is refused")
    func gzipBomb() throws {
        let packed = try gzipped(Array(repeating: 0, count: 1_000_001))
        #expect(packed.count < 2_000)
        let bytes = framed(packed, flags: 1)
        let refused = messages(of: [bytes], limit: 1_000_000, acceptsGzip: true).refusal
        #expect(refused?.code == .resourceExhausted)
        #expect(refused?.message.contains("messageBytesMax") == true)
        #expect(messages(of: [bytes], limit: 1_000_001, acceptsGzip: true).refusal == nil)
    }

    @Test("Damaged gzip is refused wherever it is damaged")
    func damagedGzip() throws {
        let packed = try gzipped(Array(0..<255))
        for count in 0..<packed.count {
            let cut = framed(Array(packed[..<count]), flags: 1)
            #expect(messages(of: [cut], acceptsGzip: true).refusal?.code == .invalidArgument)
        }
        for index in 12..<packed.count {
            var changed = packed
            changed[index] ^= 0x55
            let result = messages(of: [framed(changed, flags: 1)], acceptsGzip: true)
            #expect(result.refusal?.code == .invalidArgument)
        }
    }
}
