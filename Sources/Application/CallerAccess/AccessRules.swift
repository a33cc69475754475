// SPDX-License-Identifier: Apache-2.0

// The access file: roles of one's own, who has which, and how much each may take.

internal import Callers
internal import Documents
package import ServiceErrors
package import Turns
internal import VigieLimits

/// What somebody may, as files and claims say it.
package struct Grant: Sendable, Hashable {
    /// Names of roles.
    package var roles: [String]
    /// Patterns of models.
    package var models: [String]
    /// Calls a second; nil for any number.
    package var callsPerSecond: Int?
    /// Calls at once; nil for any number.
    package var callsAtOnce: Int?
    /// How calls weigh; nil where roles say.
    package var priority: TurnPriority?
    /// The role in policies of credit; nil for none. It is somebody's, and comes with no token.
    package var creditRole: String?

    /// Makes a grant.
    package init(roles: [String], models: [String] = ["*"]) {
        self.roles = roles
        self.models = models
    }

    /// Takes over how much somebody may take, how it weighs, and who he is to policies of credit.
    mutating func take(limitsOf other: Grant?) {
        callsPerSecond = other?.callsPerSecond
        callsAtOnce = other?.callsAtOnce
        priority = other?.priority
        creditRole = other?.creditRole
    }
}

/// What an access file says.
package struct AccessRules: Sendable {
    /// Roles by their names, those that are built in too.
    package private(set) var roles: [String: Role] = Dictionary(
        uniqueKeysWithValues: Role.builtIn.map { ($0.name, $0) }
    )
    /// What each identity may.
    package private(set) var identities: [String: Grant] = [:]
    /// Identities by the names of their certificates.
    package private(set) var certificates: [(pattern: String, identity: String)] = []
    /// What those may take whom `identities` does not name; their roles come from what they show.
    package private(set) var others: Grant?
    /// What callers may who show nothing; nil keeps them out unless the server lets them in.
    package private(set) var anonymous: Grant?

    /// No file: roles as they are built in, and nobody by name.
    package init() {}

    /// Reads an access file.
    ///
    /// - Parameters:
    ///   - json: Its content.
    ///   - path: Its name, for messages.
    /// - Throws: INVALID_ARGUMENT with all that is wrong.
    package init(json: [UInt8], path: String) throws(ServiceError) {
        let problems = ProblemList(file: path)
        let document = try AccessDocument.read(json, path)
        let file = DocumentReader(document, problems)
            .object(keys: ["roles", "identities", "others", "anonymous"])
        for (name, value) in file.optional("roles")?.dictionary() ?? [] {
            addRole(name, value, problems)
        }
        let keys = ["roles", "models", "calls_per_second", "calls_at_once", "priority"]
        for (name, value) in file.optional("identities")?.dictionary() ?? [] {
            let object = value.object(keys: keys + ["certificates", "credit_role"])
            var grant = grant(object)
            grant.creditRole = object.optional("credit_role").flatMap(Self.creditRole)
            if !TokenFile.isIdentity(name) {
                problems.add(value.path, TokenFile.identityForm + ".")
            }
            identities[name] = grant
            for each in object.optional("certificates")?.array(limit: AccessLimits.names) ?? [] {
                addCertificate(each.string(), each.path, of: name, problems)
            }
        }
        if identities.count > AccessLimits.identities {
            problems.add("identities", "are more than \(AccessLimits.identities).")
        }
        others = file.optional("others").map { grant($0.object(keys: keys), needsRoles: false) }
        anonymous = file.optional("anonymous").map { grant($0.object(keys: keys)) }
        try AccessDocument.check(problems)
    }

    private mutating func addRole(
        _ name: String,
        _ value: DocumentReader,
        _ problems: ProblemList
    ) {
        guard !Role.builtIn.contains(where: { $0.name == name }) else {
            return problems.add(value.path, "is a role that is built in; take another name.")
        }
        var methods: [String] = []
        let object = value.object(keys: ["methods", "priority"])
        for each in object.required("methods")?.array(limit: AccessLimits.names) ?? [] {
            let pattern = each.string()
            if !Role.isMethodPattern(pattern) {
                problems.add(
                    each.path,
                    "must be a method such as vigie.v1.ScoringService/ScoreRows, or "
                        + "vigie.v1.ScoringService/*, not \(quoted(pattern))."
                )
            }
            methods.append(pattern)
        }
        roles[name] = Role(name, methods: methods, priority: priority(object))
    }

    private func priority(_ object: ObjectReader) -> TurnPriority? {
        guard let value = object.optional("priority") else { return nil }
        let name = value.string()
        if let priority = TurnPriority(name: name) { return priority }
        value.problems.add(value.path, "must be low, normal or high, not \(quoted(name)).")
        return nil
    }

    private mutating func addCertificate(
        _ pattern: String,
        _ path: String,
        of identity: String,
        _ problems: ProblemList
    ) {
        if !CertificatePattern.isValid(pattern) {
            problems.add(path, CertificatePattern.form + ", not \(quoted(pattern)).")
        }
        if let other = certificates.first(where: { $0.pattern == pattern }) {
            problems.add(path, "is that of \(quoted(other.identity)) too.")
        }
        certificates.append((pattern, identity))
    }

    private func grant(_ object: ObjectReader, needsRoles: Bool = true) -> Grant {
        let roles = needsRoles ? object.required("roles") : object.optional("roles")
        var grant = Grant(roles: [])
        for each in roles?.array(limit: AccessLimits.names) ?? [] {
            let name = each.string()
            if self.roles[name] == nil {
                let names = self.roles.keys.sorted()
                let hint = NearestName.hint(names, to: name)
                each.problems.add(each.path, "is no role.\(hint)")
            }
            grant.roles.append(name)
        }
        if let models = object.optional("models") { grant.models = Self.patterns(models) }
        let range = 1...AccessLimits.calls
        grant.callsPerSecond = object.optional("calls_per_second")?.integer(range)
        grant.callsAtOnce = object.optional("calls_at_once")?.integer(range)
        grant.priority = priority(object)
        return grant
    }

    /// The name of a role of policies; which there are, each policy says for itself.
    private static func creditRole(_ value: DocumentReader) -> String? {
        let name = value.string()
        guard !name.isEmpty, name.utf8.count <= PolicyLimits.nameBytes else {
            value.problems.add(
                value.path,
                "must be the name of a role of policies, of 1 to \(PolicyLimits.nameBytes) bytes."
            )
            return nil
        }
        return name
    }

    /// Patterns of models.
    static func patterns(_ list: DocumentReader) -> [String] {
        list.array(limit: AccessLimits.names).map { each in
            let pattern = each.string()
            if !NamePatterns.isValid(pattern) {
                each.problems.add(
                    each.path,
                    "must be a model, or the beginning of models and a star, such as us-*."
                )
            }
            return pattern
        }
    }
}
