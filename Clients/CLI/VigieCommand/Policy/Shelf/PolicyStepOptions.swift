// SPDX-License-Identifier: Apache-2.0

// What commands on the life of policies have in common: they work in a directory, where one says
// who one is, or at a server, where one shows it.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import ProgramSettings
internal import VigieApplication
internal import VigieClient

/// The version, and whoever does something with it.
struct PolicyStepOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The directory of the policy; or, at a server, name@version.",
            valueName: "policy"
        ),
        completion: .directory
    )
    var policy: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            """
            Who you are, in a directory. Nobody proves it there: whoever may write may say \
            anything, and the records say so. A server knows it by token or certificate.
            """,
            valueName: "name"
        )
    )
    var identity: String?

    /// Refuses a name where a server knows who calls.
    func checkServer() throws(CommandFailure) {
        guard identity != nil else { return }
        throw CommandFailure(
            .usage,
            "--as says who you are in a directory; a server knows it by what you show",
            hint: "show a token with --token-file, or a certificate with --client-cert"
        )
    }
}

/// A command that works in a directory or at a server.
protocol PolicyPlaceCommand: ServerCommand {
    /// The directory of a policy, or what a server calls it.
    var place: String { get }
    /// Whether it can be nothing but a path.
    var isPath: Bool { get }
    /// Works in a directory.
    func perform(in directory: String, _ sink: ByteSink) throws
    /// Works at a server.
    func perform(_ client: ScoringClient, _ sink: ByteSink) async throws
}

extension PolicyPlaceCommand {
    var isPath: Bool { false }

    /// Who says who he is can mean a directory only, unless he names a server, too.
    func isPath(of step: PolicyStepOptions) -> Bool {
        step.identity != nil && common.server == nil
    }

    /// Whether a directory is meant: one is there, and no server is named.
    private var isLocal: Bool { common.server == nil && PolicyBundles.isDirectory(place) }

    func run() async throws {
        guard isLocal else {
            if let failure = noPlace { throw ending(on: failure, .en) }
            guard isMaybePath else { return try await callServer() }
            do {
                return try await callServer()
            } catch {
                let words = "vigie: there is no directory \(escaped(place)) either"
                printError("\(words); --server names the server that is meant")
                throw error
            }
        }
        do {
            let sink = try ByteSink.standardOutput()
            try perform(in: place, sink)
            try sink.flush()
        } catch {
            throw ending(on: error, .en)
        }
    }

    /// Whether it may be the mistyped name of a directory as well: nobody has named a server.
    private var isMaybePath: Bool {
        guard !place.isEmpty, let values = try? common.values(settingFlags) else { return false }
        return !values.isChanged(.server)
    }

    /// What is wrong with a path that leads nowhere, which is no name at a server either; nil if
    /// nothing is, or a server is named.
    private var noPlace: CommandFailure? {
        guard isPath && !place.isEmpty || common.server == nil && place.contains("/") else {
            return nil
        }
        guard !PolicyBundles.isDirectory(place) else { return nil }
        return CommandFailure(
            .cannotOpenInput,
            "there is no directory \(escaped(place))",
            hint: "name the directory of a policy; or a name, and a server with --server"
        )
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        if PolicyBundles.isDirectory(place) || place.contains("/") {
            throw CommandFailure(
                .usage,
                "\(escaped(place)) is a path, and the server has names",
                hint: "name a policy as vigie policy list --server ADDRESS shows it"
            )
        }
        let sink = try ByteSink.standardOutput()
        try await perform(client, sink)
        try sink.flush()
        return .success
    }
}

/// A command that does something with a version.
protocol PolicyStepCommand: PolicyPlaceCommand {
    /// The version, and whoever does something with it.
    var step: PolicyStepOptions { get }
    /// Does it on a shelf.
    func carryOut(_ target: ShelfTarget, _ person: PolicyPerson) throws(CommandFailure)
        -> ShelvedPolicy
    /// Does it at a server.
    func carryOut(_ client: ScoringClient) async throws -> PolicySummary
    /// Whether nothing comes of it before another person agrees.
    var needsSecond: Bool { get }
}

extension PolicyStepCommand {
    var needsSecond: Bool { false }

    var place: String { step.policy }
    var isPath: Bool { isPath(of: step) }

    func perform(in directory: String, _ sink: ByteSink) throws {
        let target = try ShelfTarget(directory)
        guard let identity = step.identity else {
            throw CommandFailure(.usage, "nobody knows who you are", hint: "give a name with --as")
        }
        let person = PolicyPerson(identity: identity, isProven: false)
        let done = try carryOut(target, person)
        sink.write(escaped("\(done)") + "\n")
        tellSecond("\(directory) --as NAME", sink)
    }

    func perform(_ client: ScoringClient, _ sink: ByteSink) async throws {
        try step.checkServer()
        let done = try await carryOut(client)
        sink.write(escaped(PolicyLines.line(done)) + "\n")
        tellSecond("\(done.reference) --server ADDRESS", sink)
    }

    /// Tells what is left to do: also where the version holds already, which says nothing of that.
    private func tellSecond(_ policy: String, _ sink: ByteSink) {
        guard needsSecond else { return }
        let next = "vigie policy approve \(policy)"
        sink.write(escaped("requested; another person has to agree: \(next)") + "\n")
    }
}
