// SPDX-License-Identifier: Apache-2.0

// What is refused of those who would have others told.

internal import PortfolioStore
internal import ServiceErrors
internal import VigieLimits

extension ServiceError {
    /// There is no such target, or whoever asks does not see it.
    static func unknownTarget(_ id: Int, _ kind: DeliveryTarget.Kind?) -> ServiceError {
        let (reason, words, type) =
            switch kind {
            case .webhook: ("UNKNOWN_ENDPOINT", "endpoint", "vigie.v1.Endpoint")
            case .mail: ("UNKNOWN_SUBSCRIPTION", "mail subscription", "vigie.v1.MailSubscription")
            case nil: ("UNKNOWN_DELIVERY", "message", "vigie.v1.Delivery")
            }
        return ServiceError(
            .notFound,
            reason,
            "There is no \(words) \(id), or none that you may change.",
            metadata: ["id": "\(id)"],
            detail: .resource(type: type, name: "\(id)")
        )
    }

    /// What concerns all portfolios is for those who operate the server.
    static var operatorNeeded: ServiceError {
        ServiceError(
            .permissionDenied,
            "OPERATOR_NEEDED",
            "Only whoever operates the server may have others told of all portfolios; name one."
        )
    }

    /// Secrets cannot be kept.
    static var noDeliveryKey: ServiceError {
        ServiceError(
            .failedPrecondition,
            "NO_DELIVERY_KEY",
            "This server cannot keep secrets of endpoints; start it with the setting "
                + "delivery_key."
        )
    }

    /// A secret was sealed with another key.
    static var otherDeliveryKey: ServiceError {
        ServiceError(
            .failedPrecondition,
            "OTHER_DELIVERY_KEY",
            "The secret of the endpoint was sealed with another delivery_key; start the server "
                + "with that one, or make another secret."
        )
    }

    /// No mail is sent.
    static var noMailRelay: ServiceError {
        ServiceError(
            .failedPrecondition,
            "NO_MAIL_RELAY",
            "This server sends no mail; start it with the settings smtp and smtp_from."
        )
    }

    /// There are as many as may be.
    static func tooManyTargets(_ limit: String, _ maximum: Int) -> ServiceError {
        .overLimit(
            "portfolio",
            limit,
            "There are too many endpoints and mail subscriptions; end those that nobody needs.",
            value: maximum + 1,
            maximum: maximum,
            code: .resourceExhausted
        )
    }

    /// A text that is no kind of events.
    static func badEventKind(_ text: String) -> ServiceError {
        .invalid(
            "kinds",
            "BAD_EVENT_KIND",
            "\"\(text.shownInMessages)\" is no kind of events: it is small letters, underscores "
                + "and a dot, such as alert.raised, or alert.* for all that begin so."
        )
    }

    /// A message is being sent, or is to be.
    static var deliveryUnderWay: ServiceError {
        ServiceError(
            .failedPrecondition,
            "DELIVERY_UNDER_WAY",
            "The message is being sent at this moment; look again what became of it."
        )
    }
}
