// SPDX-License-Identifier: Apache-2.0

// From facts to assessments. Outcomes first: a company in proceedings, or at its end, is not
// scored, whatever its accounts say. Then the bundle's probability, what payments add to it, and
// how far it all is to be trusted.

package import CreditFacts
package import LegalHistory
package import Quantities
package import Scoring
internal import StatementAnalysis

/// Makes assessments.
package struct Assessor: Sendable {
    private let trees: ModelScorer
    private let card: ModelScorer?
    private let table = AssessmentTable.standard

    /// Makes an assessor.
    ///
    /// - Parameters:
    ///   - model: The bundle that scores statements.
    ///   - card: The one for statements of which many items are missing; nil for none.
    /// - Throws: That a bundle's inputs cannot be bound.
    package init(model: ScoringModel, card: ScoringModel? = nil) throws(ScoringError) {
        trees = try ModelScorer(model)
        if let card { self.card = try ModelScorer(card) } else { self.card = nil }
    }

    /// How an assessment is asked for.
    package struct Options: Sendable {
        /// The day for which it is made.
        package var asOf: CalendarDate
        /// What a question about the past may know.
        package var knowledge: LegalKnowledge = .ofThatDay
        /// Reasons of each company.
        package var reasonCount = 5

        /// Asks for a day.
        package init(asOf: CalendarDate) { self.asOf = asOf }
    }

    /// Assesses companies; the answers stand in their order.
    package func assess(
        _ companies: [CompanyFacts],
        _ options: Options
    ) throws(ScoringError) -> [Assessment] {
        var assessments: [Assessment] = []
        assessments.reserveCapacity(companies.count)
        var treeRows = Rows()
        var cardRows = Rows()
        for facts in companies {
            let place = assessments.count
            assessments.append(evidence(facts, options))
            guard assessments[place].outcome == .notScorable else { continue }
            let inputs = trees.inputs(assessments[place].statements)
            guard !assessments[place].statements.isEmpty else { continue }
            let missing = trees.missing(inputs)
            if missing > table.itemsMissingMaximum, let card {
                cardRows.add(card.inputs(assessments[place].statements), of: place)
            } else {
                treeRows.add(inputs, of: place)
            }
        }
        try score(treeRows, by: trees, .statements, options, &assessments)
        if let card { try score(cardRows, by: card, .fewRatios, options, &assessments) }
        for place in assessments.indices { finish(&assessments[place]) }
        return assessments
    }

    /// Inputs of several companies in one array.
    private struct Rows {
        var values: [Double] = []
        var places: [Int] = []

        mutating func add(_ row: [Double], of place: Int) {
            values += row
            places.append(place)
        }
    }

    // MARK: What is known

    /// All but the score; a company that can be scored is still "not scorable".
    private func evidence(_ facts: CompanyFacts, _ options: Options) -> Assessment {
        let asOf = options.asOf
        let history = LegalHistory(facts.events, corrections: facts.corrections)
        let status = history.status(on: asOf, knowing: options.knowledge)
        let entries = facts.registerEntries.filter { $0.isKnown(on: asOf) }
        let evidence = LegalEvidence(
            status,
            directory: RegisterEvidence.directory(entries),
            struckOff: RegisterEvidence.strikeOff(entries, asOf: asOf)
        )
        // A book speaks up to its last entry; what is open is looked at then.
        let ledgerDay = min(asOf, facts.ledgerUntil ?? asOf)
        let series = StatementSeries(facts, asOf: asOf, yearsMaximum: trees.years)
        let payments = PaymentEvidence(facts.owed, facts.unallocated, asOf: ledgerDay)
        let outcome: AssessmentOutcome =
            switch evidence.outcome {
            case .inProceedings: .inProceedings
            case .closed: .closed
            case .review: .review
            case .scorable: .notScorable
            }
        var assessment = Assessment(
            siren: facts.siren,
            name: facts.name,
            asOf: asOf,
            outcome: outcome,
            since: evidence.since,
            legal: status,
            evidence: evidence,
            confidence: table.confidence(
                statements: series.statements.count,
                ageMonths: series.ageMonths,
                // Due dates that nobody agreed on are no experience of how agreed ones are kept.
                payments: payments.hasLegalTermsOnly ? 0 : payments.payments
            )
        )
        assessment.statements = series.statements
        assessment.payments = payments
        assessment.receivables = PaymentEvidence(facts.receivable, [], asOf: ledgerDay)
        assessment.findings =
            series.findings + AssessmentNotes.findings(facts, series, status, asOf: asOf)
        let isDoubtful = facts.hasDoubtfulPapers
        if isDoubtful || series.findings.contains(where: AssessmentNotes.lowersConfidence) {
            assessment.confidence = assessment.confidence.lower
        }
        if let last = series.statements.first {
            let years = StatementYears(last, previous: series.statements.dropFirst().first)
            let figures = StatementFormulas.of(last.form).figures(of: years)
            assessment.ratios = figures.results().filter {
                $0.formula.kind == .ratio || $0.formula.kind == .balance
            }
            assessment.models = ModelComparison(figures, of: years)
        }
        return assessment
    }

    // MARK: Scores

    private func score(
        _ rows: Rows,
        by scorer: ModelScorer,
        _ basis: AssessmentBasis,
        _ options: Options,
        _ assessments: inout [Assessment]
    ) throws(ScoringError) {
        let results = try scorer.score(
            rows.values,
            count: rows.places.count,
            reasonCount: options.reasonCount
        )
        let manifest = scorer.model.manifest
        for (place, result) in zip(rows.places, results) {
            guard let result else { continue }
            assessments[place].outcome = .scored
            assessments[place].basis = basis
            let model = "\(manifest.name)@\(manifest.version)"
            assessments[place].model = model
            assessments[place].horizonMonths = manifest.horizonMonths
            let years = assessments[place].statements.count
            let shift = table.depthLogOdds["\(model)/\(years)"] ?? 0
            assessments[place].depthLogOdds = shift
            assessments[place].base =
                shift == 0
                ? result.figures
                : scorer.figures(
                    ScoringModel.logOdds(probability: result.figures.probability) + shift
                )
            let newest = assessments[place].statements.first
            assessments[place].reasons = result.reasons.map { reason in
                let feature = manifest.features[reason.feature]
                return AssessmentReason(
                    feature: feature.name,
                    french: feature.label.french,
                    english: feature.label.english,
                    contribution: reason.contribution,
                    source: newest?.source,
                    closing: newest?.closing
                )
            }
        }
    }

    /// What payments add, and the cap of the class.
    private func finish(_ assessment: inout Assessment) {
        let scorer = assessment.basis == .fewRatios ? card ?? trees : trees
        if assessment.outcome == .notScorable, let index = assessment.payments.index {
            scoreByPayments(index, scorer, &assessment)
        }
        guard assessment.outcome == .scored, let base = assessment.base else { return }
        var adjusted = base
        if let index = assessment.payments.index, assessment.basis != .payments {
            assessment.paymentLogOdds = table.logOdds(paymentIndex: index)
            adjusted = scorer.figures(
                ScoringModel.logOdds(probability: base.probability) + assessment.paymentLogOdds
            )
        }
        let best = table.classBest[assessment.confidence] ?? 1
        if adjusted.riskClass < best {
            adjusted.riskClass = best
            assessment.isClassCapped = true
        }
        assessment.adjusted = adjusted
    }

    /// Payments alone: the bundle's base rate, moved by the index. Nothing was fitted for it, which
    /// its basis says.
    private func scoreByPayments(
        _ index: Double,
        _ scorer: ModelScorer,
        _ assessment: inout Assessment
    ) {
        let manifest = scorer.model.manifest
        assessment.outcome = .scored
        assessment.basis = .payments
        assessment.model = "\(manifest.name)@\(manifest.version)"
        assessment.horizonMonths = manifest.horizonMonths
        assessment.paymentLogOdds = table.logOdds(paymentIndex: index)
        assessment.base = scorer.figures(
            ScoringModel.logOdds(probability: manifest.prior.targetBaseRate)
                + assessment.paymentLogOdds
        )
    }
}

extension ModelScorer {
    /// What log-odds are on the bundle's scale.
    func figures(_ logOdds: Double) -> RiskFigures {
        let figures = model.figures(logOdds: logOdds)
        return RiskFigures(
            probability: figures.probability,
            score: figures.score,
            riskClass: figures.riskClass
        )
    }
}

extension RegisterEntry {
    /// Whether a register's record was there on a day. One that does not say since when it is so
    /// is taken as it stands.
    fileprivate func isKnown(on day: CalendarDate) -> Bool {
        if let updated = updatedAt.flatMap({ CalendarDate(String($0.prefix(10))) }) {
            return updated <= day
        }
        return since.map { $0 <= day } ?? true
    }
}
