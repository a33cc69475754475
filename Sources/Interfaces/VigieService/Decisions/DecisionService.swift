// SPDX-License-Identifier: Apache-2.0

// vigie.v1.DecisionService: companies decided on by policies.

internal import Assessment
internal import Callers
internal import CreditPolicy
internal import GRPCTransport
internal import Policies
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers DecisionService.
struct DecisionService: Sendable {
    private let work: DecisionWork
    private let rows: LoopRowScorers

    /// Makes the service of some policies.
    ///
    /// - Parameters:
    ///   - queries: Which policies decide, and which models assess.
    ///   - workers: The threads that do it.
    ///   - own: The limits, and what the threads have of their own.
    ///   - rows: What rows that are decided on take of the server.
    init(
        _ queries: (decisions: DecisionQueries, assessments: AssessmentQueries),
        _ workers: WorkerPool,
        _ own: (limits: ServiceLimits, memory: ThreadMemory),
        rows: (
            registry: ModelRegistry, pool: ScoringPool, clock: WallClock, counters: CounterRegistry
        )
    ) {
        let desk = CallDesk(
            workers,
            "streams that decide on rows",
            own.limits,
            all: ("decideStreamsMax", own.limits.decideStreamsMax),
            ofOne: ("connectionDecideStreamsMax", own.limits.connectionDecideStreamsMax)
        )
        let deciding = DecidingRows(
            registry: rows.registry,
            decisions: queries.decisions,
            limits: own.limits,
            desk: desk
        )
        self.rows = LoopRowScorers {
            RowScorer(
                method: .deciding(deciding),
                pool: rows.pool,
                limits: own.limits,
                clock: rows.clock,
                counters: rows.counters.makeBlock()
            )
        }
        work = DecisionWork(
            queries: queries,
            workers: workers,
            limits: own.limits,
            memory: own.memory
        )
    }

    /// The service as the server tells of it.
    var description: ServiceDescription {
        let (work, rows) = (work, rows)
        return ServiceDescription(
            "vigie.v1.DecisionService",
            methods: [
                .message(
                    "Decide",
                    messageLimit: MessageLimit(
                        "decideMessageBytesMax",
                        bytes: work.limits.decideMessageBytesMax
                    ),
                    on: .workers(work.workers, limits: work.limits),
                    answer: work.decide
                ),
                MethodDescription(
                    "BatchDecide",
                    requests: .stream,
                    messageLimit: MessageLimit(
                        "batchMessageBytesMax",
                        bytes: work.limits.batchMessageBytesMax
                    )
                ) { _ in BatchHandler(work) },
                MethodDescription(
                    "StreamDecideRows",
                    requests: .stream,
                    messageLimit: .greatest
                ) { _ in RowStreamHandler(scorer: rows.scorer) },
            ]
        )
    }
}

/// What the methods share.
struct DecisionWork: Sendable {
    let queries: (decisions: DecisionQueries, assessments: AssessmentQueries)
    let workers: WorkerPool
    let limits: ServiceLimits
    let memory: ThreadMemory
    /// What a company of a batch takes.
    let batchTimes = WorkTimes()

    func decide(
        _ request: Vigie_V1_DecideRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> DecideReply {
        let prepared = try PreparedDecision(
            request.header,
            queries: queries,
            limits: limits,
            caller: caller
        )
        try prepared.checkVerdicts(1, "header.explanation")
        let decider = memory.decider(prepared.plan.policy)
        let company = try prepared.read(request.company, decider.checks, memory.scratch)
        let decided = try prepared.decide(company, by: decider)
        memory.add(.companiesDecided, 1)
        return DecideReply(decided: decided)
    }
}
