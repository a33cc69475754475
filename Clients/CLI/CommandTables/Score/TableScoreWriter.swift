// SPDX-License-Identifier: Apache-2.0

// Results as an aligned table for people: a line that names the model, one
// line for each company, and below it a line for each reason and warning. The widths come
// from the first block, so a table of any length needs constant memory.

package import CommandFiles
internal import Documents
package import VigieClient

/// Writes results as a table.
package struct TableScoreWriter: ScoreWriter {
    private static let textWidth = 40
    private let context: ScoreContext
    private let classLabels: [UInt32: String]
    private var table: TextTable?

    /// Creates a writer.
    package init(_ context: ScoreContext) {
        self.context = context
        var labels: [UInt32: String] = [:]
        for riskClass in context.model.riskClasses {
            labels[UInt32(clamping: riskClass.number)] = context.language.text(riskClass.label)
        }
        classLabels = labels
    }

    package func begin(_ identity: ModelIdentity?, to sink: ByteSink) {
        let summary = context.model.summary
        sink.write("\(summary.name) \(summary.version): probability of \(summary.event) ")
        sink.write("within \(summary.horizonMonths) months")
        if let identity { sink.write(", as of \(identity.asOfDate)") }
        let side = context.model.scoreScale.highScoreIsSafe ? "safe" : "risky"
        sink.write("; a high score is \(side)\n\n")
    }

    package mutating func write(_ block: ResultBlock, to sink: ByteSink) throws(CommandFailure) {
        let table = self.table ?? firstTable(block, to: sink)
        try block.forEachRow { (row, problem) throws(CommandFailure) in
            let texts = texts(block, row)
            if let problem {
                // The message takes the place of all numbers.
                let line = table.line(texts)
                let width = table.widths.prefix(texts.count).reduce(0) { $0 + $1 + 2 }
                let padding = String(repeating: " ", count: max(2, width - line.displayWidth))
                sink.write("\(line)\(padding)\(problem.outcome): \(problem.message)\n")
            } else {
                sink.write(table.line(texts + numbers(block.scores, row)) + "\n")
                for reason in block.scores.reasons(of: row) {
                    sink.write(self.line(reason) + "\n")
                }
                for warning in block.warnings(of: row) { sink.write("    ! \(warning)\n") }
            }
            try sink.flushIfFull()
        }
        self.table = table
    }

    package func end(_ summary: ScoreSummary, to sink: ByteSink) {}

    /// Lays the columns out for the first block and writes the titles.
    private func firstTable(_ block: ResultBlock, to sink: ByteSink) -> TextTable {
        let names =
            context.textColumns.isEmpty ? ["row"] : context.textColumns.map(escaped)
        var columns: [(title: String, alignment: TextTable.Alignment)] = names.map { ($0, .left) }
        columns += [
            ("probability", .right), ("score", .right), ("percentile", .right),
        ]
        if context.hasRawScore { columns.append(("raw score", .right)) }
        columns.append(("class", .left))
        var table = TextTable(columns: columns)
        block.forEachRow { row, problem in
            table.fit(texts(block, row) + (problem == nil ? numbers(block.scores, row) : []))
        }
        sink.write(context.terminal.bold(table.header) + "\n")
        return table
    }

    private func texts(_ block: ResultBlock, _ row: Int) -> [String] {
        if block.input.texts.isEmpty { return [String(block.firstRowNumber + row)] }
        return block.input.texts.map { column in
            escaped(column.text(row)).cut(toDisplayWidth: Self.textWidth)
        }
    }

    private func numbers(_ scores: ScoredTable, _ row: Int) -> [String] {
        var cells = [
            percentage(scores.probabilities[row]), String(scores.scores[row]),
            decimals(Double(scores.percentiles[row]), 1),
        ]
        if context.hasRawScore { cells.append(decimals(scores.rawScores[row], 4)) }
        let number = scores.riskClasses[row]
        cells.append(classLabels[number].map { "\(number) \($0)" } ?? String(number))
        return cells
    }

    private func line(_ reason: Reason) -> String {
        let text = context.language.text(reason.explanation)
        let sign = reason.contribution >= 0 ? "+" : "-"
        let size = decimals(reason.contribution.magnitude, 2)
        return "    \(sign)\(size)  \(text.isEmpty ? reason.feature : text)"
    }
}
