// SPDX-License-Identifier: Apache-2.0

// `vigie policy list` and `history`: which versions there are, where each stands, and who did what.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import Policies
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// The command that lists versions.
struct PolicyListCommand: PolicyPlaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the policies of a directory, or of a server: each version, and its state.",
        discussion: "Ends with 65 if one of them cannot be used; the others are listed."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp("A directory of policies; a server's else.", valueName: "directory"),
        completion: .directory
    )
    var directory: String?

    var place: String { directory ?? "" }
    var isPath: Bool { true }

    func perform(in directory: String, _ sink: ByteSink) throws {
        let shelf = try ShelfTarget.reporting { () throws(ServiceError) in
            try PolicyShelf(directory: directory)
        }
        try list(shelf.all.map(\.description), shelf.problems, "in \(directory)", sink)
    }

    func perform(_ client: ScoringClient, _ sink: ByteSink) async throws {
        let (policies, problems) = try await client.listPoliciesAndProblems()
        try list(policies.map(PolicyLines.line), problems, "at the server", sink)
    }

    private func list(
        _ policies: [String],
        _ problems: [String],
        _ place: String,
        _ sink: ByteSink
    ) throws {
        for policy in policies { sink.write(escaped(policy) + "\n") }
        guard problems.isEmpty else {
            try sink.flush()
            throw CommandFailure(.badInput, problems.map { escaped($0) }.joined(separator: "\n"))
        }
        if policies.isEmpty { printError("vigie: there are no policies \(escaped(place))") }
    }
}

/// The command that tells who did what.
struct PolicyHistoryCommand: PolicyPlaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tells who did what with a policy, over all its versions, and when."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp(
            "The directory of a version; or, at a server, the name of the policy.",
            valueName: "policy"
        ),
        completion: .directory
    )
    var place: String

    func perform(in directory: String, _ sink: ByteSink) throws {
        let target = try ShelfTarget(directory)
        let life = try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.life(of: target.policy.manifest.identifier)
        }
        for record in life.records { sink.write(escaped(PolicyLines.line(record)) + "\n") }
    }

    func perform(_ client: ScoringClient, _ sink: ByteSink) async throws {
        for event in try await client.describePolicy(place).records {
            sink.write(escaped(PolicyLines.line(event)) + "\n")
        }
    }
}
