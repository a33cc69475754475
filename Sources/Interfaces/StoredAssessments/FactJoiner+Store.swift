// SPDX-License-Identifier: Apache-2.0

// Facts as the store gives them, for whoever joins them.

package import AssessmentMessages
package import PortfolioStore

extension FactJoiner {
    /// Adds facts of a company; those of which no assessment is made are left out.
    package func add(_ facts: [KnownFact]) {
        for known in facts {
            guard let kind = StoredFact.Kind(inStore: known.fact.kind) else { continue }
            add(kind, known.fact.day, number: known.number, content: known.fact.content)
        }
    }
}

extension StoredFact.Kind {
    /// What the store calls it.
    package var inStore: FactKind {
        switch self {
        case .statement: .statement
        case .ledger: .ledger
        case .account: .account
        case .event: .event
        }
    }

    /// What a fact of the store is; nil for one of which no assessment is made.
    init?(inStore kind: FactKind) {
        switch kind {
        case .statement: self = .statement
        case .ledger: self = .ledger
        case .account: self = .account
        case .event: self = .event
        case .payment, .paper, .decision: return nil
        }
    }
}
