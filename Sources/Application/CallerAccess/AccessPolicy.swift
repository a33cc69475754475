// SPDX-License-Identifier: Apache-2.0

// Who gets in, and as whom. A token decides where one is shown, even if there is a certificate too;
// then the certificate; then whether strangers are let in.

internal import Callers
internal import Quantities
internal import VigieLimits

/// All that is known of callers, as it was read at one time.
package struct AccessPolicy: Sendable {
    /// Roles, and who has them.
    package var rules = AccessRules()
    /// Tokens; nil when there is no file of them.
    package var tokens: TokenFile?
    /// Whose claims count; nil for nobody's.
    package var issuer: ClaimsIssuer?
    /// Whether a certificate that TLS accepts is enough to be let in.
    package var acceptsCertificates = false
    /// Whether callers are let in who show nothing.
    package var acceptsAnonymous = false

    /// Nobody is let in.
    package init() {}

    /// Who calls, and until when that counts.
    struct Found {
        let identity: String
        let grant: Grant
        var endSeconds: Int64?
    }

    /// Finds out who calls.
    func caller(
        _ credentials: CallCredentials,
        tokensByDigest: [String: AccessToken],
        nowSeconds: Int64
    ) throws(CallRefusal) -> Found {
        if !credentials.authorization.isEmpty {
            let token = try Self.bearer(credentials.authorization)
            return try find(token, tokensByDigest, nowSeconds)
        }
        // The certificate of such a connection is the proxy's.
        if let identity = credentials.vouchedIdentity { return try find(vouched: identity) }
        if acceptsCertificates, let certificate = credentials.certificate {
            return try find(certificate)
        }
        if let grant = rules.anonymous { return Found(identity: "", grant: grant) }
        if acceptsAnonymous {
            return Found(identity: "", grant: Grant(roles: [Role.operate.name]))
        }
        let ways = [
            tokens != nil || issuer != nil ? "the header authorization: Bearer TOKEN" : nil,
            acceptsCertificates ? "a client certificate" : nil,
        ].compactMap(\.self)
        throw CallRefusal(
            .unauthenticated,
            "NO_CREDENTIALS",
            "This server must know who calls; show \(ways.joined(separator: " or "))."
        )
    }

    /// The token of the header, whose scheme is the same in any case (RFC 9110, 11.1).
    private static func bearer(_ header: [UInt8]) throws(CallRefusal) -> [UInt8] {
        let scheme = Array("bearer ".utf8)
        guard header.count > scheme.count,
            zip(header, scheme).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
        else {
            throw CallRefusal(
                .unauthenticated,
                "NO_BEARER_TOKEN",
                "The header authorization must be Bearer and a token."
            )
        }
        return Array(header[scheme.count...].drop { $0 == 0x20 })
    }

    private func find(
        _ token: [UInt8],
        _ tokensByDigest: [String: AccessToken],
        _ nowSeconds: Int64
    ) throws(CallRefusal) -> Found {
        if token.starts(with: AccessToken.prefix.utf8) || issuer == nil {
            guard let known = tokensByDigest[AccessToken.digest(token)] else {
                throw .unauthenticated("UNKNOWN_TOKEN", "is not known; it may have been revoked")
            }
            if let end = known.endSeconds, end <= nowSeconds {
                throw CallRefusal(
                    .unauthenticated,
                    "TOKEN_EXPIRED",
                    "The token \(known.identifier) of \"\(known.identity.shown)\" has expired."
                )
            }
            var limits = rules.others
            if let own = rules.identities[known.identity] {
                limits = Grant(roles: [])
                limits?.callsPerSecond = own.callsPerSecond ?? rules.others?.callsPerSecond
                limits?.callsAtOnce = own.callsAtOnce ?? rules.others?.callsAtOnce
                limits?.priority = own.priority ?? rules.others?.priority
                limits?.creditRole = own.creditRole
            }
            var grant = known.grant
            grant.take(limitsOf: limits)
            return Found(identity: known.identity, grant: grant, endSeconds: known.endSeconds)
        }
        guard let issuer else { throw .unauthenticated("UNKNOWN_TOKEN", "is not known") }
        let claims = try issuer.claims(token, nowSeconds: nowSeconds)
        // What the file says of somebody stands above what he brings.
        var others = Grant(roles: claims.roles, models: claims.models)
        others.take(limitsOf: rules.others)
        others.creditRole = claims.creditRole
        let grant = rules.identities[claims.subject] ?? others
        return Found(identity: claims.subject, grant: grant, endSeconds: claims.endSeconds)
    }

    /// Whom a proxy names: somebody of the access file, for only that says what he may.
    private func find(vouched identity: String) throws(CallRefusal) -> Found {
        guard let grant = rules.identities[identity] else {
            throw CallRefusal(
                .permissionDenied,
                "IDENTITY_NOT_LISTED",
                "The proxy says that \"\(identity.shown)\" asks, whom the access file does not "
                    + "name among its identities."
            )
        }
        return Found(identity: identity, grant: grant)
    }

    private func find(_ certificate: PeerCertificate) throws(CallRefusal) -> Found {
        if rules.certificates.isEmpty {
            let name = certificate.names.first ?? "subject:\(certificate.subject)"
            return Found(identity: name, grant: Grant(roles: [Role.operate.name]))
        }
        let listed = rules.certificates.first {
            CertificatePattern.matches($0.pattern, certificate)
        }
        guard let listed, let grant = rules.identities[listed.identity] else {
            let names =
                certificate.names.isEmpty
                ? "subject:\(certificate.subject)" : certificate.names.joined(separator: ", ")
            throw CallRefusal(
                .permissionDenied,
                "CERTIFICATE_NOT_LISTED",
                "None of the names of the client's certificate is in the access file: "
                    + "\(names.prefix(AccessLimits.shownNameBytes))."
            )
        }
        return Found(identity: listed.identity, grant: grant)
    }
}

extension AccessToken {
    /// When it no longer counts, in seconds since 1970.
    package var endSeconds: Int64? { expires.map { (Int64($0.dayNumber) + 1) * 86_400 } }
}

extension String {
    /// A text of a file or a claim, for a message.
    var shown: String { String(unicodeScalars.prefix(AccessLimits.identityBytes)) }
}
