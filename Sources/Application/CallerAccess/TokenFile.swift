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

    /// Takes a token away.
    ///
    /// - Returns: Whether there was one.
    package mutating func remove(_ identifier: String) -> Bool {
        let count = tokens.count
        tokens.removeAll { $0.identifier == identifier }
        return tokens.count < count
    }

    /// Reads a file.
    ///
    /// - Throws: INVALID_ARGUMENT with all that is wrong.
    package init(json: [UInt8], path: String) throws(ServiceError) {
        let problems = ProblemList(file: path)
        let document = try AccessDocument.read(json, path)
        let list = DocumentReader(document, problems).object(keys: ["tokens"]).required("tokens")
        tokens = []
        for each in list?.array(limit: AccessLimits.tokens) ?? [] {
            tokens.append(Self.token(each, problems))
        }
        var seen: Set<String> = []
        for token in tokens where !seen.insert(token.identifier).inserted {
            problems.add("tokens", "have the id \(quoted(token.identifier)) twice.")
        }
        try AccessDocument.check(problems)
    }

    private static func token(_ value: DocumentReader, _ problems: ProblemList) -> AccessToken {
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
            problems.add(object.path(to: "identity"), Self.identityForm)
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

    /// Whether a text can name somebody: it stands in logs.
    package static func isIdentity(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= AccessLimits.identityBytes
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// What such a text looks like.
    package static let identityForm =
        "must be a name of at most \(AccessLimits.identityBytes) bytes without control characters."

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
