// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio assess`: a company by what the server knows of it.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import ProgramSettings
internal import Quantities
internal import VigieClient

/// Assesses a company of a portfolio.
struct PortfolioAssessCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Assesses a company by what the server knows of it.",
        discussion: """
            Of a day that is past, what was known at its end counts, unless --known-on names \
            another day: so it can be told what a decision was based on, and what one would say \
            today of that day.

            EXAMPLE
              vigie portfolio assess customers 552100554 --as-of 2025-12-31 --known-on 2026-03-31
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: OneCompanyArgument
    @OptionGroup var day: AsOfOption

    @Option(
        help: ArgumentHelp(
            "By what was known at the end of that day, in UTC; that of --as-of else.",
            valueName: "yyyy-mm-dd"
        )
    )
    var knownOn: String?

    @Option(help: ArgumentHelp("Model that scores statements.", valueName: "model"))
    var model: String?

    @Option(help: ArgumentHelp("Reasons.", valueName: "count"))
    var reasons = 5

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    @Option(ClientSetting.language) var language: String?

    func validate() throws {
        if let knownOn, CalendarDate(knownOn) == nil {
            throw ValidationError("'\(knownOn)' is no day: write --known-on 2025-12-31")
        }
        try checkRange(reasons, in: 0...64, name: "--reasons")
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var options = AssessmentOptions()
        options.asOf = day.asOf.flatMap { Day($0) }
        options.model = model
        options.reasonCount = reasons
        options.timeout = settings.timeout
        let known = try await client.assess(
            named.company.identifier,
            in: portfolio.name,
            knownAtMicroseconds: knownOn.flatMap { CalendarDate($0) }.map(Self.endOfDay),
            options: options
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: KnownAssessmentJSON(sink, settings.language).write(known, named.company)
        case .table:
            let text = KnownAssessmentText(settings.language, common.output)
            sink.write(text.page(known, named.company))
        }
        try sink.flush()
        return .success
    }

    /// The last microsecond of a day in UTC.
    private static func endOfDay(_ day: CalendarDate) -> Int64 {
        (Int64(day.dayNumber) + 1) * 86_400_000_000 - 1
    }
}
