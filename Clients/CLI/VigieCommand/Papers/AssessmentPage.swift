// SPDX-License-Identifier: Apache-2.0

// Assessments as one page that can be mailed and printed: nothing is fetched, no script runs.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import LegalHistory
internal import PaymentBehaviour
internal import Quantities
internal import Scoring
internal import StatementAnalysis

/// Writes assessments as HTML.
struct AssessmentPage {
    private let words: AssessmentWords
    private let stack: PaperStack

    init(_ stack: PaperStack, _ words: AssessmentWords) {
        self.stack = stack
        self.words = words
    }

    /// The whole page.
    func html(_ assessments: [Assessment]) -> String {
        let title = words.say("Évaluation", "Assessment")
        var text = """
            <!doctype html>
            <html lang="\(words.isFrench ? "fr" : "en")"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title><style>\(Self.style)</style></head><body>

            """
        for assessment in assessments { text += section(assessment) }
        return text + footer(assessments) + "</body></html>\n"
    }

    private func section(_ assessment: Assessment) -> String {
        var text = "<article><header><h1>\(markup(words.title(assessment)))</h1>"
        text += "<p>\(words.say("au", "as of")) \(assessment.asOf)</p></header>\n"
        text += "<p class=\"outcome \(assessment.outcome.rawValue)\">"
        text += markup(words.outcome(assessment)) + "</p>\n"
        if let figures = assessment.adjusted { text += self.figures(assessment, figures) }
        text += reasons(assessment)
        text += payments(assessment.payments, words.say("Ce qu'elle paie", "How it pays"))
        text += payments(assessment.receivables, words.say("Ce qu'on lui doit", "How it is paid"))
        text += ratios(assessment)
        text += models(assessment)
        return text + papers(assessment) + "</article>\n"
    }

    private func figures(_ assessment: Assessment, _ figures: RiskFigures) -> String {
        let cells = [
            (
                words.say("Probabilité", "Probability"), words.percent(figures.probability),
                words.horizon(assessment)
            ),
            (words.say("Score", "Score"), "\(figures.score)", words.say("sur 1000", "of 1000")),
            (
                words.say("Classe", "Class"), "\(figures.riskClass)",
                words.className(figures.riskClass)
                    + (assessment.isClassCapped ? words.say(" (plafonnée)", " (capped)") : "")
            ),
            (
                words.say("Confiance", "Confidence"), assessment.confidence.rawValue,
                words.depth(assessment)
            ),
        ]
        let boxes = cells.map { name, value, note in
            "<div><span>\(markup(name))</span><b>\(markup(value))</b>"
                + "<small>\(markup(note))</small></div>"
        }
        var text = "<section class=\"figures\">\(boxes.joined())</section>\n"
        if let words = words.paymentEffect(assessment) { text += "<p>\(markup(words))</p>\n" }
        return text
    }

    private func reasons(_ assessment: Assessment) -> String {
        guard !assessment.reasons.isEmpty else { return "" }
        let largest = assessment.reasons.map { abs($0.contribution) }.max() ?? 1
        var text = "<h2>\(words.say("Pourquoi", "Why"))</h2><table class=\"bars\">\n"
        for reason in assessment.reasons {
            let direction =
                reason.contribution > 0
                ? words.say("augmente", "raises") : words.say("réduit", "lowers")
            text += row(
                [words.isFrench ? reason.french : reason.english, direction],
                bar: abs(reason.contribution) / largest,
                kind: reason.contribution > 0 ? "bad" : "good"
            )
        }
        return text + "</table>\n"
    }

    private func payments(_ payments: PaymentEvidence, _ title: String) -> String {
        guard payments.payments > 0 || payments.open > 0 else { return "" }
        var text = "<h2>\(markup(title))</h2><p>\(markup(words.payments(payments)))</p>"
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

    private func ratios(_ assessment: Assessment) -> String {
        let shown = assessment.ratios.filter { $0.value != nil }
        guard let last = assessment.statements.first, !shown.isEmpty else { return "" }
        var text = "<h2>\(words.say("Comptes au", "Accounts of")) \(last.closing)</h2>"
        text += "<table class=\"ratios\">\n"
        for ratio in shown {
            let name = words.isFrench ? ratio.formula.french : ratio.formula.english
            text +=
                "<tr><td>\(markup(name))</td><td>\(markup(words.value(ratio)))</td></tr>\n"
        }
        return text + "</table>\n"
    }

    private func models(_ assessment: Assessment) -> String {
        let known = (assessment.models?.opinions ?? []).filter { $0.result.value != nil }
        guard !known.isEmpty else { return "" }
        let title = words.say("Modèles publiés", "Published models")
        var text = "<h2>\(title)</h2><table class=\"ratios\">\n"
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

    /// Which papers the company's facts stand in.
    private func papers(_ assessment: Assessment) -> String {
        var numbers = Set(assessment.statements.map(\.source.paper))
        for event in assessment.legal.events { numbers.insert(event.source.paper) }
        let names = numbers.sorted().compactMap { number in
            stack.papers.indices.contains(Int(number)) ? stack.papers[Int(number)].name : nil
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

    private func row(_ cells: [String], bar: Double, kind: String) -> String {
        let width = Int((min(max(bar, 0), 1) * 100).rounded())
        return "<tr>" + cells.map { "<td>\(markup($0))</td>" }.joined()
            + "<td class=\"bar\"><i class=\"\(kind)\" style=\"width:\(width)%\"></i></td></tr>\n"
    }

    private static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
        color:#1b2733}article{margin-bottom:3rem;break-after:page}h1{font-size:1.5rem;margin:0}\
        h2{font-size:1.05rem;margin:1.5rem 0 .4rem;border-bottom:1px solid #cfd8df}\
        header p,small,.papers,footer{color:#5a6b78}.outcome{font-weight:600;padding:.5rem .8rem;\
        background:#eef2f5;border-left:5px solid #7d8f9c}.scored{border-color:#2b7a4b}\
        .in_proceedings,.closed{border-color:#b3372f}.review,.not_scorable{border-color:#c98a1b}\
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.8rem}\
        .figures div{border:1px solid #cfd8df;border-radius:6px;padding:.6rem .8rem}\
        .figures span,.figures small{display:block}.figures b{font-size:1.5rem}\
        table{border-collapse:collapse;width:100%}td{padding:.15rem .4rem;vertical-align:top}\
        .ratios td:last-child,.bars td:nth-child(2){text-align:right;white-space:nowrap}\
        .bar{width:35%}.bar i{display:block;height:.8rem;margin-top:.25rem;border-radius:2px}\
        .good{background:#2b7a4b}.bad{background:#b3372f}footer{border-top:1px solid #cfd8df;\
        padding-top:.6rem;font-size:.85rem}@media print{body{margin:0}.bar i{\
        print-color-adjust:exact}}
        """
}
