// SPDX-License-Identifier: Apache-2.0

// The way of rows through an assessor: facts, outcomes and confidence first, then the models, then
// what payments add and the cap of the class.

package import Scoring

extension TableAssessor {
    /// Assesses rows and appends what is said of them.
    ///
    /// - Parameters:
    ///   - block: The table, of as many columns as this has.
    ///   - rows: Which rows of it.
    ///   - scratch: Memory of the calling thread.
    ///   - answers: Where the assessments go.
    package func assess(
        _ block: RowBlock,
        rows: Range<Int>,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        guard block.columnCount == columnCount, rows.lowerBound >= 0,
            rows.upperBound <= block.rowCount, let cells = TableCells(block)
        else { return }
        answers.reasonCount = options.reasonCount
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: TableScratch.rowsMax) {
            let count = min(TableScratch.rowsMax, rows.upperBound - first)
            scratch.clear(count)
            read(cells, first, count, scratch, answers)
            judge(first, count, scratch, answers)
            if options.reasonCount > 0 { answers.appendNoReasons(count) }
            score(cells, first, count, scratch, answers)
            for row in 0..<count where scratch.areScorable[row] != 0 { finish(row, scratch) }
            answers.append(count, scratch)
            guard !scratch.issues.isEmpty else { continue }
            scratch.issues.sort {
                $0.row == $1.row ? $0.place < $1.place : $0.row < $1.row
            }
            answers.append(scratch.issues, maximum: issuesMaximum)
        }
    }

    // MARK: Facts

    /// Copies the cells of facts and checks them; a bad one counts as not known.
    private func read(
        _ cells: TableCells,
        _ first: Int,
        _ count: Int,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        for fact in factPlaces.indices where factPlaces[fact] < 0 {
            scratch.cells(fact).update(repeating: .nan, count: count)
        }
        for fact in facts {
            let rule = TableFact.rules[fact.rawValue]
            let place = factPlaces[fact.rawValue]
            let values = scratch.cells(fact.rawValue)
            cells.copy(cells.lane(place, from: first), count: count, to: values)
            let (least, most, isWhole) = (
                rule.range.lowerBound, rule.range.upperBound, rule.isWhole
            )
            for row in 0..<count {
                let value = values[row]
                if value >= least, value <= most {
                    // All ranges are within 32 bits.
                    if !isWhole || Double(Int32(value)) == value { continue }
                } else if value.isNaN {
                    continue
                }
                let kind: RowIssueKind = value.isInfinite ? .valueInfinite : .valueOutOfRange
                note(first + row, kind, fact, value, scratch, answers)
                scratch.faults[row] |= rule.fault
                values[row] = .nan
            }
        }
    }

    func note(
        _ row: Int,
        _ kind: RowIssueKind,
        _ fact: TableFact,
        _ value: Double,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        answers.issueCount += 1
        // Rows ascend from chunk to chunk: none of a later one is told before.
        guard answers.issueRows.count < issuesMaximum else { return }
        scratch.note(row, kind, column: factPlaces[fact.rawValue] + 1, value)
    }

    // MARK: Scores

    /// Gives each row that can be scored to the model that its items allow.
    private func score(
        _ cells: TableCells,
        _ first: Int,
        _ count: Int,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        let (treeRows, cardRows) = (scratch.treeRows, scratch.cardRows)
        var (treeCount, cardCount) = (0, 0)
        for row in 0..<count where scratch.areScorable[row] != 0 && scratch.years[row] > 0 {
            treeRows[treeCount] = Int32(row)
            treeCount += 1
        }
        guard treeCount > 0 else { return }
        if card != nil {
            let rows = UnsafeBufferPointer(start: treeRows, count: treeCount)
            trees.countMissing(rows, cells, from: first, scratch)
            let most = Int32(clamping: table.itemsMissingMaximum)
            var kept = 0
            for place in 0..<treeCount {
                let row = treeRows[place]
                if scratch.missing[place] > most {
                    cardRows[cardCount] = row
                    cardCount += 1
                } else {
                    treeRows[kept] = row
                    kept += 1
                }
            }
            treeCount = kept
        }
        let rows = UnsafeBufferPointer(start: treeRows, count: treeCount)
        score(rows, by: trees, .statements, cells, first, count, scratch, answers)
        guard let card else { return }
        let others = UnsafeBufferPointer(start: cardRows, count: cardCount)
        score(others, by: card, .fewRatios, cells, first, count, scratch, answers)
    }

    private func score(
        _ rows: UnsafeBufferPointer<Int32>,
        by model: TableModel,
        _ basis: AssessmentBasis,
        _ cells: TableCells,
        _ first: Int,
        _ count: Int,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        guard !rows.isEmpty else { return }
        model.score(rows, cells, from: first, request, scratch)
        let result = scratch.answers
        let (outcomes, probabilities) = (result.outcomes, result.probabilities)
        let (scores, classes) = (result.scores, result.riskClasses)
        guard outcomes.count == rows.count else { return }
        let number = TableNumbers.number(basis)
        for (place, row) in rows.enumerated()
        where outcomes[place] == RowOutcome.scored.rawValue {
            let row = Int(row)
            let shift = model.scorer.depthLogOdds(statements: Int(scratch.years[row]))
            var figures = RiskFigures(
                probability: probabilities[place],
                score: scores[place],
                riskClass: classes[place]
            )
            if shift != 0 {
                let plain = ScoringModel.logOdds(probability: figures.probability)
                figures = model.scorer.figures(plain + shift)
            }
            scratch.bases[row] = number
            scratch.take(figures, row)
        }
        if result.reasonCount > 0 { answers.takeReasons(rows, result, count) }
        if result.issueCount > 0 { takeIssues(rows, model, first, scratch, answers) }
    }

    /// Tells the issues that a model found, by the caller's columns.
    private func takeIssues(
        _ rows: UnsafeBufferPointer<Int32>,
        _ model: TableModel,
        _ first: Int,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) {
        let found = scratch.answers
        answers.issueCount += found.issueCount
        guard answers.issueRows.count < issuesMaximum else { return }
        for place in found.issueRows.indices {
            let row = Int(rows[Int(found.issueRows[place])])
            let input = Int(found.issueColumns[place]) - 1
            var column = 0
            if input >= 0 {
                let source = model.sources[input]
                column = Int(source.columns[Int(scratch.slots(source.year)[row])]) + 1
            }
            guard let kind = RowIssueKind(rawValue: found.issueKinds[place]) else { continue }
            scratch.note(first + row, kind, column: column, found.issueValues[place])
        }
    }

    /// What payments add, and the cap of the class.
    private func finish(_ row: Int, _ scratch: TableScratch) {
        let index = scratch.cells(TableFact.paymentIndex.rawValue)[row]
        let basis = scratch.bases[row]
        if basis == 0 {
            // Payments alone: the bundle's base rate, moved by the index.
            guard !index.isNaN else { return }
            scratch.bases[row] = TableNumbers.number(.payments)
            let plain = ScoringModel.logOdds(probability: trees.scorer.baseRate)
            scratch.take(trees.scorer.figures(plain + table.logOdds(paymentIndex: index)), row)
        } else if !index.isNaN {
            let isByCard = basis == TableNumbers.number(.fewRatios)
            let scorer = isByCard ? card?.scorer ?? trees.scorer : trees.scorer
            let plain = ScoringModel.logOdds(probability: scratch.baseProbabilities[row])
            scratch.adjust(scorer.figures(plain + table.logOdds(paymentIndex: index)), row)
        }
        scratch.outcomes[row] = TableNumbers.number(.scored)
        let best = classBest[Int(scratch.confidences[row])]
        if UInt32(scratch.riskClasses[row]) < best {
            scratch.riskClasses[row] = UInt8(clamping: best)
            scratch.areCapped[row] = 1
        }
    }
}

