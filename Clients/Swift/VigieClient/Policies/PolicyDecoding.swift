// SPDX-License-Identifier: Apache-2.0

// Policies as they come over the wire, turned into plain values.

internal import VigieProtos

extension PolicySummary {
    init(_ message: Vigie_V1_PolicySummary) {
        self.init(
            name: message.name,
            version: message.version,
            contentHash: message.contentHash,
            label: LocalizedText(message.label),
            author: message.author,
            state: State(message.state),
            from: Day(message.fromDate)
        )
    }
}

extension PolicySummary.State {
    init(_ state: Vigie_V1_PolicyState) {
        self =
            switch state {
            case .draft: .draft
            case .requested: .requested
            case .planned: .planned
            case .active: .active
            case .superseded: .superseded
            case .stopped: .stopped
            case .changed: .changed
            default: .unusable
            }
    }
}

extension PolicyEvent {
    init(_ message: Vigie_V1_PolicyRecord) {
        let action =
            switch message.action {
            case .upload: "upload"
            case .activate: "activate"
            case .approve: "approve"
            case .withdraw: "withdraw"
            case .rollBack: "rollback"
            case .stop: "stop"
            default: "action \(message.action.rawValue)"
            }
        self.init(
            action: action,
            version: message.version,
            contentHash: message.contentHash,
            identity: message.identity,
            isProven: message.proven,
            secondsSince1970: message.timeSeconds,
            from: Day(message.fromDate),
            reason: message.reason
        )
    }
}

extension PolicyDescription {
    init(_ message: Vigie_V1_PolicyDescription) {
        self.init(
            summary: PolicySummary(message.summary),
            parent: message.parent.isEmpty ? nil : message.parent,
            currency: message.currency,
            inputs: message.inputs.map { input in
                Input(
                    name: input.name,
                    label: LocalizedText(input.label),
                    kind: input.kind,
                    unit: input.unit,
                    source: input.source,
                    maximumAgeDays: input.maximumAgeDays == 0 ? nil : Int(input.maximumAgeDays),
                    isRequired: input.required
                )
            },
            decisions: message.decisions,
            tables: message.tables.map { table in
                Table(
                    decision: table.decision,
                    hitPolicy: table.hitPolicy,
                    inputs: table.inputs,
                    outputs: table.outputs,
                    ruleCount: Int(table.ruleCount)
                )
            },
            roles: message.roles.map { role in
                Role(
                    name: role.name,
                    label: LocalizedText(role.label),
                    amount: role.amount.isEmpty ? nil : role.amount
                )
            },
            fourEyesAbove: message.fourEyesAbove.isEmpty ? nil : message.fourEyesAbove,
            files: message.files,
            records: message.records.map(PolicyEvent.init)
        )
    }
}

extension PolicyCheck {
    init(_ message: Vigie_V1_PolicyCheck) {
        self.init(
            obstacles: message.obstacles,
            testCount: Int(message.testCount),
            failures: message.failures.map { "\($0.file), \($0.test): \($0.failure)" },
            findings: message.findings.map { "\($0.place): \($0.kind): \($0.words)" },
            ruleCount: Int(message.ruleCount),
            hitRuleCount: Int(message.hitRuleCount)
        )
    }
}
