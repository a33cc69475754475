// SPDX-License-Identifier: Apache-2.0

// `vigie explain`: what a word of an assessment means.

internal import ArgumentParser
internal import Assessment
internal import CommandFiles
internal import CommandTables
internal import Documents

/// The command that explains terms.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a word of an assessment: what it says, and what it does not."
    )

    @Argument(help: ArgumentHelp("The word; all are listed else.", valueName: "term"))
    var term: [String] = []

    @Option(
        name: [.customLong("language"), .customLong("lang")],
        help: "Language of texts: en or fr."
    )
    var lang = Language.en

    func run() throws {
        let isFrench = lang == .fr
        guard !term.isEmpty else {
            for term in GlossaryTerm.all {
                print("\(term.name): \(term.title(inFrench: isFrench))")
            }
            return
        }
        let name = term.joined(separator: " ")
        guard let found = GlossaryTerm.named(name) else {
            printError("Error: \(quoted(name)) is no term; `vigie explain` lists them")
            throw ArgumentParser.ExitCode(CommandStatus.usage.rawValue)
        }
        let say = { (french: String, english: String) in isFrench ? french : english }
        print(found.title(inFrench: isFrench))
        print("  " + found.meaning(inFrench: isFrench))
        print(say("  D'où : ", "  From: ") + found.origin(inFrench: isFrench))
        print(say("  Ne dit pas : ", "  Does not say: ") + found.caveat(inFrench: isFrench))
        let readers = [
            (GlossaryTerm.Reader.sales, say("Vente", "Sales")),
            (.credit, say("Crédit", "Credit")), (.company, say("Entreprise", "The company")),
        ]
        for (reader, name) in readers {
            print("  \(name): " + found.advice(for: reader, inFrench: isFrench))
        }
    }
}
