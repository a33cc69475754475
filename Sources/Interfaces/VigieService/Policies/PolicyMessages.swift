// SPDX-License-Identifier: Apache-2.0

// Policies as the messages of PolicyService.

internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import VigieApplication
internal import VigieProtos

extension Vigie_V1_LocalizedText {
    init(_ text: PolicyText) {
        self.init()
        (en, fr) = (text.text(.en), text.text(.fr))
    }
}

extension Vigie_V1_PolicySummary {
    init(_ shelved: ShelvedPolicy) {
        self.init()
        let (policy, manifest) = (shelved.policy, shelved.policy.manifest)
        (name, version) = (manifest.identifier, manifest.version)
        contentHash = policy.contentHash
        label = .init(manifest.label)
        author = manifest.author
        effectiveFrom = "\(manifest.effectiveFrom)"
        effectiveTo = manifest.effectiveTo.map { "\($0)" } ?? ""
        state = shelved.state.map(Vigie_V1_PolicyState.init) ?? .unspecified
        fromDate = shelved.from.map { "\($0)" } ?? ""
    }
}

extension Vigie_V1_PolicyState {
    init(_ state: PolicyLife.State) {
        self =
            switch state {
            case .draft: .draft
            case .requested: .requested
            case .planned: .planned
            case .active: .active
            case .superseded: .superseded
            case .stopped: .stopped
            case .changed: .changed
            }
    }
}

extension Vigie_V1_PolicyRecord {
    init(_ record: PolicyRecord) {
        self.init()
        action =
            switch record.action {
            case .upload: .upload
            case .activate: .activate
            case .approve: .approve
            case .withdraw: .withdraw
            case .rollback: .rollBack
            case .stop: .stop
            }
        (version, contentHash) = (record.version, record.contentHash)
        (identity, proven) = (record.identity, record.isProven)
        timeSeconds = record.seconds
        fromDate = record.from.map { "\($0)" } ?? ""
        reason = record.reason
    }
}

extension Vigie_V1_PolicyDescription {
    init(_ shelved: ShelvedPolicy, _ life: PolicyLife) {
        self.init()
        let (policy, manifest) = (shelved.policy, shelved.policy.manifest)
        summary = .init(shelved)
        parent = manifest.parent
        languages = manifest.languages.map(\.rawValue)
        currency = manifest.currency.code
        step = manifest.step.plain
        inputs = manifest.inputs.map(Vigie_V1_PolicyInputDescription.init)
        for (question, decision) in manifest.decisions { decisions[question.rawValue] = decision }
        tables = policy.model.tables.map(Vigie_V1_PolicyTableDescription.init)
        referenceTables = policy.tables.map { table in
            .with {
                $0.name = table.name
                $0.columns = table.columns
                $0.rowCount = UInt32(clamping: table.rows.count)
                guard let declared = manifest.tables.first(where: { $0.name == table.name }) else {
                    return
                }
                $0.label = .init(declared.label)
                $0.key = declared.key
            }
        }
        roles = manifest.authority.roles.map { role in
            .with {
                $0.name = role.name
                $0.label = .init(role.label)
                $0.amount = role.amount?.plain ?? ""
            }
        }
        fourEyesAbove = manifest.authority.fourEyesAbove?.plain ?? ""
        overrideDays = UInt32(clamping: manifest.authority.overrideDaysMaximum)
        guarantees = policy.guarantees.map(\.identifier)
        clauses = policy.clauses.map(\.identifier)
        files = policy.partHashes
        records = life.records.map(Vigie_V1_PolicyRecord.init)
    }
}

extension Vigie_V1_PolicyInputDescription {
    init(_ input: PolicyInput) {
        self.init()
        name = input.name
        label = .init(input.label)
        (kind, unit) = (input.kind.rawValue, input.unit.rawValue)
        source = input.source
        maximumAgeDays = UInt32(clamping: input.ageDaysMaximum ?? 0)
        required = input.isRequired
    }
}

extension Vigie_V1_PolicyTableDescription {
    init(_ table: DecisionTable) {
        self.init()
        decision = table.decisionName
        hitPolicy = table.hitPolicy.rawValue
        inputs = table.inputs.map(\.name)
        outputs = table.outputs.map { $0.name.isEmpty ? "result" : $0.name }
        ruleCount = UInt32(clamping: table.rules.count)
    }
}
