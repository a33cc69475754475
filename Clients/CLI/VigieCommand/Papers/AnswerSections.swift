// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment, in parts with a title each, for terminals and pages: how
// long receivables stand, where ratios stand among those of others, what if.

internal import Assessment
internal import CommandTables
internal import CreditFacts
internal import Documents
internal import StatementAnalysis

/// Says the answers.
struct AnswerSections {
    /// A part of them.
    struct Section {
        var title: String
        var lines: [String]
    }

    private let words: AssessmentWords

    init(_ words: AssessmentWords) { self.words = words }

    /// For a terminal; nothing where nothing is to be told.
    func text(_ answers: WhatIfQuestions.Answers) -> String {
        sections(answers).map { section in
            "\n\(section.title)\n" + section.lines.map { "  \(escaped($0))\n" }.joined()
        }.joined()
    }

    /// All parts there are.
    func sections(_ answers: WhatIfQuestions.Answers) -> [Section] {
        [
            receivables(answers.before), quartiles(answers), whatIf(answers), reach(answers),
        ].compactMap { $0 }
    }

    private func whatIf(_ answers: WhatIfQuestions.Answers) -> Section? {
        guard let answer = answers.answer else { return nil }
        let title = words.say("Et si", "What if")
        switch answer {
        case .success(let answer):
            let change = said(answers.before) + " → " + said(answer.after)
            return Section(title: title, lines: answer.effects.map(named) + [change])
        case .failure(let error):
            return Section(title: title, lines: [error.text(inFrench: words.isFrench)])
        }
    }

    private func reach(_ answers: WhatIfQuestions.Answers) -> Section? {
        guard let riskClass = answers.riskClass, let reach = answers.reach else { return nil }
        let title = words.say(
            "Plus petit changement vers la classe ",
            "Smallest change that reaches class "
        )
        let lines: [String]
        switch reach {
        case .success(let found): lines = found.map { self.reach($0) }
        case .failure(let error): lines = [error.text(inFrench: words.isFrench)]
        }
        return Section(title: title + "\(riskClass)", lines: lines)
    }

    /// How long receivables stand.
    private func receivables(_ assessment: Assessment) -> Section? {
        guard let days = assessment.receivableDays, let actual = days.daysSalesOutstanding else {
            return nil
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
        return Section(
            title: words.say("Durée des créances", "How long receivables stand"),
            lines: [parts.joined(separator: ", ") + basis]
        )
    }

    /// Where ratios stand among those of others.
    private func quartiles(_ answers: WhatIfQuestions.Answers) -> Section? {
        guard !answers.places.isEmpty else { return nil }
        var lines: [String] = []
        for place in answers.places {
            let formula = answers.before.ratios.first { $0.formula.name == place.ratio }
            let name = (words.isFrench ? formula?.formula.french : formula?.formula.english)
            let group =
                (place.segment.isEmpty ? words.say("tous", "all") : place.segment)
                + (place.year.map { ", \($0)" } ?? "")
            lines.append(
                "\(name ?? place.ratio): \(words.language.number(place.value, 2)), "
                    + words.say("quart", "quarter") + " \(place.quarter)/4 (\(group))"
            )
        }
        let title = words.say("Place parmi d'autres", "Place among others")
        return Section(title: title, lines: lines)
    }

    /// Class and probability in few words.
    func said(_ assessment: Assessment) -> String {
        guard let figures = assessment.adjusted else { return words.outcome(assessment) }
        return words.say("classe ", "class ") + "\(figures.riskClass), "
            + words.percent(figures.probability)
    }

    /// What was changed, by the name of what a company can do where it is one.
    private func named(_ effect: WhatIf.Effect) -> String {
        let name = WhatIf.label(of: effect.change, inFrench: words.isFrench)
        return (name.map { $0 + colon } ?? "") + self.effect(effect)
    }

    private var colon: String { words.say(" : ", ": ") }

    private func effect(_ effect: WhatIf.Effect) -> String {
        if let part = effect.delayPart {
            return words.say("retards ramenés à ", "delays brought to ") + words.percent(part)
        }
        guard let change = effect.statement else { return effect.change.name }
        let cash = words.say("trésorerie ", "cash ") + signed(change.cash)
        return "\(change.line) \(words.amount(change.from)) → "
            + "\(words.amount(change.to)), \(cash)"
    }

    private func signed(_ cents: Int64) -> String {
        (cents > 0 ? "+" : "") + words.amount(cents)
    }

    private func reach(_ reach: WhatIf.Reach) -> String {
        let name = words.isFrench ? reach.french : reach.english
        if let effect = reach.effect, let after = reach.after {
            return name + colon + self.effect(effect) + colon + said(after)
        }
        return name + colon + WhatIfQuestions.reason(reach, words.isFrench)
    }
}
