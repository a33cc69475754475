// SPDX-License-Identifier: Apache-2.0

// From facts to assessments. Outcomes first: a company in proceedings, or at its end, is not
// scored, whatever its accounts say. Then the bundle's probability, what payments add to it, and
// how far it all is to be trusted.
//
// Companies go through it in blocks: what machines compute (formulas, features, trees, what each
// feature adds) is computed for many at a time, in memory that is used again.
//
// Estimate for a company with 2 statements of 60 lines, 20 invoices, 3 notices and 5 reasons, among
// many: notices 0.6 us; order and checks of statements 1.6 us; payments 20 at 20 ns, 0.4 us; ratios
// and models 1.8 us; inputs 0.6 us; trees and what features add 4 us; memory of the answer, some
// ten pieces at 50 ns, and its copies 1 us. In all 10 us.

package import CreditFacts
package import LegalHistory
internal import PaymentBehaviour
package import Quantities
package import Scoring
internal import StatementAnalysis

/// Makes assessments.
package struct Assessor: Sendable {
    private let trees: ModelScorer
    private let card: ModelScorer?
    private let table = AssessmentTable.standard

    /// Companies of a block: enough for machines that work on many at a time.
    package static let blockCompanies = 512  // tidy: limit: the size of our own batches

    /// Makes an assessor.
    ///
    /// - Parameters:
    ///   - model: The bundle that scores statements.
    ///   - card: The one for statements of which many items are missing; nil for none.
    /// - Throws: That a bundle's inputs cannot be bound.
    package init(model: ScoringModel, card: ScoringModel? = nil) throws(ScoringError) {
        trees = try ModelScorer(model, table)
        if let card { self.card = try ModelScorer(card, table) } else { self.card = nil }
    }

    /// Inputs of a bundle that no statement gives, which are always missing.
    package static func inputsNotGiven(_ model: ScoringModel) -> [String] {
        let columns = model.inputColumns.map(\.name)
        let places = ModelInputs.places(of: columns, yearsMaximum: model.manifest.yearsMaximum)
        return zip(columns, places).filter { $1 < 0 }.map(\.0)
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
        try assess(companies, options, AssessmentScratch())
    }

    /// Assesses companies, in memory that serves again; the answers stand in their order.
    ///
    /// - Parameter scratch: Memory of the calling thread.
    package func assess(
        _ companies: [CompanyFacts],
        _ options: Options,
        _ scratch: AssessmentScratch
    ) throws(ScoringError) -> [Assessment] {
        var assessments: [Assessment] = []
        assessments.reserveCapacity(companies.count)
        for first in stride(from: 0, to: companies.count, by: Self.blockCompanies) {
            let block = first..<min(first + Self.blockCompanies, companies.count)
            companies.withUnsafeBufferPointer { companies in
                guard let first = companies.baseAddress else { return }
                for place in block {
                    assessments.append(evidence(first + place, options, scratch))
                }
            }
            compute(block, &assessments, scratch)
            try score(scratch.treeRows, by: trees, .statements, options, &assessments, scratch)
            if let card {
                try score(scratch.cardRows, by: card, .fewRatios, options, &assessments, scratch)
            }
            for place in block { finish(&assessments[place]) }
        }
        return assessments
    }

    // MARK: What is known

    /// All but the score; a company that can be scored is still "not scorable".
    private func evidence(
        _ given: UnsafePointer<CompanyFacts>,
        _ options: Options,
        _ scratch: AssessmentScratch
    ) -> Assessment {
        // Facts are never copied, which is to count references of a dozen lists.
        guard let oneCurrency = OneCurrency.apart(given) else {
            return evidence(of: given, nil, options, scratch)
        }
        return withUnsafePointer(to: oneCurrency.facts) {
            evidence(of: $0, oneCurrency.findings, options, scratch)
        }
    }

    /// - Parameter leftOut: What was left out of another currency; nil where there is one.
    private func evidence(
        of place: UnsafePointer<CompanyFacts>,
        _ leftOut: [Finding]?,
        _ options: Options,
        _ scratch: AssessmentScratch
    ) -> Assessment {
        let asOf = options.asOf
        let history = LegalHistory(place.pointee.events, corrections: place.pointee.corrections)
        let status = history.status(on: asOf, knowing: options.knowledge)
        let entries = place.pointee.registerEntries.filter { $0.isKnown(on: asOf) }
        let evidence = LegalEvidence(
            status,
            directory: RegisterEvidence.directory(entries),
            struckOff: RegisterEvidence.strikeOff(entries, asOf: asOf)
        )
        // A book speaks up to its last entry; what is open is looked at then.
        let ledgerDay = min(asOf, place.pointee.ledgerUntil ?? asOf)
        let series = StatementSeries(
            place.pointee.statements,
            comparatives: place.pointee.comparatives,
            asOf: asOf,
            yearsMaximum: trees.years,
            scratch.cells
        )
        let window = scratch.window(to: ledgerDay)
        let payments = PaymentEvidence(place.pointee.owed, place.pointee.unallocated, window)
        let outcome: AssessmentOutcome =
            switch evidence.outcome {
            case .inProceedings: .inProceedings
            case .closed: .closed
            case .review: .review
            case .scorable: .notScorable
            }
        var assessment = Assessment(
            siren: place.pointee.siren,
            name: place.pointee.name,
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
        takeReceivables(of: place, window, asOf: ledgerDay, &assessment)
        assessment.findings = series.findings
        assessment.findings += AssessmentNotes.findings(place, series, status, asOf: asOf)
        assessment.findings += leftOut ?? []
        let isDoubtful = place.pointee.hasDoubtfulPapers || leftOut != nil
        if isDoubtful || series.findings.contains(where: AssessmentNotes.lowersConfidence) {
            assessment.confidence = assessment.confidence.lower
        }
        return assessment
    }

    /// How its customers pay it.
    private func takeReceivables(
        of place: UnsafePointer<CompanyFacts>,
        _ window: PaymentWindow,
        asOf day: CalendarDate,
        _ assessment: inout Assessment
    ) {
        let (invoices, credits) = (place.pointee.receivable, place.pointee.receivableCredits)
        assessment.receivables = PaymentEvidence(invoices, credits, window)
        guard !invoices.isEmpty else { return }
        assessment.receivableDays = ReceivablesEvidence(
            place.pointee,
            assessment.receivables,
            assessment.statements.first,
            asOf: day
        )
    }

    // MARK: Scores

    /// What the formulas of a block's statements come to, and the rows of the models.
    private func compute(
        _ block: Range<Int>,
        _ assessments: inout [Assessment],
        _ scratch: AssessmentScratch
    ) {
        let years = max(trees.years, 0)
        let inputCount = years * ModelInputs.names.count
        scratch.inputs.clear(count: block.count * inputCount)
        let queues = [scratch.complete, scratch.simplified]
        let inputQueues = [scratch.completeInputs, scratch.simplifiedInputs]
        for queue in queues + inputQueues { queue.removeAll() }
        for place in block {
            let statements = assessments[place].statements
            guard !statements.isEmpty else { continue }
            let queue = queues[statements[0].form == .simplified ? 1 : 0]
            let last = StatementYears(
                statements[0],
                previous: statements.count > 1 ? statements[1] : nil
            )
            queue.add(last, tag: place) { assessments[$0.tag].figures = queue.figures($0) }
            guard assessments[place].outcome == .notScorable else { continue }
            for year in 0..<min(years, statements.count) {
                let form = statements[year].form == .simplified ? 1 : 0
                let tag = (place - block.lowerBound) * years + year
                inputQueues[form].add(StatementYears(statements[year]), tag: tag) {
                    take($0, form, scratch)
                }
            }
        }
        for queue in queues {
            queue.finish { assessments[$0.tag].figures = queue.figures($0) }
        }
        for form in inputQueues.indices {
            inputQueues[form].finish { take($0, form, scratch) }
        }
        addRows(block, assessments, inputCount, scratch)
    }

    /// Notes the inputs of a statement.
    private func take(_ row: StatementQueue.Row, _ form: Int, _ scratch: AssessmentScratch) {
        let queue = form == 1 ? scratch.simplifiedInputs : scratch.completeInputs
        let places = form == 1 ? ModelInputs.simplified : ModelInputs.complete
        let inputs = scratch.inputs.start + row.tag * places.count
        for (number, place) in places.enumerated() {
            if let place { inputs[number] = queue.value(place, row) }
        }
    }

    /// Gives each company that can be scored to the model that its data allow.
    private func addRows(
        _ block: Range<Int>,
        _ assessments: [Assessment],
        _ inputCount: Int,
        _ scratch: AssessmentScratch
    ) {
        scratch.treeRows.removeAll()
        scratch.cardRows.removeAll()
        for place in block {
            guard assessments[place].outcome == .notScorable,
                !assessments[place].statements.isEmpty
            else { continue }
            let inputs = UnsafeBufferPointer(
                start: scratch.inputs.start + (place - block.lowerBound) * inputCount,
                count: inputCount
            )
            if let card, trees.missing(inputs) > table.itemsMissingMaximum {
                card.add(inputs, of: place, to: scratch.cardRows)
            } else {
                trees.add(inputs, of: place, to: scratch.treeRows)
            }
        }
    }

    private func score(
        _ rows: ModelRows,
        by scorer: ModelScorer,
        _ basis: AssessmentBasis,
        _ options: Options,
        _ assessments: inout [Assessment],
        _ scratch: AssessmentScratch
    ) throws(ScoringError) {
        try scorer.score(rows, reasonCount: options.reasonCount, scratch)
        let answers = scratch.answers
        let (outcomes, probabilities) = (answers.outcomes, answers.probabilities)
        let (scores, classes) = (answers.scores, answers.riskClasses)
        let (features, contributions) = (answers.reasonFeatures, answers.reasonContributions)
        let values = answers.reasonValues
        let reasonCount = answers.reasonCount
        for (row, place) in rows.places.enumerated()
        where outcomes[row] == RowOutcome.scored.rawValue {
            let known = assessments[place].statements.count
            let shift = scorer.depthLogOdds(statements: known)
            assessments[place].outcome = .scored
            assessments[place].basis = basis
            assessments[place].model = scorer.name
            assessments[place].horizonMonths = scorer.horizonMonths
            assessments[place].depthLogOdds = shift
            assessments[place].base =
                shift == 0
                ? RiskFigures(
                    probability: probabilities[row],
                    score: scores[row],
                    riskClass: classes[row]
                ) : scorer.figures(ScoringModel.logOdds(probability: probabilities[row]) + shift)
            guard reasonCount > 0, known > 0 else { continue }
            let source = assessments[place].statements[0].source
            let closing = assessments[place].statements[0].closing
            let first = row * reasonCount
            assessments[place].reasons = (first..<first + reasonCount).map { reason in
                AssessmentReason(
                    model: scorer.model,
                    featureIndex: Int(features[reason]),
                    contribution: contributions[reason],
                    value: values[reason],
                    source: source,
                    closing: closing
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
        assessment.outcome = .scored
        assessment.basis = .payments
        assessment.model = scorer.name
        assessment.horizonMonths = scorer.horizonMonths
        assessment.paymentLogOdds = table.logOdds(paymentIndex: index)
        assessment.base = scorer.figures(
            ScoringModel.logOdds(probability: scorer.baseRate)
                + assessment.paymentLogOdds
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
