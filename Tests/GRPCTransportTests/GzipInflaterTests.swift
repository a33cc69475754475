// SPDX-License-Identifier: Apache-2.0

// Slices of unpacking: the same message however it is sliced, and no slice that takes or
// makes more than it may.

import GRPCTransport
import Testing

@Suite("Unpacking in slices") struct GzipInflaterTests {
    @Test("Any slices give the same message", arguments: [1, 7, 1_000, 40_000, 1 << 20])
    func anySlices(takenBytesMax: Int) throws {
        let message = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let packed = try gzipped(message)
        let result = packed.withUnsafeBytes {
            unpacked($0, limit: 1 << 20, takenBytesMax: takenBytesMax, madeBytesMax: 10_000)
        }
        #expect(try result.get() == message)
    }

    @Test("Bytes that unpack to nothing end a slice as well")
    func emptyBlocks() {
        // Gzip's header, then stored blocks without a byte.
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        let blocks = (0..<100_000).flatMap { _ in [0, 0, 0, 0xFF, 0xFF] as [UInt8] }
        (header + blocks).withUnsafeBytes { packed in
            let limit = MessageLimit("messageBytesMax", bytes: 1 << 20)
            let inflater = GzipInflater(packed, limit: limit, budget: nil)
            var slices = 0
            while case .unfinished = inflater?.inflate(takenBytesMax: 10_000, madeBytesMax: 1_000) {
                slices += 1
            }
            #expect(slices >= 50)
            #expect(inflater?.target.count == 0)
        }
    }

    @Test("A length that lies is found out", arguments: [0, 1, 99_999, 100_001, UInt32.max])
    func lyingLength(length: UInt32) throws {
        var packed = try gzipped([UInt8](repeating: 5, count: 100_000))
        for index in 0..<4 {
            packed[packed.count - 4 + index] = UInt8(truncatingIfNeeded: length >> (8 * index))
        }
        let result = packed.withUnsafeBytes { unpacked($0, limit: 1 << 20) }
        #expect(throws: GRPCStatus.self) { try result.get() }
    }

    @Test("Memory is charged as it comes, and given back")
    func chargesMemory() throws {
        let budget = MemoryBudget(limit: 8 << 20)
        let account = BudgetAccount(budget)
        let packed = try gzipped([UInt8](repeating: 0, count: 6 << 20))
        packed.withUnsafeBytes { bytes in
            let limit = MessageLimit("messageBytesMax", bytes: 64 << 20)
            let inflater = GzipInflater(bytes, limit: limit, budget: account)
            #expect(account.usedBytes < 100_000)
            _ = inflater?.inflate(takenBytesMax: 1 << 20, madeBytesMax: 1 << 20)
            let used = account.usedBytes
            #expect(used >= 1 << 20 && used <= 3 << 20)
            var last = GzipInflater.Progress.unfinished
            while case .unfinished = last, let inflater {
                last = inflater.inflate(takenBytesMax: 1 << 20, madeBytesMax: 1 << 20)
            }
            if case .finished = last { return }
            // 6 MiB need no more than 8: what is announced caps the doubling.
            Issue.record("\(last)")
        }
        #expect(account.usedBytes == 0)
        let more = try gzipped([UInt8](repeating: 0, count: 12 << 20))
        let refused = more.withUnsafeBytes { bytes -> GRPCStatus? in
            let limit = MessageLimit("messageBytesMax", bytes: 64 << 20)
            let inflater = GzipInflater(bytes, limit: limit, budget: account)
            let progress = inflater?.inflate(takenBytesMax: 1 << 20, madeBytesMax: 64 << 20)
            if case .failed(let status) = progress { return status }
            return nil
        }
        #expect(refused?.code == .unavailable)
        #expect(budget.usedBytes == 0)
    }
}
