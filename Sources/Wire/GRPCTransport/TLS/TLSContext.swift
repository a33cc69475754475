// SPDX-License-Identifier: Apache-2.0

// Certificates, keys and protocol choices of one side, checked when made and
// shared by all its connections.

internal import COpenSSL

/// What a server shows and asks of its clients.
package struct ServerTLSConfiguration: Sendable {
    /// PEM file with the server's certificate and its chain.
    package var certificatePath: String
    /// PEM file with the private key.
    package var keyPath: String
    /// PEM file with the CAs whose clients are let in; nil lets all in.
    package var clientCAPath: String?

    /// Makes a configuration.
    package init(certificatePath: String, keyPath: String, clientCAPath: String? = nil) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        self.clientCAPath = clientCAPath
    }
}

/// What a client trusts and shows.
package struct ClientTLSConfiguration: Sendable {
    /// PEM file with the CAs to trust; nil trusts the system's.
    package var caPath: String?
    /// PEM file with the client's certificate and its chain.
    package var certificatePath: String?
    /// PEM file with the client's private key.
    package var keyPath: String?

    /// Makes a configuration.
    package init(caPath: String? = nil, certificatePath: String? = nil, keyPath: String? = nil) {
        self.caPath = caPath
        self.certificatePath = certificatePath
        self.keyPath = keyPath
    }
}

/// An OpenSSL context: made once, then only read, by any thread.
package final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Reads a server's certificate and key.
    package init(server: ServerTLSConfiguration) throws(TLSError) {
        pointer = try Self.make(TLS_server_method())
        try load(certificatePath: server.certificatePath, keyPath: server.keyPath)
        if let path = server.clientCAPath {
            try trust(path)
            SSL_CTX_set_client_CA_list(pointer, SSL_load_client_CA_file(path))
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        SSL_CTX_set_alpn_select_cb(pointer, selectHTTP2, nil)
        // Tickets resume sessions without any memory held for them here.
        _ = vigie_ssl_ctx_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
        let identity: [UInt8] = Array("vigie".utf8)
        SSL_CTX_set_session_id_context(pointer, identity, UInt32(identity.count))
    }

    /// Reads what a client trusts and shows.
    package init(client: ClientTLSConfiguration) throws(TLSError) {
        pointer = try Self.make(TLS_client_method())
        if let path = client.caPath {
            try trust(path)
        } else if SSL_CTX_set_default_verify_paths(pointer) != 1 {
            throw TLSError(.badConfiguration, "the system's CA certificates cannot be read")
        }
        if let certificatePath = client.certificatePath, let keyPath = client.keyPath {
            try load(certificatePath: certificatePath, keyPath: keyPath)
        }
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_alpn_protos(pointer, http2Protocol, UInt32(http2Protocol.count))
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    private static func make(_ method: OpaquePointer?) throws(TLSError) -> OpaquePointer {
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else {
            throw TLSError(.badConfiguration, "OpenSSL gives no context")
        }
        _ = vigie_ssl_ctx_set_min_proto_version(context, TLS1_2_VERSION)
        vigie_ssl_ctx_set_safe_options(context)
        // AES-128-GCM first: it costs two thirds of AES-256 and bulk is AES.
        SSL_CTX_set_ciphersuites(
            context,
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
        )
        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20")
        // Buffers of idle connections are given back: 34 kB for each.
        let mode = SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
        _ = vigie_ssl_ctx_set_mode(context, Int(mode | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        return context
    }

    private func trust(_ path: String) throws(TLSError) {
        guard SSL_CTX_load_verify_locations(pointer, path, nil) == 1 else {
            throw TLSError(.badConfiguration, "cannot read CA certificates from \(path)")
        }
    }

    private func load(certificatePath: String, keyPath: String) throws(TLSError) {
        guard SSL_CTX_use_certificate_chain_file(pointer, certificatePath) == 1 else {
            throw TLSError(.badConfiguration, "cannot read a certificate from \(certificatePath)")
        }
        guard SSL_CTX_use_PrivateKey_file(pointer, keyPath, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError(.badConfiguration, "cannot read a private key from \(keyPath)")
        }
        guard SSL_CTX_check_private_key(pointer) == 1 else {
            throw TLSError(
                .badConfiguration,
                "the key in \(keyPath) does not belong to the certificate in \(certificatePath)"
            )
        }
    }
}

/// HTTP/2 as ALPN writes it: a length, then the name.
let http2Protocol: [UInt8] = [2, 0x68, 0x32]

/// Picks HTTP/2 among the protocols a client offers, or refuses the handshake.
private func selectHTTP2(
    ssl: OpaquePointer?,
    out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    outLength: UnsafeMutablePointer<UInt8>?,
    offered: UnsafePointer<UInt8>?,
    offeredLength: UInt32,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let offered, let out, let outLength else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    var index = 0
    while index < Int(offeredLength) {
        let length = Int(offered[index])
        guard index + 1 + length <= Int(offeredLength) else { break }
        if length == 2, offered[index + 1] == 0x68, offered[index + 2] == 0x32 {
            out.pointee = offered + index + 1
            outLength.pointee = 2
            return SSL_TLSEXT_ERR_OK
        }
        index += 1 + length
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
