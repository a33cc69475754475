// SPDX-License-Identifier: Apache-2.0

// Whether bytes are UTF-8, however they are cut into pieces.

/// Checks a stream of bytes.
package struct UTF8Check: Sendable {
    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private var neededBytes = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Starts between two characters.
    package init() {}

    /// Whether no character is left open.
    package var isComplete: Bool { neededBytes == 0 }

    /// The place of the first byte that no UTF-8 text has there; nil when there is none.
    package mutating func firstFault(in bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        while index < bytes.count {
            if neededBytes == 0 {
                // Plain ASCII, which is nearly all there is, eight bytes at a time.
                while index + 8 <= bytes.count,
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & Self.highBits == 0
                {
                    index += 8
                }
                guard index < bytes.count else { return nil }
                guard begin(bytes[index]) else { return index }
            } else {
                guard allowed.contains(bytes[index]) else { return index }
                neededBytes -= 1
                allowed = 0x80...0xBF
            }
            index += 1
        }
        return nil
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x80: return true
        case 0xC2...0xDF: neededBytes = 1
        case 0xE0...0xEF: neededBytes = 2
        case 0xF0...0xF4: neededBytes = 3
        default: return false
        }
        switch byte {
        case 0xE0: allowed = 0xA0...0xBF
        case 0xED: allowed = 0x80...0x9F
        case 0xF0: allowed = 0x90...0xBF
        case 0xF4: allowed = 0x80...0x8F
        default: break
        }
        return true
    }
}
