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
        guard TokenFile.isIdentity(identity), PersonIdentity.isPlain(identity) else {
            throw CommandFailure(
                .usage,
                "--identity must be a name of at most \(AccessLimits.identityBytes) bytes, "
                    + PersonIdentity.plainForm
            )
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

    /// Reads the file.
    func read() throws -> TokenFile {
        try TokenFile(json: AccessSettings.read(path), path: path)
    }

    /// What is there; nothing where there is no file yet.
    func readIfThere() throws -> TokenFile {
        access(path, F_OK) == 0 ? try read() : TokenFile()
    }

    /// Changes the file, which is made if it is not there. Another command that changes it waits.
    func change<Failure: Error>(_ change: (inout TokenFile) throws(Failure) -> Void) throws {
        let lock = try FileLock(of: path)
        defer { withExtendedLifetime(lock) {} }
        let exists = access(path, F_OK) == 0
        var tokens = try readIfThere()
        try change(&tokens)
        let file = try OutputFile(path, inputs: [])
        // Whose tokens there are concerns nobody else.
        if !exists { fchmod(file.descriptor, 0o600) }
        let bytes = Array(tokens.json.utf8)
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
