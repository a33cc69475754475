// SPDX-License-Identifier: Apache-2.0

// Base 64 in its two alphabets (RFC 4648, 4 and 5), read as strictly as it is written.

/// A form of base 64.
package struct Base64: Sendable {
    /// The plain alphabet, padded to whole groups of four.
    package static let plain = Base64(last: "+/", isPadded: true)
    /// The alphabet for addresses, without padding (RFC 7515, 2).
    package static let addresses = Base64(last: "-_", isPadded: false)

    private let letters: [UInt8]
    private let values: [UInt8]
    private let isPadded: Bool

    private init(last: String, isPadded: Bool) {
        letters = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8
        )
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        self.values = values
        self.isPadded = isPadded
    }

    /// Bytes as text.
    package func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(letters[Int(bits >> UInt32(count) & 0x3F)])
            }
        }
        if count > 0 { text.append(letters[Int(bits << UInt32(6 - count) & 0x3F)]) }
        while isPadded, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil when it is not what `text` would make of any: another letter,
    /// other padding, a length that cannot be, or bits that are left over.
    package func bytes(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        guard !isPadded || text.count % 4 == 0 else { return nil }
        let paddings = isPadded ? text.suffix(2).reversed().prefix { $0 == 0x3D }.count : 0
        let text = text.dropLast(paddings)
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        var (bits, count) = (UInt32(0), 0)
        for letter in text {
            let value = values[Int(letter)]
            guard value < 64 else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        guard bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return bytes
    }
}