extension TableScratch {
    /// Takes the figures of a row before payments.
    fileprivate func take(_ figures: RiskFigures, _ row: Int) {
        baseProbabilities[row] = figures.probability
        adjust(figures, row)
    }

    /// Takes the figures of a row with payments.
    fileprivate func adjust(_ figures: RiskFigures, _ row: Int) {
        probabilities[row] = figures.probability
        scores[row] = figures.score
        riskClasses[row] = UInt8(clamping: figures.riskClass)
    }
}

extension AssessedTable {
    /// Appends rows without reasons.
    fileprivate func appendNoReasons(_ count: Int) {
        let entries = count * reasonCount
        reasonFeatures.append(contentsOf: repeatElement(0, count: entries))
        reasonContributions.append(contentsOf: repeatElement(.nan, count: entries))
    }

    /// Puts reasons into the last `count` rows.
    fileprivate func takeReasons(
        _ rows: UnsafeBufferPointer<Int32>,
        _ result: ScoreColumns,
        _ count: Int
    ) {
        let (own, theirs) = (reasonCount, result.reasonCount)
        let first = reasonFeatures.count - count * own
        let (features, contributions) = (result.reasonFeatures, result.reasonContributions)
        reasonFeatures.withUnsafeMutableBufferPointer { ownFeatures in
            reasonContributions.withUnsafeMutableBufferPointer { ownContributions in
                for (place, row) in rows.enumerated() {
                    for reason in 0..<min(own, theirs) {
                        let to = first + Int(row) * own + reason
                        ownFeatures[to] = features[place * theirs + reason]
                        ownContributions[to] = contributions[place * theirs + reason]
                    }
                }
            }
        }
    }
}
