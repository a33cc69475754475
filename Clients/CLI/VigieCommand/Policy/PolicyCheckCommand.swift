// SPDX-License-Identifier: Apache-2.0

// `vigie policy check`: is a policy complete and right, and what do its tests leave out?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Decisions
internal import Documents
internal import Policies
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// The command that checks a policy.
struct PolicyCheckCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a policy: its parts, its tests, and which rules no test hits.",
        discussion: """
            Tells all that is wrong at once, each with its file and place. Ends with 0 if nothing \
            is, there are tests and all hold; rules that no test hits are told, and let pass. What \
            is in the way of `vigie policy activate`, as overlaps, gaps and dead rules are, is \
            told, too. With --server it is a policy of a server, which is fetched and checked \
            here.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp(
            "The directory of the policy; or, with --server, name[@version].",
            valueName: "policy"
        ),
        completion: .directory
    )
    var place: String

    @Option(name: [.short, .long], help: "table or json.")
    var output = PolicyOutput.table

    func run() async throws {
        guard common.server == nil else { return try await callServer() }
        let status: CommandStatus
        do {
            let policy = try PolicyBundles.policy(place)
            status = try check(policy, hidden: try PolicyUseCases.passedOver(place))
        } catch {
            throw ending(on: error, .en)
        }
        if status != .success { throw ArgumentParser.ExitCode(status.rawValue) }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try ServerPolicies.requireNames([place])
        return try check(try await ServerPolicies.policy(place, client), hidden: [])
    }

    private func check(_ policy: Policy, hidden: [String]) throws -> CommandStatus {
        let trial = PolicyTrial(policy)
        let sink = try ByteSink.standardOutput()
        if output == .json {
            Self.write(policy, trial, JSONWriter(sink))
            sink.write("\n")
        } else {
            sink.write(Self.text(policy, trial))
            if !hidden.isEmpty {
                sink.write(escaped("hidden, and no part of it: \(listed(hidden))") + "\n")
            }
            for words in policy.inTheWay {
                sink.write(escaped("in the way: \(words)") + "\n")
            }
        }
        try sink.flush()
        return trial.failures > 0 || trial.withoutTests != nil ? .failure : .success
    }

    private static func text(_ policy: Policy, _ trial: PolicyTrial) -> String {
        let manifest = policy.manifest
        let end = manifest.effectiveTo.map { " to \($0)" } ?? " on"
        var lines = [
            "\(policy.reference): \(manifest.label.text(.en)), by \(manifest.author)",
            "holds from \(manifest.effectiveFrom)\(end); amounts in \(manifest.currency)",
            "content \(policy.contentHash)",
            "\(policy.model.tables.count) tables with "
                + "\(policy.model.tables.reduce(0) { $0 + $1.rules.count }) rules, "
                + "\(policy.tables.count) reference tables, \(policy.guarantees.count) guarantees, "
                + "\(policy.clauses.count) clauses",
        ]
        for test in trial.failedOnce {
            lines.append("failed \(test.file) \(test.tests): \(test.failure)")
        }
        if let words = trial.withoutTests { lines.append("failed \(words)") }
        lines.append("\(trial.cases.count - trial.failures) of \(trial.cases.count) tests hold")
        for rule in trial.outsideCount > 0 ? [] : trial.neverHit {
            let name = rule.id.isEmpty ? "" : " (\(rule.id))"
            lines.append("no test hits \(rule.decision), rule \(rule.number)\(name)")
        }
        let all = trial.hits.reduce(0) { $0 + $1.count }
        let hit = trial.hits.reduce(0) { $0 + $1.count { $0 > 0 } }
        lines.append("tests hit \(hit) of \(all) rules")
        return lines.map { escaped($0) + "\n" }.joined()
    }

    private static func write(_ policy: Policy, _ trial: PolicyTrial, _ json: JSONWriter) {
        json.object {
            json.text("format", "vigie-policy-check/1")
            json.text("policy", policy.reference)
            json.text("content_hash", policy.contentHash)
            json.integer("tests", trial.cases.count)
            json.integer("failed", trial.failures)
            json.list("failures") {
                for test in trial.cases where test.failure != nil {
                    json.object {
                        json.text("file", test.file)
                        json.text("test", test.name)
                        json.text("failure", test.failure)
                    }
                }
            }
            json.list("tables") {
                for (table, hits) in zip(policy.model.tables, trial.hits) {
                    json.object {
                        json.text("place", table.place.description)
                        json.list("hits") { for count in hits { json.integer(nil, count) } }
                    }
                }
            }
            json.list("never_hit") {
                for rule in trial.neverHit {
                    json.object {
                        json.text("decision", rule.decision)
                        json.integer("rule", rule.number)
                        json.text("id", rule.id)
                    }
                }
            }
            json.list("in_the_way") {
                for words in policy.inTheWay { json.text(nil, words) }
            }
        }
    }
}

extension Policy {
    /// What keeps the policy from holding, beside tests.
    fileprivate var inTheWay: [String] {
        do throws(ServiceError) {
            return try PolicyGate(self).obstaclesBesideTests
        } catch {
            return [error.message]
        }
    }
}

/// Forms of output.
enum PolicyOutput: String, ExpressibleByArgument, CaseIterable {
    case table, json
}
