// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment, for a terminal: what if, how long receivables stand, where
// ratios stand among those of others.

internal import Assessment
internal import CommandTables
internal import CreditFacts
internal import StatementAnalysis

/// Writes the answers for a terminal.
struct WhatIfText {
    private let words: AssessmentWords

    init(_ words: AssessmentWords) { self.words = words }

    /// Nothing where nothing is to be told.
    func page(_ answers: WhatIfQuestions.Answers) -> String {
        var lines = receivables(answers.before) + quartiles(answers)
        switch answers.answer {
        case .success(let answer)?:
            lines += ["", words.say("Et si", "What if")]
            lines += answer.effects.map { "  " + effect($0) }
            lines.append("  " + said(answers.before) + " → " + said(answer.after))
        case .failure(let error)?:
            lines += ["", words.say("Et si", "What if")]
            lines.append("  " + error.text(inFrench: words.isFrench))
        case nil: break
        }
        if let riskClass = answers.riskClass, let reach = answers.reach {
            lines += [
                "",
                words.say(
                    "Plus petit changement vers la classe ",
                    "Smallest change that reaches class "
                ) + "\(riskClass)",
            ]
            switch reach {
            case .success(let found): lines += found.map { "  " + self.reach($0) }
            case .failure(let error): lines.append("  " + error.text(inFrench: words.isFrench))
            }
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// How long receivables stand.
    private func receivables(_ assessment: Assessment) -> [String] {
        guard let days = assessment.receivableDays, let actual = days.daysSalesOutstanding else {
            return []
        }
        let figure = { (name: String, value: Double?, unit: String) in
            value.map { ["\(name) \(words.language.number($0, 1))\(unit)"] } ?? []
        }
        let unit = words.say(" jours", " days")
        let parts =
            ["DSO \(words.language.number(actual, 1))" + unit]
            + figure(words.say("au mieux", "at best"), days.bestPossibleDays, unit)
            + figure(words.say("retard moyen", "average delay"), days.averageDaysDelinquent, unit)
            + figure(words.say("par épuisement", "counted back"), days.countBackDays, unit)
            + figure(
                words.say("recouvrement", "collected"),
                days.collectionEffectiveness,
                " %"
            )
        let basis =
            days.basis == .ledger
            ? "" : words.say(" (selon le chiffre d'affaires)", " (by turnover)")
        return [
            "", words.say("Durée des créances", "How long receivables stand"),
            "  " + parts.joined(separator: ", ") + basis,
        ]
    }

    /// Where ratios stand among those of others.
    private func quartiles(_ answers: WhatIfQuestions.Answers) -> [String] {
        guard !answers.places.isEmpty else { return [] }
        var lines = ["", words.say("Place parmi d'autres", "Place among others")]
        for place in answers.places {
            let formula = answers.before.ratios.first { $0.formula.name == place.ratio }
            let name = (words.isFrench ? formula?.formula.french : formula?.formula.english)
            let group =
                (place.segment.isEmpty ? words.say("tous", "all") : place.segment)
                + (place.year.map { ", \($0)" } ?? "")
            lines.append(
                "  \(name ?? place.ratio): \(words.language.number(place.value, 2)), "
                    + words.say("quart", "quarter") + " \(place.quarter)/4 (\(group))"
            )
        }
        return lines
    }

    /// Class and probability in few words.
    private func said(_ assessment: Assessment) -> String {
        guard let figures = assessment.adjusted else { return words.outcome(assessment) }
        return words.say("classe ", "class ") + "\(figures.riskClass), "
            + words.percent(figures.probability)
    }

    private func effect(_ effect: WhatIf.Effect) -> String {
        if let part = effect.delayPart {
            return words.say("retards ramenés à ", "delays brought to ") + words.percent(part)
        }
        guard let change = effect.statement else { return effect.change.name }
        let cash = words.say("trésorerie ", "cash ") + signed(change.cash)
        return "\(effect.change.name): \(change.line) \(words.amount(change.from)) → "
            + "\(words.amount(change.to)), \(cash)"
    }

    private func signed(_ cents: Int64) -> String {
        (cents > 0 ? "+" : "") + words.amount(cents)
    }

    private func reach(_ reach: WhatIf.Reach) -> String {
        let name = words.isFrench ? reach.french : reach.english
        if let effect = reach.effect, let after = reach.after {
            return "\(name): \(self.effect(effect)): \(said(after))"
        }
        return "\(name): \(WhatIfQuestions.reason(reach, words.isFrench))"
    }
}
