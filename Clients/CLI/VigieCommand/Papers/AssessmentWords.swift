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
    let isFrench: Bool
    private let manifest: Manifest

    init(_ language: Language, _ manifest: Manifest) {
        isFrench = language == .fr
        self.manifest = manifest
    }

    func say(_ french: String, _ english: String) -> String { isFrench ? french : english }

    /// Name and number of the company.
    func title(_ assessment: Assessment) -> String {
        let number = assessment.siren?.description ?? say("sans numéro", "no number")
        return assessment.name.map { "\($0) (\(number))" } ?? number
    }

    func outcome(_ assessment: Assessment) -> String {
        var words: String
        switch assessment.outcome {
        case .inProceedings:
            words =
                say("en procédure collective", "in insolvency proceedings")
                + " (\(state(assessment.legal.state)))"
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
        for conflict in assessment.evidence.conflicts { words += "; " + self.conflict(conflict) }
        return words
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
        switch state {
        case .sauvegardeObservation: say("sauvegarde, observation", "safeguard, observation")
        case .sauvegardePlan: say("plan de sauvegarde", "safeguard plan")
        case .reorganisationObservation:
            say("redressement, observation", "reorganisation, observation")
        case .reorganisationPlan: say("plan de redressement", "reorganisation plan")
        case .liquidation: say("liquidation judiciaire", "liquidation")
        default: state.rawValue
        }
    }

    func percent(_ probability: Double) -> String { decimals(probability * 100, 2) + " %" }

    func horizon(_ assessment: Assessment) -> String {
        let months = assessment.horizonMonths ?? 12
        return say("de défaillance sous \(months) mois", "of failure within \(months) months")
    }

    func className(_ number: UInt32) -> String {
        let label = manifest.riskClasses.first { $0.number == Int(number) }?.label
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
        let sign = assessment.paymentLogOdds > 0 ? "+" : ""
        return say("Paiements : ", "Payments: ") + sign + decimals(assessment.paymentLogOdds, 2)
            + say(" en log-odds ; sans eux ", " log-odds; without them ")
            + percent(base.probability) + ", score \(base.score)"
    }

    func payments(_ payments: PaymentEvidence) -> String {
        var words: [String] = []
        if let index = payments.index {
            words.append(say("indice ", "index ") + decimals(index, 0))
        }
        if let days = payments.daysBeyondTerms {
            words.append(
                decimals(days, 1) + say(" jours de retard en moyenne", " days beyond terms")
            )
        }
        words.append(say("ouvert ", "open ") + amount(payments.open))
        words.append(say("échu ", "past due ") + amount(payments.pastDue))
        if let trend = payments.daysTrend, trend.magnitude >= 1 {
            let sign = trend > 0 ? "+" : ""
            words.append(
                say("tendance ", "trend ") + sign + decimals(trend, 0) + say(" jours", " days")
            )
        }
        if payments.credits > 0 {
            words.append(
                say("avoirs non affectés ", "credits of no invoice ") + amount(payments.credits)
            )
        }
        if payments.disputed > 0 {
            words.append(say("en litige ", "disputed ") + amount(payments.disputed))
        }
        if payments.brokenPromises > 0 {
            words.append(
                say("promesses non tenues ", "broken promises ") + "\(payments.brokenPromises)"
            )
        }
        if payments.returnedPayments > 0 {
            words.append(say("impayés ", "returned payments ") + "\(payments.returnedPayments)")
        }
        if payments.hasLegalTermsOnly {
            words.append(say("échéances légales par défaut", "legal terms by default"))
        }
        return words.joined(separator: ", ")
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
        return (cents < 0 && whole == 0 ? "-" : "") + grouped(whole) + text.suffix(3) + " €"
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

    func value(_ ratio: FormulaResult) -> String {
        guard let value = ratio.value else {
            return ratio.reason?.text(inFrench: isFrench) ?? "–"
        }
        switch ratio.formula.unit {
        case .euro:
            return value.magnitude < 9e15
                ? grouped(Int(value.rounded())) + " €" : decimals(value, 0) + " €"
        case .percent: return decimals(value, 2) + " %"
        case .days: return decimals(value, 1) + say(" jours", " days")
        case .years: return decimals(value, 2) + say(" ans", " years")
        case .score, .logit, .probit: return decimals(value, 4)
        }
    }
}
