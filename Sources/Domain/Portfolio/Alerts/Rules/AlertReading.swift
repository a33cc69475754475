// SPDX-License-Identifier: Apache-2.0

// What is known of a company, or of a portfolio, on a day.

package import Quantities

/// What a run found of one company.
package struct AlertReading: Sendable {
    /// The day as of which it holds.
    package let day: CalendarDate
    /// Quantities; those that are not there are missing.
    package let values: [AlertInput: Double]
    /// What courts and registers told since the last run, by the names of events; nil if they were
    /// not asked.
    package let legalEvents: [String]?
    /// What moved them.
    package let cause: AlertCause

    /// Takes what was found.
    package init(
        day: CalendarDate,
        _ values: [AlertInput: Double],
        legalEvents: [String]? = nil,
        cause: AlertCause = .company
    ) {
        (self.day, self.values) = (day, values)
        (self.legalEvents, self.cause) = (legalEvents, cause)
    }

    /// A quantity; no number if it is missing.
    package subscript(input: AlertInput) -> Double { values[input] ?? .nan }
}

/// What moved a value.
package enum AlertCause: String, Sendable, CaseIterable {
    /// The company, and time.
    case company
    /// A paper that came.
    case dataArrived = "data_arrived"
    /// Another model; never the cause of an alert about a company.
    case modelChanged = "model_changed"
}
