// SPDX-License-Identifier: Apache-2.0

// `vigie worklist`: whom to call and to write to, letters, and what is done about customers.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// The parent of the commands on collection.
struct WorklistCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worklist",
        abstract: "Tells whom to call and to write to, writes letters, records what customers say.",
        subcommands: [
            WorklistShowCommand.self, WorklistLettersCommand.self, WorklistRecordCommand.self,
            WorklistExplainCommand.self, WorklistForecastCommand.self,
            WorklistClaimsCommand.self, WorklistScenariosCommand.self,
            WorklistExamplesCommand.self, WorklistProceedingsCommand.self,
        ],
        defaultSubcommand: WorklistShowCommand.self
    )
}

/// A language of reasons and letters, as it is named on a command line.
enum LanguageArgument: String, CaseIterable, ExpressibleByArgument {
    case french = "fr"
    case english = "en"

    var language: CollectionLanguage { self == .french ? .french : .english }
}

/// The day and the language of what is asked for.
struct CollectionOptions: ParsableArguments {
    @Option(help: "The day, as YYYY-MM-DD; today in UTC if it is left out.")
    var asOf = ""

    @Option(help: "The language of reasons and letters.")
    var language = LanguageArgument.english
}

/// Tells whom to work on.
struct WorklistShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tells whom to call and to write to, the most at risk first, and whom not."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var collection: CollectionOptions

    @Option(help: "Most customers of each list, up to 1,000.")
    var limit = 100

    @Option(help: ArgumentHelp("A segment, of whose companies alone it is.", valueName: "segment"))
    var segment: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let list = try await client.worklist(
            of: portfolio.name,
            asOf: collection.asOf,
            language: collection.language.language,
            limit: limit,
            segment: segment
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: WorklistText.writeJSON(list, to: sink)
        case .table: sink.write(WorklistText.text(list, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Tells or writes letters.
struct WorklistLettersCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters",
        abstract: "Tells the letters of a day; with --send writes those of today.",
        discussion: """
            Letters are written once: whoever was written to by an earlier run waits. To send \
            them is not the server's: this prints them.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var collection: CollectionOptions

    @Option(help: "Who writes, as letters say it.")
    var sender: String

    @Flag(help: "Record that they go out.")
    var send = false

    func validate() throws {
        guard !send || collection.asOf.isEmpty else {
            throw ValidationError("Letters go out today; leave out --as-of or --send.")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        guard send else {
            let plan = try await client.planDunning(
                of: portfolio.name,
                sender: sender,
                asOf: collection.asOf,
                language: collection.language.language
            )
            for letter in plan.letters { sink.write(WorklistText.text(letter)) }
            try sink.flush()
            if plan.count > plan.letters.count {
                printError("vigie: \(plan.count - plan.letters.count) more letters are not told")
            }
            warn(of: plan.unknownRates)
            return .success
        }
        let done = try await client.runDunning(
            of: portfolio.name,
            sender: sender,
            language: collection.language.language
        )
        var token = ""
        repeat {
            guard done.run > 0 else { break }
            let page = try await client.listLetters(
                ofRun: done.run,
                in: portfolio.name,
                pageToken: token
            )
            for letter in page.letters { sink.write(WorklistText.text(letter)) }
            try sink.flush()
            token = page.nextPageToken
        } while !token.isEmpty
        printError("vigie: \(done.letterCount) letters were written")
        warn(of: done.unknownRates)
        return .success
    }

    /// Says that letters lack rates, and where these are given.
    private func warn(of halfYears: [String]) {
        guard !halfYears.isEmpty else { return }
        printError(
            "vigie: no rate of late interest is known for "
                + escaped(halfYears.joined(separator: ", "))
                + "; letters say that it is still to be calculated. Give rates as interest_rates "
                + "of the scenarios: vigie worklist scenarios \(escaped(portfolio.name)) --set FILE"
        )
    }
}

/// Records what is done about a customer.
struct WorklistRecordCommand: ServerCommand {
    /// What can be done.
    enum Step: String, CaseIterable, ExpressibleByArgument {
        case promise, dispute, settle, hold, level, release, terms, note
    }

    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Records a promise, a dispute, a decision by hand or a note about a customer."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: OneCompanyArgument

    @Argument(help: "What is done.")
    var step: Step

    @Option(help: "The number of the invoice; the customer as a whole if it is left out.")
    var invoice: String?

    @Option(help: "The day of a promise, or the last one of a hold, as YYYY-MM-DD.")
    var until: String?

    @Option(help: "What is promised, in cents; all if it is left out.")
    var cents: Int64?

    @Option(help: "The level that is to be used.")
    var level: Int?

    @Option(help: "Terms: the segment, by which the scenario is found.")
    var segment = ""

    @Option(help: "Terms: what insurers and guarantors would pay, in cents; --until ends it.")
    var coverCents: Int64 = 0

    @Option(help: "Terms: the language of letters; that of whoever writes if it is left out.")
    var letterLanguage: LanguageArgument?

    @Option(help: "What is written down beside it.")
    var note = ""

    func validate() throws {
        switch step {
        case .promise where until == nil: throw ValidationError("Name the day with --until.")
        case .dispute where invoice == nil, .settle where invoice == nil:
            throw ValidationError("Name the invoice with --invoice.")
        case .level where level == nil: throw ValidationError("Name the level with --level.")
        default: break
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let done: CollectionStep =
            switch step {
            case .promise: .promise(invoice: invoice, date: until ?? "", amountCents: cents)
            case .dispute: .dispute(invoice: invoice ?? "")
            case .settle: .settle(invoice: invoice ?? "")
            case .hold: .hold(invoice: invoice, until: until)
            case .level: .setLevel(invoice: invoice, level ?? 0)
            case .release: .release(invoice: invoice)
            case .terms:
                .setTerms(
                    CollectionTerms(
                        segment: segment,
                        coverCents: coverCents,
                        coverUntil: until ?? "",
                        language: letterLanguage?.language
                    )
                )
            case .note: .note
            }
        try await client.record(
            done,
            about: named.company.identifier,
            in: portfolio.name,
            note: note
        )
        try printOutput("recorded")
        return .success
    }
}
