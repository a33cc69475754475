// SPDX-License-Identifier: Apache-2.0

// Results as JSON. A row is an object with "row" (from 1), "line", "id" where
// the row has an identifier, "columns" with the other texts that pass through,
// "outcome", and then "probability", "score", "risk_class", "percentile",
// "raw_score", "reasons", "warnings", or "error". With `isLines` each row is a line that
// also names model and date; else all stand in one object with "model", "rows"
// and "summary".

package import CommandFiles
package import VigieClient

/// Writes results as JSON or as JSON lines.
package struct JSONScoreWriter: ScoreWriter {
    private let context: ScoreContext
    private let isLines: Bool
    private var isFirstRow = true
    private var lineEnd = ""

    /// Creates a writer; `isLines` for one object on each line.
    package init(_ context: ScoreContext, isLines: Bool) {
        self.context = context
        self.isLines = isLines
    }

    package mutating func begin(_ identity: ModelIdentity?, to sink: ByteSink) {
        let summary = context.model.summary
        if isLines {
            let members = ByteSink.memory()
            members.writeJSONName("model")
            members.writeJSON("\(summary.name)@\(summary.version)")
            if let identity {
                members.writeJSONName("as_of_date")
                members.writeJSON(identity.asOfDate)
            }
            lineEnd = String(decoding: members.pending, as: UTF8.self)
            return
        }
        sink.write("{\"model\":{")
        let texts = [
            ("name", summary.name), ("version", summary.version),
            ("content_hash", summary.contentHash), ("event", summary.event),
            ("score_scale", context.model.scoreScale.id),
            ("as_of_date", identity?.asOfDate ?? ""),
        ]
        for (index, text) in texts.enumerated() {
            sink.writeJSONName(text.0, isFirst: index == 0)
            sink.writeJSON(text.1)
        }
        sink.write(",\"horizon_months\":\(summary.horizonMonths)")
        sink.write(",\"high_score_is_safe\":\(context.model.scoreScale.highScoreIsSafe)")
        if let base = identity?.baseLogOdds {
            sink.writeJSONName("base_log_odds")
            sink.writeJSON(base)
        }
        sink.write("},\n\"rows\":[")
    }

    package mutating func write(_ block: ResultBlock, to sink: ByteSink) throws(CommandFailure) {
        try block.forEachRow { (row, problem) throws(CommandFailure) in
            if !isLines { sink.write(isFirstRow ? "\n" : ",\n") }
            isFirstRow = false
            sink.write("{\"row\":\(block.firstRowNumber + row),\"line\":\(block.input.lines[row])")
            writeTexts(block.input, row, to: sink)
            sink.writeJSONName("outcome")
            sink.writeJSON(problem?.outcome ?? "scored")
            if let problem {
                write(problem, to: sink)
            } else {
                write(block.scores, row, to: sink)
                write(block.warnings(of: row), to: sink)
            }
            sink.write(lineEnd)
            sink.write(isLines ? "}\n" : "}")
            try sink.flushIfFull()
        }
    }

    package func end(_ summary: ScoreSummary, to sink: ByteSink) {
        if isLines { return }
        sink.write("\n],\n\"summary\":{\"rows\":\(summary.rowCount)")
        sink.write(",\"scored\":\(summary.scoredCount),\"bad_input\":\(summary.badInputCount)")
        sink.write(",\"not_scored\":\(summary.notScoredCount)")
        sink.write(",\"with_warnings\":\(summary.warnedCount)}}\n")
    }

    private func writeTexts(_ input: InputBlock, _ row: Int, to sink: ByteSink) {
        let keptStart = context.hasIdentifier ? 1 : 0
        if context.hasIdentifier, !input.texts[0][row].isEmpty {
            sink.writeJSONName("id")
            sink.writeJSON(input.texts[0].text(row))
        }
        guard input.texts.count > keptStart else { return }
        sink.write(",\"columns\":{")
        for index in keptStart..<input.texts.count {
            sink.writeJSONName(context.textColumns[index], isFirst: index == keptStart)
            sink.writeJSON(input.texts[index].text(row))
        }
        sink.write("}")
    }

    private func write(_ problem: ResultBlock.Problem, to sink: ByteSink) {
        sink.write(",\"error\":{")
        sink.writeJSONName("message", isFirst: true)
        sink.writeJSON(problem.message)
        let details = [
            ("kind", problem.kind), ("column", problem.column), ("value", problem.value),
        ]
        for (name, text) in details {
            guard let text else { continue }
            sink.writeJSONName(name)
            sink.writeJSON(text)
        }
        sink.write("}")
    }

    private func write(_ warnings: ArraySlice<RowIssue>, to sink: ByteSink) {
        guard !warnings.isEmpty else { return }
        sink.write(",\"warnings\":[")
        for (index, warning) in warnings.enumerated() {
            sink.write(index == 0 ? "{" : ",{")
            sink.writeJSONName("message", isFirst: true)
            sink.writeJSON(warning.description)
            sink.writeJSONName("kind")
            sink.writeJSON(warning.kind.name)
            let details = [
                ("column", warning.column), ("value", warning.value.map { "\($0)" }),
            ]
            for (name, text) in details {
                guard let text else { continue }
                sink.writeJSONName(name)
                sink.writeJSON(text)
            }
            sink.write("}")
        }
        sink.write("]")
    }

    private func write(_ scores: ScoredTable, _ row: Int, to sink: ByteSink) {
        sink.write(",\"probability\":")
        sink.writeJSON(scores.probabilities[row])
        sink.write(",\"score\":\(scores.scores[row]),\"risk_class\":\(scores.riskClasses[row])")
        sink.write(",\"percentile\":\(scores.percentiles[row])")
        if context.hasRawScore {
            sink.writeJSONName("raw_score")
            sink.writeJSON(scores.rawScores[row])
        }
        guard context.reasonCount > 0 else { return }
        sink.write(",\"reasons\":[")
        for (index, reason) in scores.reasons(of: row).enumerated() {
            sink.write(index == 0 ? "{" : ",{")
            sink.writeJSONName("feature", isFirst: true)
            sink.writeJSON(reason.feature)
            sink.writeJSONName("contribution")
            sink.writeJSON(reason.contribution)
            sink.writeJSONName("text")
            sink.writeJSON(context.language.text(reason.explanation))
            sink.write("}")
        }
        sink.write("]")
    }
}
