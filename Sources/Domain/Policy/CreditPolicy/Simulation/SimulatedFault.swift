// SPDX-License-Identifier: Apache-2.0

// What of a portfolio cannot be. A block leaves such rows to be decided one by one, where what
// cannot be counts as not known; a person who simulates has to hear of them instead.

internal import Policies

/// A value of a company that a policy refuses.
package struct SimulatedFault: Sendable {
    /// The row of its block, from 0.
    package let row: Int
    /// The name of its column.
    package let column: String
    /// What is wrong with it.
    package let words: String
    /// The policy that refuses it, while the other one takes it; nil if none takes it.
    package let policy: String?
}

extension SimulatedPolicy {
    /// Whether it takes a column.
    func takes(_ name: String) -> Bool { decider.plan.columns.contains { $0.name == name } }

    /// What it refuses of the block at hand. Cost: nothing for rows that are decided in columns.
    func faults() -> [(row: Int, column: String, words: String)] {
        var faults: [(row: Int, column: String, words: String)] = []
        let (block, day) = (decider.block, decider.plan.day)
        for row in 0..<block.rowCount where block.facts[row].contains(.isSlow) {
            let question = decider.question(row)
            for input in policy.manifest.inputs {
                guard let fact = question.facts[input.name],
                    let fault = checks.fault(fact, input, asOf: day)
                else { continue }
                faults.append((row, input.name, fault))
            }
        }
        return faults
    }
}

extension PolicySimulation {
    /// What cannot be of the block that was added last, whose memory has to be there still.
    package var faults: [SimulatedFault] {
        let (old, new) = (before.faults(), after.faults())
        func refused(
            _ faults: [(row: Int, column: String, words: String)],
            by name: String,
            beside other: SimulatedPolicy,
            _ others: [(row: Int, column: String, words: String)]
        ) -> [SimulatedFault] {
            faults.map { fault in
                let isTaken =
                    other.takes(fault.column)
                    && !others.contains { $0.row == fault.row && $0.column == fault.column }
                return SimulatedFault(
                    row: fault.row,
                    column: fault.column,
                    words: fault.words,
                    policy: isTaken ? name : nil
                )
            }
        }
        let first = refused(old, by: "\(before.policy.reference) (before)", beside: after, new)
        let second = refused(new, by: "\(after.policy.reference) (after)", beside: before, old)
        return first + second.filter { $0.policy != nil || !before.takes($0.column) }
    }

    /// What is said of a sector that a policy has no table of; nil if all know it.
    package func note(ofSector sector: String) -> String? {
        for policy in [before, after] where policy.takes(CreditBlockPlan.sector) {
            let whom = " of \(policy.policy.reference)"
            let note = policy.policy.note(ofSector: sector, on: day, by: whom)
            if let note { return note }
        }
        return nil
    }
}
