// SPDX-License-Identifier: Apache-2.0

// What all commands on papers share: which papers, and in which language they answer.

internal import ArgumentParser
internal import CommandFiles
internal import CompanyPapers
internal import Documents

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

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    @Option(help: "Language of texts: en or fr.")
    var lang = Language.en

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

    /// Reads all papers.
    func read() throws(CommandFailure) -> PaperStack {
        var stack = PaperStack()
        for path in papers {
            for file in try inputFiles(path) { stack.read(try ByteSource.open(path: file)) }
        }
        return stack
    }

    /// What the shell is told after papers were read: that one could not be.
    static func status(of stack: PaperStack) -> CommandStatus {
        stack.papers.contains { $0.failure != nil } ? .badInput : .success
    }
}

extension Language: ExpressibleByArgument {}
