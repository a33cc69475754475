// SPDX-License-Identifier: Apache-2.0

// vigie.v1.ModelService: lists and describes the models of the server.

internal import Callers
package import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
package import VigieApplication
package import VigieLimits
internal import VigieProtos

/// Answers ModelService.
package struct ModelService: Sendable {
    private let queries: ModelQueries
    private let workers: WorkerPool
    private let limits: ServiceLimits

    /// Makes the service of some models; `workers` answer its calls.
    package init(registry: ModelRegistry, workers: WorkerPool, limits: ServiceLimits = .init()) {
        queries = ModelQueries(registry: registry, limits: limits)
        self.workers = workers
        self.limits = limits
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        let limit = limits.controlMessage
        // A model of thousands of features takes milliseconds to describe.
        let place = MethodPlace.workers(workers, limits: limits)
        return ServiceDescription(
            "vigie.v1.ModelService",
            methods: [
                .message("ListModels", messageLimit: limit, on: place, answer: listModels),
                .message("DescribeModel", messageLimit: limit, on: place, answer: describeModel),
                .message("GetQuantiser", messageLimit: limit, on: place, answer: getQuantiser),
            ]
        )
    }

    private func listModels(
        _ request: Vigie_V1_ListModelsRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Vigie_V1_ListModelsResponse {
        let page = try queries.list(
            pageSize: Int(request.pageSize),
            pageToken: request.pageToken,
            permitted: permitted
        )
        return Vigie_V1_ListModelsResponse.with {
            $0.models = page.models.map { .init($0.model, isDefault: $0.isDefault) }
            $0.nextPageToken = page.nextToken ?? ""
        }
    }

    private func describeModel(
        _ request: Vigie_V1_DescribeModelRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Vigie_V1_DescribeModelResponse {
        let served = try queries.describe(named: request.name, permitted: permitted)
        return Vigie_V1_DescribeModelResponse.with {
            $0.model = .init(served.model, isDefault: served.isDefault)
        }
    }

    private func getQuantiser(
        _ request: Vigie_V1_GetQuantiserRequest,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> Vigie_V1_GetQuantiserResponse {
        let found = try queries.quantiser(named: request.name, permitted: permitted)
        return .init(found.model, quantiser: found.quantiser)
    }
}
