// SPDX-License-Identifier: Apache-2.0

// How a connection is secured: whom to trust, and what to show. From files or
// from memory.

internal import GRPCTransport

extension ScoringClientConfiguration {
    /// How the connection is secured: TLS 1.2 or 1.3, always with the server's certificate and name
    /// verified.
    public struct TLS: Sendable, Hashable {
        /// Where the certificates come from that are trusted to sign a server's.
        public struct Roots: Sendable, Hashable {
            /// Nil for the system's.
            let source: CertificateSource?

            /// The system's trusted certificates.
            public static let system = Roots(source: nil)

            /// A file of certificates in PEM form, and nothing else.
            ///
            /// - Parameter path: The file.
            /// - Returns: The roots.
            public static func file(_ path: String) -> Roots { Roots(source: .file(path)) }

            /// Certificates in PEM form, and nothing else.
            ///
            /// - Parameter text: One certificate or more.
            /// - Returns: The roots.
            public static func pem(_ text: String) -> Roots {
                Roots(source: .pem(Array(text.utf8)))
            }

            /// Certificates in DER form, and nothing else.
            ///
            /// - Parameter certificates: The bytes of each.
            /// - Returns: The roots.
            public static func der(_ certificates: [[UInt8]]) -> Roots {
                Roots(source: .der(certificates))
            }
        }

        /// A certificate that tells the server who the client is. The key is never printed.
        public struct ClientCertificate: Sendable, Hashable {
            let certificate: CertificateSource
            let key: CertificateSource

            private init(certificate: CertificateSource, key: CertificateSource) {
                self.certificate = certificate
                self.key = key
            }

            /// Names the files of a client certificate.
            ///
            /// - Parameters:
            ///   - certificateFile: File with the certificate and its chain, in PEM form.
            ///   - keyFile: File with the private key, in PEM form.
            public init(certificateFile: String, keyFile: String) {
                self.init(certificate: .file(certificateFile), key: .file(keyFile))
            }

            /// Takes a client certificate in PEM form, as a store of secrets gives it.
            ///
            /// - Parameters:
            ///   - certificatePEM: The certificate and its chain.
            ///   - keyPEM: The private key, not encrypted.
            public init(certificatePEM: String, keyPEM: String) {
                self.init(
                    certificate: .pem(Array(certificatePEM.utf8)),
                    key: .pem(Array(keyPEM.utf8))
                )
            }

            /// Takes a client certificate in DER form.
            ///
            /// - Parameters:
            ///   - certificatesDER: The certificate, then those of its chain.
            ///   - keyDER: The private key, not encrypted.
            public init(certificatesDER: [[UInt8]], keyDER: [UInt8]) {
                self.init(certificate: .der(certificatesDER), key: .der([keyDER]))
            }
        }

        /// Where the certificates come from that are trusted.
        public var roots: Roots

        /// The client's certificate; `nil` when the server does not ask for one.
        public var clientCertificate: ClientCertificate?

        /// The name that the server's certificate must carry; `nil` for the host.
        public var serverName: String?

        /// Describes how to secure a connection.
        ///
        /// - Parameters:
        ///   - roots: Where the certificates come from that are trusted.
        ///   - clientCertificate: The client's certificate, if any.
        ///   - serverName: The name that the server's certificate must carry; `nil` for the host.
        public init(
            roots: Roots = .system,
            clientCertificate: ClientCertificate? = nil,
            serverName: String? = nil
        ) {
            self.roots = roots
            self.clientCertificate = clientCertificate
            self.serverName = serverName
        }
    }
}

extension ScoringClientConfiguration.TLS.Roots: CustomStringConvertible, CustomReflectable {
    /// Where they come from.
    public var description: String { source.map(\.place) ?? "the system's" }

    /// Where they come from.
    public var customMirror: Mirror { Mirror(self, children: ["source": description]) }
}

extension ScoringClientConfiguration.TLS.ClientCertificate: CustomStringConvertible,
    CustomReflectable
{
    /// Where certificate and key come from.
    public var description: String { "\(certificate.place), key: \(key.place)" }

    /// Where certificate and key come from.
    public var customMirror: Mirror { Mirror(self, children: ["source": description]) }
}
