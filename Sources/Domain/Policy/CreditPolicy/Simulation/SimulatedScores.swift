// SPDX-License-Identifier: Apache-2.0

// What a model says of the rows of a block, as columns of a policy: where one policy is simulated
// with two models, each decides by its own.

internal import Policies
internal import VigieLimits

/// The scores of a block of rows. For one thread at a time.
package final class SimulatedScores {
    /// What a score tells a policy.
    enum Fact: String, CaseIterable {
        case riskClass = "risk_class"
        case score
        case probability
        case outcome

        /// How the policy has to take it.
        var kind: CreditColumn.Kind { self == .outcome ? .text : .number }
    }

    /// The texts of outcomes, in the order of their numbers.
    static let outcomes = ["scored", "not_scorable"]

    private let numbers: UnsafeMutablePointer<Double>
    private let codes: UnsafeMutablePointer<Int32>

    /// Memory of a block.
    package init() {
        let rows = CompiledTableLimits.blockRows
        numbers = .allocate(capacity: 3 * rows)
        numbers.initialize(repeating: .nan, count: 3 * rows)
        codes = .allocate(capacity: rows)
        codes.initialize(repeating: 1, count: rows)
    }

    deinit {
        numbers.deallocate()
        codes.deallocate()
    }

    /// Notes what is said of a row of the block; nil where the model gives it no score.
    package func set(
        _ row: Int,
        _ said: (riskClass: Double, score: Double, probability: Double)?
    ) {
        let rows = CompiledTableLimits.blockRows
        guard (0..<rows).contains(row) else { return }
        numbers[row] = said?.riskClass ?? .nan
        numbers[rows + row] = said?.score ?? .nan
        numbers[2 * rows + row] = said?.probability ?? .nan
        codes[row] = said == nil ? 1 : 0
    }

    /// Rows of the first so many that have no score, and the first of them.
    func unscored(of rowCount: Int) -> (count: Int, first: Int)? {
        let rows = UnsafeBufferPointer(start: codes, count: rowCount)
        guard let first = rows.firstIndex(of: 1) else { return nil }
        return (rows.count { $0 == 1 }, first)
    }

    /// A column of it.
    func values(_ fact: Fact, _ outcomes: CreditTexts?) -> CreditValues? {
        let rows = CompiledTableLimits.blockRows
        return switch fact {
        case .riskClass: .numbers(UnsafePointer(numbers))
        case .score: .numbers(UnsafePointer(numbers + rows))
        case .probability: .numbers(UnsafePointer(numbers + 2 * rows))
        case .outcome: outcomes.map { .texts(UnsafePointer(codes), $0) }
        }
    }
}
