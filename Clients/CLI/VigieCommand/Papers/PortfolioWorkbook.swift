// SPDX-License-Identifier: Apache-2.0

// A portfolio as a workbook: a row for each company; sheets of reasons, of what is open, of
// findings.

internal import Assessment
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import PaymentBehaviour
internal import Quantities

/// Makes workbooks of assessments.
struct PortfolioWorkbook {
    let words: AssessmentWords
    private let stack: PaperStack

    init(_ stack: PaperStack, _ words: AssessmentWords) {
        self.stack = stack
        self.words = words
    }

    /// The file.
    ///
    /// - Parameter answers: What is told beside each, in the same order.
    func bytes(_ assessments: [Assessment], _ answers: [WhatIfQuestions.Answers]) -> [UInt8] {
        var workbook = Workbook()
        addCompanies(assessments, to: &workbook)
        addReasons(assessments, to: &workbook)
        addAging(assessments, to: &workbook)
        addFindings(assessments, to: &workbook)
        addHorizons(assessments, to: &workbook)
        addPlaces(assessments, answers, to: &workbook)
        addAnswers(assessments, answers, to: &workbook)
        return workbook.bytes()
    }

    private func addCompanies(_ assessments: [Assessment], to workbook: inout Workbook) {
        workbook.add(
            words.say("Entreprises", "Companies"),
            titles: [
                "siren", words.say("nom", "name"), words.say("au", "as of"),
                words.say("situation", "outcome"), words.say("depuis", "since"),
                words.say("probabilité", "probability"), "score", words.say("classe", "class"),
                words.say("confiance", "confidence"), words.say("indice", "payment index"),
                words.say("jours de retard", "days beyond terms"), words.say("ouvert", "open"),
                words.say("échu", "past due"), words.say("exercices", "years of accounts"),
            ],
            rows: assessments.map { assessment in
                let figures = assessment.adjusted
                return [
                    .text(assessment.siren?.description ?? ""), .text(assessment.name ?? ""),
                    .text(assessment.asOf.description), .text(words.outcome(assessment)),
                    .text(assessment.since?.description ?? ""), .number(figures?.probability),
                    .number(figures.map { Double($0.score) }),
                    .number(figures.map { Double($0.riskClass) }),
                    .text(assessment.confidence.rawValue), .number(assessment.payments.index),
                    .number(assessment.payments.daysBeyondTerms),
                    .number(euros(assessment.payments.open)),
                    .number(euros(assessment.payments.pastDue)),
                    .number(Double(assessment.statements.count)),
                ]
            }
        )
    }

    private func addReasons(_ assessments: [Assessment], to workbook: inout Workbook) {
        var rows: [[Workbook.Cell]] = []
        for assessment in assessments {
            for reason in assessment.reasons {
                rows.append(
                    name(assessment) + [
                        .text(words.isFrench ? reason.french : reason.english),
                        .number(reason.contribution), .number(reason.value),
                        .number(reason.reference?.median),
                        .number(reason.reference?.percentBelow),
                        .text(reason.closing?.description ?? ""),
                    ]
                )
            }
        }
        workbook.add(
            words.say("Raisons", "Reasons"),
            titles: [
                "siren", words.say("nom", "name"), words.say("raison", "reason"), "log-odds",
                words.say("valeur", "value"), words.say("médiane", "median"),
                words.say("% en dessous", "% below"),
                words.say("clôture", "closing"),
            ],
            rows: rows
        )
    }

    private func addAging(_ assessments: [Assessment], to workbook: inout Workbook) {
        workbook.add(
            words.say("Balance âgée", "Aging"),
            titles: ["siren", words.say("nom", "name")] + AgingBucket.allCases.map(words.age),
            rows: assessments.filter { $0.payments.open > 0 }.map { assessment in
                name(assessment)
                    + assessment.payments.openByAge.map { Workbook.Cell.number(euros($0)) }
            }
        )
    }

    private func addFindings(_ assessments: [Assessment], to workbook: inout Workbook) {
        var rows: [[Workbook.Cell]] = []
        func add(_ finding: Finding) {
            let place = Int(finding.source.paper)
            let paper = stack.papers.indices.contains(place) ? stack.papers[place].shortName : ""
            rows.append([
                .text(paper), .number(Double(finding.source.line)),
                .text(finding.severity.rawValue), .text(finding.text(inFrench: words.isFrench)),
            ])
        }
        for paper in stack.papers {
            if let failure = paper.failure {
                rows.append([
                    .text(paper.shortName), .number(nil), .text("error"), .text(failure.message),
                ])
            }
            for finding in paper.findings.kept { add(finding) }
        }
        for assessment in assessments { for finding in assessment.findings { add(finding) } }
        workbook.add(
            words.say("Constats", "Findings"),
            titles: [
                words.say("pièce", "paper"), words.say("ligne", "line"),
                words.say("gravité", "severity"), words.say("constat", "finding"),
            ],
            rows: rows
        )
    }

    func name(_ assessment: Assessment) -> [Workbook.Cell] {
        [.text(assessment.siren?.description ?? ""), .text(assessment.name ?? "")]
    }

    private func euros(_ cents: Int64) -> Double { Double(cents) / 100 }
}
