// SPDX-License-Identifier: Apache-2.0

// `vigie worklist explain|forecast|claims|scenarios`: one customer, what is ahead, what has to be
// declared, and by which scenarios customers are reminded.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient
internal import VigieLimits

/// Tells why each invoice of a customer is on a letter or is not.
struct WorklistExplainCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells how a customer stands, and why each invoice is on a letter or is not."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: OneCompanyArgument
    @OptionGroup var collection: CollectionOptions

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let standing = try await client.explainCustomer(
            named.company.identifier,
            in: portfolio.name,
            asOf: collection.asOf,
            language: collection.language.language
        )
        guard let standing else { throw CommandFailure(.failure, "the server told no customer") }
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: OutlookJSON.write(standing, to: sink)
        case .table:
            sink.write(OutlookText(collection.language).text(standing, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Tells when customers pay.
struct WorklistForecastCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Tells when open invoices will be paid, and what comes week by week."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var collection: CollectionOptions

    @Option(help: "Weeks of cash, up to 53.")
    var weeks = 13

    @Option(help: "Most invoices, up to 1,000.")
    var limit = 100

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let outlook = try await client.forecastPayments(
            of: portfolio.name,
            asOf: collection.asOf,
            weeks: weeks,
            limit: limit
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: OutlookJSON.write(outlook, to: sink)
        case .table:
            sink.write(OutlookText(collection.language).text(outlook, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Writes declarations of claims.
struct WorklistClaimsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "Writes what has to be declared in proceedings of customers.",
        discussion: "A text for each customer, or with --file all claims for spreadsheets."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var collection: CollectionOptions

    @Option(help: "The creditor, as texts say it.")
    var sender: String

    @Flag(help: "The creditor is outside of metropolitan France, and has two months more.")
    var abroad = false

    @Flag(help: "Write one file of all claims instead.")
    var file = false

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let claims = try await client.declareClaims(
            of: portfolio.name,
            sender: sender,
            asOf: collection.asOf,
            language: collection.language.language,
            isCreditorAbroad: abroad
        )
        let sink = try ByteSink.standardOutput()
        if file {
            sink.write(claims.file)
        } else {
            let words = OutlookText(collection.language)
            for claim in claims.declarations { sink.write(words.text(claim)) }
        }
        try sink.flush()
        if claims.count > claims.declarations.count {
            printError("vigie: \(claims.count - claims.declarations.count) more are not told")
        }
        return .success
    }
}

/// Tells scenarios, or sets them.
struct WorklistScenariosCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenarios",
        abstract: "Writes by which scenarios customers are reminded; with --set, sets them.",
        discussion: """
            EXAMPLE
              vigie worklist scenarios customers > scenarios.json
              vigie worklist scenarios customers --set scenarios.json
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: "A document of scenarios that holds from now on.", completion: .file())
    var set: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        if let set {
            let bytes = try SmallFile.bytes(
                path: set,
                bytesMax: CollectionLimits.scenarioBytes
            )
            let number = try await client.setDunningScenarios(
                String(decoding: bytes, as: UTF8.self),
                of: portfolio.name
            )
            try printOutput("scenarios \(number) hold")
            return .success
        }
        let found = try await client.dunningScenarios(of: portfolio.name)
        let sink = try ByteSink.standardOutput()
        sink.write(found.document.hasSuffix("\n") ? found.document : found.document + "\n")
        try sink.flush()
        return .success
    }
}
