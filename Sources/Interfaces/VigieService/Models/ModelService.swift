// SPDX-License-Identifier: Apache-2.0

// vigie.v1.ModelService: lists and describes the models of the server.

package import GRPCTransport
internal import ProtobufCoding
package import VigieLimits
internal import VigieProtos

/// Answers ModelService.
package struct ModelService: Sendable {
    private let registry: ModelRegistry
    private let workers: WorkerPool
    private let limits: ServiceLimits

    /// Makes the service of some models; `workers` answer its calls.
    package init(registry: ModelRegistry, workers: WorkerPool, limits: ServiceLimits = .init()) {
        self.registry = registry
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
        _ request: Vigie_V1_ListModelsRequest
    ) throws(ServiceError) -> Vigie_V1_ListModelsResponse {
        guard request.pageSize >= 0 else {
            throw .invalid(
                "page_size",
                "NEGATIVE_PAGE_SIZE",
                "page_size is \(request.pageSize); it must be 0 or more."
            )
        }
        let start = try index(afterToken: request.pageToken)
        let wanted = request.pageSize == 0 ? limits.pageModelsDefault : Int(request.pageSize)
        let rest = registry.models[start...]
        let page = rest.prefix(min(wanted, limits.pageModelsMax))
        return Vigie_V1_ListModelsResponse.with {
            $0.models = page.map { .init($0, isDefault: $0 === registry.defaultModel) }
            $0.nextPageToken = page.count < rest.count ? page.last?.identifier ?? "" : ""
        }
    }

    /// Where the page begins whose token was given: after the model that the token names.
    private func index(afterToken token: String) throws(ServiceError) -> Int {
        if token.isEmpty { return 0 }
        guard let last = registry.models.firstIndex(where: { $0.identifier == token }) else {
            throw .invalid(
                "page_token",
                "UNKNOWN_PAGE_TOKEN",
                "page_token \"\(token.shownInMessages)\" was not given by this server; "
                    + "use next_page_token of the response before, or none for the first page."
            )
        }
        return last + 1
    }

    private func describeModel(
        _ request: Vigie_V1_DescribeModelRequest
    ) throws(ServiceError) -> Vigie_V1_DescribeModelResponse {
        let model = try registry.model(named: request.name, field: "name")
        return Vigie_V1_DescribeModelResponse.with {
            $0.model = .init(model, isDefault: model === registry.defaultModel)
        }
    }

    private func getQuantiser(
        _ request: Vigie_V1_GetQuantiserRequest
    ) throws(ServiceError) -> Vigie_V1_GetQuantiserResponse {
        let model = try registry.model(named: request.name, field: "name")
        return .init(model, quantiser: try model.quantiserForCallers())
    }
}
