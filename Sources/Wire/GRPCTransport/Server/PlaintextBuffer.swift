// SPDX-License-Identifier: Apache-2.0

// HTTP/2 frames of one turn before they are encrypted. One buffer serves all
// connections of an event loop, so idle connections hold none.

/// Reused memory for frames that are about to be encrypted.
final class PlaintextBuffer {
    /// Enough for 16 full TLS records; frames beyond wait for the next round.
    static let capacityBytes = 256 << 10

    private let base: UnsafeMutableRawPointer
    // Unchecked: see ServerSession.
    @exclusivity(unchecked) private(set) var count = 0

    init() {
        base = .allocate(byteCount: Self.capacityBytes, alignment: 64)
    }

    deinit {
        base.deallocate()
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
    var room: Int { Self.capacityBytes - count }

    func removeAll() {
        count = 0
    }

    /// Appends bytes that `room` has been checked for.
    func append(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress, source.count <= room else { return }
        (base + count).copyMemory(from: start, byteCount: source.count)
        count += source.count
    }

    /// Puts a number, its greatest byte first, in the place of four bytes.
    func replace(at offset: Int, with number: UInt32) {
        guard offset >= 0, offset + 4 <= count else { return }
        (base + offset).storeBytes(of: number.bigEndian, as: UInt32.self)
    }
}
