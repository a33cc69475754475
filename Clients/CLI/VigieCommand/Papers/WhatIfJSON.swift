// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment, as members of its object.

internal import Assessment
internal import CommandTables
internal import CreditFacts
internal import StatementAnalysis

extension WhatIfQuestions {
    /// Why nothing reaches a class.
    static func reason(_ reach: WhatIf.Reach, _ isFrench: Bool) -> String {
        switch reach.reason {
        case .alreadyThere?: isFrench ? "déjà atteinte" : "reached already"
        case .capped(let best)?:
            isFrench
                ? "trop peu de données : pas mieux que la classe \(best)"
                : "too little is known: no class better than \(best)"
        case .impossible(let error)?: error.text(inFrench: isFrench)
        case .nothing?, nil:
            isFrench ? "aucun changement possible ne l'atteint" : "nothing possible reaches it"
        }
    }

    /// Writes the answers as members of the object of an assessment.
    static func write(_ answers: Answers, to json: JSONWriter, inFrench isFrench: Bool) {
        if let days = answers.before.receivableDays {
            json.object("receivables_days") {
                json.text("basis", days.basis.rawValue)
                json.number("days_sales_outstanding", days.daysSalesOutstanding)
                json.number("best_possible", days.bestPossibleDays)
                json.number("average_days_delinquent", days.averageDaysDelinquent)
                json.number("count_back", days.countBackDays)
                json.number("collection_effectiveness", days.collectionEffectiveness)
            }
        } else {
            json.text("receivables_days", nil)
        }
        json.list("quartiles") {
            for place in answers.places {
                json.object {
                    json.text("ratio", place.ratio)
                    json.number("value", place.value)
                    json.integer("quarter", place.quarter)
                    json.number("q1", place.row.first)
                    json.number("median", place.row.median)
                    json.number("q3", place.row.third)
                    json.text("segment", place.segment)
                    json.integer("year", place.year)
                }
            }
        }
        if let result = answers.answer {
            json.object("what_if") {
                switch result {
                case .success(let answer):
                    json.list("changes") {
                        for effect in answer.effects { write(effect, json) }
                    }
                    figures("before", answers.before.adjusted, json)
                    figures("after", answer.after.adjusted, json)
                    json.text("outcome", answer.after.outcome.rawValue)
                    json.text("error", nil)
                case .failure(let error): json.text("error", error.text(inFrench: isFrench))
                }
            }
        }
        guard let result = answers.reach else { return }
        json.object("reach") {
            json.integer("risk_class", answers.riskClass.map { Int($0) })
            switch result {
            case .success(let found):
                json.list("drivers") {
                    for reach in found {
                        json.object {
                            json.text("driver", reach.driver)
                            json.text("label", isFrench ? reach.french : reach.english)
                            json.list("changes") {
                                if let effect = reach.effect { write(effect, json) }
                            }
                            figures("after", reach.after?.adjusted, json)
                            let isNone = reach.effect == nil
                            json.text("reason", isNone ? reason(reach, isFrench) : nil)
                        }
                    }
                }
            case .failure(let error): json.text("error", error.text(inFrench: isFrench))
            }
        }
    }

    private static func write(_ effect: WhatIf.Effect, _ json: JSONWriter) {
        json.object {
            json.text("name", effect.change.name)
            json.text("line", effect.statement?.line.description)
            json.text("from", effect.statement.map { CentsText.text($0.from) })
            json.text("to", effect.statement.map { CentsText.text($0.to) })
            json.text("cash", effect.statement.map { CentsText.text($0.cash) })
            json.number("delay_part", effect.delayPart)
        }
    }

    private static func figures(_ name: String, _ figures: RiskFigures?, _ json: JSONWriter) {
        guard let figures else { return json.text(name, nil) }
        json.object(name) {
            json.number("probability", figures.probability)
            json.integer("score", Int(figures.score))
            json.integer("risk_class", Int(figures.riskClass))
        }
    }
}
