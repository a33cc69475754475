// SPDX-License-Identifier: Apache-2.0

// `vigie policy stop`: nothing is decided by a policy any more.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Policies
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// The command that stops a policy.
struct PolicyStopCommand: PolicyPlaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stops a policy at once: nothing is decided by it, whatever day is asked for.",
        discussion: """
            One person is enough; it goes on once two have activated a version again. Any version \
            of the policy may be named; at a server, its name. A server hears of what is done in \
            its directory on SIGHUP, or within its reload_interval.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var step: PolicyStepOptions

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    var place: String { step.policy }
    var isPath: Bool { isPath(of: step) }

    func perform(in directory: String, _ sink: ByteSink) throws {
        let target = try ShelfTarget(directory)
        guard let identity = step.identity else {
            throw CommandFailure(.usage, "nobody knows who you are", hint: "give a name with --as")
        }
        let name = target.policy.manifest.identifier
        _ = try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.stop(
                name,
                by: PolicyPerson(identity: identity, isProven: false),
                reason: reason
            )
        }
        sink.write(escaped("\(name) is stopped") + "\n")
    }

    func perform(_ client: ScoringClient, _ sink: ByteSink) async throws {
        try step.checkServer()
        _ = try await client.stopPolicy(step.policy, reason: reason)
        sink.write(escaped("\(step.policy) is stopped") + "\n")
    }
}
