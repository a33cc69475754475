// SPDX-License-Identifier: Apache-2.0

// OpenSSL takes itself apart when a process calls exit(), while other threads may be in the midst
// of a handshake: what they then look at is gone, and a command that had done its work ends with a
// signal. Memory of a process that ends need not be given back.

internal import COpenSSL

/// How long the system's OpenSSL works: as long as its process.
package enum OpenSSLLifetime {
    private static let isKept = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// Has it work until the process is gone. To be called before anything else of it: the first
    /// use of OpenSSL in a process decides.
    package static func keep() { _ = isKept }
}
