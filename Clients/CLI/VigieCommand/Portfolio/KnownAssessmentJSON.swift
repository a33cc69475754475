// SPDX-License-Identifier: Apache-2.0

// An assessment that a server made of what it knows, as JSON: by the names of `vigie assess`, with
// what was known.

internal import CommandFiles
internal import CommandTables
internal import VigieClient

internal import enum CreditFacts.CentsText

/// Writes assessments of a server.
struct KnownAssessmentJSON {
    private let json: JSONWriter
    private let sink: ByteSink
    private let language: Language

    init(_ sink: ByteSink, _ language: Language) {
        (self.sink, self.language) = (sink, language)
        json = JSONWriter(sink)
    }

    /// Writes one.
    func write(_ known: KnownAssessment, _ company: NamedCompany) {
        let assessment = known.assessment
        json.object {
            json.text("company", "\(company.identifier)")
            json.integer("fact_count", known.factCount)
            json.integer(
                "last_known_at_microseconds",
                known.lastKnownAtMicroseconds.map { Int($0) }
            )
            json.text("siren", assessment.siren)
            json.text("as_of", assessment.model.asOfDate)
            json.text("outcome", Self.word(assessment.outcome))
            json.text("not_scorable_reason", assessment.notScorableReason.map(Self.word))
            json.text("since", assessment.since?.description)
            json.text("proceeding_state", assessment.legal.state)
            json.text("register", assessment.legal.register)
            json.text("model", "\(assessment.model.name)@\(assessment.model.version)")
            json.integer("horizon_months", assessment.model.horizonMonths)
            json.text("basis", assessment.basis.map(Self.word))
            json.number("depth_log_odds", assessment.depthLogOdds)
            figures("base", assessment.base)
            json.number("payment_log_odds", assessment.paymentLogOdds)
            figures("adjusted", assessment.adjusted)
            json.text("confidence", assessment.confidence)
            json.bool("class_capped", assessment.isClassCapped)
            reasons(assessment.reasons)
            payments("payments", assessment.payments)
            payments("receivables", assessment.receivables)
            json.list("statements") {
                for statement in assessment.statements {
                    json.object {
                        json.text("closing", statement.closing?.description)
                        json.integer("months", statement.months)
                    }
                }
            }
            formulas("ratios", assessment.ratios)
            json.bool("models_diverge", assessment.modelsDiverge)
            formulas("models", assessment.publishedModels)
            findings(assessment.findings)
        }
        sink.write("\n")
    }

    private func say(_ text: LocalizedText) -> String {
        language == .fr ? text.french : text.english
    }

    private func figures(_ name: String, _ figures: RiskFigures?) {
        guard let figures else { return json.text(name, nil) }
        json.object(name) {
            json.number("probability", figures.probability)
            json.integer("score", figures.score)
            json.integer("risk_class", figures.riskClass)
        }
    }

    private func reasons(_ reasons: [AssessmentReason]) {
        json.list("reasons") {
            for reason in reasons {
                json.object {
                    json.text("feature", reason.feature)
                    json.text("label", say(reason.label))
                    json.text("sentence", say(reason.sentence))
                    json.number("contribution", reason.contribution)
                    json.number("value", reason.value)
                    json.number("median", reason.median)
                    json.number("percent_below", reason.percentBelow)
                    json.text("closing", reason.closing?.description)
                }
            }
        }
    }

    private func payments(_ name: String, _ payments: PaymentFigures?) {
        guard let payments else { return json.text(name, nil) }
        json.object(name) {
            json.integer("payments", payments.payments)
            json.number("index", payments.index)
            json.number("days_beyond_terms", payments.daysBeyondTerms)
            json.number("share_late_over_30", payments.shareLateOver30)
            json.number("share_late_over_90", payments.shareLateOver90)
            json.number("days_trend", payments.daysTrend)
            json.text("open", CentsText.text(payments.open))
            json.text("past_due", CentsText.text(payments.pastDue))
            json.text("disputed", CentsText.text(payments.disputed))
            json.text("credits", CentsText.text(payments.credits))
            json.integer("broken_promises", payments.brokenPromises)
            json.integer("returned_payments", payments.returnedPayments)
            json.bool("legal_terms_only", payments.hasLegalTermsOnly)
        }
    }

    private func formulas(_ name: String, _ formulas: [FormulaValue]) {
        json.list(name) {
            for formula in formulas {
                json.object {
                    json.text("name", formula.name)
                    json.text("label", say(formula.label))
                    json.text("unit", formula.unit)
                    json.number("value", formula.value)
                    json.number("twelve_months", formula.twelveMonths)
                    json.number("probability", formula.probability)
                }
            }
        }
    }

    private func findings(_ findings: [PaperFinding]) {
        json.list("findings") {
            for finding in findings {
                json.object {
                    json.text("code", finding.code)
                    json.text("severity", "\(finding.severity)")
                    json.text("field", finding.field)
                    json.text("text", say(finding.text))
                }
            }
        }
    }

    private static func word(_ outcome: AssessmentOutcome) -> String {
        if case .other(let number) = outcome { "\(number)" } else { outcome.word }
    }

    private static func word(_ reason: NotScorableReason) -> String {
        switch reason {
        case .nothingKnown: "nothing_known"
        case .fewPayments: "few_payments"
        case .itemsMissing: "items_missing"
        case .knownLater: "known_later"
        case .other(let number): "\(number)"
        }
    }

    private static func word(_ basis: AssessmentBasis) -> String {
        switch basis {
        case .statements: "statements"
        case .fewRatios: "few_ratios"
        case .payments: "payments"
        case .other(let number): "\(number)"
        }
    }
}
