// SPDX-License-Identifier: Apache-2.0

// Results as CSV. The columns are: those that pass through (or "row", counted
// from 1, when there are none), outcome, probability, score, risk_class,
// percentile, raw_score when asked for, for each reason K "reason_K" and
// "reason_K_contribution", error, and warning.

package import CommandFiles
internal import Documents
package import VigieClient

/// Writes results as delimited text.
package struct CSVScoreWriter: ScoreWriter {
    private let context: ScoreContext
    private let featureNames: [String]
    private let delimiter: UInt8
    private let hasDecimalComma: Bool

    /// Creates a writer.
    package init(_ context: ScoreContext) {
        self.context = context
        featureNames = context.model.features.map(\.name)
        delimiter = context.dialect.outputDelimiter
        hasDecimalComma = context.dialect.numbers.decimal == UInt8(ascii: ",")
    }

    package func begin(_ identity: ModelIdentity?, to sink: ByteSink) {
        if context.dialect.writesByteOrderMark, !context.isShownOnTerminal {
            sink.write([0xEF, 0xBB, 0xBF])
        }
        var names = context.textColumns.isEmpty ? ["row"] : context.textColumns
        names += ["outcome", "probability", "score", "risk_class", "percentile"]
        if context.hasRawScore { names.append("raw_score") }
        for reason in 0..<context.reasonCount {
            names += ["reason_\(reason + 1)", "reason_\(reason + 1)_contribution"]
        }
        names += ["error", "warning"]
        for (index, name) in names.enumerated() {
            if index > 0 { sink.write(byte: delimiter) }
            write(Array(name.utf8)[...], to: sink)
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    package func write(_ block: ResultBlock, to sink: ByteSink) throws(CommandFailure) {
        try block.forEachRow { (row, problem) throws(CommandFailure) in
            if block.input.texts.isEmpty {
                sink.write(String(block.firstRowNumber + row))
            }
            for (index, column) in block.input.texts.enumerated() {
                if index > 0 { sink.write(byte: delimiter) }
                write(column[row], to: sink)
            }
            if let problem {
                write(problem, to: sink)
            } else {
                write(block.scores, row, to: sink)
                let warnings = block.warnings(of: row).map(\.description)
                write(Array(warnings.joined(separator: " ").utf8)[...], to: sink)
            }
            sink.write(byte: UInt8(ascii: "\n"))
            try sink.flushIfFull()
        }
    }

    package func end(_ summary: ScoreSummary, to sink: ByteSink) {}

    private func write(_ problem: ResultBlock.Problem, to sink: ByteSink) {
        sink.write(byte: delimiter)
        sink.write(problem.outcome)
        let emptyCells = 4 + (context.hasRawScore ? 1 : 0) + 2 * context.reasonCount
        sink.write(repeatElement(delimiter, count: emptyCells + 1))
        write(Array(problem.message.utf8)[...], to: sink)
        sink.write(byte: delimiter)
    }

    private func write(_ scores: ScoredTable, _ row: Int, to sink: ByteSink) {
        sink.write(byte: delimiter)
        sink.write("scored")
        write(scores.probabilities[row].description, to: sink)
        write(scores.scores[row].description, to: sink)
        write(scores.riskClasses[row].description, to: sink)
        write(scores.percentiles[row].description, to: sink)
        if context.hasRawScore { write(scores.rawScores[row].description, to: sink) }
        for reason in 0..<context.reasonCount {
            let position = row * scores.reasonCount + reason
            guard reason < scores.reasonCount else {
                sink.write(repeatElement(delimiter, count: 2))
                continue
            }
            sink.write(byte: delimiter)
            let feature = Int(scores.reasonFeatures[position])
            if feature < featureNames.count {
                write(Array(featureNames[feature].utf8)[...], to: sink)
            }
            write(scores.reasonContributions[position].description, to: sink)
        }
        sink.write(repeatElement(delimiter, count: 2))
    }

    /// Adds a delimiter and a number.
    private func write(_ number: String, to sink: ByteSink) {
        sink.write(byte: delimiter)
        sink.write(hasDecimalComma ? number.replacing(".", with: ",") : number)
    }

    /// Adds a text, which on a terminal must not command it.
    private func write(_ text: ArraySlice<UInt8>, to sink: ByteSink) {
        if context.isShownOnTerminal {
            let shown = escaped(String(decoding: text, as: UTF8.self))
            return sink.writeCSV(Array(shown.utf8)[...], delimiter: delimiter)
        }
        sink.writeCSV(text, delimiter: delimiter)
    }
}

extension ByteSink {
    /// Adds a CSV cell, with quotation marks where it needs them.
    package func writeCSV(_ text: ArraySlice<UInt8>, delimiter: UInt8 = UInt8(ascii: ",")) {
        let quote = UInt8(ascii: "\"")
        let needsQuotes = text.contains {
            $0 == quote || $0 == delimiter || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
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
