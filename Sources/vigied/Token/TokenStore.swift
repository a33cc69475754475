// SPDX-License-Identifier: Apache-2.0

// The file of tokens on disk: replaced as a whole, by one command at a time.

internal import CallerAccess
internal import Callers
internal import CommandFiles
internal import Documents
internal import Quantities
internal import ServiceErrors
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Checks what a token is made of.
enum Issue {
    static func grant(
        roles: [String],
        models: [String],
        identity: String,
        accessPath: String?
    ) throws -> Grant {
        guard TokenFile.isIdentity(identity) else {
            throw CommandFailure(.usage, "--identity \(TokenFile.identityForm)")
        }
        for model in models where !NamePatterns.isValid(model) {
            throw CommandFailure(.usage, "--model \"\(model)\" has a star before its end")
        }
        let rules = try accessPath.map { try AccessRules(json: AccessSettings.read($0), path: $0) }
        let known = (rules ?? AccessRules()).roles.keys.sorted()
        for role in roles where !known.contains(role) {
            throw CommandFailure(
                .usage,
                "--role: there is no role \(quoted(role)); roles are "
                    + known.joined(separator: ", "),
                hint: rules == nil ? "name an access file that has others with --access" : nil
            )
        }
        return Grant(
            roles: roles.isEmpty ? [Role.score.name] : roles,
            models: models.isEmpty ? ["*"] : models
        )
    }

    static func end(_ today: CalendarDate, days: Int?) throws(CommandFailure) -> CalendarDate? {
        guard let days else { return nil }
        guard days > 0, days < 1_000_000,
            let end = CalendarDate(dayNumber: Int(today.dayNumber) + days)
        else { throw CommandFailure(.usage, "--days must be from 1 to 999999") }
        return end
    }
}

/// The file of tokens.
struct TokenStore {
    let path: String

    /// The bytes of the file.
    func bytes() throws -> [UInt8] {
        guard access(path, F_OK) == 0 else {
            throw CommandFailure(.cannotOpenInput, "cannot open \(path): \(errorText(errno))")
        }
        return try AccessSettings.read(path)
    }

    /// What is there; nothing where there is no file yet.
    func readIfThere() throws -> TokenFile {
        access(path, F_OK) == 0 ? try TokenFile(json: bytes(), path: path) : TokenFile()
    }

    /// Adds a token to the file, which is made if it is not there.
    func add(_ token: AccessToken) throws {
        try locked {
            var tokens = try readIfThere()
            try tokens.add(token)
            try replace(with: Array(tokens.json.utf8))
        }
    }

    /// Takes tokens out of the file.
    func revoke(_ identifiers: [String]) throws -> TokenRevocation {
        // Before the lock, which is a file beside this one: where there is none, none is made.
        _ = try bytes()
        return try locked {
            let revocation = try TokenRevocation(of: identifiers, in: bytes(), path: path)
            if revocation.missing.isEmpty { try replace(with: revocation.json) }
            return revocation
        }
    }

    /// Changes the file while another command that does waits.
    private func locked<Value>(_ change: () throws -> Value) throws -> Value {
        let lock = try FileLock(of: path)
        defer { withExtendedLifetime(lock) {} }
        return try change()
    }

    /// Puts other bytes in the place of the file, as a whole.
    private func replace(with bytes: [UInt8]) throws {
        let exists = access(path, F_OK) == 0
        let file = try OutputFile(path, inputs: [])
        // Whose tokens there are concerns nobody else.
        if !exists { fchmod(file.descriptor, 0o600) }
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                write(file.descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw CommandFailure(.inputOutputError, "cannot write \(path)")
            }
            start += count
        }
        try file.commit()
    }
}
