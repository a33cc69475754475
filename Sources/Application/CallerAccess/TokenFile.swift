// SPDX-License-Identifier: Apache-2.0

// The file of tokens: what `vigied token` writes and the server reads.

internal import Documents
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// The tokens of a server.
package struct TokenFile: Sendable {
    /// In the order in which they were made.
    package private(set) var tokens: [AccessToken]

    /// Takes tokens.
    package init(tokens: [AccessToken] = []) {
        self.tokens = tokens
    }

    /// Adds a token behind the others.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when there are as many as may be.
    package mutating func add(_ token: AccessToken) throws(ServiceError) {
        guard tokens.count < AccessLimits.tokens else {
            throw ServiceError(
                .resourceExhausted,
                "LIMIT_EXCEEDED",
                "There are \(tokens.count) tokens; revoke those that are no longer used."
            )
        }
        tokens.append(token)
    }

    /// Reads a file.
    ///
    /// - Throws: INVALID_ARGUMENT with all that is wrong.
    package init(json: [UInt8], path: String) throws(ServiceError) {
        let problems: [String]
        (self, problems) = try Self.readable(json: json, path: path)
        guard problems.isEmpty else {
            throw AccessDocument.bad(problems.joined(separator: "\n  "))
        }
    }

    /// Reads what can be read of a file: what cannot is a token that does not count, and keeps no
    /// other, and no revocation, from it.
    ///
    /// - Returns: The tokens that can be read, and all that is wrong with the others, a sentence
    ///   each with its place.
    /// - Throws: INVALID_ARGUMENT when it is no JSON.
    package static func readable(
        json: [UInt8],
        path: String
    ) throws(ServiceError) -> (file: TokenFile, problems: [String]) {
        let all = ProblemList(file: path)
        let document = try AccessDocument.read(json, path)
        let list = DocumentReader(document, all).object(keys: ["tokens"]).required("tokens")
        var file = TokenFile()
        var seen: Set<String> = []
        var hashes: Set<String> = []
        for each in list?.array(limit: AccessLimits.tokens) ?? [] {
            // Of its own: how many there are in all is bounded, and what is wrong is not.
            let problems = ProblemList(file: path)
            let token = token(each.reporting(to: problems))
            if !seen.insert(token.identifier).inserted {
                problems.add(each.path, "has the id \(quoted(token.identifier)), as one before it.")
            }
            // Whoever revokes one of two would be called by the other.
            if !hashes.insert(token.sha256).inserted {
                problems.add(each.path, "is the same token as one before it, under another id.")
            }
            if problems.problems.isEmpty { file.tokens.append(token) }
            // By its id it can be revoked, whatever is wrong with it.
            let name = token.identifier.isEmpty ? "" : " The id is \(quoted(token.identifier))."
            for problem in problems.problems { all.add(problem.path, problem.message + name) }
        }
        return (file, all.problems.map(\.description))
    }

    private static func token(_ value: DocumentReader) -> AccessToken {
        let problems = value.problems
        let keys = ["id", "sha256", "identity", "roles", "models", "created", "expires"]
        let object = value.object(keys: keys)
        let sha256 = object.required("sha256")?.string() ?? ""
        let digits = "0123456789abcdef"
        if sha256.utf8.count != 64 || !sha256.allSatisfy(digits.contains) {
            problems.add(object.path(to: "sha256"), "must be 64 hexadecimal digits.")
        }
        let roles = object.required("roles")?.array(limit: AccessLimits.names) ?? []
        var grant = Grant(roles: roles.map { $0.string() })
        if let models = object.optional("models") { grant.models = AccessRules.patterns(models) }
        let identity = object.required("identity")?.string() ?? ""
        if !Self.isIdentity(identity) {
            problems.add(object.path(to: "identity"), Self.identityForm + ".")
        }
        func day(_ member: DocumentReader?) -> CalendarDate? {
            guard let member else { return nil }
            let day = CalendarDate(member.string())
            if day == nil { problems.add(member.path, "must be a date such as 2027-01-31.") }
            return day
        }
        return AccessToken(
            identifier: object.required("id")?.string() ?? "",
            sha256: sha256,
            identity: identity,
            grant: grant,
            created: day(object.required("created")) ?? .first,
            expires: day(object.optional("expires"))
        )
    }

    /// Whether a text can name somebody: it stands in logs, and where two have to agree.
    package static func isIdentity(_ text: String) -> Bool {
        text.utf8.count <= AccessLimits.identityBytes && PersonIdentity.isPlain(text)
    }

    /// What such a text looks like.
    package static let identityForm =
        "must be a name of at most \(AccessLimits.identityBytes) bytes, "
        + PersonIdentity.plainForm

    /// The file as it is written.
    package var json: String {
        let tokens = tokens.map { token in
            var members: [String: JSONValue] = [
                "id": .string(token.identifier), "sha256": .string(token.sha256),
                "identity": .string(token.identity),
                "roles": .array(token.grant.roles.map(JSONValue.string)),
                "models": .array(token.grant.models.map(JSONValue.string)),
                "created": .string(token.created.description),
            ]
            if let expires = token.expires { members["expires"] = .string(expires.description) }
            return JSONValue.object(members)
        }
        return JSONValue.object(["tokens": .array(tokens)]).text
    }
}
