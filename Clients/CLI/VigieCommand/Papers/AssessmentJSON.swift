// SPDX-License-Identifier: Apache-2.0

// Assessments in their documented form ("vigie-assessments/1").

internal import Assessment
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import LegalHistory
internal import PaymentBehaviour
internal import Quantities
internal import StatementAnalysis

/// Writes assessments.
struct AssessmentJSON {
    private let json: JSONWriter
    private let sink: ByteSink

    init(_ sink: ByteSink) {
        self.sink = sink
        json = JSONWriter(sink)
    }

    /// Writes all of them.
    ///
    /// - Parameter more: Writes what else there is of one, by its place.
    func document(
        _ assessments: [Assessment],
        _ companies: [CompanyFacts],
        _ stack: PaperStack,
        _ language: Language,
        more: (Int, JSONWriter) -> Void = { _, _ in }
    ) {
        json.object {
            json.text("format", "vigie-assessments/1")
            json.list("papers") {
                for paper in stack.papers {
                    json.object {
                        json.text("file", paper.name)
                        json.text("kind", paper.kind?.name)
                        json.integer("kept", paper.counts.kept)
                        json.integer("set_aside", paper.counts.setAside)
                        json.text("error", (paper.failure?.message).map(language.failure))
                    }
                }
            }
            json.list("assessments") {
                for (place, assessment) in assessments.enumerated() {
                    write(assessment, language) {
                        let facts = companies.indices.contains(place) ? companies[place] : nil
                        json.list("paper_findings") {
                            for finding in facts?.paperFindings ?? [] { write(finding, language) }
                        }
                        more(place, json)
                    }
                }
            }
        }
        sink.write("\n")
    }

    private func write(_ assessment: Assessment, _ language: Language, more: () -> Void) {
        json.object {
            json.text("siren", assessment.siren?.description)
            json.text("name", assessment.name)
            json.text("as_of", assessment.asOf.description)
            json.text("outcome", assessment.outcome.rawValue)
            json.text("not_scorable_reason", assessment.notScorableReason?.rawValue)
            json.text("since", assessment.since?.description)
            legal(assessment)
            json.text("model", assessment.model)
            json.integer("horizon_months", assessment.horizonMonths)
            json.text("basis", assessment.basis?.rawValue)
            json.number("depth_log_odds", assessment.depthLogOdds)
            figures("base", assessment.base)
            json.number("payment_log_odds", assessment.paymentLogOdds)
            figures("adjusted", assessment.adjusted)
            horizons(assessment)
            json.text("confidence", assessment.confidence.rawValue)
            json.bool("class_capped", assessment.isClassCapped)
            json.list("reasons") {
                for reason in assessment.reasons {
                    json.object {
                        json.text("feature", reason.feature)
                        json.text("label", language == .fr ? reason.french : reason.english)
                        json.text("sentence", reason.sentence(inFrench: language == .fr))
                        json.number("contribution", reason.contribution)
                        json.number("value", reason.value)
                        json.number("median", reason.reference?.median)
                        json.number("percent_below", reason.reference?.percentBelow)
                        source(reason.source)
                        json.text("closing", reason.closing?.description)
                    }
                }
            }
            payments("payments", assessment.payments)
            payments("receivables", assessment.receivables)
            statements(assessment)
            ratios(assessment, language)
            trends(assessment, language)
            models(assessment, language)
            json.list("findings") {
                for finding in assessment.findings { write(finding, language) }
            }
            more()
        }
    }

    private func legal(_ assessment: Assessment) {
        json.object("legal") {
            json.text("proceeding_state", assessment.legal.state.rawValue)
            json.text("since", assessment.legal.since?.description)
            json.text("register", assessment.evidence.register.rawValue)
            json.bool("needs_review", assessment.evidence.needsReview)
            json.bool("has_failed", assessment.evidence.hasFailed)
            conflicts(assessment.evidence)
            json.list("notices") {
                for event in assessment.legal.events {
                    json.object {
                        json.text("notice", event.notice)
                        json.text("event", event.kind.rawValue)
                        json.text("published", event.published.description)
                        source(event.source)
                    }
                }
            }
        }
    }

    /// Both sides of what does not fit, each with its day and its place.
    private func conflicts(_ evidence: LegalEvidence) {
        json.list("conflicts") {
            for conflict in evidence.conflicts {
                json.object {
                    switch conflict {
                    case .struckOffYetActive(let struckOff, let since):
                        json.text("kind", "struck_off_yet_active")
                        json.text("struck_off", struckOff.description)
                        json.text("active_since", since?.description)
                    case .activeAgain(let struckOff, let since):
                        json.text("kind", "active_again")
                        json.text("struck_off", struckOff.description)
                        json.text("active_since", since.description)
                    }
                    source(evidence.strikeOff?.source, "struck_off_source")
                    source(evidence.directory?.source, "active_source")
                }
            }
        }
    }

