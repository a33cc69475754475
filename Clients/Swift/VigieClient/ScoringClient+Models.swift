// SPDX-License-Identifier: Apache-2.0

// What a server can score with, and whether it is well.

internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Lists the models of the server in the order of their names.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Returns: The models.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listModels(options: CallOptions = .default) async throws -> [ModelSummary] {
        let context = try context(options.timeout, options.metadata)
        var models: [ModelSummary] = []
        var request = Vigie_V1_ListModelsRequest()
        for _ in 0..<ClientLimits.listedModels {
            let page: Vigie_V1_ListModelsResponse = try await call(
                "/vigie.v1.ModelService/ListModels",
                request,
                context
            )
            models += page.models.map(ModelSummary.init)
            request.pageToken = page.nextPageToken
            if models.count > ClientLimits.listedModels { break }
            if request.pageToken.isEmpty { return models }
        }
        throw VigieError.badResponse("It lists models without end.")
    }

    /// Describes one model in full.
    ///
    /// - Parameters:
    ///   - name: Name of the model, or `name@version`; `nil` for the default model.
    ///   - options: Deadline and headers.
    /// - Returns: The description.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown model, or
    ///   `CancellationError` when the task was cancelled.
    public func describeModel(
        _ name: String? = nil,
        options: CallOptions = .default
    ) async throws -> ModelDescription {
        try await describeModel(name, context(options.timeout, options.metadata))
    }

    /// Describes one model in full.
    func describeModel(_ name: String?, _ context: CallContext) async throws -> ModelDescription {
        var request = Vigie_V1_DescribeModelRequest()
        request.name = name ?? ""
        let response: Vigie_V1_DescribeModelResponse = try await call(
            "/vigie.v1.ModelService/DescribeModel",
            request,
            context
        )
        let description = ModelDescription(response.model)
        features.keep(description)
        return description
    }

    /// Asks for the state of the server or of one of its services.
    ///
    /// - Parameters:
    ///   - service: Name of the service, such as `vigie.v1.ScoringService`; empty for the server as
    ///     a whole.
    ///   - options: Deadline and headers.
    /// - Returns: The state.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown service, or
    ///   `CancellationError` when the task was cancelled.
    public func health(
        service: String = "",
        options: CallOptions = .default
    ) async throws -> HealthStatus {
        var request = Grpc_Health_V1_HealthCheckRequest()
        request.service = service
        let response: Grpc_Health_V1_HealthCheckResponse = try await call(
            "/grpc.health.v1.Health/Check",
            request,
            context(options.timeout, options.metadata)
        )
        switch response.status {
        case .serving: return .serving
        case .notServing: return .notServing
        default: return .unknown
        }
    }

    /// Makes a call of one message each way, encoded and decoded.
    func call<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ path: String,
        _ request: Request,
        _ context: CallContext
    ) async throws -> Response {
        let answer = try await executor.unary(
            path: path,
            message: ByteBuffer(bytes: request.serializedBytes()),
            context
        )
        do {
            return try Response(serializedBytes: Array(answer.readableBytesView))
        } catch {
            throw VigieError.badResponse("It cannot be read.")
        }
    }
}
