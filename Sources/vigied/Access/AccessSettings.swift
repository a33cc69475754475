// SPDX-License-Identifier: Apache-2.0

// Which files say who is let in. Without any, everybody is on loopback and nobody elsewhere: a
// server that others reach must be told so.

package import CallerAccess
package import CommandFiles
internal import Documents
internal import ProgramSettings
internal import ServiceErrors
internal import VigieLimits

/// Where it stands who is let in.
package struct AccessSettings: Sendable {
    private struct JWT: Sendable {
        let keysPath: String
        let issuer: String
        let audience: String
        let rolesClaim: String
    }

    private let tokensPath: String?
    private let rulesPath: String?
    private let jwt: JWT?
    private let acceptsCertificates: Bool
    private let acceptsAnonymous: Bool
    private let isAnonymousAllowed: Bool
    /// Whether proxies say who asks.
    private let asksProxies: Bool

    /// Takes the settings from their values.
    ///
    /// - Parameter listen: The addresses that are listened on, and whether only this machine can
    ///   reach them.
    /// - Throws: A bad configuration: settings that miss others, or an open door to everyone.
    init(
        _ values: SettingValues<SettingKey>,
        listen: [(address: String, isLoopback: Bool)]
    ) throws(CommandFailure) {
        tokensPath = values.optional(.tokens)
        rulesPath = values.optional(.access)
        acceptsCertificates = values.optional(.tlsClientCA) != nil
        jwt = try Self.jwt(values)
        asksProxies = values.optional(.webProxies) != nil
        let mustShow = tokensPath != nil || jwt != nil || acceptsCertificates || asksProxies
        isAnonymousAllowed = values.isOn(.allowAnonymous)
        let open = listen.first { !$0.isLoopback }
        acceptsAnonymous = isAnonymousAllowed || (open == nil && !mustShow)
        if !mustShow, !acceptsAnonymous, rulesPath == nil {
            throw CommandFailure(
                .badConfiguration,
                "\(open?.address ?? "the server") can be reached by others, and nothing says who "
                    + "of them is let in",
                hint: "give \(SettingKey.tokens.flag), \(SettingKey.tlsClientCA.flag) or "
                    + "\(SettingKey.jwtKeys.flag), or let in everyone with "
                    + SettingKey.allowAnonymous.flag
            )
        }
    }

    private static func jwt(_ values: SettingValues<SettingKey>) throws(CommandFailure) -> JWT? {
        let names: [SettingKey] = [.jwtKeys, .jwtIssuer, .jwtAudience]
        let given = names.filter { values.optional($0) != nil }
        if given.isEmpty { return nil }
        guard given.count == names.count else {
            let missing = names.filter { !given.contains($0) }.map(\.flag)
            throw CommandFailure(
                .badConfiguration,
                "\(given[0].flag) is given without \(missing.joined(separator: " and ")): a JWT "
                    + "counts only from a known issuer, for this server"
            )
        }
        return JWT(
            keysPath: values.text(.jwtKeys),
            issuer: values.text(.jwtIssuer),
            audience: values.text(.jwtAudience),
            rolesClaim: values.text(.jwtRolesClaim)
        )
    }

    /// Whether callers are told apart at all.
    package var tellsCallersApart: Bool {
        tokensPath != nil || rulesPath != nil || jwt != nil || acceptsCertificates
    }

    /// The files.
    package var paths: [String] { [tokensPath, rulesPath, jwt?.keysPath].compactMap(\.self) }

    /// Reads the files.
    ///
    /// - Throws: A bad configuration, with all that is wrong with the first file that is bad.
    package func policy() throws(CommandFailure) -> AccessPolicy {
        var policy = AccessPolicy()
        policy.acceptsCertificates = acceptsCertificates
        policy.acceptsAnonymous = acceptsAnonymous
        policy.rules = try rules()
        do throws(ServiceError) {
            if let tokensPath {
                policy.tokens = try TokenFile(json: Self.read(tokensPath), path: tokensPath)
            }
            policy.issuer = try issuer()
        } catch {
            throw CommandFailure(.badConfiguration, error.message)
        }
        if let words = Self.unknownRoles(policy).first {
            throw CommandFailure(.badConfiguration, words)
        }
        return policy
    }

    private func rules() throws(CommandFailure) -> AccessRules {
        var rules = AccessRules()
        if let rulesPath {
            do throws(ServiceError) {
                rules = try AccessRules(json: Self.read(rulesPath), path: rulesPath)
            } catch {
                throw CommandFailure(.badConfiguration, error.message)
            }
        }
        guard rules.anonymous != nil || acceptsAnonymous || tellsAnyoneApart else {
            throw CommandFailure(
                .badConfiguration,
                "\(rulesPath ?? "the access file") lets nobody in: there are no tokens, no JWT and "
                    + "no client CA, and it has no \"anonymous\""
            )
        }
        return rules
    }

    private func issuer() throws(ServiceError) -> ClaimsIssuer? {
        try jwt.map { (jwt) throws(ServiceError) in
            try ClaimsIssuer(
                json: Self.read(jwt.keysPath),
                path: jwt.keysPath,
                issuer: jwt.issuer,
                audience: jwt.audience,
                rolesClaim: jwt.rolesClaim
            )
        }
    }

    /// What a running server finds when it reads the files again.
    struct Reread {
        /// Who is let in from now on.
        var policy: AccessPolicy
        /// Files of which what was read before stays, with the reason.
        var stays: [String] = []
        /// Tokens, or all of them, that do not count, with the reason.
        var closed: [String] = []
    }

    /// Reads the files again, each by itself: a revocation counts, whatever is wrong with another
    /// file or another token. Of tokens, what cannot be read does not count: it may be what is left
    /// of one that was revoked.
    func reread(_ before: AccessPolicy) -> Reread {
        var read = Reread(policy: before)
        do throws(CommandFailure) { read.policy.rules = try rules() } catch {
            read.stays.append(error.message)
        }
        do throws(ServiceError) { read.policy.issuer = try issuer() } catch {
            read.stays.append(error.message)
        }
        guard let tokensPath else { return read }
        do throws(ServiceError) {
            let json = try Self.read(tokensPath)
            let (file, problems) = try TokenFile.readable(json: json, path: tokensPath)
            read.policy.tokens = file
            read.closed += problems + Self.unknownRoles(read.policy)
        } catch {
            read.policy.tokens = TokenFile()
            read.closed.append("\(error.message) No token counts until it can be read.")
        }
        return read
    }

    /// What the access file says to no purpose, or takes the purpose of.
    func warnings(_ policy: AccessPolicy) -> [String] {
        guard let rulesPath else { return [] }
        let rules = policy.rules
        var warnings: [String] = []
        if !rules.certificates.isEmpty, !acceptsCertificates {
            warnings.append(
                "\(rulesPath) lists certificates, and no client is asked for one without "
                    + SettingKey.tlsClientCA.flag
            )
        } else if !tellsAnyoneApart, !rules.identities.isEmpty || rules.others != nil {
            warnings.append(
                "\(rulesPath) names callers, and nobody can show who he is without "
                    + "\(SettingKey.tokens.flag), \(SettingKey.tlsClientCA.flag) or "
                    + SettingKey.jwtKeys.flag
            )
        }
        if isAnonymousAllowed, rules.anonymous != nil {
            warnings.append(
                "\(SettingKey.allowAnonymous.flag) does nothing where \(rulesPath) has "
                    + "\"anonymous\""
            )
        }
        return warnings
    }

    private var tellsAnyoneApart: Bool {
        tokensPath != nil || jwt != nil || acceptsCertificates || asksProxies
    }

    /// A token whose role is gone would silently open nothing.
    private static func unknownRoles(_ policy: AccessPolicy) -> [String] {
        (policy.tokens?.tokens ?? []).flatMap { token in
            token.grant.roles.filter { policy.rules.roles[$0] == nil }.map { role in
                "the token \(token.identifier) has the role \(quoted(role)), which there is not; "
                    + "roles are \(policy.rules.roles.keys.sorted().joined(separator: ", "))"
            }
        }
    }

    /// The bytes of a file of access.
    static func read(_ path: String) throws(ServiceError) -> [UInt8] {
        do {
            return try SmallFile.bytes(path: path, bytesMax: AccessLimits.fileBytes)
        } catch {
            throw ServiceError(.invalidArgument, "BAD_ACCESS_FILE", error.message)
        }
    }
}
