// SPDX-License-Identifier: Apache-2.0

// Statements of many companies wait until a block of them is full, and are computed together: an
// operation costs a tenth of what it costs for one statement alone.

internal import CreditFacts

/// Computes formulas for blocks of statements. One serves one thread, any number of times.
package final class StatementQueue {
    /// The formulas.
    package let formulas: StatementFormulas
    private let evaluator: StatementEvaluator
    private var waiting: [Row] = []

    /// A statement that was computed, as long as its block is there.
    package struct Row {
        /// What the caller calls it.
        package let tag: Int
        fileprivate let row: Int
        fileprivate let isWhole: Bool
    }

    /// Makes one.
    package init(_ formulas: StatementFormulas) {
        self.formulas = formulas
        evaluator = formulas.evaluator(isForBlocks: true)
    }

    /// Adds a statement; a block that is full is computed and given away first.
    package func add(_ years: StatementYears, tag: Int, give: (Row) -> Void) {
        if !evaluator.hasRoom { finish(give: give) }
        let row = evaluator.add(years)
        waiting.append(Row(tag: tag, row: row, isWhole: years.areWhole))
    }

    /// Computes what waits, and gives it away.
    package func finish(give: (Row) -> Void) {
        guard !waiting.isEmpty else { return }
        evaluator.run()
        for row in waiting { give(row) }
        removeAll()
    }

    /// Forgets what waits.
    package func removeAll() {
        waiting.removeAll(keepingCapacity: true)
        evaluator.removeAll()
    }

    /// All that the formulas came to.
    package func figures(_ row: Row) -> StatementFigures {
        StatementFigures(
            formulas: formulas,
            filed: evaluator.rowValues(row.row),
            annual: row.isWhole ? [] : evaluator.rowValues(row.row + 1),
            set: evaluator.set(row: row.row)
        )
    }

    /// What one formula came to, as ``StatementFigures/value(_:)`` says; NaN for nothing.
    package func value(_ place: Int, _ row: Row) -> Double {
        let checks = formulas.checks
        let annual = row.isWhole ? row.row : row.row + 1
        if checks.lacking(place, evaluator.set(row: row.row)) != nil
            || checks.badDivisor(place, { evaluator.value($0, row: annual) }) != nil
        {
            return .nan
        }
        return evaluator.value(place, row: checks.isAmount(place) ? row.row : annual)
    }
}
