// SPDX-License-Identifier: Apache-2.0

// `vigie assess`: throw the papers at it, and read what they come to.

internal import ArgumentParser
internal import Assessment
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import Quantities
internal import Scoring

/// The command that assesses companies.
struct AssessCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Assesses companies from their papers: outcome, probability, reasons. No server.",
        discussion: """
            Give papers in any mix: journals of entries (FEC), filed accounts (INPI), notices \
            (BODACC), registers. What each is, is told by its content; companies are joined by \
            their number (SIREN). Nothing that was made known after --as-of is used.
            """
    )

    @OptionGroup var options: PaperOptions

    @OptionGroup var day: AsOfOption

    @Option(help: ArgumentHelp("Reasons of each company.", valueName: "count"))
    var reasons = 5

    @Option(
        help: ArgumentHelp(
            "Only this company. A journal of entries whose file name does not say whose it is, is "
                + "taken for its.",
            valueName: "siren"
        )
    )
    var siren: String?

    @Option(
        help: ArgumentHelp(
            "Write one page that can be mailed and printed there instead; - for standard output.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html"])
    )
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write a workbook there instead: a row for each company, reasons, what is open; - too.",
            valueName: "file"
        ),
        completion: .file(extensions: ["xlsx"])
    )
    var xlsx: String?

    @Flag(help: "Only a line for each company.")
    var summary = false

    @OptionGroup var models: AssessModelOptions

    @OptionGroup var whatIf: WhatIfOptions

    @Option(help: "Whom the page explains its words to: sales, credit or company.")
    var reader = GlossaryTerm.Reader.credit

    var owner: SIREN? { siren.flatMap { try? SIREN($0) } }

    func validate() throws {
        if html != nil, xlsx != nil { throw ValidationError("give --html or --xlsx") }
        if summary, html != nil || xlsx != nil || options.output == .json {
            throw ValidationError("--summary is for the terminal: not with --html, --xlsx, -o json")
        }
        if let siren, (try? SIREN(siren)) == nil {
            throw ValidationError("'\(siren)' is no number of a company (SIREN)")
        }
        try checkRange(reasons, in: 0...64, name: "--reasons")
    }

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        var request = Assessor.Options(asOf: day.day)
        request.reasonCount = reasons
        var companies = stack.companies(asOf: day.day)
        if siren != nil { companies = companies.filter { $0.siren == owner } }
        guard !companies.isEmpty else {
            throw CommandFailure(
                .badInput,
                siren.map { "no paper is about company \($0)" } ?? "the papers name no company",
                hint: "`vigie papers check` tells what each paper is"
            )
        }
        let (manifest, assessor, horizons) = try models.assessors()
        try whatIf.check(manifest.riskClasses.count)
        var assessments = try assessor.assess(companies, request)
        try horizons?.add(to: &assessments, of: companies, request)
        let words = AssessmentWords(language, manifest)
        if summary { return sink.write(AssessmentText(words, options.terminal).list(assessments)) }
        let answers = try whatIf.answers(assessor, companies, request, assessments, stack)
        if let html {
            let page = AssessmentPage(stack, words, reader)
            try write(to: html, besides: stack.papers, sink) {
                $0.write(page.html(assessments, companies, answers))
            }
        } else if let xlsx {
            if xlsx == "-", Terminal(descriptor: Terminal.standardOutput).isTerminal {
                throw CommandFailure(
                    .usage,
                    "a workbook is nothing for a terminal",
                    hint: "name a file with --xlsx"
                )
            }
            let workbook = PortfolioWorkbook(stack, words)
            try write(to: xlsx, besides: stack.papers, sink) {
                $0.write(workbook.bytes(assessments, answers))
            }
        } else if options.output == .json {
            AssessmentJSON(sink).document(assessments, companies, stack, language) { place, json in
                answers[place].write(to: json, inFrench: language == .fr)
            }
        } else {
            let text = AssessmentText(words, options.terminal)
            let more = AnswerSections(words)
            let pages = zip(zip(assessments, companies), answers).map { company, answers in
                text.page(company.0, papers: company.1.paperFindings) + more.text(answers)
            }
            let list = assessments.count > 1 ? text.list(assessments) + "\n" : ""
            sink.write(list + pages.joined(separator: "\n"))
        }
    }

    /// Writes to a file, which must be none of the papers, or to standard output.
    private func write(
        to path: String,
        besides papers: [CompanyPaper],
        _ output: ByteSink,
        _ body: (ByteSink) -> Void
    ) throws {
        guard path != "-" else { return body(output) }
        let inputs = papers.compactMap { FileIdentity(path: $0.name) }
        let file = try ByteSink.file(path, inputs: inputs)
        body(file)
        try file.finish()
    }
}
