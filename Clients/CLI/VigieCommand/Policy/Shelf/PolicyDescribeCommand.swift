// SPDX-License-Identifier: Apache-2.0

// `vigie policy describe`: what a policy of a server takes and decides, and who may grant what.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import VigieClient

/// The command that describes a policy of a server.
struct PolicyDescribeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Describes a policy of a server: what it takes and decides, who may grant what."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp(
            "The policy; without a version the one that holds, or else the newest.",
            valueName: "name[@version]"
        )
    )
    var policy: String

    @Option(ClientSetting.language) var language: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let policy = try await client.describePolicy(policy)
        let sink = try ByteSink.standardOutput()
        for line in lines(policy, settings.language) { sink.write(escaped(line) + "\n") }
        try sink.flush()
        return .success
    }

    private func lines(_ policy: PolicyDescription, _ language: Language) -> [String] {
        func text(_ text: LocalizedText) -> String {
            language == .fr ? text.french : text.english
        }
        let summary = policy.summary
        var lines = [
            PolicyLines.line(summary), "\(text(summary.label)), by \(summary.author)",
            "amounts in \(policy.currency); content \(summary.contentHash)",
        ]
        for input in policy.inputs {
            let age = input.maximumAgeDays.map { ", at most \($0) days old" } ?? ""
            lines.append(
                "takes \(input.name) (\(input.kind), \(input.unit)): \(text(input.label)), from "
                    + input.source + age + (input.isRequired ? ", required" : "")
            )
        }
        for table in policy.tables {
            lines.append(
                "decides \(table.decision) (\(table.hitPolicy), \(table.ruleCount) rules): "
                    + "\(table.outputs.joined(separator: ", ")) by "
                    + table.inputs.joined(separator: ", ")
            )
        }
        for role in policy.roles {
            let amount = role.amount.map { "up to \($0)" } ?? "any limit"
            lines.append("\(role.name) (\(text(role.label))) may grant \(amount)")
        }
        if let amount = policy.fourEyesAbove {
            lines.append("above \(amount) a second person has to agree")
        }
        return lines
    }
}
