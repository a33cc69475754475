// SPDX-License-Identifier: Apache-2.0

// Columns of some companies, as they are given to rules, and what comes of them.

package import Quantities

/// What a run found of some companies, as columns.
package struct AlertBlock {
    /// The day as of which it holds.
    package let day: CalendarDate
    /// Companies.
    package let rowCount: Int
    /// A column for each input of the plan; no number where a value is missing.
    package let columns: [UnsafePointer<Double>]
    /// Bits of the events that came; nil if courts and registers were not asked.
    package let legalEvents: UnsafePointer<UInt64>?
    /// Other than 0 for companies of which a paper came that did most of the change; nil for none.
    package let arrivals: UnsafePointer<UInt8>?

    /// Takes columns, which must be there while the block is used.
    package init(
        day: CalendarDate,
        rowCount: Int,
        columns: [UnsafePointer<Double>],
        legalEvents: UnsafePointer<UInt64>? = nil,
        arrivals: UnsafePointer<UInt8>? = nil
    ) {
        (self.day, self.rowCount, self.columns) = (day, rowCount, columns)
        (self.legalEvents, self.arrivals) = (legalEvents, arrivals)
    }

    /// What was found of one company.
    package func reading(_ row: Int, _ plan: AlertBlockPlan) -> AlertReading {
        var values: [AlertInput: Double] = [:]
        for (input, column) in zip(plan.inputs, columns) { values[input] = column[row] }
        let bits = legalEvents.map { $0[row] }
        let names = bits.map { bits in
            plan.legalEvents.indices.filter { bits >> UInt64($0) & 1 == 1 }
                .map { plan.legalEvents[$0] }
        }
        return AlertReading(
            day: day,
            values,
            legalEvents: names,
            cause: (arrivals.map { $0[row] } ?? 0) == 0 ? .company : .dataArrived
        )
    }
}

/// What happened to a company with a rule in a block.
package struct AlertTransition: Sendable, Equatable {
    /// Kinds of transitions.
    package enum Change: UInt8, Sendable {
        /// There is an alert.
        case raised
        /// There is none any more.
        case cleared
        /// It happened once more.
        case reopened
        /// There has been no value for so many runs.
        case noData
        /// There is a value again.
        case dataBack
        /// People did something with the alert that the columns do not have: the state is as it
        /// was, and is to be moved by itself.
        case look

        var event: AlertEvent.Change? {
            switch self {
            case .raised: .raised
            case .cleared: .cleared
            case .reopened: .reopened
            case .noData: .noData
            case .dataBack: .dataBack
            case .look: nil
            }
        }
    }

    /// The company's row.
    package let row: Int32
    /// The rule's place in the plan.
    package let rule: Int32
    /// What happened.
    package let change: Change
    /// How often the alert was raised so far.
    package let openings: UInt8

    /// What is told of it; nil if the state is to be moved first.
    package func event(_ block: AlertBlock, _ plan: AlertBlockPlan) -> AlertEvent? {
        change.event.map { change in
            AlertEvent(
                plan.rules[Int(rule)],
                change,
                block.reading(Int(row), plan),
                openings: Int(openings)
            )
        }
    }
}
