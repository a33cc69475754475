// SPDX-License-Identifier: Apache-2.0

// SHA-256, from the system's OpenSSL.

internal import COpenSSL

/// SHA-256 checksums.
package enum Digest {
    /// The checksum of some bytes.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            bytes.withUnsafeBufferPointer {
                _ = SHA256($0.baseAddress, $0.count, digest.baseAddress)
            }
            count = Int(SHA256_DIGEST_LENGTH)
        }
    }

    /// Bytes in lower-case hexadecimal.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }
}
