// SPDX-License-Identifier: Apache-2.0

// What all commands on papers share: which papers, and in which language they answer.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import Documents
internal import Quantities
internal import VigieLimits

/// The options of commands on papers.
struct PaperOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Papers, folders of them, or - for standard input.",
            valueName: "paper"
        ),
        completion: .file()
    )
    var papers: [String] = []

    @Option(
        help: ArgumentHelp(
            "How a package of your own writes its ledger: a file of profiles; can be given again.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var profile: [String] = []

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    @OptionGroup var language: LanguageOption

    @Flag(help: "Do not use colour.")
    var noColor = false

    var terminal: Terminal {
        Terminal(descriptor: Terminal.standardOutput, allowsColour: !noColor)
    }

    func validate() throws {
        if papers.isEmpty {
            throw ValidationError("give at least one paper, a folder, or - for standard input")
        }
    }

    /// Reads all papers; terms of payment before the books that they are for.
    ///
    /// - Parameter owner: Whose books are that do not say so themselves.
    func read(owner: SIREN? = nil) throws(CommandFailure) -> PaperStack {
        try Self.read(papers, profiles: try Self.profiles(in: profile), owner: owner)
    }

    /// The same of papers that are named otherwise.
    static func read(
        _ papers: [String],
        profiles: [LedgerProfile] = [],
        owner: SIREN? = nil
    ) throws(CommandFailure) -> PaperStack {
        var stack = PaperStack(profiles: profiles, owner: owner)
        var files: [String] = []
        for path in papers { files += try inputFiles(path) }
        var later: [String] = []
        for file in files {
            // Only a file can be read twice; a pipe cannot.
            if FileIdentity(path: file) != nil, let source = try? ByteSource.open(path: file),
                PaperStack.isTerms(source)
            {
                try read(file, of: papers, into: &stack)
            } else {
                later.append(file)
            }
        }
        for file in later { try read(file, of: papers, into: &stack) }
        stack.finish()
        return stack
    }

    /// Reads a file. One of a folder that cannot be opened is told like one that cannot be read.
    private static func read(
        _ file: String,
        of papers: [String],
        into stack: inout PaperStack
    ) throws(CommandFailure) {
        do throws(CommandFailure) {
            stack.read(try ByteSource.open(path: file))
        } catch {
            guard !papers.contains(file) else { throw error }
            let message = error.message
            stack.read(
                ByteSource(name: file, totalBytes: nil) { _ throws(InputError) in
                    throw InputError(.unreadable, message)
                }
            )
        }
    }

    /// The profiles of the user's own packages.
    static func profiles(in files: [String]) throws(CommandFailure) -> [LedgerProfile] {
        var profiles: [LedgerProfile] = []
        for path in files {
            let source = try ByteSource.open(path: path)
            do {
                let bytes = try source.start(count: InputLimits.mapFileBytesMaximum)
                profiles += try LedgerProfile.read(json: bytes)
            } catch let error as InputError {
                throw CommandFailure(error)
            } catch {
                throw CommandFailure(.badInput, "\(path): \(error)")
            }
        }
        return profiles
    }

    /// What the shell is told after papers were read: that one could not be.
    static func status(of stack: PaperStack) -> CommandStatus {
        stack.papers.contains { $0.failure != nil } ? .badInput : .success
    }
}
