// SPDX-License-Identifier: Apache-2.0

// Simulations as they come over the wire, turned into plain values.

internal import VigieProtos

extension PolicySimulationReport {
    init(_ message: Vigie_V1_PolicySimulation) {
        self.init()
        asOf = Day(message.asOfDate)
        companyCount = Int(clamping: message.companyCount)
        changedCount = Int(clamping: message.changedCount)
        limitsRaised = Amount(message.limitsRaised)
        limitsLowered = Amount(message.limitsLowered)
        before = Policy(message.before)
        after = Policy(message.after)
        outcomes = message.outcomes.map(Transition.init)
        classes = message.classes.map(Transition.init)
        changes = message.changes.map { change in
            Change(
                company: change.company,
                row: Int(clamping: change.row),
                difference: ExactNumber(change.difference),
                parts: change.changes.map {
                    Change.Part(name: $0.name, before: $0.before, after: $0.after)
                }
            )
        }
        notes = message.notes
    }
}

extension PolicySimulationReport.Amount {
    init(_ message: Vigie_V1_SimulatedAmount) {
        self.init(
            sum: ExactNumber(unlessEmpty: message.sum),
            companyCount: Int(clamping: message.companyCount)
        )
    }
}

extension PolicySimulationReport.Count {
    init(_ message: Vigie_V1_SimulatedCount) {
        self.init(name: message.name, count: Int(clamping: message.count))
    }
}

extension PolicySimulationReport.Transition {
    init(_ message: Vigie_V1_SimulatedTransition) {
        self.init(
            before: message.before,
            after: message.after,
            companyCount: Int(clamping: message.companyCount)
        )
    }
}

extension PolicySimulationReport.Policy {
    init(_ message: Vigie_V1_SimulatedPolicy) {
        self.init()
        (reference, contentHash, currency) = (
            message.policy, message.contentHash, message.currency
        )
        outcomes = message.outcomes.map(PolicySimulationReport.Count.init)
        limits = PolicySimulationReport.Amount(message.limits)
        ownRisk = PolicySimulationReport.Amount(message.ownRisk)
        exposure = PolicySimulationReport.Amount(message.exposure)
        exposureAbove = PolicySimulationReport.Amount(message.exposureAbove)
        expectedLoss = PolicySimulationReport.Amount(message.expectedLoss)
        expectedLossOfExposure = PolicySimulationReport.Amount(message.expectedLossOfExposure)
        toGrant = message.toGrant.map(PolicySimulationReport.Count.init)
        secondPersonCount = Int(clamping: message.secondPersons)
        oneByOneCount = Int(clamping: message.decidedOneByOne)
        slowReason = message.slowReason.isEmpty ? nil : message.slowReason
        tables = message.tables.map { table in
            PolicySimulationReport.Table(
                decision: table.decision,
                rules: table.rules.map(PolicySimulationReport.Count.init),
                noneCount: Int(clamping: table.noneCount),
                defaultCount: Int(clamping: table.defaultCount),
                violationCount: Int(clamping: table.violationCount),
                invalidCount: Int(clamping: table.invalidCount)
            )
        }
    }
}
