// SPDX-License-Identifier: Apache-2.0

// StreamDecideRows: its header, checked and ready. All else is the path of rows.

internal import AssessmentMessages
internal import CVigieWire
internal import CreditPolicy
internal import Decisions
internal import GRPCTransport
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import Scoring
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// What streams of rows to decide on take of the server.
struct DecidingRows: Sendable {
    let registry: ModelRegistry
    let decisions: DecisionQueries
    let limits: ServiceLimits
    /// The streams that decide: each has the memory of a block of its own.
    let desk: CallDesk
}

extension RowMethod {
    /// Scores rows and decides on them.
    static func deciding(_ own: DecidingRows) -> RowMethod {
        // To bind a policy of thousands of rules takes milliseconds.
        RowMethod(
            requestName: "vigie.v1.StreamDecideRowsRequest",
            counter: .companiesDecided,
            preparesOnThreads: true
        ) { (bytes, _, _, asker) throws(ServiceError) in
            try PreparedHeader(deciding: bytes, own, asker)
        }
    }
}

extension PreparedHeader {
    /// Decodes and checks a header of decisions.
    ///
    /// - Throws: What is wrong with the header, naming the field.
    fileprivate convenience init(
        deciding bytes: UnsafeRawBufferPointer,
        _ own: DecidingRows,
        _ asker: RowAsker
    ) throws(ServiceError) {
        let limits = own.limits
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        guard vigie_has_few_fields(start, bytes.count, limits.messageFieldsMax) else {
            throw .tooManyFields("header", maximum: limits.messageFieldsMax)
        }
        let header = try Vigie_V1_DecideRowsHeader(received: bytes)
        try Self.checkNames([header.model], field: "header.model", limits: limits)
        try Self.checkNames(header.columns, field: "header.columns", limits: limits)
        try Self.checkNames(header.textColumns, field: "header.text_columns", limits: limits)
        try PreparedDecision.checkNames(policy: header.policy, role: header.role)
        let model = try own.registry.model(named: header.model, field: "header.model")
        let binding: ColumnBinding
        do throws(ScoringError) {
            binding = try model.bind(columns: header.columns, textColumns: header.textColumns)
        } catch {
            throw ServiceError(error, columnCount: header.columns.count)
        }
        let plan = try own.decisions.plan(
            policy: header.policy,
            asOfDate: header.asOfDate,
            role: header.role,
            detail: .rules,
            authority: CreditAuthority(asker.caller)
        )
        let columns = try FactBinding(header, plan, limits)
        let request = ScoreRequest(
            outputs: try header.askedScores().union(columns.scoreOutputs),
            issuesMaximum: limits.blockIssuesMax
        )
        let bound = try columns.bound()
        let decider = try RowDecider(
            bound,
            sources: columns.sources,
            counts: (header.factColumns.count, header.factTextColumns.count),
            flagColumns: columns.flagColumns,
            outputs: try header.askedDecisions(),
            limits: limits,
            place: try DeskPlace(own.desk, asker.share)
        )
        let greeting = Vigie_V1_StreamDecideRowsResponse.with {
            $0.context = .init(plan, bound, decider.tables)
            $0.context.model = .init(
                model,
                asOfDate: plan.day.description,
                tellsBase: false
            )
        }
        self.init(
            decider: decider,
            scoring: (model, binding, request),
            identity: greeting.serializedBytes()
        )
    }
}

extension Vigie_V1_DecideRowsHeader {
    /// The scores that are asked for.
    fileprivate func askedScores() throws(ServiceError) -> ScoreOutputs {
        var asked: ScoreOutputs = []
        for (place, output) in scoreOutputs.enumerated() {
            switch output {
            case .probability, .score, .riskClass, .percentile, .rawScore:
                asked.insert(ScoreOutputs(rawValue: 1 << UInt32(output.rawValue)))
            case .unspecified, .UNRECOGNIZED:
                throw .noSuchValue("header.score_outputs[\(place)]", output.rawValue)
            }
        }
        return asked
    }

    /// What of decisions is asked for.
    fileprivate func askedDecisions() throws(ServiceError) -> DecisionOutputs {
        guard !outputs.isEmpty else { return .standard }
        var asked: DecisionOutputs = []
        for (place, output) in outputs.enumerated() {
            switch output {
            case .unspecified, .UNRECOGNIZED:
                throw .noSuchValue("header.outputs[\(place)]", output.rawValue)
            default: asked.insert(DecisionOutputs(output))
            }
        }
        return asked
    }
}

extension Vigie_V1_DecideRowsContext {
    fileprivate init(_ plan: DecisionPlan, _ bound: CreditBlockPlan, _ tables: [Int]) {
        self.init()
        let manifest = plan.policy.manifest
        policy = manifest.identifier
        policyVersion = manifest.version
        policyContentHash = plan.policy.contentHash
        currency = manifest.currency.code
        roles = manifest.authority.roles.map(\.name)
        bindings = CreditBlock.bindingNames
        self.tables = tables.map { plan.policy.model.tables[$0].decisionName }
        slowReason = bound.interpretedReason ?? ""
    }
}
