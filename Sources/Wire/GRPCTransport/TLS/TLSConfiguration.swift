// SPDX-License-Identifier: Apache-2.0

// What one side of TLS is given: whom it trusts, and what it shows.

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
    /// The CAs to trust; nil trusts the system's.
    package var roots: CertificateSource?
    /// The client's certificate and its chain.
    package var certificate: CertificateSource?
    /// The client's private key.
    package var key: CertificateSource?

    /// Makes a configuration.
    package init(
        roots: CertificateSource?,
        certificate: CertificateSource? = nil,
        key: CertificateSource? = nil
    ) {
        self.roots = roots
        self.certificate = certificate
        self.key = key
    }

    /// Makes a configuration of PEM files.
    package init(caPath: String? = nil, certificatePath: String? = nil, keyPath: String? = nil) {
        roots = caPath.map(CertificateSource.file)
        certificate = certificatePath.map(CertificateSource.file)
        key = keyPath.map(CertificateSource.file)
    }
}
