// SPDX-License-Identifier: Apache-2.0

// The reader held against one that is written as the specification is read: slowly, and with the
// bytes that are left as a list.

import ProtobufCoding
import Testing

@Suite struct NaiveFieldsTests {
    @Test func takesWhatTheNaiveOneTakes() {
        var random = SystemRandomNumberGenerator()
        var counts = [false: 0, true: 0]
        // Bytes from which fields are often made: tags of each wire type, short lengths.
        let usual: [UInt8] = [
            0, 1, 2, 3, 8, 9, 0x0A, 0x0B, 0x0C, 0x0D, 0x12, 0x13, 0x14, 0x1A, 0x80, 0x81, 0xFF,
        ]
        for _ in 0..<25_000 {
            let bytes = (0..<Int.random(in: 0..<14, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? usual[Int.random(in: usual.indices, using: &random)]
                    : .random(in: 0...255, using: &random)
            }
            // A message without fields knows none.
            let message = try? Vigie_Test_Empty(serializedBytes: bytes)
            let isSound = NaiveFields.areSound(bytes)
            #expect((message != nil) == isSound, "\(bytes)")
            counts[isSound, default: 0] += 1
        }
        #expect(counts.values.allSatisfy { $0 > 500 }, "\(counts)")
    }
}

/// Reads fields that nobody knows.
private struct NaiveFields {
    var left: [UInt8]

    /// Whether bytes are fields, one behind the other.
    static func areSound(_ bytes: [UInt8]) -> Bool {
        var fields = NaiveFields(left: bytes)
        while !fields.left.isEmpty {
            guard let (number, type) = fields.tag(), fields.skip(number, type) else { return false }
        }
        return true
    }

    private mutating func integer(bytesMaximum: Int = 10) -> UInt64? {
        var digits: [UInt8] = []
        repeat {
            guard let byte = left.first, digits.count < bytesMaximum else { return nil }
            digits.append(left.removeFirst())
            if byte < 128 { break }
        } while true
        return digits.reversed().reduce(0) { $0 << 7 | UInt64($1 & 127) }
    }

    private mutating func tag() -> (number: UInt64, type: UInt64)? {
        guard let value = integer(bytesMaximum: 5), value >= 8, value < 1 << 32 else { return nil }
        return (value / 8, value % 8)
    }

    private mutating func drop(_ count: UInt64) -> Bool {
        guard count <= left.count else { return false }
        left.removeFirst(Int(count))
        return true
    }

    private mutating func skip(_ number: UInt64, _ type: UInt64) -> Bool {
        switch type {
        case 0: return integer() != nil
        case 1: return drop(8)
        case 2: return integer().map { drop($0) } ?? false
        case 3:
            while let (inner, type) = tag() {
                if type == 4 { return inner == number }
                guard skip(inner, type) else { return false }
            }
            return false
        case 5: return drop(4)
        default: return false
        }
    }
}
