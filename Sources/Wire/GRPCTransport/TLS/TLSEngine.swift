// SPDX-License-Identifier: Apache-2.0

// One TLS connection without I/O: ciphertext in, plaintext out, and back. All
// of OpenSSL that is per connection is behind this type, so that another
// library can take its place.

internal import COpenSSL
internal import Callers
package import NIOCore

/// One TLS connection, bound to one thread.
package final class TLSEngine {
    /// What reading gave.
    package enum ReadResult {
        /// This many bytes of plaintext.
        case bytes(Int)
        /// Nothing until more ciphertext arrives.
        case needsMore
        /// The peer said goodbye.
        case closed
    }

    /// Ciphertext that waits to be sent.
    package private(set) var outbound: ByteBuffer
    /// Whether the handshake is over.
    package private(set) var isEstablished = false

    private let ssl: OpaquePointer
    private let bio: UnsafeMutablePointer<MemoryBIOState>
    private let allocator: ByteBufferAllocator
    private let context: TLSContext
    /// The name that the peer must prove; nil on the server's end.
    private var peerName: String?
    /// Whether nothing is encrypted.
    private var isPlain = false

    /// Most that OpenSSL adds to a record: header, IV, tag and padding.
    private static let recordOverheadBytes = 96
    private static let recordPlaintextBytes = 16 << 10

    /// Makes the server's end of a connection.
    package static func server(
        _ context: TLSContext,
        allocator: ByteBufferAllocator
    ) throws(TLSError) -> TLSEngine {
        let engine = try TLSEngine(context, allocator: allocator)
        SSL_set_accept_state(engine.ssl)
        return engine
    }

    /// Makes the client's end. The server must prove to be `serverName`, a
    /// host name or an IP address.
    package static func client(
        _ context: TLSContext,
        serverName: String,
        allocator: ByteBufferAllocator
    ) throws(TLSError) -> TLSEngine {
        let engine = try TLSEngine(context, allocator: allocator)
        engine.peerName = serverName
        SSL_set_connect_state(engine.ssl)
        let parameters = SSL_get0_param(engine.ssl)
        // An address is looked for among the certificate's addresses, not names.
        if X509_VERIFY_PARAM_set1_ip_asc(parameters, serverName) != 1 {
            ERR_clear_error()
            guard X509_VERIFY_PARAM_set1_host(parameters, serverName, 0) == 1,
                vigie_ssl_set_tlsext_host_name(engine.ssl, serverName) == 1
            else {
                throw TLSError(.badConfiguration, "\"\(serverName)\" is no usable server name")
            }
        }
        return engine
    }

    /// Makes the client's end of a connection without TLS, for what is on this machine.
    static func plain(
        _ context: TLSContext,
        allocator: ByteBufferAllocator
    ) throws(TLSError) -> TLSEngine {
        let engine = try TLSEngine(context, allocator: allocator)
        (engine.isPlain, engine.isEstablished) = (true, true)
        return engine
    }

    private init(_ context: TLSContext, allocator: ByteBufferAllocator) throws(TLSError) {
        ERR_clear_error()
        guard let ssl = SSL_new(context.pointer), let method = BIO_new(MemoryBIO.method) else {
            throw TLSError(.protocolFailure, "OpenSSL gives no connection")
        }
        self.context = context
        self.ssl = ssl
        self.allocator = allocator
        self.outbound = allocator.buffer(capacity: 0)
        bio = .allocate(capacity: 1)
        bio.initialize(to: MemoryBIOState())
        BIO_set_data(method, bio)
        SSL_set_bio(ssl, method, method)
    }

    deinit {
        SSL_free(ssl)
        bio.deinitialize(count: 1)
        bio.deallocate()
    }

    /// Takes all of `outbound`.
    package func takeOutbound() -> ByteBuffer {
        let taken = outbound
        outbound = allocator.buffer(capacity: 0)
        return taken
    }

    /// Runs `body` with ciphertext from the network. `body` calls `handshake`
    /// and `read` until they need more, when all of it has been used, or takes out what has not.
    package func withInbound<Result>(
        _ bytes: UnsafeRawBufferPointer,
        _ body: () throws -> Result
    ) rethrows -> Result {
        bio.pointee.inbound = bytes.bindMemory(to: UInt8.self).baseAddress
        bio.pointee.inboundCount = bytes.count
        if !isEstablished { bio.pointee.facts.noteFirst(bytes) }
        defer {
            bio.pointee.inbound = nil
            bio.pointee.inboundCount = 0
        }
        return try body()
    }

    /// Whether some of the ciphertext that `withInbound` was given has not been used.
    var hasUnused: Bool { bio.pointee.inboundCount > 0 }

    /// Takes the ciphertext that has not been used out, to be given again.
    func takeUnused() -> ByteBuffer {
        let count = bio.pointee.inboundCount
        let rest = UnsafeRawBufferPointer(start: bio.pointee.inbound, count: count)
        bio.pointee.inboundCount = 0
        var taken = allocator.buffer(capacity: count)
        taken.writeBytes(rest)
        return taken
    }

    /// Goes on with the handshake as far as the ciphertext allows.
    ///
    /// - Returns: whether the connection is established.
    package func handshake() throws(TLSError) -> Bool {
        if isEstablished { return true }
        let result = call(reservingBytes: 4 << 10) { SSL_do_handshake(ssl) }
        if result.value == 1 {
            isEstablished = true
            return true
        }
        if result.error == SSL_ERROR_WANT_READ { return false }
        if let peerName { throw bio.pointee.facts.failure(of: context, peerName) }
        let verification = SSL_get_verify_result(ssl)
        if verification != X509_V_OK {
            ERR_clear_error()
            let why = String(cString: X509_verify_cert_error_string(verification))
            let text = "the client's certificate is not accepted: \(why)"
            throw TLSError(.certificateRejected, .certificateRejected, text)
        }
        throw TLSError(.handshakeFailed, "TLS handshake failed")
    }

    /// Why a server may have closed a connection without a word; nil when nothing tells.
    var silentFailure: TLSError? { isPlain ? nil : bio.pointee.facts.silentFailure }

    /// Whether both sides agreed on HTTP/2.
    package var negotiatedHTTP2: Bool {
        if isPlain { return true }
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &length)
        return length == 2 && name?[0] == 0x68 && name?[1] == 0x32
    }

    /// What the peer proved; nil when it showed no certificate.
    var peerCertificate: PeerCertificate? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        let owned = OwnedCertificate(certificate)
        return PeerCertificate(
            subject: CertificateSummary(owned.pointer).subject,
            names: owned.names
        )
    }

    /// Decrypts into `target`, at most one record.
    package func read(into target: UnsafeMutableRawBufferPointer) throws(TLSError) -> ReadResult {
        if isPlain { return bio.pointee.take(into: target) }
        let result = call(reservingBytes: 0) {
            SSL_read(ssl, target.baseAddress, Int32(clamping: target.count))
        }
        if result.value > 0 { return .bytes(Int(result.value)) }
        switch result.error {
        case SSL_ERROR_WANT_READ: return .needsMore
        case SSL_ERROR_ZERO_RETURN: return .closed
        default:
            // A server that does not accept the client's certificate says so after the handshake.
            if let peerName { throw bio.pointee.facts.failure(of: context, peerName) }
            throw TLSError(.protocolFailure, "the peer sent a bad TLS record")
        }
    }

    /// Encrypts all of `bytes` behind `outbound`.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) {
        if isPlain { return _ = outbound.writeBytes(bytes) }
        var rest = bytes
        while !rest.isEmpty {
            let records = rest.count / Self.recordPlaintextBytes + 1
            let bound = rest.count + records * Self.recordOverheadBytes
            let source = rest
            let result = call(reservingBytes: bound) {
                SSL_write(ssl, source.baseAddress, Int32(clamping: source.count))
            }
            guard result.value > 0 else {
                throw TLSError(.protocolFailure, "TLS cannot write")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[Int(result.value)...])
        }
    }

    /// Says goodbye to the peer.
    package func close() {
        guard isEstablished, !isPlain else { return }
        _ = call(reservingBytes: Self.recordOverheadBytes) { SSL_shutdown(ssl) }
        ERR_clear_error()
    }

    /// Calls OpenSSL with room to write.
    private func call(
        reservingBytes: Int,
        _ function: () -> Int32
    ) -> (value: Int32, error: Int32) {
        ERR_clear_error()
        var value: Int32 = 0
        outbound.reserveCapacity(minimumWritableBytes: reservingBytes)
        outbound.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { target in
            bio.pointee.outbound = target.bindMemory(to: UInt8.self).baseAddress
            bio.pointee.outboundCapacity = target.count
            bio.pointee.outboundCount = 0
            value = function()
            bio.pointee.outbound = nil
            return bio.pointee.outboundCount
        }
        if !bio.pointee.unsent.isEmpty {
            outbound.writeBytes(bio.pointee.unsent)
            bio.pointee.unsent = []
        }
        return (value, value > 0 ? SSL_ERROR_NONE : SSL_get_error(ssl, value))
    }
}
