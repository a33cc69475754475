// SPDX-License-Identifier: Apache-2.0

// What a proxy may say behind the addresses, field by field (type, length, value). None of it is
// used; it is looked at since a header that is broken there is broken.

/// The fields of a header of the PROXY protocol.
enum ProxyHeaderFields {
    /// PP2_TYPE_CRC32C.
    private static let checksumType: UInt8 = 0x03
    private static let headBytes = 3
    private static let checksumBytes = 4

    /// What is wrong with the fields of a header; nil when nothing is.
    ///
    /// - Parameters:
    ///   - header: All of it, from index 0.
    ///   - start: Where its fields begin.
    static func problem(of header: ArraySlice<UInt8>, from start: Int) -> String? {
        var place = start
        var checksumPlace: Int?
        while place < header.count {
            guard header.count - place >= headBytes else { return "its last field has no length" }
            let length = Int(header[place + 1]) << 8 | Int(header[place + 2])
            let value = place + headBytes
            guard length <= header.count - value else { return "its last field is cut off" }
            if header[place] == checksumType {
                guard length == checksumBytes else {
                    return "its checksum has \(length) bytes and not \(checksumBytes)"
                }
                guard checksumPlace == nil else { return "it has two checksums" }
                checksumPlace = value
            }
            place = value + length
        }
        guard let checksumPlace else { return nil }
        let range = checksumPlace..<checksumPlace + checksumBytes
        let told = header[range].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        // It is that of the header with zeros in its place.
        var zeroed = header
        zeroed.replaceSubrange(range, with: repeatElement(0, count: checksumBytes))
        return checksum(zeroed) == told ? nil : "its checksum is wrong"
    }

    /// CRC-32C (RFC 3720, appendix B.4), bit by bit: headers are short, and few have one.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 {
                remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0)
            }
        }
        return ~remainder
    }
}
