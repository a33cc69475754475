// SPDX-License-Identifier: Apache-2.0

// Reads certificates and keys out of PEM and DER, and says what a file is that
// is neither.

internal import COpenSSL

extension CertificateSource {
    /// All certificates, at least one.
    func certificates(_ what: String) throws(TLSError) -> [OwnedCertificate] {
        ERR_clear_error()
        if case .der(let parts) = self { return try Self.certificates(der: parts, what) }
        let bytes = Self.withoutMark(try pemBytes(what))
        guard let bio = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else {
            throw TLSError(.badConfiguration, "cannot read \(what) from \(place)")
        }
        defer { BIO_free(bio) }
        var found: [OwnedCertificate] = []
        while let certificate = PEM_read_bio_X509_AUX(bio, nil, refusePassphrase, nil) {
            found.append(OwnedCertificate(certificate))
        }
        let failure = OpenSSLFailure.take()
        // The end of the file is an error of PEM's too.
        if let failure, !failure.isEndOfPEM || found.isEmpty {
            guard failure.isEndOfPEM else {
                throw .unusable(
                    "certificate \(found.count + 1) of \(place) is damaged: \(failure.text)"
                )
            }
            throw .unusable("no certificate in \(place): \(Self.guess(bytes))")
        }
        return found
    }

    /// The private key.
    func privateKey() throws(TLSError) -> OwnedKey {
        ERR_clear_error()
        if case .der(let parts) = self { return try Self.privateKey(der: parts) }
        let bytes = Self.withoutMark(try pemBytes("the private key"))
        guard let bio = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else {
            throw TLSError(.badConfiguration, "cannot read the private key from \(place)")
        }
        defer { BIO_free(bio) }
        var isEncrypted = false
        let key = withUnsafeMutablePointer(to: &isEncrypted) {
            PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, $0)
        }
        if let key { return OwnedKey(key) }
        let failure = OpenSSLFailure.take()
        if isEncrypted {
            throw .unusable(
                "the private key in \(place) is encrypted, and no passphrase is ever asked for; "
                    + "write it without one with `openssl pkey -in FILE -out NEWFILE`, readable by "
                    + "its user only"
            )
        }
        // OpenSSL has one reason for a key that is damaged and for none at all.
        if Self.marks(bytes).contains(where: { $0.hasSuffix("PRIVATE KEY") }) {
            throw .unusable(
                "the private key in \(place) is damaged or of an unknown kind: "
                    + (failure?.text ?? "")
            )
        }
        throw .unusable("no private key in \(place): \(Self.guess(bytes))")
    }

    private static func certificates(
        der parts: [[UInt8]],
        _ what: String
    ) throws(TLSError) -> [OwnedCertificate] {
        var found: [OwnedCertificate] = []
        for part in parts {
            guard let certificate = certificate(der: part) else {
                throw TLSError(.badConfiguration, "certificate \(found.count + 1) is no DER")
            }
            found.append(OwnedCertificate(certificate))
        }
        guard !found.isEmpty else { throw .unusable("no DER bytes were given of \(what)") }
        return found
    }

    private static func certificate(der bytes: [UInt8]) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
    }

    private static func privateKey(der parts: [[UInt8]]) throws(TLSError) -> OwnedKey {
        let key = parts.first?.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_AutoPrivateKey(nil, &start, bytes.count)
        }
        guard parts.count == 1, let key else {
            throw TLSError(.badConfiguration, "the private key given is no DER")
        }
        return OwnedKey(key)
    }

    /// The bytes without the mark that some editors put before UTF-8.
    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// What the blocks of a PEM file say that they hold, such as `CERTIFICATE`.
    private static func marks(_ bytes: [UInt8]) -> Set<String> {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return Set(
            lines.filter { $0.hasPrefix("-----BEGIN ") }
                .map { String($0.dropFirst(11).prefix { $0 != "-" }) }
        )
    }

    /// What a file is that does not hold what it should, and what to do with it.
    private static func guess(_ bytes: [UInt8]) -> String {
        defer { ERR_clear_error() }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "it is UTF-16 text; save it as plain ASCII"
        }
        if bytes.first == 0x30 {
            if let certificate = certificate(der: bytes) {
                X509_free(certificate)
                return "it is a certificate in DER form; make PEM of it with "
                    + "`openssl x509 -inform der -in FILE -out NEWFILE`"
            }
            return "it is in DER or PKCS #12 form, not PEM; see `openssl pkcs12` and "
                + "`openssl pkey -inform der`"
        }
        let marks = marks(bytes)
        guard !marks.isEmpty else { return "it is not PEM: it has no line -----BEGIN ...-----" }
        if marks.contains(where: { $0.hasSuffix("PRIVATE KEY") }) {
            return "it holds a private key; are certificate and key swapped?"
        }
        if marks.contains(where: { $0.hasSuffix("CERTIFICATE") }) {
            return "it holds a certificate; are certificate and key swapped?"
        }
        return "it holds something else: \(marks.sorted().joined(separator: ", "))"
    }
}

extension OpenSSLFailure {
    /// Whether there is no further block of PEM.
    fileprivate var isEndOfPEM: Bool { library == ERR_LIB_PEM && reason == PEM_R_NO_START_LINE }
}

/// OpenSSL's question for a passphrase, which it would put to the terminal: nobody may sit there.
private func refusePassphrase(
    target: UnsafeMutablePointer<CChar>?,
    room: Int32,
    isWriting: Int32,
    argument: UnsafeMutableRawPointer?
) -> Int32 {
    argument?.assumingMemoryBound(to: Bool.self).pointee = true
    return -1
}
