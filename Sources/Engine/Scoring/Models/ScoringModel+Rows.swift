// SPDX-License-Identifier: Apache-2.0

// The row path. It works batch by batch, column by column, in the workspace's
// memory: nothing is allocated per row once that is warm and the result has room.

internal import VigieLimits

extension ScoringModel {
    /// Scores rows and appends their results.
    ///
    /// - Parameters:
    ///   - block: The table; its column count must be that of the binding.
    ///   - rows: Which rows of it.
    ///   - binding: The table's columns, bound to this model.
    ///   - request: What to answer; the same for all calls that append to one result.
    ///   - workspace: Scratch of the calling thread.
    ///   - result: Where the answers go.
    package func scoreRows(
        _ block: RowBlock,
        rows: Range<Int>,
        binding: ColumnBinding,
        request: ScoreRequest,
        workspace: ScoringWorkspace,
        result: ScoreColumns
    ) {
        let columnCount = block.isQuantised ? quantisation.quantiser?.rowBytes : binding.columnCount
        precondition(block.columnCount == columnCount, "block and binding or quantiser do not fit")
        precondition(binding.sources.count == inputColumns.count, "binding of another model")
        precondition(block.texts.count == binding.textColumnCount, "texts of another binding")
        precondition(rows.lowerBound >= 0 && rows.upperBound <= block.rowCount, "no such rows")
        let block = lookingUpTexts(of: block, binding)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batchRowCount) {
            let batch = RowBatch(
                block: block,
                firstRow: start,
                rowCount: min(batchRowCount, rows.upperBound - start),
                binding: binding,
                workspace: workspace
            )
            score(batch, request: request, result: result)
        }
    }

    private var batchRowCount: Int { ScoringLimits.rowsPerBatch }

    private func score(_ batch: RowBatch, request: ScoreRequest, result: ScoreColumns) {
        let workspace = batch.workspace
        let rowCount = batch.rowCount
        let marks = workspace.marks.reserve(rowCount)
        marks.update(repeating: 0, count: rowCount)
        // A model with rules has no quantiser.
        var found = BatchIssues()
        batch.fillCategories(inputColumns, marks: marks, &found)
        batch.check(rules, marks: marks, &found)

        let features = batch.features(
            of: self,
            givesReasons: request.reasonCount > 0,
            blanksInvalid: found.marks & RowMark.value != 0
        )
        let raw = workspace.rawScores.reserve(rowCount)
        let ownProbabilities =
            form.givesProbability && !request.outputs.isDisjoint(with: .ofProbability)
            ? workspace.probabilities.reserve(rowCount) : nil
        form.rawScores(
            features,
            rowCount: rowCount,
            output: raw,
            probabilities: ownProbabilities,
            workspace: workspace
        )
        if found.marks & RowMark.unscorable != 0 {
            for row in 0..<rowCount where marks[row] & RowMark.unscorable != 0 { raw[row] = .nan }
        }
        if form.mayGiveNone { noteMissing(raw, rowCount: rowCount, marks: marks, &found) }
        result.appendOutcomes(marks, rowCount: rowCount, hasUnscored: found.marks > RowMark.value)
        if found.count > 0 {
            result.issueCount += found.count
            batch.tellIssues(
                rules,
                inputColumns,
                marks: marks,
                issuesMaximum: request.issuesMaximum,
                result: result
            )
        }
        result.append(
            UnsafeBufferPointer(start: raw, count: rowCount),
            ownProbabilities: ownProbabilities,
            outputs: request.outputs,
            scale: scale,
            workspace: workspace
        )
        let reasonCount = min(max(request.reasonCount, 0), reasonsMaximum)
        result.reasonCount = reasonCount
        guard reasonCount > 0 else { return }
        appendReasons(
            features,
            rawScores: UnsafeBufferPointer(start: raw, count: rowCount),
            givesValues: request.givesReasonValues,
            workspace: workspace,
            result: result
        )
    }

    /// Marks the rows that the model gives no raw score, and bounds the others: a probability of
    /// exactly 0 or 1 has infinite log-odds, which become the greatest that later sums bear.
    private func noteMissing(
        _ raw: UnsafeMutablePointer<Double>,
        rowCount: Int,
        marks: UnsafeMutablePointer<UInt8>,
        _ found: inout BatchIssues
    ) {
        let limit = ScoringLimits.rawScoreMagnitude
        for row in 0..<rowCount {
            guard raw[row].isNaN else {
                raw[row] = min(max(raw[row], -limit), limit)
                continue
            }
            guard marks[row] & RowMark.unscorable == 0 else { continue }
            marks[row] |= RowMark.noResult
            found.marks |= RowMark.noResult
            found.count += 1
        }
    }
}

extension ScoreColumns {
    /// Appends the outcome of each row.
    fileprivate func appendOutcomes(
        _ marks: UnsafePointer<UInt8>,
        rowCount: Int,
        hasUnscored: Bool
    ) {
        let firstRow = outcomes.count
        // In one piece: to append to an object's array has a cost of its own.
        outcomes.append(
            contentsOf: repeatElement(RowOutcome.scored.rawValue, count: rowCount)
        )
        guard hasUnscored else { return }
        self.hasUnscored = true
        for row in 0..<rowCount where marks[row] > RowMark.value {
            outcomes[firstRow + row] = RowOutcome.notScorable.rawValue
        }
    }

    /// Appends what was asked for of each raw score; NaN is a row without one. Probabilities are
    /// the model's own, in the workspace, where it gives them.
    fileprivate func append(
        _ raw: UnsafeBufferPointer<Double>,
        ownProbabilities: UnsafeMutablePointer<Double>?,
        outputs: ScoreOutputs,
        scale: RiskScale,
        workspace: ScoringWorkspace
    ) {
        let logOdds = UnsafeMutableBufferPointer(
            start: workspace.logOdds.reserve(raw.count),
            count: raw.count
        )
        for row in raw.indices { logOdds[row] = scale.referenceLogOdds(raw: raw[row]) }
        if outputs.contains(.rawScore) { rawScores.append(contentsOf: raw) }
        if outputs.contains(.percentile) {
            percentiles.append(
                contentsOf: logOdds.lazy.map { scale.percentile(referenceLogOdds: $0) }
            )
        }
        for row in raw.indices { logOdds[row] += scale.priorShift }
        if outputs.contains(.score) {
            scores.append(contentsOf: logOdds.lazy.map { scale.score(logOdds: $0) })
        }
        guard !outputs.isDisjoint(with: .ofProbability) else { return }
        let values = UnsafeMutableBufferPointer(
            start: ownProbabilities ?? workspace.probabilities.reserve(raw.count),
            count: raw.count
        )
        if ownProbabilities == nil {
            for row in raw.indices { values[row] = scale.probability(logOdds: logOdds[row]) }
        } else {
            for row in raw.indices where raw[row].isNaN { values[row] = .nan }
        }
        if outputs.contains(.probability) { probabilities.append(contentsOf: values) }
        if outputs.contains(.riskClass) {
            riskClasses.append(contentsOf: values.lazy.map { scale.riskClass(probability: $0) })
        }
    }
}
