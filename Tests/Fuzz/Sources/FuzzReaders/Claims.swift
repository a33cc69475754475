// SPDX-License-Identifier: Apache-2.0

// Reads the input as the header authorization of a call. A mutator cannot sign: so behind a byte
// other than 0 stand the claims of a JWT, or its header and its claims, which are signed here.

import COpenSSL
import CallerAccess
import Callers

private let issuer = "https://id.example.com/"

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_claims")
func fuzzClaims(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let choice = UnsafeBufferPointer(start: start, count: count).first else { return 0 }
    let rest = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let authorization: [UInt8]
    switch choice {
    case 0: authorization = rest
    case 1: authorization = bearer(header: Array(Signer.header.utf8), claims: rest)
    default:
        let length = min(Int(choice), rest.count)
        authorization = bearer(
            header: Array(rest[..<length]),
            claims: Array(rest[length...])
        )
    }
    let credentials = CallCredentials(certificate: nil, authorization: authorization)
    let (first, second) = (outcome(credentials), outcome(credentials))
    precondition(first == second, "two answers to one token")
    return 0
}

/// Who it is, or why nobody.
private func outcome(_ credentials: CallCredentials) -> String {
    do throws(CallRefusal) {
        let caller = try Signer.gate.caller(credentials)
        precondition((1...256).contains(caller.identity.utf8.count), "nobody was let in")
        precondition(
            caller.identity.unicodeScalars.allSatisfy { $0.value >= 0x20 },
            "an identity that breaks a line of the log"
        )
        guard let end = caller.endSeconds else { preconditionFailure("a claim without an end") }
        precondition(end > Signer.nowSeconds, "let in by a claim that is over")
        _ = caller.models.match("us-listed-failure@1")
        let refusal = Signer.gate.refusal(of: caller, path: Signer.paths[0])
        precondition(!refusal.message.isEmpty, "a refusal without words")
        return caller.identity
    } catch {
        precondition(!error.reason.isEmpty && !error.message.isEmpty, "a refusal without words")
        return error.reason
    }
}

private func bearer(header: [UInt8], claims: [UInt8]) -> [UInt8] {
    let message = base64(header) + [UInt8(ascii: ".")] + base64(claims)
    return Array("Bearer ".utf8) + message + [UInt8(ascii: ".")] + base64(Signer.signature(message))
}

/// Base 64 with the letters for addresses, without padding.
private func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let part = bytes[start..<min(start + 3, bytes.count)]
        let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
        text += (0...part.count).map { letters[bits >> (18 - 6 * $0) & 63] }
    }
    return text
}

/// A key, and the gate of whoever trusts it.
private enum Signer {
    static let header = #"{"alg":"EdDSA","kid":"a"}"#
    static let nowSeconds: Int64 = 1_750_000_000
    static let paths = ["/vigie.v1.ScoringService/ScoreRows"]

    nonisolated(unsafe) private static let key: OpaquePointer = {
        let secret = [UInt8](repeating: 7, count: 32)
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, 32) else {
            preconditionFailure("no key")
        }
        return key
    }()

    static let gate: AccessGate = {
        var point = [UInt8](repeating: 0, count: 32)
        var length = point.count
        precondition(EVP_PKEY_get_raw_public_key(key, &point, &length) == 1, "no public key")
        let x = String(decoding: base64(point), as: UTF8.self)
        let json = #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"\#(x)"}]}"#
        var policy = AccessPolicy()
        do {
            policy.issuer = try ClaimsIssuer(
                json: Array(json.utf8),
                path: "keys.json",
                issuer: issuer,
                audience: "vigie",
                rolesClaim: "roles"
            )
        } catch { preconditionFailure("no issuer: \(error)") }
        policy.tokens = TokenFile()
        return AccessGate(policy: policy, paths: paths) { nowSeconds }
    }()

    static func signature(_ message: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var (signature, length) = ([UInt8](repeating: 0, count: 64), 64)
        let isSigned =
            EVP_DigestSignInit(context, nil, nil, nil, key) == 1
            && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        precondition(isSigned, "no signature")
        return signature
    }
}
