// SPDX-License-Identifier: Apache-2.0

// Endpoints of webhooks at a server: made, listed, changed, tried out, ended; and messages to them.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Makes an endpoint of webhooks, which is told of what happens from now on.
    ///
    /// - Parameters:
    ///   - url: Where messages are posted, such as `https://hooks.example.com/vigie`.
    ///   - portfolio: The name of the portfolio; empty for all, which only operators may.
    ///   - kinds: Kinds of events, such as `alert.raised` or `alert.*`; empty for all.
    ///   - note: What it is for.
    ///   - options: Deadline and headers.
    /// - Returns: The endpoint, and the secret that messages are signed with, which the server does
    ///   not tell again.
    /// - Throws: ``VigieError`` with ``VigieError/Code/invalidArgument`` for an address that the
    ///   server does not call, or `CancellationError` when the task was cancelled.
    public func createEndpoint(
        _ url: String,
        portfolio: String = "",
        kinds: [String] = [],
        note: String = "",
        options: CallOptions = .default
    ) async throws -> (endpoint: WebhookEndpoint, secret: String) {
        let response: Vigie_V1_CreateEndpointResponse = try await deliveryCall(
            "CreateEndpoint",
            Vigie_V1_CreateEndpointRequest.with {
                $0.url = url
                $0.portfolio = portfolio
                $0.kinds = kinds
                $0.note = note
            },
            options
        )
        return (WebhookEndpoint(response.endpoint), response.secret)
    }

    /// Lists endpoints.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio; empty for those of all.
    ///   - options: Deadline and headers.
    /// - Returns: The endpoints, by their numbers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listEndpoints(
        of portfolio: String = "",
        options: CallOptions = .default
    ) async throws -> [WebhookEndpoint] {
        let response: Vigie_V1_ListEndpointsResponse = try await deliveryCall(
            "ListEndpoints",
            Vigie_V1_ListEndpointsRequest.with { $0.portfolio = portfolio },
            options
        )
        return response.endpoints.map(WebhookEndpoint.init)
    }

    /// Changes an endpoint; what is `nil` stays.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - url: Its new address.
    ///   - kinds: Its new kinds of events; empty for all.
    ///   - note: Its new note.
    ///   - isActive: True has it go on, and sends what was kept for it; false pauses it.
    ///   - options: Deadline and headers.
    /// - Returns: The endpoint as it is now.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func changeEndpoint(
        _ id: Int64,
        url: String? = nil,
        kinds: [String]? = nil,
        note: String? = nil,
        isActive: Bool? = nil,
        options: CallOptions = .default
    ) async throws -> WebhookEndpoint {
        let response: Vigie_V1_ChangeEndpointResponse = try await deliveryCall(
            "ChangeEndpoint",
            Vigie_V1_ChangeEndpointRequest.with {
                $0.id = id
                if let url { $0.url = url }
                if let kinds { $0.kinds = .with { $0.kinds = kinds } }
                if let note { $0.note = note }
                if let isActive { $0.active = isActive }
            },
            options
        )
        return WebhookEndpoint(response.endpoint)
    }

    /// Gives an endpoint another secret.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - keepSeconds: For how many seconds the one before signs, too; 0 for none.
    ///   - options: Deadline and headers.
    /// - Returns: The secret, which the server does not tell again.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func rotateSecret(
        ofEndpoint id: Int64,
        keepSeconds: Int64 = 86_400,
        options: CallOptions = .default
    ) async throws -> String {
        let response: Vigie_V1_RotateSecretResponse = try await deliveryCall(
            "RotateSecret",
            Vigie_V1_RotateSecretRequest.with {
                $0.id = id
                $0.keepSeconds = keepSeconds
            },
            options
        )
        return response.secret
    }

    /// Ends an endpoint, and what is on its way to it.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for one that there is not, or
    ///   `CancellationError` when the task was cancelled.
    public func deleteEndpoint(_ id: Int64, options: CallOptions = .default) async throws {
        let _: Vigie_V1_DeleteEndpointResponse = try await deliveryCall(
            "DeleteEndpoint",
            Vigie_V1_DeleteEndpointRequest.with { $0.id = id },
            options
        )
    }

    /// Sends a message that tells of nothing to an endpoint, and waits for what comes of it.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - options: Deadline and headers.
    /// - Returns: What came of it.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func testEndpoint(
        _ id: Int64,
        options: CallOptions = .default
    ) async throws -> DeliveryTrial {
        let response: Vigie_V1_TestEndpointResponse = try await deliveryCall(
            "TestEndpoint",
            Vigie_V1_TestEndpointRequest.with { $0.id = id },
            options
        )
        return DeliveryTrial(response.result)
    }

    /// A page of the messages to an endpoint or a mail subscription, the last one first.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - pageToken: The token that the page before gave; empty for the first page.
    ///   - options: Deadline and headers.
    /// - Returns: The messages, and the token of the next page, which is empty on the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listDeliveries(
        to id: Int64,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (deliveries: [EventDelivery], nextPageToken: String) {
        let response: Vigie_V1_ListDeliveriesResponse = try await deliveryCall(
            "ListDeliveries",
            Vigie_V1_ListDeliveriesRequest.with {
                $0.id = id
                $0.pageToken = pageToken
            },
            options
        )
        return (response.deliveries.map(EventDelivery.init), response.nextPageToken)
    }

    /// Has a message sent again, with its own identifier, whatever became of it.
    ///
    /// - Parameters:
    ///   - number: Its number.
    ///   - options: Deadline and headers.
    /// - Returns: The message as it is now.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` for one that is being
    ///   sent, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func redeliver(
        _ number: Int64,
        options: CallOptions = .default
    ) async throws -> EventDelivery {
        let response: Vigie_V1_RedeliverDeliveryResponse = try await deliveryCall(
            "RedeliverDelivery",
            Vigie_V1_RedeliverDeliveryRequest.with { $0.number = number },
            options
        )
        return EventDelivery(response.delivery)
    }

    func deliveryCall<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "/vigie.v1.DeliveryService/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}
