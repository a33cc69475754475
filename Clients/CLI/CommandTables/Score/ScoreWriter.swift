// SPDX-License-Identifier: Apache-2.0

// What the four output formats have in common.

package import CommandFiles
package import Documents
package import VigieClient

/// The formats of results.
package enum ScoreFormat: String, CaseIterable, Sendable {
    /// Aligned columns for people.
    case table
    /// Comma-separated values (RFC 4180) with a header line.
    case csv
    /// One JSON object with all rows.
    case json
    /// One JSON object on each line, one for each row.
    case jsonl
}

/// What a writer needs to know before the first row.
package struct ScoreContext: Sendable {
    /// The model that scores.
    package let model: ModelDescription
    /// Names of the columns that pass through, the identifier first.
    package let textColumns: [String]
    /// Whether the first of them is the identifier of the rows.
    package let hasIdentifier: Bool
    /// Number of reasons for each row.
    package let reasonCount: Int
    /// Whether the output of the model before calibration is wanted too.
    package let hasRawScore: Bool
    /// Language of the texts.
    package let language: Language
    /// The terminal that the output goes to, or does not.
    package let terminal: Terminal
    /// How CSV is written.
    package let dialect: TableDialect
    /// Whether a terminal shows the output, so that no text may command it.
    package let isShownOnTerminal: Bool

    /// Creates a context from its parts.
    package init(
        model: ModelDescription,
        textColumns: [String],
        hasIdentifier: Bool,
        reasonCount: Int,
        hasRawScore: Bool,
        language: Language,
        terminal: Terminal,
        dialect: TableDialect = TableDialect(),
        isShownOnTerminal: Bool = false
    ) {
        self.model = model
        self.textColumns = textColumns
        self.hasIdentifier = hasIdentifier
        self.reasonCount = reasonCount
        self.hasRawScore = hasRawScore
        self.language = language
        self.terminal = terminal
        self.dialect = dialect
        self.isShownOnTerminal = isShownOnTerminal
    }
}

/// How many rows there were.
package struct ScoreSummary: Equatable, Sendable {
    /// All rows.
    package var rowCount = 0
    /// Rows of which a cell could not be read.
    package var badInputCount = 0
    /// Rows without a score for another reason.
    package var notScoredCount = 0
    /// Rows with a score in which values counted as missing.
    package var warnedCount = 0

    /// Creates an empty summary.
    package init() {}

    /// Rows with a score.
    package var scoredCount: Int { rowCount - badInputCount - notScoredCount }

    /// Counts the rows of a block.
    package mutating func add(_ block: ResultBlock) {
        rowCount += block.input.rowCount
        badInputCount += block.input.badRows.count
        notScoredCount += block.unscoredCount - block.input.badRows.count
        warnedCount += block.warnedCount
    }

    /// Whether the caller should be told by the exit code.
    package var status: CommandStatus { scoredCount == rowCount ? .success : .rowsWithoutScore }
}

/// Writes results in one format: `begin`, then `write` for each block, then `end`.
package protocol ScoreWriter {
    /// Writes what stands before the rows.
    mutating func begin(_ identity: ModelIdentity?, to sink: ByteSink)
    /// Writes the rows of a block.
    mutating func write(_ block: ResultBlock, to sink: ByteSink) throws(CommandFailure)
    /// Writes what stands behind the rows.
    mutating func end(_ summary: ScoreSummary, to sink: ByteSink)
}

extension ScoreFormat {
    /// The writer of this format.
    package func writer(_ context: ScoreContext) -> any ScoreWriter {
        switch self {
        case .table: TableScoreWriter(context)
        case .csv: CSVScoreWriter(context)
        case .json: JSONScoreWriter(context, isLines: false)
        case .jsonl: JSONScoreWriter(context, isLines: true)
        }
    }
}
