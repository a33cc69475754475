// SPDX-License-Identifier: Apache-2.0

// What is said of a row before any score: its outcome, which statements count, and how far it is
// to be trusted.

internal import CreditFacts
internal import LegalHistory
internal import Quantities
internal import Scoring
internal import StatementAnalysis

extension TableAssessor {
    /// Outcome, statements and confidence of rows.
    func judge(_ first: Int, _ count: Int, _ scratch: TableScratch, _ answers: AssessedTable) {
        scratch.slots(0).update(
            repeating: UInt8(TableFact.statementsMax),
            count: TableFact.statementsMax * TableScratch.rowsMax
        )
        let hasDays = factPlaces[TableFact.closingDay.rawValue] >= 0
        for row in 0..<count {
            let outcome = outcome(row, scratch)
            scratch.outcomes[row] = outcome.number
            scratch.areScorable[row] = outcome.isScorable ? 1 : 0
            let series =
                hasDays ? seriesByDays(first, row, scratch, answers) : seriesByCount(row, scratch)
            let confidence = table.confidence(
                statements: series.count,
                ageMonths: series.ageMonths,
                payments: number(.paymentCount, row, scratch) ?? 0
            )
            let isDoubtful =
                series.isDoubtful || scratch.faults[row] != 0
                || (number(.doubtful, row, scratch) ?? 0) != 0
            let degree = TableNumbers.number(confidence)
            let last = UInt8(TableNumbers.confidences.count)
            scratch.confidences[row] = isDoubtful ? min(degree + 1, last) : degree
            scratch.years[row] = UInt8(series.count)
        }
    }

    /// A whole number that a row has; nil where it is not known.
    @inline(__always)
    private func number(_ fact: TableFact, _ row: Int, _ scratch: TableScratch) -> Int? {
        let value = scratch.cells(fact.rawValue)[row]
        // It was checked to be within 32 bits.
        return value.isNaN ? nil : Int(value)
    }

    @inline(__always)
    private func day(_ fact: TableFact, _ row: Int, _ scratch: TableScratch) -> CalendarDate? {
        number(fact, row, scratch).flatMap { CalendarDate(dayNumber: $0) }
    }

    // MARK: Outcome

    private func outcome(
        _ row: Int,
        _ scratch: TableScratch
    ) -> (number: UInt8, isScorable: Bool) {
        let faults = scratch.faults[row]
        let nothing = (TableNumbers.number(.notScorable), false)
        if faults & TableFact.Fault.legal != 0 { return nothing }
        let state = states[number(.legalState, row, scratch) ?? 0]
        let isDecided = state.isOpen || state.isClosed
        if !isDecided, faults & TableFact.Fault.register != 0 { return nothing }
        // What a register says of later days was not known.
        let since = day(.directorySinceDay, row, scratch)
        let activity = number(.directoryActivity, row, scratch) ?? 0
        let isKnown = activity != 0 && since.map { $0 <= options.asOf } ?? true
        let struckOff = day(.struckOffDay, row, scratch).flatMap { $0 <= options.asOf ? $0 : nil }
        let outcome = LegalOutcome(
            state,
            isActive: isKnown ? activity == 1 : nil,
            activeSince: isKnown ? since : nil,
            struckOff: struckOff
        )
        return switch outcome {
        case .inProceedings: (TableNumbers.number(.inProceedings), false)
        case .closed: (TableNumbers.number(.closed), false)
        case .review: (TableNumbers.number(.review), false)
        // Until it is scored.
        case .scorable: (TableNumbers.number(.notScorable), true)
        }
    }

    // MARK: Statements

    /// Statements that count.
    private struct Series {
        var count = 0
        var ageMonths: Int?
        var isDoubtful = false
    }

    /// Statements of which only the number is known: one a year.
    private func seriesByCount(_ row: Int, _ scratch: TableScratch) -> Series {
        var series = Series()
        let known = number(.statementYears, row, scratch) ?? 0
        series.count = min(known, trees.scorer.years, TableFact.statementsMax)
        series.ageMonths = number(.statementAgeMonths, row, scratch)
        for year in 0..<series.count { scratch.slots(year)[row] = UInt8(year) }
        return series
    }

    /// Statements with their days: those that were known, in a series without a gap.
    private func seriesByDays(
        _ first: Int,
        _ row: Int,
        _ scratch: TableScratch,
        _ answers: AssessedTable
    ) -> Series {
        var series = Series()
        var isOpen = true
        var last: CalendarDate?
        var later: (closing: CalendarDate, months: Int)?
        for slot in 0..<TableFact.statementsMax {
            let fact = TableFact.closing(slot)
            guard let closing = day(fact, row, scratch) else { continue }
            if let last, closing >= last {
                note(
                    first + row,
                    .valueOutOfRange,
                    fact,
                    Double(closing.dayNumber),
                    scratch,
                    answers
                )
                series.isDoubtful = true
                continue
            }
            last = closing
            let published = day(TableFact.published(slot), row, scratch) ?? closing
            guard closing <= options.asOf, published <= options.asOf else { continue }
            let months = number(TableFact.months(slot), row, scratch) ?? 12
            if months != 12 { series.isDoubtful = true }
            if let later {
                let joint = StatementJoint(
                    later: later.closing,
                    laterMonths: later.months,
                    earlier: closing,
                    earlierMonths: months
                )
                if joint.isDoubtful { series.isDoubtful = true }
                isOpen =
                    isOpen && series.count < trees.scorer.years
                    && StatementSeries.isYearBefore(closing, later.closing)
            } else {
                series.ageMonths = StatementSeries.ageMonths(closing, on: options.asOf)
            }
            later = (closing, months)
            guard isOpen else { continue }
            scratch.slots(series.count)[row] = UInt8(slot)
            series.count += 1
        }
        return series
    }
}

extension TableFact {
    fileprivate static func closing(_ slot: Int) -> TableFact {
        slot == 0 ? .closingDay : slot == 1 ? .closingDay1 : .closingDay2
    }

    fileprivate static func published(_ slot: Int) -> TableFact {
        slot == 0 ? .publishedDay : slot == 1 ? .publishedDay1 : .publishedDay2
    }

    fileprivate static func months(_ slot: Int) -> TableFact {
        slot == 0 ? .months : slot == 1 ? .months1 : .months2
    }
}
