// SPDX-License-Identifier: Apache-2.0

// A key of a key set (JWK, RFC 7517 and 7518), bound to the one algorithm it is for: a claim that
// names another with the same key is refused, whatever its signature.

internal import COpenSSL
internal import Digests
internal import Documents
internal import VigieLimits

/// Algorithms of signatures (RFC 7518, 3.1; RFC 8037).
enum SigningAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}

/// The public half of a key.
final class SigningKey: @unchecked Sendable {
    /// Its name; nil when the set gives none.
    let identifier: String?
    /// What it is for.
    let algorithm: SigningAlgorithm
    // Read by all threads, changed by none.
    private let pointer: OpaquePointer

    private init(identifier: String?, algorithm: SigningAlgorithm, pointer: OpaquePointer) {
        (self.identifier, self.algorithm, self.pointer) = (identifier, algorithm, pointer)
    }

    deinit { EVP_PKEY_free(pointer) }

    /// Whether a signature of this key belongs to a message.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        var signature = signature
        if algorithm == .es256 {
            guard signature.count == 64 else { return false }
            var encoded = [UInt8](repeating: 0, count: 72)
            let count = vigie_ecdsa_signature(signature, &encoded)
            signature = Array(encoded.prefix(count))
        }
        return vigie_verify(
            pointer,
            algorithm != .edDSA,
            algorithm == .ps256,
            signature,
            signature.count,
            message,
            message.count
        )
    }

    /// Reads a key of a set; nil, and a problem, when it cannot be used.
    init?(_ object: ObjectReader, at path: String) {
        let problems = object.problems
        if object.optional("d") != nil || object.optional("k") != nil {
            problems.add(
                path,
                "is a private key or a secret; the file must hold public keys only."
            )
            return nil
        }
        if let use = object.optional("use")?.string(), use != "sig" {
            problems.add(path, "is for \(quoted(use)), not for signatures (\"use\": \"sig\").")
            return nil
        }
        let kind = object.required("kty")?.string() ?? ""
        let named = object.optional("alg")?.string()
        var choices: [SigningAlgorithm] = []
        var pointer: OpaquePointer?
        switch (kind, object.optional("crv")?.string()) {
        case ("RSA", _):
            choices = [.rs256, .ps256]
            pointer = Self.rsa(object)
        case ("EC", "P-256"):
            choices = [.es256]
            pointer = Self.p256(object)
        case ("OKP", "Ed25519"):
            choices = [.edDSA]
            pointer = Self.ed25519(object)
        default:
            problems.add(path, "must be RSA, EC of P-256 or OKP of Ed25519.")
            return nil
        }
        ERR_clear_error()
        let algorithm = named.map { name in choices.first { $0.rawValue == name } } ?? choices[0]
        guard let pointer else {
            problems.add(path, "is no public key, or RSA of less than 2048 bits.")
            return nil
        }
        guard let algorithm else {
            EVP_PKEY_free(pointer)
            let names = choices.map(\.rawValue).joined(separator: " or ")
            problems.add(object.path(to: "alg"), "must be \(names) for this kind of key.")
            return nil
        }
        self.pointer = pointer
        self.algorithm = algorithm
        identifier = object.optional("kid")?.string()
    }

    private static func member(_ object: ObjectReader, _ name: String) -> [UInt8]? {
        object.required(name).flatMap { Base64.addresses.bytes(Array($0.string().utf8)) }
    }

    private static func rsa(_ object: ObjectReader) -> OpaquePointer? {
        guard let modulus = member(object, "n"), let exponent = member(object, "e"),
            modulus.count <= AccessLimits.keyBytes, exponent.count <= 8,
            let key = vigie_rsa_public_key(modulus, modulus.count, exponent, exponent.count)
        else { return nil }
        // NIST SP 800-131A: fewer bits are no longer enough. An even exponent, or 1, signs nothing.
        if EVP_PKEY_get_bits(key) >= 2048, let last = exponent.last, last & 1 == 1,
            exponent.drop(while: { $0 == 0 }) != [1]
        {
            return key
        }
        EVP_PKEY_free(key)
        return nil
    }

    private static func p256(_ object: ObjectReader) -> OpaquePointer? {
        guard let x = member(object, "x"), let y = member(object, "y"), x.count == 32,
            y.count == 32
        else { return nil }
        let point = [4] + x + y
        return vigie_p256_public_key(point, point.count)
    }

    private static func ed25519(_ object: ObjectReader) -> OpaquePointer? {
        guard let x = member(object, "x"), x.count == 32 else { return nil }
        return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, x, x.count)
    }
}

/// A set of keys (JWKS, RFC 7517, 5).
struct KeySet: Sendable {
    let keys: [SigningKey]

    init(document: DocumentReader) {
        // Members that are not known are to be passed over, in sets and in keys.
        let list = document.lenientObject().required("keys")?.array(limit: AccessLimits.keys) ?? []
        keys = list.compactMap { SigningKey($0.lenientObject(), at: $0.path) }
        if list.isEmpty { document.problems.add("keys", "has no key.") }
        var seen: Set<String> = []
        for case let name? in keys.map(\.identifier) where !seen.insert(name).inserted {
            document.problems.add("keys", "have the kid \(quoted(name)) twice.")
        }
    }

    /// The key of a name; without one, the only key of the algorithm.
    func key(named name: String?, for algorithm: SigningAlgorithm) -> SigningKey? {
        if let name { return keys.first { $0.identifier == name } }
        let fitting = keys.filter { $0.algorithm == algorithm }
        return fitting.count == 1 ? fitting[0] : nil
    }
}
