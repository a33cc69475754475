// SPDX-License-Identifier: Apache-2.0

// The words of assessments in both languages, for the terminal and for pages.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import LegalHistory
internal import PaymentBehaviour
internal import Quantities
internal import Scoring
internal import StatementAnalysis

/// Says what assessments say.
struct AssessmentWords {
    let language: Language
    private let manifest: Manifest

    var isFrench: Bool { language == .fr }

    init(_ language: Language, _ manifest: Manifest) {
        self.language = language
        self.manifest = manifest
    }

    func say(_ french: String, _ english: String) -> String { isFrench ? french : english }

    /// Name and number of the company.
    func title(_ assessment: Assessment) -> String {
        let number = assessment.siren?.description ?? say("sans numéro", "no number")
        return assessment.name.map { "\($0) (\(number))" } ?? number
    }

    /// The outcome with what goes with it: the state, since when, what contradicts it.
    func outcome(_ assessment: Assessment) -> String {
        var words = outcomeName(assessment)
        switch assessment.outcome {
        case .inProceedings: words += " (\(state(assessment.legal.state)))"
        case .review: words += say(" : un jugement doit être lu", ": a judgment has to be read")
        case .notScorable:
            let reason = assessment.notScorableReason?.text(inFrench: isFrench) ?? ""
            words += say(" : ", ": ") + reason
        case .closed, .scored: break
        }
        if let since = assessment.since { words += say(" depuis le ", " since ") + "\(since)" }
        for conflict in assessment.evidence.conflicts { words += "; " + self.conflict(conflict) }
        return words
    }

    /// The outcome in a word or two.
    func outcomeName(_ assessment: Assessment) -> String {
        switch assessment.outcome {
        case .inProceedings: say("en procédure collective", "in insolvency proceedings")
        case .closed: say("fermée", "closed")
        case .review: say("à revoir", "review")
        case .notScorable: say("non notable", "not scorable")
        case .scored: say("notée", "scored")
        }
    }

    private func conflict(_ conflict: LegalEvidence.Conflict) -> String {
        switch conflict {
        case .struckOffYetActive(let day, let since):
            let active = since.map { say(" depuis le ", " since ") + "\($0)" } ?? ""
            return say(
                "radiée au registre le \(day), active au répertoire Sirene\(active)",
                "struck off the register on \(day), active in the directory\(active)"
            )
        case .activeAgain(let day, let since):
            return say(
                "radiée le \(day), de nouveau active depuis le \(since)",
                "struck off on \(day), active again since \(since)"
            )
        }
    }

    private func state(_ state: ProceedingState) -> String {
        FactWords.text(state.rawValue, inFrench: isFrench)
    }

    func percent(_ probability: Double) -> String {
        language.number(probability * 100, 2) + " %"
    }

    func horizon(_ assessment: Assessment) -> String {
        let months = assessment.horizonMonths ?? 12
        return say("de défaillance sous \(months) mois", "of failure within \(months) months")
    }

    /// The name of a class; of one that is capped also why, and what the probability alone gives.
    func className(_ assessment: Assessment, _ figures: RiskFigures) -> String {
        let name = className(Int(figures.riskClass))
        let own = manifest.riskClasses.first { figures.probability <= $0.probabilityMaximum }
        guard assessment.isClassCapped, let own else { return name }
        return name
            + say(
                " ; plafonnée, car peu est connu : la probabilité seule donne la classe ",
                "; capped, for little is known: the probability alone gives class "
            ) + "\(own.number), " + className(own.number)
    }

    /// Which third of the classes one is in: "good", "fair" or "bad".
    func classColour(_ number: UInt32) -> String {
        let part = Double(number) / Double(max(manifest.riskClasses.count, 1))
        return part <= 0.4 ? "good" : part <= 0.7 ? "fair" : "bad"
    }

    private func className(_ number: Int) -> String {
        let label = manifest.riskClasses.first { $0.number == number }?.label
        return (isFrench ? label?.french : label?.english) ?? ""
    }

    func depth(_ assessment: Assessment) -> String {
        let basis =
            switch assessment.basis {
            case .fewRatios: say(", carte de huit ratios", ", card of eight ratios")
            case .payments: say(", paiements seuls (non ajusté)", ", payments alone (not fitted)")
            default: ""
            }
        return say("exercices : ", "years of accounts: ") + "\(assessment.statements.count)"
            + say(", paiements : ", ", payments: ") + "\(assessment.payments.payments)" + basis
    }

    /// What payments changed; nil where they changed nothing.
    func paymentEffect(_ assessment: Assessment) -> String? {
        guard let base = assessment.base, assessment.basis != .payments,
            assessment.paymentLogOdds != 0
        else { return nil }
        guard assessment.paymentLogOdds.magnitude >= 0.005 else {
            return say("Paiements : presque sans effet", "Payments: next to no effect")
        }
        let sign = assessment.paymentLogOdds > 0 ? "+" : ""
        return say("Paiements : ", "Payments: ") + sign
            + language.number(assessment.paymentLogOdds, 2)
            + say(" en log-odds ; sans eux ", " log-odds; without them ")
            + percent(base.probability) + ", score \(base.score)"
    }

    /// What a reason is about, with its value and that of the middle of the population.
    func reason(_ reason: AssessmentReason) -> String {
        let name = isFrench ? reason.french : reason.english
        let value =
            reason.value.isNaN
            ? say("non connu", "not known") : figure(reason.value, isRatio: reason.isRatio)
        let median = reason.reference.map { reference in
            say(" (médiane ", " (median ") + figure(reference.median, isRatio: reason.isRatio) + ")"
        }
        return name + say(" : ", ": ") + value + (median ?? "")
    }

