// SPDX-License-Identifier: Apache-2.0

// What is found in policies, and between them, as the messages of PolicyService.

internal import CreditPolicy
internal import DecimalNumbers
internal import ProtobufCoding
internal import VigieApplication
internal import VigieProtos

extension Vigie_V1_PolicyCheck {
    init(_ gate: PolicyGate) {
        self.init()
        obstacles = gate.obstacles
        failures = gate.trial.cases.compactMap { test in
            test.failure.map { failure in
                .with { ($0.file, $0.test, $0.failure) = (test.file, test.name, failure) }
            }
        }
        testCount = UInt32(clamping: gate.trial.cases.count)
        findings = gate.findings.map { finding in
            .with {
                ($0.place, $0.kind, $0.words) = (finding.place, finding.kind, finding.words)
                ($0.waived, $0.obstacle) = (finding.isWaived, finding.isObstacle)
            }
        }
        ruleCount = UInt32(clamping: gate.ruleCount)
        hitRuleCount = UInt32(clamping: gate.hitCount)
        neverHit = gate.trial.neverHit.map { rule in
            .with {
                ($0.decision, $0.id) = (rule.decision, rule.id)
                $0.number = UInt32(clamping: rule.number)
            }
        }
    }
}

extension Vigie_V1_PolicyChanges {
    init(_ difference: PolicyDifference) {
        self.init()
        decisions = difference.decisions
        rules = difference.rules.map(Vigie_V1_PolicyRuleChange.init)
        files = difference.parts
        companies = difference.companies.map { company in
            .with {
                $0.company = company.name
                $0.changes = company.changes.map { change in
                    .with {
                        ($0.name, $0.before, $0.after) = (change.name, change.before, change.after)
                    }
                }
            }
        }
        changedCount = UInt32(clamping: difference.changedCount)
        companyCount = UInt32(clamping: difference.companyCount)
        before = .init(difference.totals.before)
        after = .init(difference.totals.after)
    }
}

extension Vigie_V1_PolicyRuleChange {
    init(_ rule: PolicyDifference.Rule) {
        self.init()
        (decision, self.rule) = (rule.decision, rule.name)
        switch rule.change {
        case .added: change = "added"
        case .removed: change = "removed"
        case .changed(let cells):
            change = "changed"
            self.cells = cells.map { cell in
                .with { ($0.name, $0.before, $0.after) = (cell.column, cell.before, cell.after) }
            }
        case .moved(let before, let after):
            change = "moved"
            cells = [.with { ($0.before, $0.after) = ("\(before)", "\(after)") }]
        }
    }
}

extension Vigie_V1_PolicyTotals {
    init(_ totals: PolicyTotals) {
        self.init()
        limits = totals.limits?.plain ?? ""
        ownRisk = totals.ownRisk?.plain ?? ""
        exposureAbove = totals.exposureAbove?.plain ?? ""
        expectedLoss = totals.expectedLoss?.plain ?? ""
        for (outcome, count) in totals.outcomes {
            outcomes[outcome.rawValue] = UInt32(clamping: count)
        }
        for (role, count) in totals.routed { routed[role] = UInt32(clamping: count) }
    }
}
