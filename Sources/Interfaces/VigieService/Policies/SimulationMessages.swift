// SPDX-License-Identifier: Apache-2.0

// Simulations as the messages of PolicyService.

internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import VigieProtos

extension Vigie_V1_PolicySimulation {
    init(_ run: SimulationRun) {
        self.init()
        let simulation = run.simulation
        asOfDate = "\(simulation.day)"
        companyCount = UInt64(simulation.companyCount)
        changedCount = UInt64(simulation.changedCount)
        limitsRaised = .init(simulation.raised)
        limitsLowered = .init(simulation.lowered)
        before = .init(simulation.before)
        after = .init(simulation.after)
        let names = CreditDecision.Outcome.allCases.map(\.rawValue)
        for (place, counts) in simulation.outcomes.enumerated() {
            for (other, count) in counts.enumerated() where count > 0 {
                outcomes.append(.init(names[place], names[other], count))
            }
        }
        classes = simulation.classes.map { .init($0.before, $0.after, $0.count) }
        changes = simulation.changes.map { change in
            .with {
                $0.company = change.name
                $0.row = UInt64(change.place + 1)
                $0.difference = change.difference.plain
                $0.changes = change.changes.map { part in
                    .with { ($0.name, $0.before, $0.after) = (part.name, part.before, part.after) }
                }
            }
        }
        notes = run.notes
    }
}

extension Vigie_V1_SimulatedTransition {
    fileprivate init(_ before: String, _ after: String, _ count: Int) {
        self.init()
        (self.before, self.after, companyCount) = (before, after, UInt64(count))
    }
}

extension Vigie_V1_SimulatedAmount {
    fileprivate init(_ amount: SimulatedSums.Amount) {
        self.init()
        (sum, companyCount) = (amount.sum?.plain ?? "", UInt64(amount.count))
    }
}

extension Vigie_V1_SimulatedCount {
    fileprivate init(_ name: String, _ count: Int) {
        self.init()
        (self.name, self.count) = (name, UInt64(count))
    }
}

extension Vigie_V1_SimulatedPolicy {
    fileprivate init(_ simulated: SimulatedPolicy) {
        self.init()
        let (policy, sums) = (simulated.policy, simulated.sums)
        self.policy = policy.reference
        contentHash = policy.contentHash
        currency = policy.manifest.currency.code
        outcomes = zip(CreditDecision.Outcome.allCases, sums.outcomes).map {
            .init($0.rawValue, $1)
        }
        limits = .init(sums.limits)
        ownRisk = .init(sums.ownRisk)
        exposure = .init(sums.exposure)
        exposureAbove = .init(sums.exposureAbove)
        expectedLoss = .init(sums.expectedLoss)
        expectedLossOfExposure = .init(sums.exposedLoss)
        let roles = policy.manifest.authority.roles.map(\.name) + [""]
        toGrant = zip(roles, sums.routed).map { .init($0, $1) }
        secondPersons = UInt64(sums.secondPersons)
        decidedOneByOne = UInt64(sums.slow)
        slowReason = simulated.interpretedReason ?? ""
        tables = simulated.hits.map { .init($0, policy) }
    }
}

extension Vigie_V1_SimulatedTable {
    fileprivate init(_ hits: RuleHits, _ policy: Policy) {
        self.init()
        let table = policy.model.tables[hits.table]
        decision = table.decisionName
        rules = zip(table.rules, hits.rules).map { .init($0.id, $1) }
        noneCount = UInt64(hits.none)
        defaultCount = UInt64(hits.standard)
        violationCount = UInt64(hits.violations)
        invalidCount = UInt64(hits.invalid)
    }
}
