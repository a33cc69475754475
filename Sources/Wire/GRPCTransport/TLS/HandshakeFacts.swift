// SPDX-License-Identifier: Apache-2.0

// What a client's handshake shows while it runs: OpenSSL tells it in callbacks
// and has forgotten it by the time that it fails.

internal import COpenSSL
internal import VigieLimits

/// What the handshake of one connection has shown.
struct HandshakeFacts {
    /// A certificate of the server that was not accepted.
    struct Rejection {
        /// OpenSSL's reason, one of X509_V_ERR.
        let reason: Int32
        /// Place in the chain; 0 is the server's own.
        let depth: Int32
        let certificate: CertificateSummary
    }

    /// The certificate that was not accepted.
    var rejection: Rejection?
    /// Whether the server asked for a certificate and there was none to show.
    var isCertificateMissing = false
    /// The first bytes that the server sent.
    private(set) var firstBytes: [UInt8] = []

    /// As many as tell what other protocol it is.
    private static let firstBytesMax = ClientLimits.firstBytes

    /// Notes bytes that arrive before the connection is established.
    mutating func noteFirst(_ bytes: UnsafeRawBufferPointer) {
        let room = Self.firstBytesMax - firstBytes.count
        if room > 0 { firstBytes += bytes.prefix(room) }
    }

    /// Whether what arrived cannot be records of TLS, whose first bytes are a type from 20 to 24
    /// and a major version of 3.
    var isNotTLS: Bool {
        guard let first = firstBytes.first else { return false }
        return !(20...24).contains(first) || (firstBytes.count > 1 && firstBytes[1] != 3)
    }

    /// OpenSSL's question whether to go on with a certificate: noted when not, and never overruled.
    static let noteRejection: @convention(c) (Int32, OpaquePointer?) -> Int32 = { isGood, store in
        guard isGood != 1, let store else { return isGood }
        let index = SSL_get_ex_data_X509_STORE_CTX_idx()
        if let ssl = X509_STORE_CTX_get_ex_data(store, index),
            let state = state(of: OpaquePointer(ssl)),
            let certificate = X509_STORE_CTX_get_current_cert(store)
        {
            state.pointee.facts.rejection = Rejection(
                reason: X509_STORE_CTX_get_error(store),
                depth: X509_STORE_CTX_get_error_depth(store),
                certificate: CertificateSummary(certificate)
            )
        }
        return isGood
    }

    /// The server's question for a certificate, asked only when there is none to show.
    static let noteRequest:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?,
            UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32 = { ssl, _, _ in
            state(of: ssl)?.pointee.facts.isCertificateMissing = true
            return 0
        }

    private static func state(of ssl: OpaquePointer?) -> UnsafeMutablePointer<MemoryBIOState>? {
        BIO_get_data(SSL_get_rbio(ssl))?.assumingMemoryBound(to: MemoryBIOState.self)
    }
}
