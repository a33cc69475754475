// SPDX-License-Identifier: Apache-2.0

// `vigie policy diff`: what is otherwise in another version of a policy, and for whom?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import Policies
internal import TableArguments
internal import VigieClient

/// The command that compares policies.
struct PolicyDiffCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two policies: rules that changed, and companies for which it matters.",
        discussion: """
            Companies are the scenarios of both policies, and those of --facts. With --server \
            the policies are those of a server, which are fetched and compared here. Ends with 0 \
            whether or not there are changes.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp(
            "The directory of the policy as it was; or, with --server, name[@version].",
            valueName: "before"
        ),
        completion: .directory
    )
    var before: String

    @Argument(
        help: ArgumentHelp("The policy as it is to be, likewise.", valueName: "after"),
        completion: .directory
    )
    var after: String

    @Option(
        help: ArgumentHelp("More companies: JSON, or a table (.csv).", valueName: "file"),
        completion: .file(extensions: ["json", "csv"])
    )
    var facts: String?

    @OptionGroup(title: "How a table of facts is written") var table: TableFlags

    @Option(name: [.short, .long], help: "table or json.")
    var output = PolicyOutput.table

    func run() async throws {
        guard common.server == nil else { return try await callServer() }
        do {
            try compare(try PolicyBundles.policy(before), try PolicyBundles.policy(after))
        } catch {
            throw ending(on: error, .en)
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try ServerPolicies.requireNames([before, after])
        try compare(
            try await ServerPolicies.policy(before, client),
            try await ServerPolicies.policy(after, client)
        )
        return .success
    }

    private func compare(_ old: Policy, _ new: Policy) throws {
        let options = try table.tableOptions()
        let questions =
            try facts.map {
                try PolicyBundles.questions(
                    $0,
                    new,
                    today: new.manifest.effectiveFrom,
                    options,
                    isTrial: true
                )
            } ?? []
        let difference = try compared(old, new, questions)
        let sink = try ByteSink.standardOutput()
        if output == .json {
            Self.write(old, new, difference, JSONWriter(sink))
            sink.write("\n")
        } else {
            sink.write(Self.text(difference))
        }
        try sink.flush()
    }

    private func compared(
        _ old: Policy,
        _ new: Policy,
        _ questions: [CreditQuestion]
    ) throws(CommandFailure) -> PolicyDifference {
        do throws(PolicyError) {
            return try PolicyDifference(old, new, questions: questions)
        } catch {
            throw PolicyBundles.failure(error)
        }
    }

    private static func text(_ difference: PolicyDifference) -> String {
        var lines = difference.decisions
        for rule in difference.rules {
            let name = "\(rule.decision), rule \(rule.name)"
            switch rule.change {
            case .added: lines.append("\(name): is new")
            case .removed: lines.append("\(name): is gone")
            case .moved(let old, let new): lines.append("\(name): was number \(old), is \(new)")
            case .changed(let cells):
                for cell in cells {
                    let (was, will) = (inOneLine(cell.before), inOneLine(cell.after))
                    lines.append("\(name), \(cell.column): was \(was), is \(will)")
                }
            }
        }
        lines += difference.parts
        if lines.isEmpty { lines.append("no rule changed") }
        for company in difference.companies {
            let changes = company.changes.map { change in
                "\(change.name) \(change.before.orNothing) → \(change.after.orNothing)"
            }
            lines.append("\(company.name): " + changes.joined(separator: ", "))
        }
        lines.append(
            "\(difference.changedCount) of \(difference.companyCount) companies are decided "
                + "otherwise"
        )
        lines += PolicyDiffTotals.lines(difference)
        return lines.map { escaped($0) + "\n" }.joined()
    }

    private static func write(
        _ old: Policy,
        _ new: Policy,
        _ difference: PolicyDifference,
        _ json: JSONWriter
    ) {
        json.object {
            json.text("format", "vigie-policy-diff/1")
            json.text("before", "\(old.reference) \(old.contentHash)")
            json.text("after", "\(new.reference) \(new.contentHash)")
            json.list("decisions") { for text in difference.decisions { json.text(nil, text) } }
            json.list("files") { for text in difference.parts { json.text(nil, text) } }
            json.list("rules") { for rule in difference.rules { write(rule, json) } }
            json.integer("companies", difference.companyCount)
            json.integer("changed", difference.changedCount)
            PolicyDiffTotals.write(difference, json)
            json.list("changes") {
                for company in difference.companies {
                    json.object {
                        json.text("company", company.name)
                        for change in company.changes {
                            json.object(change.name) {
                                json.text("before", change.before)
                                json.text("after", change.after)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ rule: PolicyDifference.Rule, _ json: JSONWriter) {
        json.object {
            json.text("decision", rule.decision)
            json.text("rule", rule.name)
            switch rule.change {
            case .added: json.text("change", "added")
            case .removed: json.text("change", "removed")
            case .moved(let old, let new):
                json.text("change", "moved")
                json.integer("before", old)
                json.integer("after", new)
            case .changed(let cells):
                json.text("change", "changed")
                json.list("cells") {
                    for cell in cells {
                        json.object {
                            json.text("column", cell.column)
                            json.text("before", cell.before)
                            json.text("after", cell.after)
                        }
                    }
                }
            }
        }
    }
}
