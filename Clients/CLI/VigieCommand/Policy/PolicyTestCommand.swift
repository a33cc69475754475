// SPDX-License-Identifier: Apache-2.0

// `vigie policy test`: does a model decide what its tests say?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import DecisionCases
internal import Decisions
internal import Documents

/// The command that tests a model.
struct PolicyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Tests a model with files in the form of DMN's compatibility kit.",
        discussion: """
            Prints a line for each test, and ends with 0 only if all hold. Models that the first \
            one imports are found beside it, or named as well. As the standard has it, what is \
            wrong with an expression makes its value null; --strict refuses such a model.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The model, whose name ends in .dmn, and the files of its tests.",
            valueName: "file"
        ),
        completion: .file(extensions: ["dmn", "xml"])
    )
    var files: [String] = []

    @Flag(
        help: """
            Refuse a model in which anything is wrong, and compare numbers exactly, where the kit \
            lets them differ by 1e-8: for policies.
            """
    )
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Write the results as engines hand them in to the kit, too.",
            valueName: "file"
        ),
        completion: .file(extensions: ["csv"])
    )
    var results: String?

    private var models: [String] { files.filter { $0.hasSuffix(".dmn") } }
    private var tests: [String] { files.filter { !$0.hasSuffix(".dmn") } }

    func validate() throws {
        if models.isEmpty {
            throw ValidationError("name the model: a file whose name ends in .dmn")
        }
        if tests.isEmpty { throw ValidationError("name at least one file of tests") }
    }

    func run() async throws {
        let failed: Int
        do {
            failed = try carryOut()
        } catch {
            throw ending(on: error, .en)
        }
        if failed > 0 { throw ArgumentParser.ExitCode(CommandStatus.failure.rawValue) }
    }

    /// Runs the tests; gives how many do not hold.
    private func carryOut() throws -> Int {
        let model = PolicyFiles(try PolicyFiles.files(models), isStrict: strict)
        var lines: [KitResult] = []
        let sink = try ByteSink.standardOutput()
        for path in tests {
            let tests = try PolicyFiles.tests(path)
            if !tests.modelName.isEmpty, tests.modelName != model.name {
                printError(
                    "vigie: \(path) is for \(escaped(tests.modelName)), and is run on \(model.name)"
                )
            }
            for (test, failure) in try model.outcomes(of: tests) {
                let words = failure.map { "failed \(path) \(test): \($0)" } ?? "ok \(path) \(test)"
                sink.write(escaped(words) + "\n")
                try sink.flushIfFull()
                let fullPath = PolicyFiles.fullPath(path)
                lines.append(KitResult(path: fullPath, id: test, failure: failure))
            }
        }
        let failed = lines.count { $0.failure != nil }
        sink.write("\(lines.count - failed) of \(lines.count) tests hold\n")
        try sink.flush()
        if let results {
            let file = try ByteSink.file(results)
            for line in lines { file.write(line.line) }
            try file.finish()
        }
        return failed
    }
}
