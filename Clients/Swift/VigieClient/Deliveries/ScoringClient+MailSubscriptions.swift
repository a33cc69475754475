// SPDX-License-Identifier: Apache-2.0

// People who are told by mail at a server: made, listed, changed, tried out, ended.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Has somebody told by mail of what happens from now on.
    ///
    /// - Parameters:
    ///   - address: The address of mail.
    ///   - portfolio: The name of the portfolio; empty for all, which only operators may.
    ///   - language: fr or en.
    ///   - pace: How soon.
    ///   - kinds: Kinds of events; empty for all.
    ///   - note: What it is for.
    ///   - options: Deadline and headers.
    /// - Returns: The subscription.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func createMailSubscription(
        _ address: String,
        portfolio: String = "",
        language: String = "en",
        pace: MailSubscription.Pace = .daily,
        kinds: [String] = [],
        note: String = "",
        options: CallOptions = .default
    ) async throws -> MailSubscription {
        let response: Vigie_V1_CreateMailSubscriptionResponse = try await deliveryCall(
            "CreateMailSubscription",
            Vigie_V1_CreateMailSubscriptionRequest.with {
                $0.address = address
                $0.portfolio = portfolio
                $0.language = language
                $0.pace = .init(pace)
                $0.kinds = kinds
                $0.note = note
            },
            options
        )
        return MailSubscription(response.subscription)
    }

    /// Lists mail subscriptions.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio; empty for those of all.
    ///   - options: Deadline and headers.
    /// - Returns: The subscriptions, by their numbers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listMailSubscriptions(
        of portfolio: String = "",
        options: CallOptions = .default
    ) async throws -> [MailSubscription] {
        let response: Vigie_V1_ListMailSubscriptionsResponse = try await deliveryCall(
            "ListMailSubscriptions",
            Vigie_V1_ListMailSubscriptionsRequest.with { $0.portfolio = portfolio },
            options
        )
        return response.subscriptions.map(MailSubscription.init)
    }

    /// Changes a mail subscription; what is `nil` stays.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - address: Its new address.
    ///   - language: Its new language.
    ///   - pace: How soon from now on.
    ///   - kinds: Its new kinds of events; empty for all.
    ///   - note: Its new note.
    ///   - isActive: True has it go on, false pauses it.
    ///   - options: Deadline and headers.
    /// - Returns: The subscription as it is now.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func changeMailSubscription(
        _ id: Int64,
        address: String? = nil,
        language: String? = nil,
        pace: MailSubscription.Pace? = nil,
        kinds: [String]? = nil,
        note: String? = nil,
        isActive: Bool? = nil,
        options: CallOptions = .default
    ) async throws -> MailSubscription {
        let response: Vigie_V1_ChangeMailSubscriptionResponse = try await deliveryCall(
            "ChangeMailSubscription",
            Vigie_V1_ChangeMailSubscriptionRequest.with {
                $0.id = id
                if let address { $0.address = address }
                if let language { $0.language = language }
                $0.pace = .init(pace)
                if let kinds { $0.kinds = .with { $0.kinds = kinds } }
                if let note { $0.note = note }
                if let isActive { $0.active = isActive }
            },
            options
        )
        return MailSubscription(response.subscription)
    }

    /// Ends a mail subscription, and what is on its way.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for one that there is not, or
    ///   `CancellationError` when the task was cancelled.
    public func deleteMailSubscription(_ id: Int64, options: CallOptions = .default) async throws {
        let _: Vigie_V1_DeleteMailSubscriptionResponse = try await deliveryCall(
            "DeleteMailSubscription",
            Vigie_V1_DeleteMailSubscriptionRequest.with { $0.id = id },
            options
        )
    }

    /// Sends a mail that tells of nothing, and waits for what comes of it.
    ///
    /// - Parameters:
    ///   - id: The number of the subscription.
    ///   - options: Deadline and headers.
    /// - Returns: What came of it.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func testMailSubscription(
        _ id: Int64,
        options: CallOptions = .default
    ) async throws -> DeliveryTrial {
        let response: Vigie_V1_TestMailSubscriptionResponse = try await deliveryCall(
            "TestMailSubscription",
            Vigie_V1_TestMailSubscriptionRequest.with { $0.id = id },
            options
        )
        return DeliveryTrial(response.result)
    }
}
