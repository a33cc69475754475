// SPDX-License-Identifier: Apache-2.0

// A block of input rows with the server's results, as the writers see it.

package import VigieClient

/// Rows and their results.
package struct ResultBlock: Sendable {
    /// The rows as they were read.
    package let input: InputBlock
    /// The results, one for each row.
    package let scores: ScoredTable
    /// Number of the block's first row in the whole input, from 1.
    package let firstRowNumber: Int

    /// Joins rows and results; both have as many rows.
    package init(input: InputBlock, scores: ScoredTable, firstRowNumber: Int) {
        self.input = input
        self.scores = scores
        self.firstRowNumber = firstRowNumber
    }

    /// Why a row has no score.
    package struct Problem: Equatable, Sendable {
        /// What became of the row: "bad_input", "not_scorable", "closed", "in_proceedings".
        package var outcome: String
        /// Kind of the problem: "unreadable", "value_missing", "value_out_of_range",
        /// "value_infinite"; nil where the outcome says it all.
        package var kind: String?
        /// The column at fault, where there is one.
        package var column: String?
        /// The value at fault, where there is one.
        package var value: String?
        /// All of it for people.
        package var message: String
    }

    /// Calls `body` for each row in order, with its problem or nil when it has a score.
    package func forEachRow<Failure>(
        _ body: (_ row: Int, _ problem: Problem?) throws(Failure) -> Void
    ) throws(Failure) {
        var nextBad = 0
        for row in 0..<input.rowCount {
            if nextBad < input.badRows.count, input.badRows[nextBad].row == row {
                try body(row, problem(input.badRows[nextBad]))
                nextBad += 1
            } else if scores.outcomes.isEmpty || scores.outcomes[row] == .scored {
                try body(row, nil)
            } else {
                try body(row, problem(scores.outcomes[row], scores.issues(of: row).first))
            }
        }
    }

    /// What was wrong with a row that has a score all the same: values that counted as missing.
    package func warnings(of row: Int) -> ArraySlice<RowIssue> {
        scores.issues.isEmpty ? [] : scores.issues(of: row)
    }

    /// Number of rows with a score in which values counted as missing.
    package var warnedCount: Int {
        guard !scores.issues.isEmpty else { return 0 }
        var count = 0
        forEachRow { row, problem in
            if problem == nil, !warnings(of: row).isEmpty { count += 1 }
        }
        return count
    }

    /// Number of rows that have no score.
    package var unscoredCount: Int {
        var count = 0
        forEachRow { if $1 != nil { count += 1 } }
        return count
    }

    private func problem(_ row: BadRow) -> Problem {
        Problem(
            outcome: "bad_input",
            kind: "unreadable",
            column: row.column.isEmpty ? nil : row.column,
            value: row.value.isEmpty ? nil : row.value,
            message: row.message
        )
    }

    private func problem(_ outcome: RowOutcome, _ issue: RowIssue?) -> Problem {
        var problem = Problem(outcome: outcome.name, message: "")
        guard let issue else {
            problem.message = outcome.explanation
            return problem
        }
        problem.kind = issue.kind.name
        problem.column = issue.column
        problem.value = issue.value.flatMap { $0.isNaN ? nil : $0.description }
        problem.message = issue.description
        return problem
    }
}

extension RowOutcome {
    /// The name of the outcome in the output.
    package var name: String {
        switch self {
        case .scored: "scored"
        case .notScorable: "not_scorable"
        case .closed: "closed"
        case .inProceedings: "in_proceedings"
        case .other(let number): "other_\(number)"
        }
    }

    /// What the outcome means, for people.
    package var explanation: String {
        switch self {
        case .scored: "the row was scored"
        case .notScorable: "the row cannot be scored"
        case .closed: "the company is closed"
        case .inProceedings: "insolvency proceedings are open"
        case .other(let number): "an outcome that this version of vigie does not know (\(number))"
        }
    }
}

extension RowIssue.Kind {
    /// The name of the kind in the output.
    package var name: String {
        switch self {
        case .requiredValueMissing: "value_missing"
        case .valueOutOfRange: "value_out_of_range"
        case .unknownCategory: "unknown_category"
        case .valueInfinite: "value_infinite"
        case .noResult: "no_result"
        case .other(let number): "other_\(number)"
        }
    }
}
