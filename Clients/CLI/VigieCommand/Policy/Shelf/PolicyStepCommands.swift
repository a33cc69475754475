// SPDX-License-Identifier: Apache-2.0

// `vigie policy activate`, `approve`, `withdraw`, `rollback`, `stop`: how a version of a policy
// comes to hold, and the ways back.

internal import ArgumentParser
internal import CommandFiles
internal import Policies
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// The command by which the first person wants a version to hold.
struct PolicyActivateCommand: PolicyStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Asks for a policy to hold from a day on: the first of two persons.",
        discussion: """
            All its tests must hold, and no overlap, gap or dead rule may be left that the policy \
            does not let stand with a reason. What it is now is agreed to: a change of any file \
            makes it void. Records are files in the directory "activations" beside the policy.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var step: PolicyStepOptions

    var needsSecond: Bool { true }

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            "The first day; today else, or the policy's first day if that is later.",
            valueName: "date"
        )
    )
    var from: String?

    func validate() throws {
        if let from, CalendarDate(from) == nil {
            throw ValidationError("--from: write a date such as 2026-01-31")
        }
    }

    func carryOut(
        _ target: ShelfTarget,
        _ person: PolicyPerson
    ) throws(CommandFailure) -> ShelvedPolicy {
        try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.activate(
                target.policy.reference,
                from: from.flatMap { CalendarDate($0) },
                by: person,
                contentHash: target.policy.contentHash
            )
        }
    }

    func carryOut(_ client: ScoringClient) async throws -> PolicySummary {
        try await client.activatePolicy(step.policy, from: from.flatMap { Day($0) })
    }
}

/// The command by which the second person agrees.
struct PolicyApproveCommand: PolicyStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Agrees that a policy holds, for which another person has asked.",
        discussion: "Whoever asked for it or uploaded it cannot."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var step: PolicyStepOptions

    func carryOut(
        _ target: ShelfTarget,
        _ person: PolicyPerson
    ) throws(CommandFailure) -> ShelvedPolicy {
        try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.approve(
                target.policy.reference,
                by: person,
                contentHash: target.policy.contentHash
            )
        }
    }

    func carryOut(_ client: ScoringClient) async throws -> PolicySummary {
        try await client.approvePolicy(step.policy)
    }
}

/// The command that takes back what was asked for or agreed to.
struct PolicyWithdrawCommand: PolicyStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes back what was asked for, or agreed to and has not begun."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var step: PolicyStepOptions

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func carryOut(
        _ target: ShelfTarget,
        _ person: PolicyPerson
    ) throws(CommandFailure) -> ShelvedPolicy {
        try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.withdraw(target.policy.reference, by: person, reason: reason)
        }
    }

    func carryOut(_ client: ScoringClient) async throws -> PolicySummary {
        try await client.withdrawPolicy(step.policy, reason: reason)
    }
}

/// The command that goes back to the version before.
struct PolicyRollbackCommand: PolicyStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Goes back, from today on, to the version that held before.",
        discussion: """
            One person is enough: two have agreed to that version. It is the last that nobody has \
            gone back from, or stopped, since two agreed to it. Any version of the policy may be \
            named; at a server, its name.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var step: PolicyStepOptions

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func carryOut(
        _ target: ShelfTarget,
        _ person: PolicyPerson
    ) throws(CommandFailure) -> ShelvedPolicy {
        try ShelfTarget.reporting { () throws(ServiceError) in
            try target.shelf.rollBack(
                target.policy.manifest.identifier,
                by: person,
                reason: reason
            )
        }
    }

    func carryOut(_ client: ScoringClient) async throws -> PolicySummary {
        try await client.rollBackPolicy(step.policy, reason: reason)
    }
}
