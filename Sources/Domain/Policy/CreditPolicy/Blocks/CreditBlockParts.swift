// SPDX-License-Identifier: Apache-2.0

// What of decisions in columns is told: what nobody looks at need not be found, as long as nothing
// that is told could be otherwise for it.

internal import CompiledTables
internal import Decisions
internal import Policies

/// Parts of what is decided of companies.
package struct CreditBlockParts: OptionSet, Sendable {
    /// The bits.
    package let rawValue: UInt8

    /// Takes the bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// All but what a table says by itself: the class of risk and the days of payment are told
    /// without it. The other parts are told with it only.
    package static let calculation = CreditBlockParts(rawValue: 1)
    /// What the limit leaves beside what is owed.
    package static let headroom = CreditBlockParts(rawValue: 2)
    /// What is to be expected to be lost, and what a year's business is to bring.
    package static let prospects = CreditBlockParts(rawValue: 4)
    /// The loss of what is owed today.
    package static let exposedLoss = CreditBlockParts(rawValue: 8)
    /// Shorter terms with which the need would be within the limit.
    package static let fittingDays = CreditBlockParts(rawValue: 16)
    /// Guarantees and clauses.
    package static let lists = CreditBlockParts(rawValue: 32)
    /// What each table answered; with the calculation only.
    package static let answers = CreditBlockParts(rawValue: 64)
    /// All of it.
    package static let all = CreditBlockParts(rawValue: 127)
}

extension CreditBlockDecider {
    /// Leaves out tables that nobody looks at. What can go wrong in one of them is a matter of the
    /// whole decision, which then is an investigation: that is found in any case.
    func leaveOut() {
        let policy = plan.policy
        guard parts.contains(.calculation) else {
            let asked = Set(plan.reached(from: [.riskClass, .terms]))
            for node in tableNodes where !asked.contains(node) {
                evaluation.want(.nothing, of: node)
            }
            return
        }
        guard !parts.contains(.lists) else { return }
        let lists: [PolicyQuestion] = [.guarantees, .clauses]
        let others = PolicyQuestion.allCases.filter { !lists.contains($0) }
        let needed = plan.reached(from: PolicyQuestion.allCases).flatMap {
            policy.model.nodes[$0].requirements
        }
        for question in lists {
            guard let node = policy.place(of: question), evaluation.isHarmless(node),
                !needed.contains(node),
                !others.contains(where: { policy.place(of: $0) == node })
            else { continue }
            untold.insert(question)
            if !parts.contains(.answers) { evaluation.want(.faults, of: node) }
        }
    }
}
