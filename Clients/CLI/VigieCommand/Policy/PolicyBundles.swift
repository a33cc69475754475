// SPDX-License-Identifier: Apache-2.0

// Policies on disk, and facts of companies, as commands name them.

internal import CommandFiles
internal import CreditPolicy
internal import Documents
internal import FoundationEssentials
internal import Policies
internal import Quantities
internal import VigieApplication
internal import VigieLimits

/// Reads policies and facts.
enum PolicyBundles {
    /// Whether a path is a directory.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory
    }

    /// The policy of a directory.
    static func policy(_ path: String) throws(CommandFailure) -> Policy {
        guard isDirectory(path) else {
            throw CommandFailure(
                .cannotOpenInput,
                "there is no directory \(escaped(path))",
                hint: "name the directory of a policy: one with a \(PolicyManifest.fileName)"
            )
        }
        do throws(PolicyError) {
            return try PolicyUseCases.read(path)
        } catch {
            throw failure(error)
        }
    }

    /// What is wrong with a policy or with facts, one problem a line.
    static func failure(_ error: PolicyError) -> CommandFailure {
        CommandFailure(
            .badInput,
            error.problems.map { escaped($0.description) }.joined(separator: "\n")
        )
    }

    /// The questions of a file of facts: JSON, or a table with a company a row.
    static func questions(
        _ path: String,
        _ policy: Policy,
        today: CalendarDate
    ) throws(CommandFailure) -> [CreditQuestion] {
        let bytes = try SmallFile.bytes(path: path, bytesMax: PolicyLimits.partBytes)
        let questions = try self.questions(PolicyFile(path: path, bytes: bytes), policy, today)
        guard !questions.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(escaped(path)) names no company",
                hint: "below its line of titles it needs a row a company; in JSON, an object each"
            )
        }
        return questions
    }

    private static func questions(
        _ file: PolicyFile,
        _ policy: Policy,
        _ today: CalendarDate
    ) throws(CommandFailure) -> [CreditQuestion] {
        let path = file.path
        do throws(PolicyError) {
            guard path.hasSuffix(".csv") else {
                return try CreditQuestion.read(
                    json: file.bytes,
                    file: path,
                    policy: policy,
                    today: today
                )
            }
            let table = try ScenarioFile.read(
                file,
                inputs: policy.manifest.inputs.map(\.name)
                    + PolicyCircumstance.allCases.map(\.rawValue),
                outcomes: Policy.outcomes
            )
            var questions: [CreditQuestion] = []
            for scenario in table.scenarios {
                questions.append(
                    try CreditQuestion(scenario, file: path, policy: policy, today: today)
                )
            }
            return questions
        } catch {
            throw failure(error)
        }
    }

    /// The day of today, in UTC.
    static var today: CalendarDate {
        CalendarDate(secondsSince1970: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}
