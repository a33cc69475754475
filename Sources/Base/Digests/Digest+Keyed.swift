// SPDX-License-Identifier: Apache-2.0

// Digests that only whoever has a key can make, and how they are compared.

internal import COpenSSL

extension Digest {
    /// HMAC of some bytes with SHA-256 (RFC 2104).
    package static func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            var length: UInt32 = 0
            let isMade =
                key.withUnsafeBytes { key in
                    bytes.withUnsafeBufferPointer { bytes in
                        HMAC(
                            EVP_sha256(),
                            key.baseAddress,
                            Int32(truncatingIfNeeded: key.count),
                            bytes.baseAddress,
                            bytes.count,
                            digest.baseAddress,
                            &length
                        )
                    }
                } != nil
            count = isMade ? Int(length) : 0
        }
    }

    /// Whether two texts of bytes are the same, in a time that does not tell where they differ.
    package static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
