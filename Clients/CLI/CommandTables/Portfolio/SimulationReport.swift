// SPDX-License-Identifier: Apache-2.0

// What a simulation here came to, in the form in which a server tells it.

internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import Quantities
internal import VigieClient

extension PolicySimulationReport {
    init(_ run: SimulationRun) {
        self.init()
        let simulation = run.simulation
        asOf = Day("\(simulation.day)")
        companyCount = simulation.companyCount
        changedCount = simulation.changedCount
        limitsRaised = Amount(simulation.raised)
        limitsLowered = Amount(simulation.lowered)
        before = Policy(simulation.before)
        after = Policy(simulation.after)
        let names = CreditDecision.Outcome.allCases.map(\.rawValue)
        for (place, counts) in simulation.outcomes.enumerated() {
            for (other, count) in counts.enumerated() where count > 0 {
                outcomes.append(
                    Transition(before: names[place], after: names[other], companyCount: count)
                )
            }
        }
        classes = simulation.classes.map {
            Transition(before: $0.before, after: $0.after, companyCount: $0.count)
        }
        changes = simulation.changes.map { change in
            Change(
                company: change.name,
                row: change.place + 1,
                difference: ExactNumber(change.difference.plain),
                parts: change.changes.map {
                    Change.Part(name: $0.name, before: $0.before, after: $0.after)
                }
            )
        }
        notes = run.notes
    }
}

extension PolicySimulationReport.Amount {
    fileprivate init(_ amount: SimulatedSums.Amount) {
        self.init(sum: amount.sum.map { ExactNumber($0.plain) }, companyCount: amount.count)
    }
}

extension PolicySimulationReport.Policy {
    fileprivate init(_ simulated: SimulatedPolicy) {
        self.init()
        typealias Report = PolicySimulationReport
        let (policy, sums) = (simulated.policy, simulated.sums)
        (reference, contentHash) = (policy.reference, policy.contentHash)
        currency = policy.manifest.currency.code
        outcomes = zip(CreditDecision.Outcome.allCases, sums.outcomes).map {
            Report.Count(name: $0.rawValue, count: $1)
        }
        limits = Report.Amount(sums.limits)
        ownRisk = Report.Amount(sums.ownRisk)
        exposure = Report.Amount(sums.exposure)
        exposureAbove = Report.Amount(sums.exposureAbove)
        expectedLoss = Report.Amount(sums.expectedLoss)
        expectedLossOfExposure = Report.Amount(sums.exposedLoss)
        let roles = policy.manifest.authority.roles.map(\.name) + [""]
        toGrant = zip(roles, sums.routed).map { Report.Count(name: $0, count: $1) }
        secondPersonCount = sums.secondPersons
        oneByOneCount = sums.slow
        slowReason = simulated.interpretedReason
        tables = simulated.hits.map { hits in
            let table = policy.model.tables[hits.table]
            return Report.Table(
                decision: table.decisionName,
                rules: zip(table.rules, hits.rules).map { Report.Count(name: $0.id, count: $1) },
                noneCount: hits.none,
                defaultCount: hits.standard,
                violationCount: hits.violations,
                invalidCount: hits.invalid
            )
        }
    }
}
