// SPDX-License-Identifier: Apache-2.0

// `vigie decide`: what does a policy decide on companies, and why?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import Policies
internal import Quantities
internal import TableArguments
internal import VigieClient

/// The command that decides.
struct DecideCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decides on companies by a policy: limit, terms, guarantees, clauses.",
        discussion: """
            Facts are a JSON object a company (or a list of them), or a table with a company a \
            row and a column an input. Papers are assessed as `vigie assess` does it; facts whose \
            company is the SIREN or name of one add to what its papers say, and come first. \
            `vigie policy check` says whether the policy is sound. With --server it is one that \
            holds there, and the server decides; papers are assessed here, and never leave.
            """
    )

    /// How much is explained.
    enum Explanation: String, ExpressibleByArgument, CaseIterable {
        case none, match
        case nearMiss = "near-miss"
    }

    @OptionGroup(title: "Connection") var common: CommonOptions

    @OptionGroup(title: "How a table of facts is written") var table: TableFlags

    @Argument(
        help: ArgumentHelp(
            "The directory of the policy; or, with --server, name[@version].",
            valueName: "policy"
        ),
        completion: .directory
    )
    var policy: String

    @Option(
        help: ArgumentHelp("What is known of the companies: .json or .csv.", valueName: "file"),
        completion: .file(extensions: ["json", "csv"])
    )
    var facts: String?

    @Option(
        help: ArgumentHelp(
            "Papers of companies, or folders of them; can be given again.",
            valueName: "paper"
        ),
        completion: .file()
    )
    var papers: [String] = []

    @Option(help: ArgumentHelp("Only this company, by its name.", valueName: "name"))
    var company: String?

    @Option(
        help: ArgumentHelp(
            "The day for which is decided where the facts name none. (default: today, UTC)",
            valueName: "YYYY-MM-DD"
        )
    )
    var asOf: String?

    @Option(
        help: """
            none, match (the rules that decided) or near-miss (also those that nearly did: which \
            cell failed, by how much, and what would follow).
            """
    )
    var explain = Explanation.match

    @Option(
        help: ArgumentHelp(
            "Write one page that can be mailed and printed instead; - for standard output.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html"])
    )
    var html: String?

    @Option(
        help: """
            Whom the page is for: customer (the letter: terms, guarantees, clauses), sales (also \
            what is done) or credit (the file, with every part and rule).
            """
    )
    var reader = PolicyReader.credit

    @Flag(help: "Only a line for each company.")
    var summary = false

    @Option(name: [.short, .long], help: "table or json.")
    var output = PolicyOutput.table

    @OptionGroup var language: LanguageOption

    func validate() throws {
        if html != nil, summary || output == .json {
            throw ValidationError("give one of --html, --summary and -o json")
        }
        if facts == nil, papers.isEmpty { throw ValidationError("give --facts, --papers or both") }
    }

    func run() async throws {
        // A name that is no directory is most likely mistyped: no server is asked unasked.
        guard common.server == nil else { return try await callServer() }
        let language = try language.language()
        do {
            let policy = try PolicyBundles.policy(policy)
            let questions = try asked(policy)
            let (decisions, explanations) = try decided(questions, policy)
            try write(decisions, explanations, DecisionWords(policy, language))
        } catch {
            throw ending(on: error, language)
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try ServerPolicies.requireNames([policy])
        let policy = try await ServerPolicies.policy(policy, client)
        let server = ServerDecisions(
            client: client,
            policy: policy,
            explanation: explain == .none ? .none : explain == .match ? .match : .nearMiss,
            timeout: settings.timeout
        )
        let (decisions, explanations) = try await server.decisions(try asked(policy))
        try write(
            decisions,
            explanations,
            DecisionWords(policy, language.given ?? settings.language)
        )
        return .success
    }

    /// All questions.
    private func asked(_ policy: Policy) throws -> [CreditQuestion] {
        var today = PolicyBundles.today
        if let asOf {
            guard let day = CalendarDate(asOf) else {
                throw CommandFailure(.usage, "--as-of has to be a day written as 2026-01-31")
            }
            today = day
        }
        let questions = try questions(policy, today)
        guard let company else { return questions }
        let named = questions.filter { $0.company == company }
        guard !named.isEmpty else {
            throw CommandFailure(.badInput, "there is no company \"\(escaped(company))\"")
        }
        return named
    }

    private func write(
        _ decisions: [CreditPolicy.CreditDecision],
        _ explanations: [[TableExplanation]],
        _ words: DecisionWords
    ) throws {
        let sink = try ByteSink.standardOutput()
        if let html {
            let page = DecisionPage(words, reader).html(decisions, explanations)
            guard html != "-" else {
                sink.write(page)
                return try sink.flush()
            }
            let named = ([facts].compactMap { $0 } + papers).compactMap { FileIdentity(path: $0) }
            let inputs = named + table.inputs
            let file = try ByteSink.file(html, inputs: inputs)
            file.write(page)
            try file.finish()
        } else if output == .json {
            DecisionJSON(sink, words.policy).document(decisions, explanations)
        } else if summary {
            let text = DecisionText(words)
            sink.write(text.summary(decisions, Terminal(descriptor: Terminal.standardOutput)))
        } else {
            let text = DecisionText(words)
            for (place, decision) in decisions.enumerated() {
                if place > 0 { sink.write("\n") }
                sink.write(text.text(decision, explanations[place]))
                try sink.flushIfFull()
            }
        }
        try sink.flush()
    }

    /// What papers say, and what is told beside.
    private func questions(_ policy: Policy, _ today: CalendarDate) throws -> [CreditQuestion] {
        let options = try table.tableOptions()
        var told =
            try facts.map {
                try PolicyBundles.questions($0, policy, today: today, options)
            } ?? []
        guard !papers.isEmpty else { return told }
        var questions: [CreditQuestion] = []
        for (siren, assessed) in try AssessedFacts.questions(papers, policy, asOf: today) {
            let names = [assessed.company, siren?.description ?? ""]
            guard let place = told.firstIndex(where: { names.contains($0.company) }) else {
                questions.append(assessed)
                continue
            }
            var question = told.remove(at: place)
            question.company = assessed.company
            question.facts.merge(assessed.facts) { told, _ in told }
            questions.append(question)
        }
        return questions + told
    }

    private func decided(
        _ questions: [CreditQuestion],
        _ policy: Policy
    ) throws(CommandFailure) -> ([CreditPolicy.CreditDecision], [[TableExplanation]]) {
        let decider = CreditDecider(policy)
        var explanations = [[TableExplanation]](repeating: [], count: questions.count)
        do throws(PolicyError) {
            let decisions = try CreditGroups.together(questions.count, policy) {
                place,
                share throws(PolicyError) in
                let decision = try decider.decide(questions[place], within: share)
                if explain != .none {
                    let isNear = explain == .nearMiss
                    explanations[place] = decider.explanations(of: decision, nearMisses: isNear)
                }
                return decision
            }
            return (decisions, explanations)
        } catch {
            throw PolicyBundles.failure(error)
        }
    }
}

extension PolicyReader: ExpressibleByArgument {}
