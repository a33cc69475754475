// SPDX-License-Identifier: Apache-2.0

// grpc.health.v1.Health: Check, List and Watch. The empty name is the server as
// a whole; each service of the server has the state of the whole.

package import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
package import VigieLimits
internal import VigieProtos

/// Answers health checks.
package struct HealthService: Sendable {
    /// The names that can be asked for.
    private let names: [String]
    private let board: HealthBoard
    private let limits: ServiceLimits

    /// Makes the service of a board, which tells of all of `services`.
    package init(
        board: HealthBoard,
        services: [ServiceDescription],
        limits: ServiceLimits = .init()
    ) {
        names = [""] + services.map(\.name).sorted()
        self.board = board
        self.limits = limits
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        let (board, names, limit) = (board, names, limits.healthMessage)
        return ServiceDescription(
            "grpc.health.v1.Health",
            isOpenToAll: true,
            methods: [
                .message("Check", messageLimit: limit, on: .eventLoop, answer: check),
                .message("List", messageLimit: limit, on: .eventLoop, answer: list),
                MethodDescription("Watch", requests: .one, messageLimit: limit) { _ in
                    HealthWatch(board: board, names: names)
                },
            ]
        )
    }

    private func check(
        _ request: Grpc_Health_V1_HealthCheckRequest
    ) throws(ServiceError) -> Grpc_Health_V1_HealthCheckResponse {
        guard names.contains(request.service) else {
            let shown = request.service.shownInMessages
            throw ServiceError(
                .notFound,
                "UNKNOWN_SERVICE",
                "There is no service \"\(shown)\"; ask for one that List names, or for \"\" "
                    + "to check the whole server.",
                metadata: ["service": shown],
                detail: .resource(type: "grpc.Service", name: shown)
            )
        }
        return .init(isServing: board.isServing)
    }

    private func list(
        _ request: Grpc_Health_V1_HealthListRequest
    ) -> Grpc_Health_V1_HealthListResponse {
        let response = Grpc_Health_V1_HealthCheckResponse(isServing: board.isServing)
        return Grpc_Health_V1_HealthListResponse.with { list in
            for name in names { list.statuses[name] = response }
        }
    }
}

extension Grpc_Health_V1_HealthCheckResponse {
    init(isServing: Bool) {
        self.init()
        status = isServing ? .serving : .notServing
    }
}
