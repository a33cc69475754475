// SPDX-License-Identifier: Apache-2.0

// Why a client's handshake failed: from what it showed, from the alert that the
// server sent, and last from OpenSSL's own reason.

internal import COpenSSL

extension HandshakeFacts {
    /// The error of a handshake that failed; empties OpenSSL's queue of errors.
    func failure(of context: TLSContext, _ serverName: String) -> TLSError {
        let openSSL = OpenSSLFailure.take()
        if let rejection { return rejection.failure(serverName) }
        if isNotTLS { return notTLS }
        if let alert = openSSL?.alert { return self.failure(alert, context, serverName) }
        switch openSSL?.reason {
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_VERSION_TOO_LOW,
            SSL_R_VERSION_TOO_HIGH, SSL_R_NO_PROTOCOLS_AVAILABLE:
            return Self.noCommonVersion
        default:
            let why = openSSL.map { $0.text.isEmpty ? "" : ": \($0.text)" } ?? ""
            return TLSError(.handshakeFailed, .tlsFailed, "TLS failed\(why)")
        }
    }

    /// Why a server may have closed the connection without a word; nil when nothing tells.
    var silentFailure: TLSError? {
        if isNotTLS { return notTLS }
        guard isCertificateMissing else { return nil }
        return TLSError(
            .handshakeFailed,
            .clientCertificateRequired,
            "the server asked for a client certificate, got none and closed the connection"
        )
    }

    private var notTLS: TLSError {
        TLSError(.handshakeFailed, .notTLS, "it does not speak TLS: \(spoken)")
    }

    /// What an alert of the server means, by its number in RFC 8446.
    private func failure(
        _ alert: Int32,
        _ context: TLSContext,
        _ serverName: String
    ) -> TLSError {
        // A server of TLS 1.2 has no alert of its own for a certificate that is missing.
        let isAboutCertificate = alert == 40 || Self.aboutCertificates[alert] != nil
        if alert == 116 || (isCertificateMissing && isAboutCertificate) {
            return TLSError(
                .handshakeFailed,
                .clientCertificateRequired,
                "the server asks for a client certificate, and none was given"
            )
        }
        if context.hasCertificate, let why = Self.aboutCertificates[alert] {
            return TLSError(
                .handshakeFailed,
                .clientCertificateRefused,
                "the server does not accept the client's certificate: \(why)"
            )
        }
        switch alert {
        case 40, 71:
            return TLSError(
                .handshakeFailed,
                .noCommonTLS,
                "the server shares no cipher with this client, or refuses it"
            )
        case 70:
            return Self.noCommonVersion
        case 112:
            return TLSError(
                .handshakeFailed,
                .certificateNameMismatch,
                "the server does not go by the name \(serverName)"
            )
        case 120:
            return Self.noHTTP2
        default:
            let text = SSL_alert_desc_string_long(alert).map { String(cString: $0) }
            return TLSError(
                .handshakeFailed,
                .tlsFailed,
                "the server ended TLS with the alert \(text ?? "") (\(alert))"
            )
        }
    }

    /// Alerts about a certificate that the client showed.
    private static let aboutCertificates: [Int32: String] = [
        42: "it is damaged",
        43: "it is of a kind that the server does not take",
        44: "it was revoked",
        45: "it has expired",
        46: "the server does not say why",
        48: "the server does not know the authority that signed it",
        49: "its owner is not let in",
        51: "its signature is wrong",
    ]

    private static var noCommonVersion: TLSError {
        TLSError(
            .handshakeFailed,
            .noCommonTLS,
            "the server does not offer TLS 1.2 or 1.3"
        )
    }

    /// TLS is there, and HTTP/2 is not.
    static var noHTTP2: TLSError {
        TLSError(
            .handshakeFailed,
            .noHTTP2,
            "the server speaks TLS but not HTTP/2 (ALPN h2), which gRPC needs"
        )
    }

    /// What a server that does not speak TLS speaks.
    private var spoken: String {
        if firstBytes.starts(with: Array("HTTP/".utf8)) || firstBytes.first == UInt8(ascii: "<") {
            return "it answers in plain HTTP"
        }
        // The first frame of an HTTP/2 server is SETTINGS on stream 0: three bytes of length, 4.
        if firstBytes.count >= 9, firstBytes[3] == 4, firstBytes[5..<9].allSatisfy({ $0 == 0 }) {
            return "it speaks HTTP/2 without TLS"
        }
        let text = firstBytes.prefix { $0 >= 0x20 && $0 < 0x7F }
        guard text.count >= 4 else { return "its answer is of another protocol" }
        return "it answers \"\(String(decoding: text, as: UTF8.self))\""
    }
}

extension HandshakeFacts.Rejection {
    /// The error, with what the certificate says of itself.
    fileprivate func failure(_ serverName: String) -> TLSError {
        let (failure, text) = words(serverName)
        return TLSError(.certificateRejected, failure, text)
    }

    /// The server's own certificate, or that of an authority above it.
    private var whose: String {
        depth == 0
            ? "the server's certificate"
            : "the certificate of \"\(certificate.subject)\", which stands behind the server's,"
    }

    private func words(_ serverName: String) -> (ConnectionFailure, String) {
        switch reason {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return (.certificateExpired, "\(whose) expired on \(certificate.end.text)")
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return (
                .certificateNotYetValid, "\(whose) is not valid before \(certificate.begin.text)"
            )
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            let names = certificate.names.isEmpty ? "no name at all" : certificate.names
            return (
                .certificateNameMismatch,
                "the server's certificate is for \(names), not for \(serverName)"
            )
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return (
                .certificateAuthorityUnknown,
                "the server's certificate (\(certificate.subject)) is signed by itself and not "
                    + "trusted here"
            )
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return (
                .certificateAuthorityUnknown,
                "the server's certificate was signed by \"\(certificate.issuer)\", which is not "
                    + "trusted here"
            )
        default:
            let why = String(cString: X509_verify_cert_error_string(Int(reason)))
            return (.certificateRejected, "\(whose) is not accepted: \(why)")
        }
    }
}
