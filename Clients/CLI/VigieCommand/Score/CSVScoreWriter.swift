// SPDX-License-Identifier: Apache-2.0

// Results as CSV. The columns are: those that pass through (or "row", counted
// from 1, when there are none), outcome, probability, score, risk_class,
// percentile, raw_score when asked for, for each reason K "reason_K" and
// "reason_K_contribution", error, and warning.

package import CommandFiles
package import VigieClient

/// Writes results as comma-separated values.
package struct CSVScoreWriter: ScoreWriter {
    private let context: ScoreContext
    private let featureNames: [String]

    /// Creates a writer.
    package init(_ context: ScoreContext) {
        self.context = context
        featureNames = context.model.features.map(\.name)
    }

    package func begin(_ identity: ModelIdentity?, to sink: ByteSink) {
        var names = context.textColumns.isEmpty ? ["row"] : context.textColumns
        names += ["outcome", "probability", "score", "risk_class", "percentile"]
        if context.hasRawScore { names.append("raw_score") }
        for reason in 0..<context.reasonCount {
            names += ["reason_\(reason + 1)", "reason_\(reason + 1)_contribution"]
        }
        names += ["error", "warning"]
        for (index, name) in names.enumerated() {
            if index > 0 { sink.write(byte: UInt8(ascii: ",")) }
            sink.writeCSV(Array(name.utf8)[...])
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    package func write(_ block: ResultBlock, to sink: ByteSink) throws(CommandFailure) {
        try block.forEachRow { (row, problem) throws(CommandFailure) in
            if block.input.texts.isEmpty {
                sink.write(String(block.firstRowNumber + row))
            }
            for (index, column) in block.input.texts.enumerated() {
                if index > 0 { sink.write(byte: UInt8(ascii: ",")) }
                sink.writeCSV(column[row])
            }
            if let problem {
                write(problem, to: sink)
            } else {
                write(block.scores, row, to: sink)
                let warnings = block.warnings(of: row).map(\.description)
                sink.writeCSV(Array(warnings.joined(separator: " ").utf8)[...])
            }
            sink.write(byte: UInt8(ascii: "\n"))
            try sink.flushIfFull()
        }
    }

    package func end(_ summary: ScoreSummary, to sink: ByteSink) {}

    private func write(_ problem: ResultBlock.Problem, to sink: ByteSink) {
        sink.write(",\(problem.outcome)")
        let emptyCells = 4 + (context.hasRawScore ? 1 : 0) + 2 * context.reasonCount
        sink.write(repeatElement(UInt8(ascii: ","), count: emptyCells + 1))
        sink.writeCSV(Array(problem.message.utf8)[...])
        sink.write(byte: UInt8(ascii: ","))
    }

    private func write(_ scores: ScoredTable, _ row: Int, to sink: ByteSink) {
        sink.write(",scored,")
        sink.write(scores.probabilities[row].description)
        sink.write(byte: UInt8(ascii: ","))
        sink.write(scores.scores[row].description)
        sink.write(byte: UInt8(ascii: ","))
        sink.write(scores.riskClasses[row].description)
        sink.write(byte: UInt8(ascii: ","))
        sink.write(scores.percentiles[row].description)
        if context.hasRawScore {
            sink.write(byte: UInt8(ascii: ","))
            sink.write(scores.rawScores[row].description)
        }
        for reason in 0..<context.reasonCount {
            let position = row * scores.reasonCount + reason
            guard reason < scores.reasonCount else {
                sink.write(",,")
                continue
            }
            sink.write(byte: UInt8(ascii: ","))
            let feature = Int(scores.reasonFeatures[position])
            if feature < featureNames.count {
                sink.writeCSV(Array(featureNames[feature].utf8)[...])
            }
            sink.write(byte: UInt8(ascii: ","))
            sink.write(scores.reasonContributions[position].description)
        }
        sink.write(",,")
    }
}

extension ByteSink {
    /// Adds a CSV cell, with quotation marks where it needs them.
    package func writeCSV(_ text: ArraySlice<UInt8>) {
        let quote = UInt8(ascii: "\"")
        let needsQuotes = text.contains {
            $0 == quote || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n")
                || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return write(text) }
        write(byte: quote)
        for byte in text {
            if byte == quote { write(byte: quote) }
            write(byte: byte)
        }
        write(byte: quote)
    }
}
