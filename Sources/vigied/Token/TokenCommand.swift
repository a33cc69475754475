// SPDX-License-Identifier: Apache-2.0

// vigied token: makes, lists and revokes the tokens of a file, which a running server notices.

internal import ArgumentParser
internal import CallerAccess
internal import CommandFiles
internal import Documents
internal import Quantities
internal import VigieApplication

/// Tokens of callers.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke the tokens of callers.",
        discussion: """
            The file is that of `vigied serve --tokens`. It keeps what tokens hash to, so that \
            nobody who reads it can call; the token itself is shown once, when it is made.
            """,
        subcommands: [TokenIssueCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
    )
}

/// The file of tokens, which all commands of `token` name.
struct TokenFileOption: ParsableArguments {
    @Option(
        name: .customLong("tokens"),
        help: ArgumentHelp("The file of tokens.", valueName: "file"),
        completion: .file()
    )
    var path: String
}

/// Makes a token.
struct TokenIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Make a token and print it, this once.",
        discussion: """
            ROLES
            \(Role.builtIn.map { "  \($0.name)\n      \($0.meaning)" }.joined(separator: "\n"))

            EXAMPLE
              vigied token issue --tokens tokens.json --identity crm --role score --days 365
            """
    )

    @OptionGroup var file: TokenFileOption

    @Option(help: ArgumentHelp("Whose it is; stands in the log.", valueName: "name"))
    var identity: String

    @Option(
        name: .customLong("role"),
        help: ArgumentHelp(
            "What he may: \(Role.builtIn.map(\.name).joined(separator: ", ")), or a role of the "
                + "access file. Can be given several times. (default: score)",
            valueName: "role"
        )
    )
    var roles: [String] = []

    @Option(
        name: .customLong("access"),
        help: ArgumentHelp("The access file of the server, for its roles.", valueName: "file"),
        completion: .file()
    )
    var accessPath: String?

    @Option(
        name: .customLong("model"),
        help: ArgumentHelp(
            "A model that he may use, or the beginning of several and a star. Can be given several "
                + "times. (default: all)",
            valueName: "pattern"
        )
    )
    var models: [String] = []

    @Option(help: ArgumentHelp("Days until it ends. (default: it does not)", valueName: "count"))
    var days: Int?

    func run() async throws {
        try await CommandFailure.reporting {
            let today = CalendarDate(secondsSince1970: SystemClock.now())
            let grant = try Issue.grant(
                roles: roles,
                models: models,
                identity: identity,
                accessPath: accessPath
            )
            let made = try AccessToken.make(
                identity: identity,
                grant: grant,
                created: today,
                expires: try Issue.end(today, days: days)
            )
            // Nothing is shown of a token that the file cannot take.
            _ = try TokenStore(path: file.path).readIfThere()
            // Before it is kept: a token that nobody has seen is not to be kept. And alone on the
            // output, since it is mostly put into a file.
            try printOutput(made.text)
            try TokenStore(path: file.path).add(made.token)
            printError("vigied: the token \(made.token.identifier) of \"\(identity)\" is made.")
        }
    }
}

/// Lists tokens.
struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens: whose they are, what for, until when.",
        discussion: """
            Those that cannot be read open nothing. They are told on the standard error, and the \
            command ends with \(CommandStatus.badConfiguration.rawValue).
            """
    )

    @OptionGroup var file: TokenFileOption

    func run() async throws {
        try await CommandFailure.reporting {
            let (tokens, problems) = try TokenFile.readable(
                json: TokenStore(path: file.path).bytes(),
                path: file.path
            )
            var rows = [["ID", "CREATED", "EXPIRES", "IDENTITY", "ROLES", "MODELS"]]
            rows += tokens.tokens.map { token in
                [
                    token.identifier, token.created.description,
                    token.expires?.description ?? "never", token.identity,
                    token.grant.roles.joined(separator: ","),
                    token.grant.models.joined(separator: ","),
                ]
            }
            let widths = rows[0].indices.map { column in
                rows.reduce(0) { max($0, $1[column].count) }
            }
            let lines = rows.map { row in
                let cells = zip(row, widths).map { cell, width in
                    cell + String(repeating: " ", count: width - cell.count)
                }
                return cells.joined(separator: "  ")
            }
            try printOutput(lines.joined(separator: "\n"))
            guard problems.isEmpty else {
                throw CommandFailure(.badConfiguration, unreadable(problems))
            }
        }
    }
}

/// What is wrong with tokens that are left out, for people.
private func unreadable(_ problems: [String]) -> String {
    "what cannot be read of the tokens opens nothing; mend it, or revoke it by its id:"
        + problems.map { "\n  \($0)" }.joined()
}

/// Revokes a token.
struct TokenRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take tokens out of the file: they count no more once the server has read it.",
        discussion: """
            All else of the file stays as it is. What of it cannot be read keeps no token from \
            being revoked, and is told.
            """
    )

    @OptionGroup var file: TokenFileOption

    @Argument(help: ArgumentHelp("The ids of tokens, as `list` shows them.", valueName: "id"))
    var identifiers: [String]

    func run() async throws {
        try await CommandFailure.reporting {
            let done = try TokenStore(path: file.path).revoke(identifiers)
            if let identifier = done.missing.first {
                throw CommandFailure(
                    .usage,
                    "there is no token \(quoted(identifier)) in \(file.path); none was revoked"
                )
            }
            printError("vigied: revoked \(identifiers.joined(separator: ", ")).")
            for identifier in done.alsoRevoked {
                printError("vigied: revoked \(quoted(identifier)), the same token, too.")
            }
            if !done.problems.isEmpty { printError("vigied: \(unreadable(done.problems))") }
        }
    }
}
