// SPDX-License-Identifier: Apache-2.0

import Documents
import Synchronization
import Testing

struct ByteSourceTests {
    /// A source that gives at most `piece` bytes at a time.
    private func source(_ content: [UInt8], piece: Int) -> ByteSource {
        let position = Mutex(0)
        return ByteSource(name: "test", totalBytes: nil) { buffer in
            position.withLock { position in
                let count = min(buffer.count, piece, content.count - position)
                buffer.copyBytes(from: content[position..<(position + count)])
                position += count
                return count
            }
        }
    }

    @Test(arguments: [1, 7, 4_096, 100_000])
    func theStartIsWhatWasAskedForOrAllThereIs(piece: Int) throws {
        let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for count in [0, 1, 4_095, 4_096, 4_097, 8_192, 9_999, 10_000, 10_001, 50_000] {
            let read = source(content, piece: piece)
            #expect(try read.start(count: count) == Array(content.prefix(count)))
            // Nothing more was taken out of it.
            #expect(try read.start(count: 20_000) == Array(content.dropFirst(count)))
        }
    }

    @Test func aLimitFarAboveWhatThereIsCostsNoMemory() throws {
        let largest = Mutex(0)
        let inner = source([1, 2, 3], piece: 3)
        let watched = ByteSource(name: "test", totalBytes: nil) { buffer throws(InputError) in
            largest.withLock { $0 = max($0, buffer.count) }
            return try inner.read(buffer)
        }
        #expect(try watched.start(count: 1 << 24) == [1, 2, 3])
        #expect(largest.withLock { $0 } < 1 << 14)
    }

    @Test func anErrorIsThatOfTheSource() {
        let broken = ByteSource(name: "test", totalBytes: nil) { _ throws(InputError) in
            throw InputError(.content, "cannot be read")
        }
        #expect(throws: InputError.self) { try broken.start(count: 10) }
    }
}
