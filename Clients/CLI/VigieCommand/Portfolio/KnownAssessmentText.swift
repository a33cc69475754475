// SPDX-License-Identifier: Apache-2.0

// An assessment that a server made of what it knows, on one page of a terminal: as that of `vigie
// assess`, without what only papers tell.

internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Writes assessments of a server for a terminal.
struct KnownAssessmentText {
    private let language: Language
    private let terminal: Terminal

    init(_ language: Language, _ terminal: Terminal) {
        (self.language, self.terminal) = (language, terminal)
    }

    private func say(_ french: String, _ english: String) -> String {
        language == .fr ? french : english
    }

    private func say(_ text: LocalizedText) -> String {
        escaped(language == .fr ? text.french : text.english)
    }

    /// The page of a company.
    func page(_ known: KnownAssessment, _ company: NamedCompany) -> String {
        let assessment = known.assessment
        let day = assessment.model.asOfDate
        var lines = [
            terminal.bold(escaped("\(company.identifier)")) + "  " + say("au", "as of") + " \(day)",
            named(say("Situation", "Outcome"), outcome(assessment)),
        ]
        if let figures = assessment.adjusted {
            let months = assessment.model.horizonMonths
            let horizon = say(
                "de défaillance sous \(months) mois",
                "of failure within \(months) months"
            )
            let probability = percent(figures.probability) + " " + horizon
            lines.append(named(say("Probabilité", "Probability"), probability))
            let number = say("classe", "class") + " \(figures.riskClass)"
            let capped =
                assessment.isClassCapped
                ? say(" (plafonnée, car peu est connu)", " (capped, for little is known)") : ""
            lines.append(named("Score", "\(figures.score), \(number)\(capped)"))
        }
        lines.append(named(say("Confiance", "Confidence"), confidence(assessment)))
        lines.append(named(say("Connu", "Known"), facts(known)))
        lines += reasons(assessment.reasons)
        lines += payments(assessment.payments, say("Ce qu'elle paie", "How it pays"))
        lines += payments(assessment.receivables, say("Ce qu'on lui doit", "How it is paid"))
        lines += ratios(assessment)
        lines += models(assessment)
        lines += assessment.findings.filter { $0.severity != .info }.map { "  ! " + say($0.text) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func outcome(_ assessment: CompanyAssessment) -> String {
        var words =
            switch assessment.outcome {
            case .scored: say("notée", "scored")
            case .notScorable: say("non notable", "not scorable") + why(assessment)
            case .closed: say("fermée", "closed")
            case .inProceedings:
                say("en procédure collective", "in insolvency proceedings")
                    + " (\(escaped(assessment.legal.state)))"
            case .review:
                say("à revoir : un jugement doit être lu", "review: a judgment has to be read")
            case .other(let number): say("situation \(number)", "outcome \(number)")
            }
        if let since = assessment.since { words += say(" depuis le ", " since ") + "\(since)" }
        return words
    }

    private func why(_ assessment: CompanyAssessment) -> String {
        switch assessment.notScorableReason {
        case .nothingKnown: say(" : rien n'est connu", ": nothing is known")
        case .fewPayments: say(" : trop peu de paiements", ": too few payments")
        case .itemsMissing: say(" : des lignes manquent", ": lines are missing")
        case .knownLater: say(" : comptes connus plus tard", ": accounts were known later")
        case .other, nil: ""
        }
    }

    private func confidence(_ assessment: CompanyAssessment) -> String {
        let years = say("exercices : ", "years of accounts: ") + "\(assessment.statements.count)"
        let payments = say("paiements : ", "payments: ") + "\(assessment.payments?.payments ?? 0)"
        return "\(assessment.confidence) (\(years), \(payments))"
    }

    private func facts(_ known: KnownAssessment) -> String {
        let count = say("\(known.factCount) faits", "\(known.factCount) facts")
        guard let last = known.lastKnownAtMicroseconds else { return count }
        let day = CalendarDate(secondsSince1970: last / 1_000_000)
        return count + say(", le dernier reçu le \(day)", ", the last came on \(day)")
    }

    private func reasons(_ reasons: [AssessmentReason]) -> [String] {
        guard !reasons.isEmpty else { return [] }
        let largest = reasons.map { abs($0.contribution) }.max() ?? 1
        return ["", terminal.bold(say("Pourquoi", "Why"))]
            + reasons.map { reason in
                let bar = bar(largest > 0 ? abs(reason.contribution) / largest : 0, width: 10)
                return "  \(reason.contribution > 0 ? "+" : "-") \(bar) \(say(reason.label))"
            }
    }

    private func payments(_ payments: PaymentFigures?, _ title: String) -> [String] {
        guard let payments, payments.payments > 0 || payments.open > 0 else { return [] }
        var items: [String] = []
        if let index = payments.index {
            items.append(say("indice ", "index ") + language.number(index, 0))
        }
        if let days = payments.daysBeyondTerms {
            let words = say(" jours de retard en moyenne", " days beyond terms")
            items.append(language.number(days, 1) + words)
        }
        items.append(say("ouvert ", "open ") + amount(payments.open))
        items.append(say("échu ", "past due ") + amount(payments.pastDue))
        return ["", terminal.bold(title), "  " + items.joined(separator: ", ")]
    }

    private func ratios(_ assessment: CompanyAssessment) -> [String] {
        let shown = assessment.ratios.filter { $0.value != nil }
        guard let closing = assessment.statements.first?.closing, !shown.isEmpty else { return [] }
        return ["", terminal.bold(say("Comptes au ", "Accounts of ") + "\(closing)")]
            + list(shown) { value($0) }
    }

    private func models(_ assessment: CompanyAssessment) -> [String] {
        let known = assessment.publishedModels.filter { $0.value != nil }
        guard !known.isEmpty else { return [] }
        let note = assessment.modelsDiverge ? say(" (ils divergent)", " (they disagree)") : ""
        return ["", terminal.bold(say("Modèles publiés", "Published models")) + note]
            + list(known) { value($0) + "  " + zone($0) }
    }

    private func list(
        _ formulas: [FormulaValue],
        _ text: (FormulaValue) -> String
    ) -> [String] {
        let names = formulas.map { say($0.label) }
        let width = names.map(\.displayWidth).max() ?? 0
        return zip(names, formulas).map { "  \(padded($0, width))  \(text($1))" }
    }

    private func value(_ formula: FormulaValue) -> String {
        guard let value = formula.value else { return "–" }
        return switch formula.unit {
        case "euro": language.number(value, 0) + " €"
        case "percent": language.number(value, 2) + " %"
        case "days": language.number(value, 1) + say(" jours", " days")
        case "years": language.number(value, 2) + say(" ans", " years")
        default: language.number(value, 4)
        }
    }

    private func zone(_ formula: FormulaValue) -> String {
        switch formula.zone {
        case .distress: say("détresse", "distress")
        case .grey: say("zone grise", "grey")
        case .safe: say("sûre", "safe")
        case nil: ""
        }
    }

    private func percent(_ probability: Double) -> String {
        language.number(probability * 100, 2) + " %"
    }

    private func amount(_ cents: Int64) -> String {
        language.number(Double(cents) / 100, 2) + " €"
    }

    private func named(_ name: String, _ text: String) -> String { padded(name, 13) + text }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.displayWidth))
    }

    private func bar(_ part: Double, width: Int) -> String {
        let filled = Int((min(max(part, 0), 1) * Double(width)).rounded())
        return String(repeating: "█", count: filled) + String(repeating: " ", count: width - filled)
    }
}
