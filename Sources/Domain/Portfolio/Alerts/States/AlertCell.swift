// SPDX-License-Identifier: Apache-2.0

// Where a company stands with a rule, in eight bytes: what blocks of columns hold and what is kept.
// Bits, from the lowest: 2 phase, 1 without data, 1 quiet, 4 form of the cell, 8 runs, 8 runs
// without a value, 8 openings, 32 the day since when, counted from 1970-01-01.

internal import Quantities

/// What all companies have with all rules, as a number.
package struct AlertCell: Sendable, Equatable {
    /// The number.
    package let word: UInt64

    static let phaseMask: UInt64 = 0b11
    static let withoutData: UInt64 = 0b100
    static let quiet: UInt64 = 0b1000
    static let formMask: UInt64 = 0xF0
    static let form: UInt64 = 0x10
    static let countMask: UInt64 = 0xFF
    static let runsShift: UInt64 = 8
    static let missingShift: UInt64 = 16
    static let openingsShift: UInt64 = 24
    static let sinceShift: UInt64 = 32
    private static let always = Int32.min

    /// Nothing is the matter, and always was so.
    package static let initial = AlertCell(AlertState())

    /// Reads what was kept; nil if it is of another form.
    package init?(word: UInt64) {
        guard word & Self.formMask == Self.form else { return nil }
        let day = Int32(truncatingIfNeeded: word >> Self.sinceShift)
        guard day == Self.always || CalendarDate(dayNumber: Int(day)) != nil else { return nil }
        self.word = word
    }

    /// The cell of a state.
    package init(_ state: AlertState) {
        func counted(_ count: Int, _ shift: UInt64) -> UInt64 {
            UInt64(min(max(count, 0), AlertState.countMost)) << shift
        }
        let day = state.since?.dayNumber ?? Self.always
        word =
            UInt64(state.phase.rawValue) | (state.isWithoutData ? Self.withoutData : 0)
            | (state.isQuiet ? Self.quiet : 0) | Self.form | counted(state.runs, Self.runsShift)
            | counted(state.missingRuns, Self.missingShift)
            | counted(state.openings, Self.openingsShift)
            | UInt64(UInt32(bitPattern: day)) << Self.sinceShift
    }

    /// The cell with no more runs without a value than a rule counts: those of one that tells
    /// nothing of them would make a new cell of a run in which nothing happened.
    package func settled(noDataRuns: Int) -> AlertCell {
        let runs = word >> Self.missingShift & Self.countMask
        let most = UInt64(min(max(noDataRuns, 0), AlertState.countMost))
        return runs <= most ? self : AlertCell(unchecked: word - (runs - most) << Self.missingShift)
    }

    private init(unchecked word: UInt64) { self.word = word }

    /// How far the alert is.
    package var phase: AlertPhase {
        AlertPhase(rawValue: UInt8(truncatingIfNeeded: word & Self.phaseMask)) ?? .ok
    }

    /// How often the alert was raised.
    package var openings: Int { Int(word >> Self.openingsShift & Self.countMask) }
}

extension AlertState {
    /// The state that was kept as a cell, and what people did.
    package init(_ cell: AlertCell, handling: AlertHandling? = nil) {
        func count(_ shift: UInt64) -> Int { Int(cell.word >> shift & AlertCell.countMask) }
        phase = cell.phase
        runs = count(AlertCell.runsShift)
        missingRuns = count(AlertCell.missingShift)
        isWithoutData = cell.word & AlertCell.withoutData != 0
        openings = cell.openings
        let day = Int32(truncatingIfNeeded: cell.word >> AlertCell.sinceShift)
        since = CalendarDate(dayNumber: Int(day))
        self.handling = handling
    }
}
