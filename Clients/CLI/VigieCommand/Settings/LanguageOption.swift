// SPDX-License-Identifier: Apache-2.0

// The language of commands that need no server.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditFacts
internal import FoundationEssentials
internal import ProgramSettings

/// In which language a command answers.
struct LanguageOption: ParsableArguments {
    @Option(
        name: [.customLong("language"), .customLong("lang")],
        help: """
            Language of texts: en or fr. (default: en) (environment: \
            \(ClientSetting.language.environmentVariable))
            """
    )
    var given: Language?

    /// The language of the flag, else that of the settings.
    ///
    /// - Throws: The exit code, once what is wrong with the settings was told.
    func language() throws -> Language {
        if let given { return given }
        do {
            let environment = ProcessInfo.processInfo.environment
            let values = SettingValues<ClientSetting>(
                flags: [:],
                environment: environment,
                file: try Settings.file(nil, environment: environment)
            )
            try values.check()
            return Language(rawValue: values.text(.language)) ?? .en
        } catch {
            throw ending(on: error, .en)
        }
    }
}

/// Tells what stops a command that needs no server.
func ending(on error: any Error, _ language: Language) -> ArgumentParser.ExitCode {
    var failure = CommandFailure(error, server: "")
    failure.message = language.failure(failure.message)
    failure.hint = failure.hint.map(language.failure)
    printError(failure.text())
    return ArgumentParser.ExitCode(failure.status.rawValue)
}

extension Language {
    /// What readers and files say of a failure, in this language.
    func failure(_ text: String) -> String { self == .fr ? FailureWords.french(text) : text }
}

extension Language: ExpressibleByArgument {}
