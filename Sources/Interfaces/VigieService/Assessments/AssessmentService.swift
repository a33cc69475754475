// SPDX-License-Identifier: Apache-2.0

// vigie.v1.AssessmentService: companies assessed from facts.

internal import AssessmentMessages
internal import Callers
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers AssessmentService.
struct AssessmentService: Sendable {
    private let work: AssessmentWork
    private let desk: CallDesk?
    private let rows: LoopRowScorers

    /// Makes the service of some models.
    ///
    /// - Parameters:
    ///   - queries: Which models assess companies.
    ///   - workers: The threads that do it.
    ///   - readers: The threads that read papers; nil where none are read.
    ///   - pool: The threads for large blocks of rows.
    ///   - limits: The limits.
    ///   - clock: Tells today, as that of the queries does.
    ///   - counters: Counts rows.
    ///   - memory: What the threads have of their own.
    ///   - jobs: Keeps what is answered to streams with a job.
    init(
        queries: AssessmentQueries,
        workers: WorkerPool,
        readers: WorkerPool? = nil,
        pool: ScoringPool,
        limits: ServiceLimits,
        clock: @escaping WallClock,
        counters: CounterRegistry,
        memory: ThreadMemory,
        jobs: JobDesk? = nil
    ) {
        desk = readers.map {
            CallDesk(
                $0,
                "calls of ReadPapers",
                limits,
                all: ("readPapersCallsMax", limits.readPapersCallsMax),
                ofOne: ("connectionReadPapersCallsMax", limits.connectionReadPapersCallsMax)
            )
        }
        rows = LoopRowScorers {
            RowScorer(
                method: .assessing(queries, limits: limits),
                pool: pool,
                limits: limits,
                clock: clock,
                counters: counters.makeBlock(),
                jobs: jobs
            )
        }
        work = AssessmentWork(
            queries: queries,
            workers: workers,
            limits: limits,
            memory: memory
        )
    }

    /// The service as the server tells of it.
    var description: ServiceDescription {
        let (work, desk, rows, limits) = (work, desk, rows, work.limits)
        let place = MethodPlace.workers(work.workers, limits: limits)
        return ServiceDescription(
            "vigie.v1.AssessmentService",
            methods: [
                .message(
                    "Assess",
                    messageLimit: MessageLimit(
                        "assessMessageBytesMax",
                        bytes: limits.assessMessageBytesMax
                    ),
                    on: place,
                    answer: work.assess
                ),
                MethodDescription(
                    "BatchAssess",
                    requests: .stream,
                    messageLimit: MessageLimit(
                        "batchMessageBytesMax",
                        bytes: limits.batchMessageBytesMax
                    )
                ) { _ in BatchHandler(work) },
                MethodDescription(
                    "StreamAssessRows",
                    requests: .stream,
                    messageLimit: .greatest
                ) { _ in RowStreamHandler(scorer: rows.scorer) },
                MethodDescription(
                    "ReadPapers",
                    requests: .stream,
                    messageLimit: limits.paperMessage
                ) { _ in GatheringHandler(PapersToRead(work: work, desk: desk)) },
                .message(
                    "ListTerms",
                    messageLimit: limits.controlMessage,
                    on: place,
                    answer: Vigie_V1_ListTermsResponse.answer
                ),
            ]
        )
    }
}

extension ServiceLimits {
    /// Of a part of a paper, with its name, or a header with its profiles.
    fileprivate var paperMessage: MessageLimit {
        MessageLimit("paperPartBytesMax", bytes: paperPartBytesMax + controlMessageBytesMax)
    }
}

/// What the methods share.
struct AssessmentWork: Sendable {
    let queries: AssessmentQueries
    let workers: WorkerPool
    let limits: ServiceLimits
    let memory: ThreadMemory
    /// What a company of a batch takes.
    let batchTimes = WorkTimes()

    func assess(
        _ request: Vigie_V1_AssessRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> AssessmentResponse {
        let prepared = try PreparedAssessment(
            request.header,
            queries: queries,
            limits: limits,
            tellsFindings: true,
            permitted: permitted
        )
        let response = try prepared.response(to: request.company, memory.scratch)
        memory.add(.companiesAssessed, 1)
        return response
    }
}
