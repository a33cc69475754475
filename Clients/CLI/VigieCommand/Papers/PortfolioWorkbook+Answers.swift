// SPDX-License-Identifier: Apache-2.0

// Sheets of what is told beside assessments. One that would be empty is not there.

internal import Assessment
internal import CommandTables
internal import StatementAnalysis

extension PortfolioWorkbook {
    /// A row for each horizon of each company.
    func addHorizons(_ assessments: [Assessment], to workbook: inout Workbook) {
        var rows: [[Workbook.Cell]] = []
        for assessment in assessments {
            for horizon in assessment.horizons {
                rows.append(
                    name(assessment) + [
                        .number(Double(horizon.months)), .number(horizon.figures.probability),
                        .number(Double(horizon.figures.score)),
                        .number(Double(horizon.figures.riskClass)), .text(horizon.model),
                    ]
                )
            }
        }
        guard !rows.isEmpty else { return }
        workbook.add(
            words.say("Horizons", "Horizons"),
            titles: [
                "siren", words.say("nom", "name"), words.say("mois", "months"),
                words.say("probabilité", "probability"), "score", words.say("classe", "class"),
                words.say("modèle", "model"),
            ],
            rows: rows
        )
    }

    /// A row for each ratio that has a place among those of others.
    func addPlaces(
        _ assessments: [Assessment],
        _ answers: [WhatIfQuestions.Answers],
        to workbook: inout Workbook
    ) {
        var rows: [[Workbook.Cell]] = []
        for (assessment, answer) in zip(assessments, answers) {
            for place in answer.places {
                rows.append(
                    name(assessment) + [
                        .text(place.ratio), .number(place.value), .number(Double(place.quarter)),
                        .number(place.row.first), .number(place.row.median),
                        .number(place.row.third), .text(place.segment),
                        .number(place.year.map { Double($0) }),
                    ]
                )
            }
        }
        guard !rows.isEmpty else { return }
        workbook.add(
            words.say("Quartiles", "Quartiles"),
            titles: [
                "siren", words.say("nom", "name"), "ratio", words.say("valeur", "value"),
                words.say("quart", "quarter"), "q1", words.say("médiane", "median"), "q3",
                words.say("groupe", "group"), words.say("année", "year"),
            ],
            rows: rows
        )
    }

    /// The answers in words: how long receivables stand, what if, the smallest change.
    func addAnswers(
        _ assessments: [Assessment],
        _ answers: [WhatIfQuestions.Answers],
        to workbook: inout Workbook
    ) {
        var rows: [[Workbook.Cell]] = []
        let sections = AnswerSections(words)
        for (assessment, var answer) in zip(assessments, answers) {
            // They have a sheet of their own.
            answer.places = []
            for section in sections.sections(answer) {
                for line in section.lines {
                    rows.append(name(assessment) + [.text(section.title), .text(line)])
                }
            }
        }
        guard !rows.isEmpty else { return }
        workbook.add(
            words.say("Questions", "Questions"),
            titles: [
                "siren", words.say("nom", "name"), words.say("question", "question"),
                words.say("réponse", "answer"),
            ],
            rows: rows
        )
    }
}
