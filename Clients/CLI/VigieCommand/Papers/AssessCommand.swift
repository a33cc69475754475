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

    @Option(help: ArgumentHelp("Only this company.", valueName: "siren"))
    var siren: String?

    @Option(
        help: ArgumentHelp(
            "Write one page that can be mailed and printed there instead.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html"])
    )
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write a workbook there instead: a row for each company, reasons, what is open.",
            valueName: "file"
        ),
        completion: .file(extensions: ["xlsx"])
    )
    var xlsx: String?

    @OptionGroup var whatIf: WhatIfOptions

    func validate() throws {
        if html != nil, xlsx != nil { throw ValidationError("give --html or --xlsx") }
        if let siren, (try? SIREN(siren)) == nil {
            throw ValidationError("'\(siren)' is no number of a company (SIREN)")
        }
        try checkRange(reasons, in: 0...64, name: "--reasons")
    }

    func write(_ stack: PaperStack, to sink: ByteSink) throws {
        var request = Assessor.Options(asOf: day.day)
        request.reasonCount = reasons
        var companies = stack.companies(asOf: day.day)
        if let siren { companies = companies.filter { $0.siren == (try? SIREN(siren)) } }
        guard !companies.isEmpty else {
            throw CommandFailure(
                .badInput,
                siren.map { "no paper is about company \($0)" } ?? "the papers name no company",
                hint: "`vigie papers check` tells what each paper is"
            )
        }
        let models = try ScoringModel.bundledModels()
        guard let model = models.first else { return }
        let assessor = try Assessor(model: model, card: models.dropFirst().first)
        let assessments = try assessor.assess(companies, request)
        let words = AssessmentWords(options.lang, model.manifest)
        if let path = html ?? xlsx {
            let inputs = options.papers.compactMap { FileIdentity(path: $0) }
            let file = try ByteSink.file(path, inputs: inputs)
            if html != nil {
                file.write(AssessmentPage(stack, words).html(assessments))
            } else {
                file.write(PortfolioWorkbook(stack, words).bytes(assessments))
            }
            try file.finish()
        } else if options.output == .json {
            let more = try whatIf.answers(assessor, companies, request, assessments, stack)
            AssessmentJSON(sink).document(assessments, stack, options.lang) { place, json in
                more[place].write(to: json, inFrench: options.lang == .fr)
            }
        } else {
            let text = AssessmentText(words, options.terminal)
            let more = try whatIf.answers(assessor, companies, request, assessments, stack)
            let pages = zip(assessments, more).map { text.page($0) + WhatIfText(words).page($1) }
            sink.write(pages.joined(separator: "\n"))
        }
    }
}
