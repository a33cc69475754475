// SPDX-License-Identifier: Apache-2.0

// What a page says of one company, part by part.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import PaymentBehaviour
internal import StatementAnalysis

extension AssessmentPage {
    /// Probability, score, class and confidence.
    func figures(
        _ assessment: Assessment,
        _ figures: RiskFigures,
        _ terms: inout TermLinks
    ) -> String {
        let colour = words.classColour(figures.riskClass)
        let boxes = [
            (
                "probability", words.say("Probabilité", "Probability"),
                words.percent(figures.probability), words.horizon(assessment)
            ),
            ("score", "Score", "\(figures.score)", words.say("sur 1000", "of 1000")),
            (
                "class", words.say("Classe", "Class"), "\(figures.riskClass)",
                words.className(assessment, figures)
            ),
            (
                "confidence", words.say("Confiance", "Confidence"), assessment.confidence.rawValue,
                words.depth(assessment)
            ),
        ]
        var text = "<section class=\"figures\">"
        for (term, name, value, note) in boxes {
            text += "<div class=\"\(term == "class" ? colour : "")\"><span>"
            text += terms.link(term, name) + "</span><b>\(markup(value))</b>"
            text += "<small>\(markup(note))</small></div>"
        }
        text += "</section>\n"
        if let words = words.paymentEffect(assessment) { text += "<p>\(markup(words))</p>\n" }
        return text + list(words.horizons(assessment))
    }

    /// Why, with bars.
    func reasons(_ assessment: Assessment, _ terms: inout TermLinks) -> String {
        guard !assessment.reasons.isEmpty else { return "" }
        let largest = assessment.reasons.map { abs($0.contribution) }.max() ?? 1
        var text = "<h2>\(terms.link("reason", words.say("Pourquoi", "Why")))</h2>"
        text += "<table class=\"bars\">\n"
        for reason in assessment.reasons {
            let direction =
                reason.contribution > 0
                ? words.say("augmente le risque", "raises the risk")
                : words.say("réduit le risque", "lowers the risk")
            text += row(
                [words.reason(reason), direction],
                note: reason.sentence(inFrench: words.isFrench),
                bar: abs(reason.contribution) / largest,
                kind: reason.contribution > 0 ? "bad" : "good"
            )
        }
        return text + "</table>\n"
    }

    /// How it pays or is paid, and what is open by age.
    func payments(
        _ payments: PaymentEvidence,
        _ title: String,
        _ terms: inout TermLinks
    ) -> String {
        guard payments.payments > 0 || payments.open > 0 else { return "" }
        var items: [String] = []
        for (term, text) in words.paymentItems(payments) { items.append(terms.link(term, text)) }
        var text = "<h2>\(markup(title))</h2><p>\(items.joined(separator: ", "))</p>"
        text += "<table class=\"bars\">\n"
        let most = Double(payments.openByAge.max() ?? 0)
        for (bucket, cents) in zip(AgingBucket.allCases, payments.openByAge) where cents > 0 {
            text += row(
                [words.age(bucket), words.amount(cents)],
                bar: most > 0 ? Double(cents) / most : 0,
                kind: bucket == .notDue ? "good" : "bad"
            )
        }
        return text + "</table>\n"
    }

    /// The last accounts.
    func ratios(_ assessment: Assessment, _ terms: inout TermLinks) -> String {
        let shown = assessment.ratios.filter { $0.value != nil || $0.isNotMeaningful }
        guard let last = assessment.statements.first, !shown.isEmpty else { return "" }
        var text = "<h2>\(words.say("Comptes au", "Accounts of")) \(last.closing)</h2>"
        text += "<table class=\"ratios\">\n"
        for ratio in shown {
            let name = words.isFrench ? ratio.formula.french : ratio.formula.english
            text += "<tr><td>\(terms.link(ratio.formula.name, name))</td>"
            text += "<td>\(markup(words.value(ratio)))</td></tr>\n"
        }
        return text + "</table>\n"
    }

    /// How the main figures went over the years.
    func trends(_ assessment: Assessment) -> String {
        let trends = assessment.trends
        guard !trends.isEmpty else { return "" }
        var text = "<h2>\(markup(words.trendTitle(assessment)))</h2><table class=\"ratios\">\n"
        for trend in trends {
            let course = words.course(trend)
            let name = words.isFrench ? trend.formula.french : trend.formula.english
            let cells = [name, course.bars, course.values]
            text += "<tr>" + cells.map { "<td>\(markup($0))</td>" }.joined() + "</tr>\n"
        }
        return text + "</table>\n"
    }

    /// What published models say.
    func models(_ assessment: Assessment, _ terms: inout TermLinks) -> String {
        let known = (assessment.models?.opinions ?? []).filter {
            $0.result.value != nil || $0.result.isNotMeaningful
        }
        guard !known.isEmpty else { return "" }
        let title = terms.link("altman_z", words.say("Modèles publiés", "Published models"))
        let note =
            assessment.models?.diverges == true
            ? words.say(" (ils divergent)", " (they disagree)") : ""
        var text = "<h2>\(title)\(note)</h2><table class=\"ratios\">\n"
        for opinion in known {
            let formula = opinion.result.formula
            let cells = [
                words.isFrench ? formula.french : formula.english, words.zone(opinion),
                words.value(opinion.result),
            ]
            text += "<tr>" + cells.map { "<td>\(markup($0))</td>" }.joined() + "</tr>\n"
        }
        return text + "</table>\n"
    }

    /// What is odd about the accounts, and about the papers.
    func findings(_ findings: [Finding], _ terms: inout TermLinks) -> String {
        let shown = findings.filter { $0.severity >= .warning }
        guard !shown.isEmpty else { return "" }
        var text = "<h2>\(terms.link("finding", words.say("Constats", "Findings")))</h2><ul>\n"
        for finding in shown {
            text += "<li>\(markup(finding.text(inFrench: words.isFrench)))</li>\n"
        }
        return text + "</ul>\n"
    }

    /// What is told beside it.
    func answers(_ answers: WhatIfQuestions.Answers) -> String {
        AnswerSections(words).sections(answers).map { section in
            "<h2>\(markup(section.title))</h2>" + list(section.lines)
        }.joined()
    }

    private func list(_ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        return "<ul>" + lines.map { "<li>\(markup($0))</li>" }.joined() + "</ul>\n"
    }

    private func row(
        _ cells: [String],
        note: String = "",
        bar: Double,
        kind: String
    ) -> String {
        let width = Int((min(max(bar, 0), 1) * 100).rounded())
        var texts = cells.map(markup)
        if !note.isEmpty, !texts.isEmpty { texts[0] += "<small>\(markup(note))</small>" }
        return "<tr>" + texts.map { "<td>\($0)</td>" }.joined()
            + "<td class=\"bar\"><i class=\"\(kind)\" style=\"width:\(width)%\"></i></td></tr>\n"
    }
}
