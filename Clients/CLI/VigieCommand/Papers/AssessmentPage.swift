// SPDX-License-Identifier: Apache-2.0

// Assessments as one page that can be mailed and printed: nothing is fetched, no script runs. Its
// words lead to a glossary at its end, of which only what the page uses is there.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Quantities

/// Writes assessments as HTML.
struct AssessmentPage {
    let words: AssessmentWords
    private let stack: PaperStack
    private let reader: GlossaryTerm.Reader

    init(_ stack: PaperStack, _ words: AssessmentWords, _ reader: GlossaryTerm.Reader) {
        self.stack = stack
        self.words = words
        self.reader = reader
    }

    /// The whole page; of several companies, with a list of them first.
    ///
    /// - Parameters:
    ///   - companies: The facts that the assessments were made of, in the same order.
    ///   - answers: What is told beside each.
    func html(
        _ assessments: [Assessment],
        _ companies: [CompanyFacts],
        _ answers: [WhatIfQuestions.Answers]
    ) -> String {
        var terms = TermLinks(inFrench: words.isFrench)
        var body = assessments.count > 1 ? index(assessments, &terms) : ""
        for (number, assessment) in assessments.enumerated() {
            let facts = companies.indices.contains(number) ? companies[number] : nil
            let more = answers.indices.contains(number) ? answers[number] : nil
            body += section(assessment, number, facts, more, &terms)
        }
        body += terms.glossary(for: reader)
        let only = assessments.count == 1 ? assessments.first.map(words.title) : nil
        let title = only ?? words.say("Évaluations", "Assessments")
        return """
            <!doctype html>
            <html lang="\(words.isFrench ? "fr" : "en")"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(markup(title))</title><style>\(Self.style)</style></head><body>
            \(body)\(footer(assessments))</body></html>

            """
    }

    /// A line for each company, which leads to its part of the page.
    private func index(_ assessments: [Assessment], _ terms: inout TermLinks) -> String {
        let titles = [
            words.say("Entreprise", "Company"),
            terms.link("outcome", words.say("Situation", "Outcome")),
            terms.link("probability", words.say("Probabilité", "Probability")),
            terms.link("class", words.say("Classe", "Class")),
            terms.link("confidence", words.say("Confiance", "Confidence")),
        ]
        var text = "<nav><h1>\(words.say("Évaluations", "Assessments"))</h1>"
        text += "<table class=\"list\"><thead><tr>"
        text += titles.map { "<th>\($0)</th>" }.joined() + "</tr></thead><tbody>\n"
        for (number, assessment) in assessments.enumerated() {
            let figures = assessment.adjusted
            let colour = figures.map { words.classColour($0.riskClass) } ?? ""
            text += "<tr><td><a href=\"#company-\(number + 1)\">"
            text += markup(words.title(assessment)) + "</a></td><td>"
            text += markup(words.outcomeName(assessment)) + "</td><td>"
            text += markup(figures.map { words.percent($0.probability) } ?? "–") + "</td><td>"
            text += "<i class=\"mark \(colour)\"></i>"
            text += (figures.map { "\($0.riskClass)" } ?? "–") + "</td><td>"
            text += markup(assessment.confidence.rawValue) + "</td></tr>\n"
        }
        return text + "</tbody></table></nav>\n"
    }

    private func section(
        _ assessment: Assessment,
        _ number: Int,
        _ facts: CompanyFacts?,
        _ answers: WhatIfQuestions.Answers?,
        _ terms: inout TermLinks
    ) -> String {
        var text = "<article id=\"company-\(number + 1)\">"
        text += "<header><h1>\(markup(words.title(assessment)))</h1>"
        text += "<p>\(words.say("au", "as of")) \(assessment.asOf)</p></header>\n"
        let colour = assessment.adjusted.map { words.classColour($0.riskClass) } ?? ""
        text += "<p class=\"outcome \(assessment.outcome.rawValue) \(colour)\">"
        let isOpen = assessment.outcome == .inProceedings
        text += terms.link(isOpen ? "proceedings" : "outcome", words.outcome(assessment)) + "</p>\n"
        if let figures = assessment.adjusted { text += self.figures(assessment, figures, &terms) }
        text += reasons(assessment, &terms)
        text += payments(
            assessment.payments,
            words.say("Ce qu'elle paie", "How it pays"),
            &terms
        )
        text += payments(
            assessment.receivables,
            words.say("Ce qu'on lui doit", "How it is paid"),
            &terms
        )
        text += ratios(assessment, &terms)
        text += trends(assessment)
        text += models(assessment, &terms)
        if let answers { text += self.answers(answers) }
        text += findings(assessment.findings + (facts?.paperFindings ?? []), &terms)
        return text + sources(facts?.papers ?? []) + "</article>\n"
    }

    /// Which papers the company's facts stand in.
    private func sources(_ papers: [Int32]) -> String {
        let names = papers.compactMap { number in
            stack.papers.indices.contains(Int(number))
                ? stack.papers[Int(number)].shortName : nil
        }
        guard !names.isEmpty else { return "" }
        let list = names.map(markup).joined(separator: ", ")
        return "<p class=\"papers\">\(words.say("Pièces", "Papers")): \(list)</p>\n"
    }

    private func footer(_ assessments: [Assessment]) -> String {
        let models = Set(assessments.compactMap(\.model)).sorted().joined(separator: ", ")
        guard !models.isEmpty else { return "" }
        let caveat = words.say(
            "Une probabilité dit combien d'entreprises semblables défaillent ; ce n'est ni une "
                + "décision ni une certitude. Modèle : ",
            "A probability says how many similar companies fail; it is neither a decision nor a "
                + "certainty. Model: "
        )
        return "<footer>\(markup(caveat + models))</footer>"
    }
}
