// SPDX-License-Identifier: Apache-2.0

// Certificates, keys and protocol choices of one side, checked when made and
// shared by all its connections.

internal import COpenSSL
internal import Digests

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// An OpenSSL context: made once, then only read, by any thread.
package final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Whether there is a certificate to show.
    let hasCertificate: Bool
    /// Those of a server for other names, for as long as this one lives.
    private var others: [TLSContext] = []

    /// Reads a server's certificates and keys.
    package convenience init(server: ServerTLSConfiguration) throws(TLSError) {
        let pairs = try server.pairs()
        try self.init(server: server, certificate: pairs[0].0, key: pairs[0].1)
        for pair in pairs.dropFirst() {
            others.append(try TLSContext(server: server, certificate: pair.0, key: pair.1))
        }
        guard !others.isEmpty else { return }
        let argument = Unmanaged.passUnretained(self).toOpaque()
        vigie_ssl_ctx_set_server_name_callback(pointer, selectByName, argument)
    }

    /// Reads one certificate of a server and its key.
    private init(
        server: ServerTLSConfiguration,
        certificate: String,
        key: String
    ) throws(TLSError) {
        pointer = try Self.make(TLS_server_method(), isModernOnly: server.isModernOnly)
        hasCertificate = true
        try load(.file(certificate), key: .file(key))
        if let path = server.clientCAPath {
            for certificate in try trust(.file(path), "the authorities of clients") {
                SSL_CTX_add_client_CA(pointer, certificate.pointer)
            }
            let mode = server.isClientCertificateRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | mode, nil)
        }
        if server.allowsHTTP1 {
            SSL_CTX_set_alpn_select_cb(pointer, selectHTTP, nil)
        } else {
            SSL_CTX_set_alpn_select_cb(pointer, selectHTTP2, nil)
        }
        // Tickets resume sessions without any memory held for them here.
        _ = vigie_ssl_ctx_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
        let identity: [UInt8] = Array("vigie".utf8)
        SSL_CTX_set_session_id_context(pointer, identity, UInt32(identity.count))
    }

    /// Reads what a client trusts and shows.
    package init(client: ClientTLSConfiguration) throws(TLSError) {
        pointer = try Self.make(TLS_client_method())
        hasCertificate = client.certificate != nil && client.key != nil
        if let roots = client.roots {
            _ = try trust(roots, "the trusted authorities")
        } else if SSL_CTX_set_default_verify_paths(pointer) != 1 {
            throw TLSError(.badConfiguration, "the system's CA certificates cannot be read")
        }
        if let certificate = client.certificate, let key = client.key {
            try load(certificate, key: key)
        }
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, HandshakeFacts.noteRejection)
        if !hasCertificate {
            SSL_CTX_set_client_cert_cb(pointer, HandshakeFacts.noteRequest)
        }
        SSL_CTX_set_alpn_protos(pointer, http2Protocol, UInt32(http2Protocol.count))
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// The context whose certificate is for a name.
    fileprivate func context(for name: UnsafePointer<CChar>) -> TLSContext? {
        let length = strlen(name)
        // The first is for all that no other is for, and then need not be looked at.
        return others.first { other in
            guard let certificate = SSL_CTX_get0_certificate(other.pointer) else { return false }
            return X509_check_host(certificate, name, length, 0, nil) == 1
        }
    }

    private static func make(
        _ method: OpaquePointer?,
        isModernOnly: Bool = false
    ) throws(TLSError) -> OpaquePointer {
        OpenSSLLifetime.keep()
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else {
            throw TLSError(.badConfiguration, "OpenSSL gives no context")
        }
        let version = isModernOnly ? TLS1_3_VERSION : TLS1_2_VERSION
        _ = vigie_ssl_ctx_set_min_proto_version(context, version)
        _ = vigie_ssl_ctx_set_groups(context, "X25519:P-256:P-384")
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

    /// Trusts all certificates of a source, and returns them.
    private func trust(
        _ source: CertificateSource,
        _ what: String
    ) throws(TLSError) -> [OwnedCertificate] {
        let certificates = try source.certificates(what)
        for certificate in certificates {
            guard X509_STORE_add_cert(SSL_CTX_get_cert_store(pointer), certificate.pointer) == 1
            else {
                throw TLSError(.badConfiguration, "a certificate in \(source.place) is not usable")
            }
        }
        return certificates
    }

    /// Shows the first certificate of a source, with the others as its chain.
    private func load(
        _ source: CertificateSource,
        key keySource: CertificateSource
    ) throws(TLSError) {
        let certificates = try source.certificates("the certificate")
        for (index, certificate) in certificates.enumerated() {
            let result =
                index == 0
                ? Int(SSL_CTX_use_certificate(pointer, certificate.pointer))
                : SSL_CTX_ctrl(
                    pointer,
                    SSL_CTRL_CHAIN_CERT,
                    1,
                    UnsafeMutableRawPointer(certificate.pointer)
                )
            guard result == 1 else {
                throw TLSError(
                    .badConfiguration,
                    "certificate \(index + 1) of \(source.place) is not usable"
                )
            }
        }
        let key = try keySource.privateKey()
        // OpenSSL refuses a key that does not belong to the certificate.
        let isUsable = SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1
        guard isUsable, SSL_CTX_check_private_key(pointer) == 1 else {
            ERR_clear_error()
            throw .unusable(
                "the key in \(keySource.place) does not belong to the certificate in "
                    + "\(source.place)"
            )
        }
    }
}

/// HTTP/2 as ALPN writes it: a length, then the name.
let http2Protocol: [UInt8] = [2, 0x68, 0x32]

/// Shows the certificate for the name that a client asks for, where there is one.
private func selectByName(
    ssl: OpaquePointer?,
    alert: UnsafeMutablePointer<Int32>?,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let ssl, let argument, let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)
    else { return SSL_TLSEXT_ERR_OK }
    let context = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
    if let other = context.context(for: name) { SSL_set_SSL_CTX(ssl, other.pointer) }
    return SSL_TLSEXT_ERR_OK
}

/// Picks HTTP/2 among the protocols a client offers, or refuses the handshake.
private func selectHTTP2(
    ssl: OpaquePointer?,
    out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    outLength: UnsafeMutablePointer<UInt8>?,
    offered: UnsafePointer<UInt8>?,
    offeredLength: UInt32,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    select([http2Protocol], out, outLength, offered, offeredLength)
}

/// Picks HTTP/2, or else HTTP/1.1.
private func selectHTTP(
    ssl: OpaquePointer?,
    out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    outLength: UnsafeMutablePointer<UInt8>?,
    offered: UnsafePointer<UInt8>?,
    offeredLength: UInt32,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    select([http2Protocol, http1Protocol], out, outLength, offered, offeredLength)
}

/// HTTP/1.1 as ALPN writes it.
private let http1Protocol: [UInt8] = [8] + Array("http/1.1".utf8)

/// Picks the first of some protocols that a client offers.
private func select(
    _ wanted: [[UInt8]],
    _ out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ outLength: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?,
    _ offeredLength: UInt32
) -> Int32 {
    guard let offered, let out, let outLength else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    let all = UnsafeBufferPointer(start: offered, count: Int(offeredLength))
    for one in wanted {
        var index = 0
        while index < all.count {
            let end = index + 1 + Int(all[index])
            guard end <= all.count else { break }
            if all[index..<end].elementsEqual(one) {
                out.pointee = offered + index + 1
                outLength.pointee = all[index]
                return SSL_TLSEXT_ERR_OK
            }
            index = end
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
