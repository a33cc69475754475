// SPDX-License-Identifier: Apache-2.0

// SHA-256 of bytes that come in parts: what is read once need not be kept for it.

internal import COpenSSL
internal import Synchronization

/// A SHA-256 checksum that is made while bytes pass.
package final class RunningDigest: Sendable {
    /// Used under the lock only.
    private nonisolated(unsafe) let context: OpaquePointer?
    private let lock = Mutex(())

    /// Begins one of nothing yet.
    package init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    package func add(_ bytes: UnsafeRawBufferPointer) {
        lock.withLock { _ in _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
    }

    /// The checksum of all bytes so far, after which no more may come.
    package func finished() -> [UInt8] {
        lock.withLock { _ in
            [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
                let isMade = EVP_DigestFinal_ex(context, digest.baseAddress, nil) == 1
                count = isMade ? Int(SHA256_DIGEST_LENGTH) : 0
            }
        }
    }
}
