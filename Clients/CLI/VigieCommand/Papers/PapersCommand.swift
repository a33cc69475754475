// SPDX-License-Identifier: Apache-2.0

// `vigie papers`: what papers are, what is wrong with them, and everything that they say.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import Quantities

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
    /// Whose books are that do not say so themselves; nil if nobody says.
    var owner: SIREN? { get }
    /// Whether to say on stderr which papers, and how many records, were not read.
    var tellsPapers: Bool { get }
    /// Writes what the command is for.
    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws
}

extension PaperCommand {
    var tellsPapers: Bool { true }
    var owner: SIREN? { nil }

    func run() async throws {
        let status: CommandStatus
        let language = try options.language.language()
        do {
            let stack = try options.read(owner: owner)
            let sink = try ByteSink.standardOutput()
            try write(stack, language, to: sink)
            try sink.flush()
            if tellsPapers { PaperText.unread(stack, language).forEach(printError) }
            status = PaperOptions.status(of: stack)
        } catch {
            throw ending(on: error, language)
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

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        if options.output == .json {
            PaperJSON(sink, language).papersDocument(stack)
        } else {
            sink.write(PaperText.check(stack, language, options.terminal))
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

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        if options.output == .json {
            PaperJSON(sink, language).document(stack)
        } else {
            sink.write(PaperText.contents(stack, language, options.terminal))
        }
    }
}

/// The command that lists the kinds of papers.
struct PaperKindsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: "Lists the kinds of papers that can be read."
    )

    @OptionGroup var language: LanguageOption

    func run() throws {
        let isFrench = try language.language() == .fr
        var lines: [String] = []
        var forms: [[String]] = []
        for kind in PaperKind.known {
            let line = "\(kind.name): \(isFrench ? kind.french : kind.english)"
            let place = lines.firstIndex(of: line) ?? lines.count
            if place == lines.count {
                lines.append(line)
                forms.append([])
            }
            if !forms[place].contains(kind.form.rawValue) {
                forms[place].append(kind.form.rawValue)
            }
        }
        for (line, forms) in zip(lines, forms) {
            print("\(line) (\(forms.joined(separator: ", ")))")
        }
    }
}
