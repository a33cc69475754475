// SPDX-License-Identifier: Apache-2.0

// An assessment on one page of a terminal.

internal import Assessment
internal import CommandFiles
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import LegalHistory
internal import PaymentBehaviour
internal import Quantities
internal import Scoring
internal import StatementAnalysis

/// Writes assessments for people.
struct AssessmentText {
    private let stack: PaperStack
    private let isFrench: Bool
    private let terminal: Terminal
    private let manifest: Manifest

    init(_ stack: PaperStack, _ language: Language, _ terminal: Terminal, _ manifest: Manifest) {
        self.stack = stack
        isFrench = language == .fr
        self.terminal = terminal
        self.manifest = manifest
    }

    private func say(_ french: String, _ english: String) -> String { isFrench ? french : english }

    /// The page of a company.
    func page(_ assessment: Assessment) -> String {
        let number = assessment.siren?.description ?? say("sans numéro", "no number")
        let title = assessment.name.map { "\(escaped($0)) (\(number))" } ?? number
        var lines = [
            terminal.bold(title) + "  " + say("au", "as of") + " \(assessment.asOf)",
            outcome(assessment),
        ]
        if let figures = assessment.adjusted { lines += score(assessment, figures) }
        lines.append(confidence(assessment))
        if !assessment.reasons.isEmpty { lines += reasons(assessment) }
        lines += payments(assessment.payments, say("Ce qu'elle paie", "How it pays"))
        lines += payments(assessment.receivables, say("Ce qu'on lui doit", "How it is paid"))
        lines += ratios(assessment)
        return lines.joined(separator: "\n") + "\n"
    }

    private func outcome(_ assessment: Assessment) -> String {
        var words: String
        switch assessment.outcome {
        case .inProceedings:
            words =
                say("en procédure collective", "in collective proceedings")
                + " (\(assessment.legal.state.rawValue))"
        case .closed: words = say("fermée", "closed")
        case .review:
            words = say("à revoir : un jugement doit être lu", "review: a judgment has to be read")
        case .notScorable:
            words = say(
                "non notable : ni comptes ni paiements suffisants",
                "not scorable: neither accounts nor enough payments"
            )
        case .scored: words = say("notée", "scored")
        }
        if let since = assessment.since { words += say(" depuis le ", " since ") + "\(since)" }
        if !assessment.evidence.conflicts.isEmpty {
            words += say(
                " ; les registres se contredisent",
                "; the registers contradict each other"
            )
        }
        return say("Situation    ", "Outcome      ") + words
    }

    private func score(_ assessment: Assessment, _ figures: RiskFigures) -> [String] {
        let label = manifest.riskClasses.first { $0.number == Int(figures.riskClass) }?.label
        let name = (isFrench ? label?.french : label?.english) ?? ""
        let months = assessment.horizonMonths ?? 12
        var lines = [
            say("Probabilité  ", "Probability  ")
                + decimals(figures.probability * 100, 2) + " %"
                + say(" de défaillance sous \(months) mois", " of failure within \(months) months"),
            say("Score        ", "Score        ") + "\(figures.score)"
                + say(", classe ", ", class ") + "\(figures.riskClass) \(name)"
                + (assessment.isClassCapped
                    ? say(" (plafonnée : données trop minces)", " (capped: little is known)") : ""),
        ]
        if let base = assessment.base, assessment.basis != .payments,
            assessment.paymentLogOdds != 0
        {
            let sign = assessment.paymentLogOdds > 0 ? "+" : ""
            lines.append(
                say("Paiements    ", "Payments     ") + sign
                    + decimals(assessment.paymentLogOdds, 2)
                    + say(" en log-odds ; sans eux ", " log-odds; without them ")
                    + decimals(base.probability * 100, 2)
                    + " %, score \(base.score)"
            )
        }
        return lines
    }

    private func confidence(_ assessment: Assessment) -> String {
        let years = assessment.statements.count
        return say("Confiance    ", "Confidence   ") + assessment.confidence.rawValue + " ("
            + say("exercices : \(years), paiements : ", "years of accounts: \(years), payments: ")
            + "\(assessment.payments.payments))"
    }

    private func reasons(_ assessment: Assessment) -> [String] {
        var lines = ["", terminal.bold(say("Pourquoi", "Why"))]
        let largest = assessment.reasons.map { abs($0.contribution) }.max() ?? 1
        for reason in assessment.reasons {
            let name = isFrench ? reason.french : reason.english
            let direction = reason.contribution > 0 ? "+" : "-"
            lines.append(
                "  \(direction) \(bar(abs(reason.contribution) / largest, width: 10)) \(name)"
            )
        }
        return lines
    }

    private func payments(_ payments: PaymentEvidence, _ title: String) -> [String] {
        guard payments.payments > 0 || payments.open > 0 else { return [] }
        var line = "  "
        if let index = payments.index {
            line += say("indice ", "index ") + decimals(index, 0) + ", "
        }
        if let days = payments.daysBeyondTerms {
            line +=
                decimals(days, 1)
                + say(" jours de retard en moyenne, ", " days beyond terms, ")
        }
        line +=
            say("ouvert ", "open ") + CentsText.text(payments.open)
            + say(", échu ", ", past due ") + CentsText.text(payments.pastDue)
        var lines = ["", terminal.bold(title), line]
        let most = payments.openByAge.max() ?? 0
        for (bucket, cents) in zip(AgingBucket.allCases, payments.openByAge) where cents > 0 {
            let part = most > 0 ? Double(cents) / Double(most) : 0
            let name = bucket.name + String(repeating: " ", count: max(0, 8 - bucket.name.count))
            lines.append("  \(name) \(bar(part, width: 20)) \(CentsText.text(cents))")
        }
        return lines
    }

    private func ratios(_ assessment: Assessment) -> [String] {
        guard let last = assessment.statements.first else { return [] }
        let shown = assessment.ratios.filter { $0.value != nil }
        guard !shown.isEmpty else { return [] }
        let names = shown.map { isFrench ? $0.formula.french : $0.formula.english }
        let width = names.map(\.displayWidth).max() ?? 0
        var lines = ["", terminal.bold(say("Comptes au ", "Accounts of ") + "\(last.closing)")]
        for (name, ratio) in zip(names, shown) {
            let pad = String(repeating: " ", count: width - name.displayWidth)
            lines.append("  \(name)\(pad)  \(value(ratio))")
        }
        return lines
    }

    private func value(_ ratio: FormulaResult) -> String {
        let value = ratio.value ?? .nan
        switch ratio.formula.unit {
        case .euro: return decimals(value, 2) + " €"
        case .percent: return decimals(value, 2) + " %"
        case .days: return decimals(value, 1) + say(" jours", " days")
        case .years: return decimals(value, 2) + say(" ans", " years")
        case .score, .logit, .probit: return decimals(value, 4)
        }
    }

    private func bar(_ part: Double, width: Int) -> String {
        let filled = Int((min(max(part, 0), 1) * Double(width)).rounded())
        return String(repeating: "█", count: filled) + String(repeating: " ", count: width - filled)
    }
}
