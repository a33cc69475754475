// SPDX-License-Identifier: Apache-2.0

// `vigie policy test`: does a model decide what its tests say?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import DecisionCases
internal import Decisions
internal import Documents
internal import Policies

/// The command that tests a model.
struct PolicyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Tests a policy, or a model with files in the form of DMN's compatibility kit.",
        discussion: """
            A directory is a policy, which brings its tests and scenarios. Prints a line for each \
            test, one for those of a policy that fail for the same reason, and ends with 0 only if \
            all hold. Models that the first one imports are found \
            beside it, or named as well. As the standard has it, what is wrong with an expression \
            of a model makes its value null; --strict refuses such a model, as policies always do.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The directory of a policy; or a model, whose name ends in .dmn, and files of tests.",
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

    /// The directory of a policy, there or not; nil if files are named.
    private var directory: String? {
        guard files.count == 1, let first = files.first else { return nil }
        let isFile = first.hasSuffix(".dmn") || first.hasSuffix(".xml")
        return PolicyBundles.isDirectory(first) || !isFile ? first : nil
    }

    func validate() throws {
        if directory != nil { return }
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
        var lines: [KitResult] = []
        let sink = try ByteSink.standardOutput()
        if let directory {
            try test(try PolicyBundles.policy(directory), sink, &lines)
        } else {
            try test(sink, &lines)
        }
        guard !lines.isEmpty else {
            throw CommandFailure(
                .badInput,
                "there is no test in \(escaped(files.joined(separator: ", ")))",
                hint: "a policy has them in tests/*.xml and tests/*.csv"
            )
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

    /// Runs the tests and scenarios of a policy.
    private func test(_ policy: Policy, _ sink: ByteSink, _ lines: inout [KitResult]) throws {
        let trial = PolicyTrial(policy)
        for test in trial.cases where test.failure == nil {
            sink.write(escaped("ok \(test.file) \(test.name)") + "\n")
            try sink.flushIfFull()
        }
        for test in trial.failedOnce {
            sink.write(escaped("failed \(test.file) \(test.tests): \(test.failure)") + "\n")
            try sink.flushIfFull()
        }
        for test in trial.cases {
            let path = PolicyFiles.fullPath((directory ?? "") + "/" + test.file)
            lines.append(KitResult(path: path, id: test.name, failure: test.failure))
        }
    }

    /// Runs files of tests on a model.
    private func test(_ sink: ByteSink, _ lines: inout [KitResult]) throws {
        let model = PolicyFiles(try PolicyFiles.files(models), isStrict: strict)
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
    }
}
