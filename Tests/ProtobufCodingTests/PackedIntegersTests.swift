// SPDX-License-Identifier: Apache-2.0

// Packs of integers: several bytes are taken at a time where they are there, and what comes out is
// what one byte after the other gives.

import ProtobufCoding
import Testing

@Suite struct PackedIntegersTests {
    /// As the specification has it; nil for bytes that are no integers.
    private static func naive(_ bytes: [UInt8]) -> [UInt64]? {
        var values: [UInt64] = []
        var (value, count): (UInt64, UInt64) = (0, 0)
        for byte in bytes {
            if count == 10 { return nil }
            value |= UInt64(byte & 0x7F) << (7 * count)
            count += 1
            guard byte < 0x80 else { continue }
            values.append(value)
            (value, count) = (0, 0)
        }
        return count == 0 ? values : nil
    }

    private static func read(_ bytes: [UInt8]) throws -> [UInt64] {
        let field: UInt32 = 1 << 3 | 2
        var writer = ProtobufWriter()
        writer.bytes(field, bytes)
        // What follows is no part of the pack.
        writer.append([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
        return try writer.contents.withUnsafeBytes { message in
            var reader = ProtobufReader(message)
            var values: [UInt64] = []
            _ = try reader.nextTag()
            try reader.uint64s(field, &values)
            _ = try reader.nextTag()
            #expect(try reader.uint64() == UInt64.max >> 1)
            #expect(!reader.hasMore)
            return values
        }
    }

    @Test func randomBytes() throws {
        var generator = SystemRandomNumberGenerator()
        var (good, bad) = (0, 0)
        for round in 0..<20_000 {
            // Mostly long integers, mostly short ones, or any.
            let odds = [2, 5, 9][round % 3]
            let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                UInt8.random(in: 0...127, using: &generator)
                    | (Int.random(in: 0..<10, using: &generator) < odds ? 0x80 : 0)
            }
            if let values = Self.naive(bytes) {
                #expect(try Self.read(bytes) == values, "\(bytes)")
                good += 1
            } else {
                #expect(throws: ProtobufError.self, "\(bytes)") { try Self.read(bytes) }
                bad += 1
            }
        }
        #expect(good > 1_000 && bad > 1_000)
    }

    @Test func eachLengthAtEachPlace() throws {
        for byteCount in 1...10 {
            let long = [UInt8](repeating: 0xFF, count: byteCount - 1) + [0x01]
            for before in 0...9 {
                for after in 0...9 {
                    let bytes =
                        [UInt8](repeating: 0x05, count: before) + long
                        + [UInt8](repeating: 0x7F, count: after)
                    #expect(try Self.read(bytes) == Self.naive(bytes))
                }
            }
        }
    }
}
