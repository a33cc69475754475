// SPDX-License-Identifier: Apache-2.0

// XXH64 by Yann Collet, as its specification (doc/xxhash_spec.md, version 0.1.1) says it. It finds
// damage; whoever can write the files can write their checksums.

/// Checksums of bytes.
package enum Checksum {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9,
        0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
    )

    /// XXH64 of some bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        var place = 0
        var sum = seed &+ primes.4
        if bytes.count >= 32 {
            (sum, place) = stripes(bytes, seed)
        }
        sum &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            sum ^= round(0, load(bytes, place))
            sum = rotate(sum, 27) &* primes.0 &+ primes.3
            place += 8
        }
        if place + 4 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            sum ^= UInt64(UInt32(littleEndian: word)) &* primes.0
            sum = rotate(sum, 23) &* primes.1 &+ primes.2
            place += 4
        }
        while place < bytes.count {
            sum ^= UInt64(bytes[place]) &* primes.4
            sum = rotate(sum, 11) &* primes.0
            place += 1
        }
        sum = (sum ^ sum >> 33) &* primes.1
        sum = (sum ^ sum >> 29) &* primes.2
        return sum ^ sum >> 32
    }

    /// The sum of all whole stripes of 32 bytes, and where they end.
    private static func stripes(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> (UInt64, Int) {
        var (a, b) = (seed &+ primes.0 &+ primes.1, seed &+ primes.1)
        var (c, d) = (seed, seed &- primes.0)
        var place = 0
        while place + 32 <= bytes.count {
            a = round(a, load(bytes, place))
            b = round(b, load(bytes, place + 8))
            c = round(c, load(bytes, place + 16))
            d = round(d, load(bytes, place + 24))
            place += 32
        }
        var sum = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
        for lane in [a, b, c, d] {
            sum = (sum ^ round(0, lane)) &* primes.0 &+ primes.3
        }
        return (sum, place)
    }

    private static func load(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    private static func round(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        rotate(sum &+ word &* primes.1, 31) &* primes.0
    }

    private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }
}
