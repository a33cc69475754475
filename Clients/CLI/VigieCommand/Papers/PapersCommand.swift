// SPDX-License-Identifier: Apache-2.0

// `vigie papers`: what papers are, what is wrong with them, and everything that they say.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers

/// The parent of the commands on papers.
struct PapersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers",
        abstract: "Reads companies' papers: accounts, ledgers, notices, registers. No server.",
        subcommands: [CheckPapersCommand.self, ReadPapersCommand.self, PaperKindsCommand.self],
        defaultSubcommand: CheckPapersCommand.self
    )
}

/// A command on papers.
protocol PaperCommand: AsyncParsableCommand {
    /// Which papers.
    var options: PaperOptions { get }
    /// Whether to say on stderr which papers, and how many records, were not read.
    var tellsPapers: Bool { get }
    /// Writes what the command is for.
    func write(_ stack: PaperStack, to sink: ByteSink) throws
}

extension PaperCommand {
    var tellsPapers: Bool { true }

    func run() async throws {
        let status: CommandStatus
        do {
            let stack = try options.read()
            let sink = try ByteSink.standardOutput()
            try write(stack, to: sink)
            try sink.flush()
            if tellsPapers { PaperText.unread(stack, options.lang).forEach(printError) }
            status = PaperOptions.status(of: stack)
        } catch {
            let failure = CommandFailure(error, server: "")
            printError(failure.text())
            throw ArgumentParser.ExitCode(failure.status.rawValue)
        }
        if status != .success { throw ArgumentParser.ExitCode(status.rawValue) }
    }
}

/// The command that tells what papers are.
struct CheckPapersCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tells what each paper is and what is wrong with it."
    )

    @OptionGroup var options: PaperOptions

    var tellsPapers: Bool { false }

    func write(_ stack: PaperStack, to sink: ByteSink) throws {
        if options.output == .json {
            PaperJSON(sink).papersDocument(stack, inFrench: options.lang == .fr)
        } else {
            sink.write(PaperText.check(stack, options.lang, options.terminal))
        }
    }
}

/// The command that writes all that papers say.
struct ReadPapersCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Writes all that papers say, each fact with its paper and line."
    )

    @OptionGroup var options: PaperOptions

    var tellsPapers: Bool { false }

    func write(_ stack: PaperStack, to sink: ByteSink) throws {
        if options.output == .json {
            PaperJSON(sink).document(stack, inFrench: options.lang == .fr)
        } else {
            sink.write(PaperText.contents(stack, options.lang, options.terminal))
        }
    }
}

/// The command that lists the kinds of papers.
struct PaperKindsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: "Lists the kinds of papers that can be read."
    )

    @Option(
        name: [.customLong("language"), .customLong("lang")],
        help: "Language of texts: en or fr."
    )
    var lang = Language.en

    func run() throws {
        for kind in PaperKind.known {
            print(
                "\(kind.name) (\(kind.form.rawValue)): \(lang == .fr ? kind.french : kind.english)"
            )
        }
    }
}
