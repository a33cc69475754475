// SPDX-License-Identifier: Apache-2.0

// `vigie policy upload`: a policy of a directory goes to a server, as a draft.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Policies
internal import VigieApplication
internal import VigieClient

/// The command that brings a policy to a server.
struct PolicyUploadCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Brings a policy to a server, as a draft, and tells what keeps it from holding."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp("The directory of the policy.", valueName: "directory"),
        completion: .directory
    )
    var directory: String

    @Flag(help: "Only have it checked by the server; nothing is kept.")
    var dryRun = false

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        _ = try PolicyBundles.policy(directory)
        let files: [PolicyFile]
        do throws(PolicyError) {
            files = try PolicyUseCases.files(directory)
        } catch {
            throw PolicyBundles.failure(error)
        }
        let (policy, check) = try await client.uploadPolicy(
            files.map { (path: $0.path, bytes: $0.bytes) },
            onlyChecks: dryRun
        )
        let sink = try ByteSink.standardOutput()
        let isNew = dryRun && policy.state == .draft
        let line = isNew ? "\(policy.reference): could be a draft" : PolicyLines.line(policy)
        sink.write(escaped(line) + "\n")
        for obstacle in check.obstacles { sink.write(escaped("not ready: \(obstacle)") + "\n") }
        sink.write("tests hit \(check.hitRuleCount) of \(check.ruleCount) rules\n")
        try sink.flush()
        return .success
    }
}
