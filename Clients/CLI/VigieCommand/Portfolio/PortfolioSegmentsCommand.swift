// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio segments`: companies of a portfolio by conditions.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Segments
internal import ServiceErrors
internal import VigieClient
internal import VigieLimits

/// The parent of the commands on segments.
struct PortfolioSegmentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segments",
        abstract: "Lists, tries, keeps and ends segments of a portfolio.",
        discussion: """
            EXAMPLE
              vigie portfolio segments try customers --name risky --condition "class >= 7"
              vigie portfolio segments put customers risky.json
              vigie portfolio segments list customers
              vigie portfolio scores customers --segment risky -o csv
            """,
        subcommands: [
            SegmentsListCommand.self, SegmentsTryCommand.self, SegmentsPutCommand.self,
            SegmentsDeleteCommand.self,
        ]
    )
}

/// Which companies of a segment, as it is named on a command line.
enum SegmentPartArgument: String, CaseIterable, ExpressibleByArgument {
    case members, unknown, others

    var part: PortfolioSegment.Part {
        switch self {
        case .members: .members
        case .unknown: .unknown
        case .others: .others
        }
    }
}

/// A segment on a command line: a document, or its parts.
struct SegmentArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A file with the segment as JSON; without one --name and --condition say it.",
            valueName: "file"
        )
    )
    var file: String?

    @Option(help: ArgumentHelp("Its name.", valueName: "text"))
    var name: String?

    @Option(help: ArgumentHelp("Its condition, such as \"class >= 7\".", valueName: "text"))
    var condition: String?

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note = ""

    func validate() throws {
        if file == nil {
            guard name != nil, condition != nil else {
                throw ValidationError("Name a file, or say --name and --condition.")
            }
        } else if name != nil || condition != nil || !note.isEmpty {
            throw ValidationError("The file says name, condition and note; leave the options out.")
        }
    }

    /// The segment; nothing of it was sent yet.
    func segment() throws -> PortfolioSegment {
        guard let file else {
            return PortfolioSegment(name ?? "", condition: condition ?? "", note: note)
        }
        let bytes = try SmallFile.bytes(
            path: file,
            bytesMax: SegmentLimits.segmentDocumentBytes
        )
        let problems = ProblemList(file: file)
        let read: Segments.Segment?
        do throws(ServiceError) {
            read = try Segments.Segment.read(json: bytes, problems)
        } catch { throw CommandFailure(.badInput, "\(file): \(error.message)") }
        guard let read else {
            let told = problems.problems.map { "\($0.path): \($0.message)" }
            throw CommandFailure(
                .badInput,
                "\(file) is no segment: \(told.joined(separator: "; "))",
                hint: "write {\"format\": \"vigie-segment/1\", \"name\": …, \"condition\": …}"
            )
        }
        return PortfolioSegment(read.name, condition: read.condition, note: read.note)
    }
}

/// Lists segments.
struct SegmentsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the segments of a portfolio with their figures.",
        discussion: "JSON is a line for each segment."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let segments = try await client.listSegments(of: portfolio.name)
        let (risks, leftOut) = try await client.segmentRisks(of: portfolio.name)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: for one in segments { SegmentText.writeJSON(one, risks, to: sink) }
        case .table where segments.isEmpty:
            printError("vigie: the portfolio has no segments; keep one with `segments put`")
        case .table: sink.write(SegmentText.table(segments, risks, common.output))
        }
        try sink.flush()
        if !leftOut.isEmpty { printError("vigie: no figures: \(escaped(leftOut))") }
        return .success
    }
}

/// Tries a segment.
struct SegmentsTryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Tells what a segment would hold, who enters and who leaves. Keeps nothing."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup(title: "Segment") var segment: SegmentArguments

    @Option(help: ArgumentHelp("Most companies of each list, up to 1,000.", valueName: "count"))
    var companies = 10

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let trial = try await client.trySegment(
            try segment.segment(),
            on: portfolio.name,
            companyCount: companies
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: SegmentText.writeJSON(trial, to: sink)
        case .table: sink.write(SegmentText.text(trial))
        }
        try sink.flush()
        return .success
    }
}

/// Keeps a segment.
struct SegmentsPutCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Keeps a segment of a portfolio, in the place of one of its name."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup(title: "Segment") var segment: SegmentArguments

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let kept = try await client.putSegment(try segment.segment(), of: portfolio.name)
        try printOutput("\(escaped(kept.name)): \(escaped(kept.condition))")
        return .success
    }
}

/// Ends a segment.
struct SegmentsDeleteCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Ends a segment of a portfolio. Its companies stay."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(help: ArgumentHelp("The name of the segment.", valueName: "segment"))
    var segment: String

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.deleteSegment(segment, of: portfolio.name)
        return .success
    }
}
