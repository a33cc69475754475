// SPDX-License-Identifier: Apache-2.0

// vigie.v1.DashboardService: lets people look at the page.

internal import Callers
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// Answers DashboardService.
struct DashboardService: Sendable {
    private let sessions: WebSessions?
    private let limits: ServiceLimits

    /// - Parameter sessions: Who is signed in; nil for a server without a page.
    init(_ sessions: WebSessions?, _ limits: ServiceLimits) {
        (self.sessions, self.limits) = (sessions, limits)
    }

    var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.DashboardService",
            methods: [
                .message(
                    "CreateSignIn",
                    messageLimit: limits.controlMessage,
                    on: .eventLoop,
                    answer: create
                )
            ]
        )
    }

    private func create(
        _: Vigie_V1_CreateSignInRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_CreateSignInResponse {
        guard let sessions else {
            throw ServiceError(
                .failedPrecondition,
                "NO_PAGE",
                "This server has no page; start it with the setting web = on."
            )
        }
        guard caller?.credentials.vouchedIdentity == nil else {
            throw ServiceError(
                .failedPrecondition,
                "NAMED_BY_PROXY",
                "The proxy says who you are, and a link would let you in without it; sign in there."
            )
        }
        let link = try caller.map { (caller) throws(ServiceError) in
            try sessions.link(for: caller.credentials)
        }
        return .with {
            $0.path = link.map { "/sign-in#\($0)" } ?? "/"
            $0.validSeconds = Int64(limits.signInSeconds)
        }
    }
}
