// SPDX-License-Identifier: Apache-2.0

// A private key together with its certificate, made with OpenSSL.

import COpenSSL
import Glibc

/// When a certificate begins and ends, in seconds from now.
package struct Validity: Sendable {
    package var begin: Int
    package var end: Int

    /// An hour back, since clocks differ; two days ahead, since tests are short.
    package static let good = Validity(begin: -3_600, end: 2 * 86_400)
    /// Over for an hour.
    package static let expired = Validity(begin: -86_400, end: -3_600)
    /// Begins in a day.
    package static let future = Validity(begin: 86_400, end: 2 * 86_400)

    /// Makes a validity.
    package init(begin: Int, end: Int) {
        self.begin = begin
        self.end = end
    }
}

/// A P-256 key and the X.509 certificate of its public half. Owns both.
final class CertifiedKey {
    private let key: OpaquePointer
    private let certificate: OpaquePointer

    private init(key: OpaquePointer, certificate: OpaquePointer) {
        self.key = key
        self.certificate = certificate
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    /// Makes a certification authority: a self-signed certificate that may sign
    /// others.
    static func authority(name: String, _ validity: Validity = .good) throws -> CertifiedKey {
        let made = try unsigned(name: name, validity)
        try made.setIssuer(made)
        try made.addExtension(NID_basic_constraints, "critical,CA:TRUE", issuer: made)
        try made.addExtension(NID_key_usage, "critical,keyCertSign,cRLSign", issuer: made)
        try made.addExtension(NID_subject_key_identifier, "hash", issuer: made)
        try made.sign(with: made)
        return made
    }

    /// Makes a key whose certificate this authority signs.
    ///
    /// - Parameters:
    ///   - name: Common name of the subject.
    ///   - usage: Extended key usage, such as `serverAuth`.
    ///   - alternativeNames: Subject alternative names in OpenSSL's notation.
    ///   - validity: When it begins and ends.
    func issue(
        name: String,
        usage: String,
        alternativeNames: String,
        _ validity: Validity = .good
    ) throws -> CertifiedKey {
        let made = try CertifiedKey.unsigned(name: name, validity)
        try made.setIssuer(self)
        try made.addExtension(NID_basic_constraints, "critical,CA:FALSE", issuer: self)
        try made.addExtension(NID_key_usage, "critical,digitalSignature", issuer: self)
        try made.addExtension(NID_ext_key_usage, usage, issuer: self)
        try made.addExtension(NID_subject_alt_name, alternativeNames, issuer: self)
        try made.addExtension(NID_subject_key_identifier, "hash", issuer: self)
        try made.addExtension(NID_authority_key_identifier, "keyid", issuer: self)
        try made.sign(with: self)
        return made
    }

    /// Writes the certificate as PEM.
    func writeCertificate(to path: String) throws {
        try withFile(path) { PEM_write_bio_X509($0, certificate) }
    }

    /// Writes the private key as PEM, readable by its owner only.
    func writeKey(to path: String) throws {
        try withFile(path) { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        try check(chmod(path, 0o600) == 0, "cannot restrict \(path)")
    }

    /// Writes the certificate as DER.
    func writeDERCertificate(to path: String) throws {
        try withFile(path) { i2d_X509_bio($0, certificate) }
    }

    /// Writes the private key as DER.
    func writeDERKey(to path: String) throws {
        try withFile(path) { i2d_PrivateKey_bio($0, key) }
    }

    /// Writes the private key as PEM, encrypted with a passphrase.
    func writeEncryptedKey(to path: String) throws {
        var passphrase = Array("passphrase".utf8)
        let count = Int32(passphrase.count)
        try withFile(path) {
            PEM_write_bio_PrivateKey(
                $0,
                key,
                EVP_aes_256_cbc(),
                &passphrase,
                count,
                nil,
                nil
            )
        }
    }

    private static func unsigned(name: String, _ validity: Validity) throws -> CertifiedKey {
        guard let certificate = X509_new() else { throw failure("no memory") }
        let made = CertifiedKey(key: try newKey(), certificate: certificate)
        try check(X509_set_version(certificate, 2) == 1, "cannot set the version")
        // Clients cache by issuer and serial number, so each is random.
        let serial = Int64.random(in: 1...Int64.max)
        try check(
            ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), serial) == 1,
            "cannot set the serial number"
        )
        X509_gmtime_adj(X509_getm_notBefore(certificate), validity.begin)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validity.end)
        try check(X509_set_pubkey(certificate, made.key) == 1, "cannot set the public key")
        let subject = X509_get_subject_name(certificate)
        try check(
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1,
            "cannot set the name"
        )
        return made
    }

    private static func newKey() throws -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else {
            throw failure("no elliptic curves")
        }
        defer { EVP_PKEY_CTX_free(context) }
        try check(EVP_PKEY_keygen_init(context) == 1, "cannot prepare a key")
        try check(
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            "cannot choose the curve"
        )
        var key: OpaquePointer?
        try check(EVP_PKEY_keygen(context, &key) == 1, "cannot make a key")
        guard let key else { throw failure("cannot make a key") }
        return key
    }

    private func setIssuer(_ issuer: CertifiedKey) throws {
        let name = X509_get_subject_name(issuer.certificate)
        try check(X509_set_issuer_name(certificate, name) == 1, "cannot set the issuer")
    }

    private func addExtension(_ kind: Int32, _ value: String, issuer: CertifiedKey) throws {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer.certificate, certificate, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
            throw failure("cannot make the extension \(value)")
        }
        defer { X509_EXTENSION_free(made) }
        try check(X509_add_ext(certificate, made, -1) == 1, "cannot add the extension \(value)")
    }

    private func sign(with issuer: CertifiedKey) throws {
        // The size of the signature, 0 when it failed.
        try check(X509_sign(certificate, issuer.key, EVP_sha256()) > 0, "cannot sign")
    }

    private func withFile(_ path: String, _ write: (OpaquePointer) -> Int32) throws {
        guard let file = BIO_new_file(path, "w") else { throw failure("cannot write \(path)") }
        defer { BIO_free(file) }
        try check(write(file) == 1, "cannot write \(path)")
    }
}

private func check(_ succeeded: Bool, _ message: String) throws {
    if !succeeded { throw failure(message) }
}

private func failure(_ message: String) -> TestCertificateError {
    TestCertificateError(message: "test certificates: \(message)")
}
