// SPDX-License-Identifier: Apache-2.0

// Certificates that something is wrong with, each with an authority of its own.

/// A certificate and its key, as PEM files, with the authority that signed it.
package struct CertificateFiles: Sendable {
    /// Certificate of the authority.
    package let caPath: String
    /// The certificate.
    package let certificatePath: String
    /// Its private key.
    package let keyPath: String
}

extension TestCertificates {
    /// Makes a certificate in the directory.
    ///
    /// - Parameters:
    ///   - label: Beginning of the files' names.
    ///   - alternativeNames: Subject alternative names in OpenSSL's notation.
    ///   - usage: Extended key usage.
    ///   - validity: When the certificate begins and ends.
    ///   - authorityValidity: When that of the authority does.
    package func issue(
        _ label: String,
        alternativeNames: String = "DNS:localhost,IP:127.0.0.1",
        usage: String = "serverAuth",
        _ validity: Validity = .good,
        authorityValidity: Validity = .good
    ) throws -> CertificateFiles {
        let authority = try CertifiedKey.authority(name: "Authority of \(label)", authorityValidity)
        let issued = try authority.issue(
            name: label,
            usage: usage,
            alternativeNames: alternativeNames,
            validity
        )
        return try write(issued, authority, label)
    }

    /// Makes a certificate that is signed by itself and by no authority.
    package func issueSelfSigned(_ label: String) throws -> CertificateFiles {
        let made = try CertifiedKey.authority(name: label)
        return try write(made, made, label)
    }

    /// Makes a certificate in further forms: `LABEL.der`, `LABEL.key.der` and `LABEL.encrypted.key`
    /// beside those of `issue`.
    package func issueInAllForms(_ label: String) throws -> CertificateFiles {
        let authority = try CertifiedKey.authority(name: "Authority of \(label)")
        let issued = try authority.issue(
            name: label,
            usage: "clientAuth",
            alternativeNames: "DNS:\(label)"
        )
        try issued.writeDERCertificate(to: "\(directory)/\(label).der")
        try issued.writeDERKey(to: "\(directory)/\(label).key.der")
        try issued.writeEncryptedKey(to: "\(directory)/\(label).encrypted.key")
        return try write(issued, authority, label)
    }

    private func write(
        _ issued: CertifiedKey,
        _ authority: CertifiedKey,
        _ label: String
    ) throws -> CertificateFiles {
        let files = CertificateFiles(
            caPath: "\(directory)/\(label)-ca.pem",
            certificatePath: "\(directory)/\(label).pem",
            keyPath: "\(directory)/\(label).key"
        )
        try authority.writeCertificate(to: files.caPath)
        try issued.writeCertificate(to: files.certificatePath)
        try issued.writeKey(to: files.keyPath)
        return files
    }
}
