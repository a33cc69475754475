// SPDX-License-Identifier: Apache-2.0

// An assessment on one page of a terminal.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import PaymentBehaviour
internal import StatementAnalysis

/// Writes assessments for a terminal.
struct AssessmentText {
    private let words: AssessmentWords
    private let terminal: Terminal

    init(_ words: AssessmentWords, _ terminal: Terminal) {
        self.words = words
        self.terminal = terminal
    }

    /// The page of a company.
    ///
    /// - Parameter papers: What is odd about papers that are about it.
    func page(_ assessment: Assessment, papers: [Finding]) -> String {
        var lines = [
            terminal.bold(escaped(words.title(assessment))) + "  " + words.say("au", "as of")
                + " \(assessment.asOf)",
            named(words.say("Situation", "Outcome"), words.outcome(assessment)),
        ]
        if let figures = assessment.adjusted {
            let name = words.className(assessment, figures)
            let number = words.say("classe", "class") + " \(figures.riskClass)"
            lines.append(
                named(
                    words.say("Probabilité", "Probability"),
                    words.percent(figures.probability) + " " + words.horizon(assessment)
                )
            )
            lines.append(named("Score", "\(figures.score), \(number) (\(name))"))
            if let effect = words.paymentEffect(assessment) { lines.append(named("", effect)) }
            lines += words.horizons(assessment).map { named("", escaped($0)) }
        }
        let confidence = "\(assessment.confidence.rawValue) (\(words.depth(assessment)))"
        lines.append(named(words.say("Confiance", "Confidence"), confidence))
        lines += reasons(assessment)
        lines += payments(assessment.payments, words.say("Ce qu'elle paie", "How it pays"))
        lines += payments(assessment.receivables, words.say("Ce qu'on lui doit", "How it is paid"))
        lines += ratios(assessment)
        lines += trends(assessment)
        lines += models(assessment)
        lines += (assessment.findings + papers).filter { $0.severity >= .warning }.map { finding in
            "  ! " + escaped(finding.text(inFrench: words.isFrench))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A line for each company, before their pages.
    func list(_ assessments: [Assessment]) -> String {
        TextTable.text(
            columns: [
                (words.say("Entreprise", "Company"), .left),
                (words.say("Situation", "Outcome"), .left),
                (words.say("Probabilité", "Probability"), .right), ("Score", .right),
                (words.say("Classe", "Class"), .right),
                (words.say("Confiance", "Confidence"), .left),
            ],
            rows: assessments.map { assessment in
                let figures = assessment.adjusted
                return [
                    words.title(assessment), words.outcomeName(assessment),
                    figures.map { words.percent($0.probability) } ?? "–",
                    figures.map { "\($0.score)" } ?? "–",
                    figures.map { "\($0.riskClass)" } ?? "–", assessment.confidence.rawValue,
                ]
            },
            terminal: terminal
        )
    }

    private func named(_ name: String, _ text: String) -> String { padded(name, 13) + text }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.displayWidth))
    }

    private func reasons(_ assessment: Assessment) -> [String] {
        guard !assessment.reasons.isEmpty else { return [] }
        var lines = ["", terminal.bold(words.say("Pourquoi", "Why"))]
        let largest = assessment.reasons.map { abs($0.contribution) }.max() ?? 1
        for reason in assessment.reasons {
            let name = escaped(words.reason(reason))
            let direction = reason.contribution > 0 ? "+" : "-"
            let bar = bar(abs(reason.contribution) / largest, width: 10)
            lines.append("  \(direction) \(bar) \(name)")
        }
        return lines
    }

    private func payments(_ payments: PaymentEvidence, _ title: String) -> [String] {
        guard payments.payments > 0 || payments.open > 0 else { return [] }
        var lines = ["", terminal.bold(title), "  " + words.payments(payments)]
        let most = Double(payments.openByAge.max() ?? 0)
        for (bucket, cents) in zip(AgingBucket.allCases, payments.openByAge) where cents > 0 {
            let bar = bar(most > 0 ? Double(cents) / most : 0, width: 20)
            lines.append("  \(padded(words.age(bucket), 12)) \(bar) \(words.amount(cents))")
        }
        return lines
    }

    private func ratios(_ assessment: Assessment) -> [String] {
        let shown = assessment.ratios.filter { $0.value != nil || $0.isNotMeaningful }
        guard let last = assessment.statements.first, !shown.isEmpty else { return [] }
        let names = shown.map { words.isFrench ? $0.formula.french : $0.formula.english }
        let width = names.map(\.displayWidth).max() ?? 0
        var lines = [
            "", terminal.bold(words.say("Comptes au ", "Accounts of ") + "\(last.closing)"),
        ]
        for (name, ratio) in zip(names, shown) {
            lines.append("  \(padded(name, width))  \(words.value(ratio))")
        }
        return lines
    }

    private func trends(_ assessment: Assessment) -> [String] {
        let trends = assessment.trends
        guard !trends.isEmpty else { return [] }
        let names = trends.map { words.isFrench ? $0.formula.french : $0.formula.english }
        let width = names.map(\.displayWidth).max() ?? 0
        var lines = ["", terminal.bold(words.trendTitle(assessment))]
        for (name, trend) in zip(names, trends) {
            let course = words.course(trend)
            lines.append("  \(padded(name, width))  \(padded(course.bars, 3))  \(course.values)")
        }
        return lines
    }

    private func models(_ assessment: Assessment) -> [String] {
        guard let models = assessment.models else { return [] }
        let known = models.opinions.filter { $0.result.value != nil || $0.result.isNotMeaningful }
        guard !known.isEmpty else { return [] }
        let title = words.say("Modèles publiés", "Published models")
        let note = models.diverges ? words.say(" (ils divergent)", " (they disagree)") : ""
        var lines = ["", terminal.bold(title) + note]
        for opinion in known {
            let formula = opinion.result.formula
            let name = padded(words.isFrench ? formula.french : formula.english, 24)
            lines.append("  \(name)  \(words.value(opinion.result))  \(words.zone(opinion))")
        }
        return lines
    }

    private func bar(_ part: Double, width: Int) -> String {
        let filled = Int((min(max(part, 0), 1) * Double(width)).rounded())
        return String(repeating: "█", count: filled) + String(repeating: " ", count: width - filled)
    }
}