    private func figures(_ name: String, _ figures: RiskFigures?) {
        guard let figures else { return json.text(name, nil) }
        json.object(name) {
            json.number("probability", figures.probability)
            json.integer("score", Int(figures.score))
            json.integer("risk_class", Int(figures.riskClass))
        }
    }

    private func horizons(_ assessment: Assessment) {
        json.list("horizons") {
            for horizon in assessment.horizons {
                json.object {
                    json.integer("months", horizon.months)
                    json.text("model", horizon.model)
                    json.number("probability", horizon.figures.probability)
                    json.integer("score", Int(horizon.figures.score))
                    json.integer("risk_class", Int(horizon.figures.riskClass))
                }
            }
        }
    }

    private func payments(_ name: String, _ payments: PaymentEvidence) {
        json.object(name) {
            json.integer("payments", payments.payments)
            json.number("index", payments.index)
            json.number("days_beyond_terms", payments.daysBeyondTerms)
            json.number("share_late_over_30", payments.shareLateOver30)
            json.number("share_late_over_90", payments.shareLateOver90)
            json.number("days_trend", payments.daysTrend)
            json.text("credits", CentsText.text(payments.credits))
            json.text("disputed", CentsText.text(payments.disputed))
            json.integer("broken_promises", payments.brokenPromises)
            json.integer("returned_payments", payments.returnedPayments)
            json.text("open", CentsText.text(payments.open))
            json.text("past_due", CentsText.text(payments.pastDue))
            json.object("open_by_age") {
                for (bucket, cents) in zip(AgingBucket.allCases, payments.openByAge) {
                    json.text(bucket.name, CentsText.text(cents))
                }
            }
            json.bool("legal_terms_only", payments.hasLegalTermsOnly)
        }
    }

    private func statements(_ assessment: Assessment) {
        json.list("statements") {
            for statement in assessment.statements {
                json.object {
                    json.text("closing", statement.closing.description)
                    json.integer("months", statement.months)
                    json.text("form", statement.form.rawValue)
                    source(statement.source)
                }
            }
        }
    }

    private func ratios(_ assessment: Assessment, _ language: Language) {
        json.list("ratios") {
            for ratio in assessment.ratios {
                json.object {
                    json.text("name", ratio.formula.name)
                    json.text("kind", ratio.formula.kind.rawValue)
                    json.text("unit", ratio.formula.unit.rawValue)
                    let label = language == .fr ? ratio.formula.french : ratio.formula.english
                    json.text("label", label)
                    json.number("value", ratio.value)
                    json.number("twelve_months", ratio.annual)
                    json.text("reason", ratio.reason?.text(inFrench: language == .fr))
                }
            }
        }
    }

    private func trends(_ assessment: Assessment, _ language: Language) {
        json.list("trends") {
            for trend in assessment.trends {
                json.object {
                    json.text("name", trend.formula.name)
                    let label = language == .fr ? trend.formula.french : trend.formula.english
                    json.text("label", label)
                    json.text("unit", trend.formula.unit.rawValue)
                    json.list("points") {
                        for point in trend.points {
                            json.object {
                                json.text("closing", point.closing.description)
                                json.number("value", point.value)
                            }
                        }
                    }
                    json.number("change", trend.change)
                    json.number("slope_per_year", trend.slopePerYear)
                }
            }
        }
    }

    private func models(_ assessment: Assessment, _ language: Language) {
        json.bool("models_diverge", assessment.models?.diverges ?? false)
        json.list("models") {
            for opinion in assessment.models?.opinions ?? [] {
                let formula = opinion.result.formula
                json.object {
                    json.text("name", formula.name)
                    json.text("label", language == .fr ? formula.french : formula.english)
                    json.number("value", opinion.result.value)
                    json.text("reason", opinion.result.reason?.text(inFrench: language == .fr))
                    json.number("probability", opinion.probability)
                    json.text("zone", opinion.zone?.kind.rawValue)
                }
            }
        }
    }

    private func write(_ finding: Finding, _ language: Language) {
        json.object {
            json.text("code", finding.code.rawValue)
            json.text("severity", finding.severity.rawValue)
            json.text("field", finding.field)
            json.text("text", finding.text(inFrench: language == .fr))
            source(finding.source)
        }
    }

    private func source(_ place: PaperReference?, _ name: String = "source") {
        guard let place else { return json.text(name, nil) }
        json.object(name) {
            json.integer("paper", Int(place.paper))
            json.integer("line", Int(place.line))
        }
    }
}
