// SPDX-License-Identifier: Apache-2.0

// `vigie explain`: what a word of an assessment means.

internal import ArgumentParser
internal import Assessment
internal import CommandFiles
internal import CommandTables
internal import CreditFacts
internal import Documents

/// The command that explains terms.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a word of an assessment: what it says, and what it does not."
    )

    @Argument(help: ArgumentHelp("The word; all are listed else.", valueName: "term"))
    var term: [String] = []

    @Option(help: "What only this reader does with it: sales, credit or company.")
    var reader: GlossaryTerm.Reader?

    @OptionGroup var language: LanguageOption

    func run() throws {
        let isFrench = try language.language() == .fr
        guard !term.isEmpty else {
            for term in GlossaryTerm.all {
                print("\(term.name): \(term.title(inFrench: isFrench))")
            }
            return
        }
        let name = term.joined(separator: " ")
        guard let found = GlossaryTerm.named(name) else {
            printError(
                isFrench
                    ? "vigie: \(quoted(name)) n'est pas un terme ; `vigie explain` les liste"
                    : "vigie: \(quoted(name)) is no term; `vigie explain` lists them"
            )
            throw ArgumentParser.ExitCode(CommandStatus.usage.rawValue)
        }
        let say = { (french: String, english: String) in isFrench ? french : english }
        print(found.title(inFrench: isFrench))
        print("  " + found.meaning(inFrench: isFrench))
        print(say("  D'où : ", "  From: ") + found.origin(inFrench: isFrench))
        print(say("  Ne dit pas : ", "  Does not say: ") + found.caveat(inFrench: isFrench))
        for each in GlossaryTerm.Reader.allCases where reader == nil || reader == each {
            let name = FactWords.text(each.rawValue, inFrench: isFrench)
            print("  \(name): " + found.advice(for: each, inFrench: isFrench))
        }
    }
}

extension GlossaryTerm.Reader: ExpressibleByArgument {}
