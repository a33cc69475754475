// SPDX-License-Identifier: Apache-2.0

// grpc.health.v1.Health: Check, List and Watch. The empty name is the server as
// a whole; each service of the server has the state of the whole.

package import GRPCTransport
internal import SwiftProtobuf
internal import VigieProtos

/// Answers health checks.
package struct HealthService: Sendable {
    /// The names that can be asked for.
    static let serviceNames = ["", "vigie.v1.ModelService", "vigie.v1.ScoringService"]

    private let board: HealthBoard

    /// Makes the service of a board.
    package init(board: HealthBoard) {
        self.board = board
    }

    /// The methods of the service.
    package var routes: [MethodRoute] {
        let board = board
        return [
            .message(path: "/grpc.health.v1.Health/Check", answer: check),
            .message(path: "/grpc.health.v1.Health/List", answer: list),
            MethodRoute(
                path: "/grpc.health.v1.Health/Watch",
                clientStreaming: false
            ) { _ in HealthWatch(board: board) },
        ]
    }

    private func check(
        _ request: Grpc_Health_V1_HealthCheckRequest
    ) throws(ServiceError) -> Grpc_Health_V1_HealthCheckResponse {
        guard Self.serviceNames.contains(request.service) else {
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
            for name in Self.serviceNames { list.statuses[name] = response }
        }
    }
}

extension Grpc_Health_V1_HealthCheckResponse {
    init(isServing: Bool) {
        self.init()
        status = isServing ? .serving : .notServing
    }
}
