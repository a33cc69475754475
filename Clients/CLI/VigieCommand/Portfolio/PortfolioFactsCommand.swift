// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio facts`: what a server knows of a company.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Lists what a server knows of a company.
struct PortfolioFactsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Lists what the server knows of a company: of which day, from whom, since when."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: OneCompanyArgument

    @Flag(help: "List facts, too, in whose place others stand.")
    var all = false

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var (facts, token) = ([KnownFact](), "")
        repeat {
            let page = try await client.listFacts(
                of: named.company.identifier,
                in: portfolio.name,
                includesSuperseded: all,
                pageToken: token
            )
            (facts, token) = (facts + page.facts, page.nextPageToken)
        } while !token.isEmpty
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: Self.writeJSON(facts, to: sink)
        case .table where facts.isEmpty: printError("vigie: the server knows nothing of it")
        case .table: sink.write(Self.table(facts, common.output))
        }
        try sink.flush()
        return .success
    }

    private static func table(_ facts: [KnownFact], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("number", .right), ("kind", .left), ("day", .left), ("known since", .left),
                ("superseded", .left), ("bytes", .right), ("source", .left),
            ],
            rows: facts.map { fact in
                [
                    "\(fact.number)", word(fact.kind), fact.day?.description ?? "",
                    moment(fact.knownAtMicroseconds),
                    fact.supersededAtMicroseconds.map(moment) ?? "", grouped(fact.byteCount),
                    escaped(fact.source),
                ]
            },
            terminal: terminal
        )
    }

    private static func writeJSON(_ facts: [KnownFact], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for fact in facts {
                writer.object {
                    writer.integer("number", fact.number)
                    writer.text("kind", word(fact.kind))
                    writer.text("day", fact.day?.description)
                    writer.text("source", fact.source)
                    writer.integer("known_at_microseconds", Int(fact.knownAtMicroseconds))
                    writer.integer(
                        "superseded_at_microseconds",
                        fact.supersededAtMicroseconds.map { Int($0) }
                    )
                    writer.integer("byte_count", fact.byteCount)
                }
            }
        }
        sink.write("\n")
    }

    /// A time to the second, in UTC.
    private static func moment(_ microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        let ofDay = Int((seconds % 86_400 + 86_400) % 86_400)
        let parts = [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60].map { part in
            part < 10 ? "0\(part)" : "\(part)"
        }
        return "\(CalendarDate(secondsSince1970: seconds)) \(parts.joined(separator: ":"))"
    }

    private static func word(_ kind: KnownFact.Kind) -> String {
        switch kind {
        case .statement: "statement"
        case .ledger: "ledger"
        case .payment: "payment"
        case .event: "event"
        case .paper: "paper"
        case .decision: "decision"
        case .account: "account"
        case .other(let number): "kind \(number)"
        }
    }
}

/// A company on a command line.
struct OneCompanyArgument: ParsableArguments {
    @Argument(help: "The company: siren:552100554 or the nine digits, lei:…, own:…")
    var company: NamedCompany
}
