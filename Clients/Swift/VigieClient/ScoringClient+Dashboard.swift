// SPDX-License-Identifier: Apache-2.0

// The page of a server, for those who look at it in a browser.

internal import VigieProtos

/// A link by which somebody comes to the page, once and soon.
public struct DashboardLink: Sendable, Hashable {
    /// The path to put behind the server's address; a secret, unless it is "/".
    public let path: String
    /// How long it works.
    public let validity: Duration
}

extension ScoringClient {
    /// Makes a link by which somebody comes to the page as whoever calls.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Returns: The link, which works at the server that made it.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` for a server without a
    ///   page, or `CancellationError` when the task was cancelled.
    public func dashboardLink(options: CallOptions = .default) async throws -> DashboardLink {
        let response: Vigie_V1_CreateSignInResponse = try await call(
            "/vigie.v1.DashboardService/CreateSignIn",
            Vigie_V1_CreateSignInRequest(),
            context(options.timeout, options.metadata)
        )
        return DashboardLink(path: response.path, validity: .seconds(response.validSeconds))
    }
}
