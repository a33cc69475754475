// SPDX-License-Identifier: Apache-2.0

// Claims that somebody else has signed: JWT (RFC 7519) in the compact form of JWS (RFC 7515), held
// to the current practices of RFC 8725. What is not needed is not read; what is not understood is
// refused.

internal import Callers
internal import Digests
internal import Documents
package import ServiceErrors
internal import VigieLimits

/// Whose claims count.
package struct ClaimsIssuer: Sendable {
    private let keys: KeySet
    private let issuer: String
    private let audience: String
    private let rolesClaim: String

    /// Reads a set of keys.
    ///
    /// - Parameters:
    ///   - json: The content of the key set.
    ///   - path: Its name, for messages.
    ///   - issuer: What `iss` must be.
    ///   - audience: What `aud` must be, or have among others.
    ///   - rolesClaim: The claim that has the roles, as a list or as words.
    /// - Throws: INVALID_ARGUMENT with all that is wrong.
    package init(
        json: [UInt8],
        path: String,
        issuer: String,
        audience: String,
        rolesClaim: String
    ) throws(ServiceError) {
        let problems = ProblemList(file: path)
        keys = KeySet(document: DocumentReader(try AccessDocument.read(json, path), problems))
        try AccessDocument.check(problems)
        (self.issuer, self.audience, self.rolesClaim) = (issuer, audience, rolesClaim)
    }

    /// Verifies a JWT.
    ///
    /// - Parameter nowSeconds: Seconds since 1970.
    func claims(_ token: [UInt8], nowSeconds: Int64) throws(CallRefusal) -> SignedClaims {
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let headerBytes = Base64.addresses.bytes(parts[0]),
            let claimBytes = Base64.addresses.bytes(parts[1]),
            let signature = Base64.addresses.bytes(parts[2]),
            let header = Self.object(headerBytes), let claims = Self.object(claimBytes)
        else { throw .unauthenticated("MALFORMED_JWT", "is no JWT of three parts") }
        guard header["crit"] == nil else {
            throw .unauthenticated(
                "MALFORMED_JWT",
                "has critical headers (crit), which are not understood"
            )
        }
        guard let algorithm = header.text("alg").flatMap(SigningAlgorithm.init(rawValue:)) else {
            let names = SigningAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw .unauthenticated("ALGORITHM_NOT_ALLOWED", "must be signed with one of \(names)")
        }
        guard let key = keys.key(named: header.text("kid"), for: algorithm) else {
            throw .unauthenticated("UNKNOWN_KEY", "is signed with a key (kid) that is not known")
        }
        guard key.algorithm == algorithm else {
            throw .unauthenticated(
                "ALGORITHM_NOT_ALLOWED",
                "says \(algorithm.rawValue), but its key is for \(key.algorithm.rawValue)"
            )
        }
        let message = Array(token[..<(parts[1].endIndex)])
        guard key.verifies(signature, of: message) else {
            throw .unauthenticated("BAD_SIGNATURE", "has a signature that is not that of its key")
        }
        return try check(claims, nowSeconds)
    }

    /// Only what is signed gets here.
    private func check(
        _ claims: DocumentObject,
        _ nowSeconds: Int64
    ) throws(CallRefusal) -> SignedClaims {
        let leeway = AccessLimits.clockLeewaySeconds
        guard claims.text("iss") == issuer else {
            throw .unauthenticated("WRONG_ISSUER", "was not issued (iss) by whom it must be")
        }
        guard claims.texts("aud").contains(audience) else {
            throw .unauthenticated("WRONG_AUDIENCE", "is not for this server (aud)")
        }
        guard let end = claims.seconds("exp") else {
            throw .unauthenticated("MALFORMED_JWT", "does not say when it ends (exp)")
        }
        guard end > nowSeconds - leeway else {
            throw .unauthenticated("TOKEN_EXPIRED", "has expired (exp)")
        }
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let begin = claims.seconds(name) else {
                throw .unauthenticated("MALFORMED_JWT", "has no time in \(name)")
            }
            guard begin <= nowSeconds + leeway else {
                throw .unauthenticated("TOKEN_NOT_YET_VALID", "does not count yet (\(name))")
            }
        }
        guard let subject = claims.text("sub"), TokenFile.isIdentity(subject) else {
            throw .unauthenticated(
                "NO_SUBJECT",
                "does not say whose it is: sub \(TokenFile.identityForm)"
            )
        }
        let models = claims["models"] == nil ? ["*"] : claims.texts("models")
        return SignedClaims(
            subject: subject,
            roles: claims.texts(rolesClaim).flatMap {
                $0.split(separator: " ").map(String.init)
            },
            models: models.filter(NamePatterns.isValid),
            creditRole: claims.text("credit_role"),
            endSeconds: end + leeway
        )
    }

    private static func object(_ json: [UInt8]) -> DocumentObject? {
        guard
            case .object(let object)? = try? DocumentValue(
                json: json,
                depthLimit: AccessLimits.depth
            )
        else { return nil }
        return object
    }
}

/// What somebody may say of himself, since somebody else has signed it.
struct SignedClaims {
    let subject: String
    let roles: [String]
    let models: [String]
    /// His role in policies of credit; nil for none.
    let creditRole: String?
    /// When it ends, with the leeway for clocks, in seconds since 1970.
    let endSeconds: Int64
}

extension DocumentObject {
    /// A member that is a text.
    fileprivate func text(_ key: String) -> String? {
        if case .text(let text)? = self[key] { text } else { nil }
    }

    /// A member that is a text or a list of texts; what is no text is left out.
    fileprivate func texts(_ key: String) -> [String] {
        if let text = text(key) { return [text] }
        return (self[key]?.elements ?? []).prefix(AccessLimits.names).compactMap {
            if case .text(let text) = $0 { text } else { nil }
        }
    }

    /// A member that is a time, whole or not (RFC 7519, 2), in seconds since 1970.
    fileprivate func seconds(_ key: String) -> Int64? {
        guard case .number(let numbers)? = self[key], let number = numbers.doubles.first,
            number.isFinite, abs(number) < AccessLimits.secondsMagnitude
        else { return nil }
        return Int64(number.rounded(.down))
    }
}

extension CallRefusal {
    /// A token that does not count, and why.
    static func unauthenticated(_ reason: String, _ why: String) -> CallRefusal {
        CallRefusal(.unauthenticated, reason, "The token of the call \(why).")
    }
}