    /// A ratio as percent, another value as it is.
    private func figure(_ value: Double, isRatio: Bool) -> String {
        isRatio ? language.number(value * 100, 1) + " %" : language.number(value, 2)
    }

    /// What models of other horizons say, a line each.
    func horizons(_ assessment: Assessment) -> [String] {
        assessment.horizons.map { horizon in
            say("à \(horizon.months) mois : ", "within \(horizon.months) months: ")
                + percent(horizon.figures.probability) + ", score \(horizon.figures.score), "
                + say("classe", "class") + " \(horizon.figures.riskClass) (\(horizon.model))"
        }
    }

    /// How it pays, in one line.
    func payments(_ payments: PaymentEvidence) -> String {
        paymentItems(payments).map(\.text).joined(separator: ", ")
    }

    /// What there is to say of how it pays, each with its term of the glossary where there is one.
    func paymentItems(_ payments: PaymentEvidence) -> [(term: String?, text: String)] {
        var items: [(term: String?, text: String)] = []
        if let index = payments.index {
            items.append(("payment_index", say("indice ", "index ") + language.number(index, 0)))
        }
        if let days = payments.daysBeyondTerms {
            let words = say(" jours de retard en moyenne", " days beyond terms")
            items.append(("days_beyond_terms", language.number(days, 1) + words))
        }
        items.append(("aging", say("ouvert ", "open ") + amount(payments.open)))
        items.append((nil, say("échu ", "past due ") + amount(payments.pastDue)))
        if let trend = payments.daysTrend, trend.magnitude >= 1 {
            let days = (trend > 0 ? "+" : "") + language.number(trend, 0) + say(" jours", " days")
            items.append((nil, say("tendance ", "trend ") + days))
        }
        if payments.credits > 0 {
            let words = say("avoirs non affectés ", "credits of no invoice ")
            items.append((nil, words + amount(payments.credits)))
        }
        if payments.disputed > 0 {
            items.append((nil, say("en litige ", "disputed ") + amount(payments.disputed)))
        }
        if payments.brokenPromises > 0 {
            let words = say("promesses non tenues ", "broken promises ")
            items.append((nil, words + "\(payments.brokenPromises)"))
        }
        if payments.returnedPayments > 0 {
            let words = say("impayés ", "returned payments ")
            items.append((nil, words + "\(payments.returnedPayments)"))
        }
        if payments.hasLegalTermsOnly {
            items.append((nil, say("échéances légales par défaut", "legal terms by default")))
        }
        return items
    }

    func age(_ bucket: AgingBucket) -> String {
        switch bucket {
        case .notDue: say("non échu", "not due")
        case .unknown: say("date perdue", "date lost")
        default: bucket.name + say(" jours", " days")
        }
    }

    /// Cents with two decimals and the sign of the euro.
    func amount(_ cents: Int64) -> String {
        let text = CentsText.text(cents)
        let whole = Int(cents / 100)
        let sign = cents < 0 && whole == 0 ? "-" : ""
        return language.marked(sign + grouped(whole) + text.suffix(3) + " €")
    }

    /// What a published model's value means.
    func zone(_ opinion: ModelOpinion) -> String {
        switch opinion.zone?.kind {
        case .distress: say("détresse", "distress")
        case .grey: say("zone grise", "grey")
        case .safe: say("sûre", "safe")
        case nil: ""
        }
    }

    private func euros(_ value: Double) -> String {
        value.magnitude < 9e15
            ? grouped(Int(value.rounded())) + " €" : language.number(value, 0) + " €"
    }

    /// A figure's course over the years, the oldest first: its values with bars of one place each
    /// between the least and the greatest.
    func course(_ trend: StatementTrend) -> (bars: String, values: String) {
        let values = trend.points.reversed().map(\.value)
        let (least, most) = (min(values.min() ?? 0, 0), max(values.max() ?? 0, 0))
        let bars = values.map { value in
            let part = most > least ? (value - least) / (most - least) : 0
            return Self.bars[min(max(Int(part * 8), 0), 7)]
        }
        let texts = values.map { self.value($0, trend.formula.unit) }
        return (String(bars), texts.joined(separator: " → "))
    }

    /// What stands above the courses.
    func trendTitle(_ assessment: Assessment) -> String {
        let closings = assessment.statements.reversed().map { "\($0.closing.fiscalYear)" }
        return say("Évolution ", "Trend ") + closings.joined(separator: " → ")
    }

    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private func value(_ value: Double, _ unit: StatementFormula.Unit) -> String {
        switch unit {
        case .euro: euros(value)
        case .percent: language.number(value, 2) + " %"
        case .days: language.number(value, 1) + say(" jours", " days")
        case .years: language.number(value, 2) + say(" ans", " years")
        case .score, .logit, .probit: language.number(value, 4)
        }
    }

    func value(_ ratio: FormulaResult) -> String {
        guard let value = ratio.value else {
            return ratio.reason?.text(inFrench: isFrench) ?? "–"
        }
        let year = ratio.annual.map { " (12 " + say("mois : ", "months: ") + euros($0) + ")" }
        return self.value(value, ratio.formula.unit)
            + (ratio.formula.unit == .euro ? year ?? "" : "")
    }
}
