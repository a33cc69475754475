// SPDX-License-Identifier: Apache-2.0

// inference.GRPCInferenceService: the Open Inference Protocol, version 2, with those extensions of
// Triton's that its clients ask for first.

internal import Callers
package import GRPCTransport
internal import ProtobufCoding
internal import Scoring
internal import ServiceErrors
package import Telemetry
package import VigieApplication
package import VigieLimits
internal import VigieProtos

/// Answers GRPCInferenceService.
package struct InferenceService: Sendable {
    private static let name = "inference.GRPCInferenceService"

    private let registry: ModelRegistry
    private let version: String
    private let board: HealthBoard
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let meters: InferenceMeters
    private let rows: LoopRowScorers

    /// Makes the service of some models.
    ///
    /// - Parameters:
    ///   - registry: The models.
    ///   - version: The version of the product.
    ///   - board: Whether the server is in service.
    ///   - workers: The threads that answer questions about models.
    ///   - pool: The threads for large requests.
    ///   - limits: The limits.
    ///   - clock: Tells when a model was last asked.
    ///   - counters: Counts rows.
    package init(
        registry: ModelRegistry,
        version: String,
        board: HealthBoard,
        workers: WorkerPool,
        pool: ScoringPool,
        limits: ServiceLimits = .init(),
        clock: @escaping WallClock = SystemClock.now,
        counters: CounterRegistry = .init()
    ) {
        self.registry = registry
        self.version = version
        self.board = board
        self.workers = workers
        self.limits = limits
        let meters = InferenceMeters(registry, clock: clock)
        self.meters = meters
        // What no model here takes is refused before it is read.
        var narrow = limits
        let widest = registry.models.map(\.inputColumns.count).max() ?? 1
        narrow.columnsMax = min(limits.columnsMax, max(widest, 1))
        rows = LoopRowScorers { [narrow] in
            RowScorer(
                method: .inference(registry, meters: meters, limits: limits),
                pool: pool,
                limits: narrow,
                clock: clock,
                counters: counters.makeBlock()
            )
        }
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        let rows = rows
        let limit = limits.controlMessage
        let place = MethodPlace.workers(workers, limits: limits)
        let inference = [
            MethodDescription(
                "ModelInfer",
                requests: .one,
                messageLimit: .greatest,
                sharesHandler: true
            ) { _ in ModelInferHandler(scorer: rows.scorer) },
            MethodDescription(
                "ModelStreamInfer",
                requests: .stream,
                messageLimit: .greatest
            ) { _ in ModelStreamInferHandler(scorer: rows.scorer) },
        ]
        let states: [MethodDescription] = [
            .message("ServerLive", messageLimit: limit, on: .eventLoop, answer: serverLive),
            .message("ServerReady", messageLimit: limit, on: .eventLoop, answer: serverReady),
            .message("ModelReady", messageLimit: limit, on: .eventLoop, answer: modelReady),
        ]
        let questions: [MethodDescription] = [
            .message("ServerMetadata", messageLimit: limit, on: place, answer: serverMetadata),
            .message("ModelMetadata", messageLimit: limit, on: place, answer: modelMetadata),
            .message("ModelConfig", messageLimit: limit, on: place, answer: modelConfig),
            .message("ModelStatistics", messageLimit: limit, on: place, answer: statistics),
            .message("RepositoryIndex", messageLimit: limit, on: place, answer: index),
            .message("RepositoryModelLoad", messageLimit: limit, on: place, answer: load),
            .message("RepositoryModelUnload", messageLimit: limit, on: place, answer: unload),
        ]
        return ServiceDescription(Self.name, methods: inference + states + questions)
    }

    private func serverLive(
        _ request: Inference_ServerLiveRequest
    ) -> Inference_ServerLiveResponse {
        .with { $0.live = true }
    }

    private func serverReady(
        _ request: Inference_ServerReadyRequest
    ) -> Inference_ServerReadyResponse {
        .with { $0.ready = board.isServing }
    }

    private func modelReady(
        _ request: Inference_ModelReadyRequest,
        _ permitted: NamePatterns
    ) -> Inference_ModelReadyResponse {
        let model = try? model(request.name, request.version, permitted)
        return .with { $0.ready = board.isServing && model != nil }
    }

    private func serverMetadata(
        _ request: Inference_ServerMetadataRequest
    ) -> Inference_ServerMetadataResponse {
        // Versions are whole numbers to Triton, and perf_analyzer, which reads statistics where
        // there are any, finds no others.
        let hasWholeVersions = registry.models.allSatisfy { Int64($0.manifest.version) != nil }
        return .with {
            $0.name = "vigie"
            $0.version = version
            $0.extensions = ["model_repository", "model_configuration"]
            if hasWholeVersions { $0.extensions.append("statistics") }
        }
    }

    private func modelMetadata(
        _ request: Inference_ModelMetadataRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Inference_ModelMetadataResponse {
        let model = try model(request.name, request.version, permitted)
        let versions = registry.permitted(permitted).filter {
            $0.manifest.name == model.manifest.name
        }
        return .init(model, versions: versions.map(\.manifest.version))
    }

    private func modelConfig(
        _ request: Inference_ModelConfigRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Inference_ModelConfigResponse {
        let model = try model(request.name, request.version, permitted)
        return .with { $0.config = .init(model, batchMax: limits.blockRowsMax) }
    }

    private func statistics(
        _ request: Inference_ModelStatisticsRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Inference_ModelStatisticsResponse {
        var models = registry.permitted(permitted)
        if !request.name.isEmpty {
            let named = try model(request.name, request.version, permitted)
            models = models.filter {
                request.version.isEmpty
                    ? $0.manifest.name == named.manifest.name : $0 === named
            }
        }
        return .with {
            $0.modelStats = models.map { meters.meter(of: $0).statistics(of: $0) }
        }
    }

    private func index(
        _ request: Inference_RepositoryIndexRequest,
        _ permitted: NamePatterns
    ) -> Inference_RepositoryIndexResponse {
        .with {
            $0.models = registry.permitted(permitted).map { model in
                .with {
                    $0.name = model.manifest.name
                    $0.version = model.manifest.version
                    $0.state = "READY"
                }
            }
        }
    }

    /// The model of a name and a version, for a caller who may use it.
    private func model(
        _ name: String,
        _ version: String,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> ScoringModel {
        let model = try registry.model(inferenceName: name, version)
        try ModelRegistry.check(model, for: permitted)
        return model
    }

    private func load(
        _ request: Inference_RepositoryModelLoadRequest
    ) throws(ServiceError) -> Inference_RepositoryModelLoadResponse {
        throw .modelsAreFixed(request.modelName)
    }

    private func unload(
        _ request: Inference_RepositoryModelUnloadRequest
    ) throws(ServiceError) -> Inference_RepositoryModelUnloadResponse {
        throw .modelsAreFixed(request.modelName)
    }
}

extension ServiceError {
    /// The refusal to load or unload a model.
    fileprivate static func modelsAreFixed(_ name: String) -> ServiceError {
        ServiceError(
            .permissionDenied,
            "MODELS_ARE_FIXED",
            "explicit model load / unload is not allowed: this server has the models that it was "
                + "started with",
            metadata: ["model": name.shownInMessages]
        )
    }
}
