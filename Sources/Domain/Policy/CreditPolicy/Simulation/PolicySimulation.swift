// SPDX-License-Identifier: Apache-2.0

// A portfolio under two policies: who is decided otherwise, and what that comes to. Companies come
// in blocks of columns; what is kept is sums, counts and the greatest changes, however many there
// are.
//
// Cost, expected: twice what a decision takes, and 60 ns to add up and compare: a million companies
// in less than a second.

package import DecimalNumbers
internal import FEEL
package import Policies
package import Quantities
internal import VigieLimits

/// Simulates a policy against another one.
package final class PolicySimulation {
    /// A company of which something is decided otherwise.
    package struct Change: Sendable {
        /// Its place in the portfolio, from 0.
        package let place: Int
        /// Its name.
        package let name: String
        /// By how much its limit is another; no limit counts as 0.
        package let difference: DecimalNumber
        /// What is otherwise: name, before, after.
        package let changes: [(name: String, before: String, after: String)]
    }

    /// The policy as it is.
    package let before: SimulatedPolicy
    /// The policy as it is to be.
    package let after: SimulatedPolicy
    /// The day for which is decided.
    package let day: CalendarDate
    /// How many companies there were.
    package private(set) var companyCount = 0
    /// Of how many something is decided otherwise.
    package private(set) var changedCount = 0
    /// How many limits are higher and lower, and by how much together.
    package private(set) var raised = SimulatedSums.Amount()
    /// The same of those that are lower.
    package private(set) var lowered = SimulatedSums.Amount()
    /// Companies by outcome before and after, in the order of all outcomes.
    package private(set) var outcomes: [[Int]]
    /// The greatest changes, the greatest first.
    package var changes: [Change] { greatest.sorted }
    private let columnCount: Int
    private let shared = SharedVocabulary()
    private var greatest: GreatestChanges
    private var classCounts = ClassCounts()

    /// What of a decision is held against each other.
    static let compared = [
        "outcome", "class", "need", "limit", "binding", "term_days", "deposit", "prepayment",
        "action", "role", "guarantees", "clauses",
    ]

    /// Takes two policies.
    ///
    /// - Parameters:
    ///   - before: The policy as it is.
    ///   - after: The policy as it is to be.
    ///   - day: The day for which is decided, whether or not both hold on it.
    ///   - columns: What is given of companies; a policy takes what it knows.
    ///   - greatest: How many of the greatest changes are kept.
    package init(
        _ before: Policy,
        _ after: Policy,
        on day: CalendarDate,
        columns: [CreditColumn],
        greatest: Int
    ) throws(PolicyError) {
        (self.day, columnCount) = (day, columns.count)
        self.before = try SimulatedPolicy(before, on: day, columns, shared)
        self.after = try SimulatedPolicy(after, on: day, columns, shared)
        self.greatest = GreatestChanges(min(max(greatest, 0), PolicyLimits.listedChanges))
        let count = CreditDecision.Outcome.allCases.count
        outcomes = Array(repeating: Array(repeating: 0, count: count), count: count)
    }

    /// Takes a dictionary of a column of texts.
    ///
    /// - Throws: That a text is no stage or subject.
    package func texts(
        _ texts: [String],
        for column: Int
    ) throws(PolicyError) -> SimulatedTexts {
        SimulatedTexts(
            before: try before.texts(texts, column),
            after: try after.texts(texts, column)
        )
    }

    /// The values of a column of a block. The memory is the caller's.
    package enum Values {
        /// Of a column of texts.
        case texts(UnsafePointer<Int32>, SimulatedTexts)
        /// Of any other column.
        case plain(CreditValues)
        /// Of a column that is another one for each policy.
        case apart(before: CreditValues?, after: CreditValues?)
    }

    /// Adds a block of companies.
    ///
    /// - Parameters:
    ///   - values: The columns that were told, in their order.
    ///   - rowCount: At most `CompiledTableLimits.blockRows`.
    ///   - name: The name of a row.
    /// - Returns: Whether the block is one.
    package func add(_ values: [Values], rowCount: Int, name: (Int) -> String) -> Bool {
        func own(_ policy: SimulatedPolicy, isBefore: Bool) -> [CreditValues] {
            policy.columns.compactMap { column in
                switch values[column] {
                case .plain(let values): values
                case .texts(let codes, let both):
                    (isBefore ? both.before : both.after).map { .texts(codes, $0) }
                case .apart(let before, let after): isBefore ? before : after
                }
            }
        }
        guard values.count == columnCount,
            before.decide(own(before, isBefore: true), rowCount: rowCount),
            after.decide(own(after, isBefore: false), rowCount: rowCount)
        else { return false }
        compare(rowCount, name)
        companyCount += rowCount
        return true
    }

    private func compare(_ rowCount: Int, _ name: (Int) -> String) {
        let (old, new) = (before.decider.block, after.decider.block)
        let pair = DecisionPair(before, after)
        for row in 0..<rowCount {
            outcomes[Int(old.outcomes[row])][Int(new.outcomes[row])] += 1
            classCounts.add(pair.classes(row))
            guard pair.isChanged(row) else { continue }
            changedCount += 1
            let was = old.facts[row].contains(.limit) ? old.limits[row] : 0
            let limit = new.facts[row].contains(.limit) ? new.limits[row] : 0
            let difference = limit.subtracting(was) ?? 0
            if !difference.isZero {
                if difference.isNegative {
                    lowered.add(difference.negated)
                } else {
                    raised.add(difference)
                }
            }
            guard greatest.wants(difference) else { continue }
            let changes = Self.compared.compactMap { part -> (String, String, String)? in
                let (was, will) = (before.text(part, row), after.text(part, row))
                return was == will ? nil : (part, was, will)
            }
            greatest.add(
                Change(
                    place: companyCount + row,
                    name: name(row),
                    difference: difference,
                    changes: changes.map { (name: $0.0, before: $0.1, after: $0.2) }
                )
            )
        }
    }

    /// Companies by class before and after; an empty name for none. In the order of names.
    package var classes: [(before: String, after: String, count: Int)] {
        let names = shared.classes.names
        func name(_ number: Int) -> String { names.indices.contains(number) ? names[number] : "" }
        return classCounts.all.map { (name($0.before), name($0.after), $0.count) }.sorted {
            ($0.before, $0.after) < ($1.before, $1.after)
        }
    }
}

/// A dictionary of texts of a column for both policies of a simulation.
package struct SimulatedTexts: Sendable {
    let before: CreditTexts?
    let after: CreditTexts?
}
