// SPDX-License-Identifier: Apache-2.0

// `vigie policy download`: a policy of a server comes to a directory, as it is there.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// The command that brings a policy from a server.
struct PolicyDownloadCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Brings a policy from a server to a new directory, with the same content hash."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp(
            "The policy; without a version the one that holds, or else the newest.",
            valueName: "name[@version]"
        )
    )
    var policy: String

    @Argument(help: ArgumentHelp("A directory that is not there yet.", valueName: "directory"))
    var directory: String

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let (policy, files) = try await client.downloadPolicy(policy)
        try ShelfTarget.reporting { () throws(ServiceError) in
            try PolicyUseCases.keep(files, contentHash: policy.contentHash, at: directory)
        }
        let sink = try ByteSink.standardOutput()
        sink.write(escaped("\(PolicyLines.line(policy))") + "\n")
        sink.write(escaped("\(files.count) files, content \(policy.contentHash)") + "\n")
        try sink.flush()
        return .success
    }
}
