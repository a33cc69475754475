// SPDX-License-Identifier: Apache-2.0

// vigie.v1.UniverseService: companies by the million. It reads on threads of its own; a load has
// others, so that it keeps nobody from looking.

internal import Callers
internal import GRPCTransport
internal import PortfolioApplication
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Turns
internal import UniverseApplication
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers UniverseService.
struct UniverseService: Sendable {
    private let store: ServerStore
    private let universes: UniverseUseCases
    private let registry: ModelRegistry
    private let readers: WorkerPool
    private let loaders: WorkerPool
    private let loads: CallDesk
    private let limits: ServiceLimits

    /// Makes the service of a store and of the models of a server.
    init(_ store: ServerStore, _ registry: ModelRegistry, _ limits: ServiceLimits) {
        (self.store, self.registry, self.limits) = (store, registry, limits)
        universes = UniverseUseCases(store)
        readers = WorkerPool(threadCount: limits.storeReadThreads, limits: .calls(limits))
        loaders = WorkerPool(threadCount: UniverseLimits.loads, limits: .calls(limits))
        loads = CallDesk(
            loaders,
            "loads",
            limits,
            all: ("loads", UniverseLimits.loads),
            ofOne: ("loads", UniverseLimits.loads)
        )
    }

    /// Starts its threads.
    func start() {
        readers.start()
        loaders.start()
    }

    /// Ends them when their work is done. The store is closed by PortfolioService.
    func stop() async {
        await readers.stop()
        await loaders.stop()
    }

    /// The service as the server tells of it.
    var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.UniverseService",
            methods: [
                MethodDescription(
                    "LoadUniverse",
                    requests: .stream,
                    messageLimit: MessageLimit(
                        "messageBytes",
                        bytes: UniverseLimits.messageBytes
                    )
                ) { [store, loads, limits] _ in
                    StreamedWorkHandler(UniverseLoadStream(store), desk: loads, limits: limits)
                },
                method("ListUniverses", list), method("StartUniverseRun", start),
                method("ListUniverseRuns", runs), method("DescribeUniverse", describe),
                method("UniverseHistory", history), method("ReadUniverseScores", scores),
                method("ForgetUniverseCompany", forget),
            ]
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer: @escaping @Sendable (Request, Caller?) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(
            name,
            messageLimit: limits.controlMessage,
            on: .workers(readers, limits: limits)
        ) { (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller)
        }
    }

    private func list(
        _ request: Vigie_V1_ListUniversesRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ListUniversesResponse {
        let found = try universes.list()
        return .with { $0.universes = found.map(Vigie_V1_Universe.init) }
    }

    private func start(
        _ request: Vigie_V1_StartUniverseRunRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_StartUniverseRunResponse {
        let model = try registry.model(named: request.model, field: "model")
        if let caller { try ModelRegistry.check(model, for: caller.models) }
        let run = try universes.startRun(
            over: request.universe,
            asOf: request.asOfDate,
            by: model,
            requestedBy: caller?.identity
        )
        return .with { $0.run = .init(run) }
    }

    private func runs(
        _ request: Vigie_V1_ListUniverseRunsRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ListUniverseRunsResponse {
        let runs = try universes.runs(over: request.universe, limit: Int(request.limit))
        return .with { $0.runs = runs.map(Vigie_V1_UniverseRun.init) }
    }

    private func describe(
        _ request: Vigie_V1_DescribeUniverseRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_DescribeUniverseResponse {
        let count = request.hasMoverCount ? Int(request.moverCount) : 10
        let loss = request.hasLossGivenDefault ? request.lossGivenDefault : 0.4
        guard (0...1).contains(loss), count >= 0 else {
            throw .invalid(
                loss >= 0 && loss <= 1 ? "mover_count" : "loss_given_default",
                "OUT_OF_RANGE",
                "loss_given_default is from 0 to 1, and mover_count from 0 on."
            )
        }
        let risk = try universes.risk(
            of: request.universe,
            asOf: request.date,
            before: request.beforeDate,
            moverCount: count
        )
        return .init(risk, lossGivenDefault: loss)
    }

    private func history(
        _ request: Vigie_V1_UniverseHistoryRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_UniverseHistoryResponse {
        let found = try universes.history(
            of: try Self.siren(request.siren),
            in: request.universe,
            since: request.sinceDate
        )
        return .with { $0.results = found.map(Vigie_V1_UniverseResult.init) }
    }

    private func scores(
        _ request: Vigie_V1_ReadUniverseScoresRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ReadUniverseScoresResponse {
        .init(
            try universes.scores(
                of: request.universe,
                asOf: request.date,
                run: Int(request.run),
                part: Int(request.block)
            )
        )
    }

    private func forget(
        _ request: Vigie_V1_ForgetUniverseCompanyRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ForgetUniverseCompanyResponse {
        try universes.forget(try Self.siren(request.siren), in: request.universe)
        return .init()
    }

    private static func siren(_ text: String) throws(ServiceError) -> SIREN {
        do throws(IdentifierError) { return try SIREN(text) } catch {
            throw .invalid(
                "siren",
                "BAD_SIREN",
                "\"\(text.shownInMessages)\" is no SIREN: nine digits, the last of which checks "
                    + "the others."
            )
        }
    }
}
