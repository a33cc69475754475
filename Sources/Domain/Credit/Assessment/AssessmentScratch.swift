// SPDX-License-Identifier: Apache-2.0

// What assessments are worked out in: some hundreds of kilobytes that grow to what a block of
// companies takes, and are used again for the next one.

internal import PaymentBehaviour
internal import Quantities
internal import Scoring
internal import StatementAnalysis

/// Memory that assessments are worked out in. One serves one thread, any number of times, with any
/// assessor.
package final class AssessmentScratch {
    let cells = StatementCells()
    let scoring = ScoringWorkspace()
    let answers = ScoreColumns()
    /// Ratios and models, by form.
    let complete = StatementQueue(.complete)
    let simplified = StatementQueue(.simplified)
    /// What bundles ask for, by form.
    let completeInputs = StatementQueue(.completeInputs)
    let simplifiedInputs = StatementQueue(.simplifiedInputs)
    /// Inputs of the companies of a block, company by company, year by year.
    let inputs = InputValues()
    /// Rows of the model of statements, and of the card.
    let treeRows = ModelRows()
    let cardRows = ModelRows()
    private var lastWindow: PaymentWindow?

    /// Takes its memory.
    package init() {}

    /// The twelve months up to a day, which most companies of a block share.
    func window(to day: CalendarDate) -> PaymentWindow {
        if let lastWindow, lastWindow.asOf == day { return lastWindow }
        let window = PaymentWindow(twelveMonthsTo: day)
        lastWindow = window
        return window
    }
}

/// Memory for values that grows and never shrinks.
final class InputValues {
    private(set) var start = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    private var capacity = 1

    /// Makes room for values, none of which is known yet.
    func clear(count: Int) {
        reserve(count).initialize(repeating: .nan, count: count)
    }

    /// Makes room for values, of which nothing is said.
    func reserve(_ count: Int) -> UnsafeMutablePointer<Double> {
        if count > capacity {
            start.deallocate()
            start = .allocate(capacity: count)
            capacity = count
        }
        return start
    }

    deinit { start.deallocate() }
}

/// Rows of a model, one after the other, and of which company each is.
final class ModelRows {
    var values: [Double] = []
    var places: [Int] = []

    func removeAll() {
        values.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }
}
