// SPDX-License-Identifier: Apache-2.0

// Reads the input as a file of access: behind a byte that says which, roles and who has them,
// tokens, or a set of keys. Rules that can be read are used; tokens that are written are read
// again.

import CallerAccess
import Callers
import ServiceErrors

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_access")
func fuzzAccess(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let choice = UnsafeBufferPointer(start: start, count: count).first else { return 0 }
    let json = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    do throws(ServiceError) {
        switch choice % 3 {
        case 0: use(try AccessRules(json: json, path: "access.json"))
        case 1: try use(TokenFile(json: json, path: "tokens.json"))
        default:
            _ = try ClaimsIssuer(
                json: json,
                path: "keys.json",
                issuer: "a",
                audience: "b",
                rolesClaim: "roles"
            )
        }
    } catch {
        precondition(!error.message.isEmpty, "an error that tells nothing")
    }
    return 0
}

private func use(_ rules: AccessRules) {
    var policy = AccessPolicy()
    policy.rules = rules
    policy.acceptsCertificates = true
    let paths = ["/vigie.v1.ScoringService/ScoreRows", "/vigie.v1.ModelService/ListModels"]
    let gate = AccessGate(policy: policy, paths: paths) { 1_750_000_000 }
    _ = gate.unknownMethods()
    // Names that the patterns stand for, if they are sound, and one that they do not.
    let patterns = rules.certificates.prefix(8).map(\.pattern)
    let names = patterns.map { $0.replacing("*", with: "a") } + ["dns:nobody.example"]
    let certificates = names.map { PeerCertificate(subject: "CN=a", names: [$0]) }
    for certificate in certificates + [nil] {
        do throws(CallRefusal) {
            let caller = try gate.caller(
                CallCredentials(certificate: certificate, authorization: [])
            )
            let isKnown = caller.identity.isEmpty || rules.identities[caller.identity] != nil
            precondition(isKnown || rules.certificates.isEmpty, "somebody whom nobody has named")
            _ = gate.refusal(of: caller, path: paths[0])
            _ = caller.models.match("us-listed-failure@1.0.0")
        } catch {
            precondition(!error.message.isEmpty, "a refusal without words")
        }
    }
}

private func use(_ file: TokenFile) throws(ServiceError) {
    let again = try TokenFile(json: Array(file.json.utf8), path: "tokens.json")
    precondition(again.tokens == file.tokens, "what was written reads otherwise")
}
