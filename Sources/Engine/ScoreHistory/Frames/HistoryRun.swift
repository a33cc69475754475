// SPDX-License-Identifier: Apache-2.0

// A run scores the whole universe: all frames of one run tell the same of it.

package import Quantities

/// A run.
package struct HistoryRun: Sendable, Equatable {
    /// Why there was a run. The numbers stand in files.
    package enum Kind: UInt8, Sendable {
        /// The run of the day.
        case daily = 1
        /// Papers had arrived.
        case arrival = 2
        /// What another model says of inputs that were scored before.
        case otherModel = 3
        /// Somebody asked for it.
        case requested = 4
    }

    /// Its number; each run has a higher one than those before it.
    package var number: UInt32
    /// The day as of which companies were scored.
    package var day: CalendarDate
    /// Why there was one.
    package var kind: Kind
    /// Name and version of the model; at most `HistoryLimits.modelBytes`.
    package var model: String

    /// A run.
    package init(number: UInt32, day: CalendarDate, kind: Kind = .daily, model: String) {
        (self.number, self.day, self.kind, self.model) = (number, day, kind, model)
    }
}
