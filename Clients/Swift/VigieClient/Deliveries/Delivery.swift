// SPDX-License-Identifier: Apache-2.0

// Who is told of events, and what became of messages to them, as plain values.

/// Where an endpoint or a mail subscription stands.
public enum DeliveryTargetState: String, Sendable, Hashable, CaseIterable {
    /// Messages are sent.
    case active
    /// None are: somebody said so, or a message found no try left.
    case paused
    /// None are: the receiver said that it wants none.
    case disabled
}

/// An endpoint of webhooks.
public struct WebhookEndpoint: Sendable, Hashable {
    /// Its number.
    public let id: Int64
    /// The name of the portfolio; empty for all.
    public let portfolio: String
    /// Where messages are posted.
    public let url: String
    /// Kinds of events, such as `alert.raised` or `alert.*`; empty for all.
    public let kinds: [String]
    /// What it is for.
    public let note: String
    /// Where it stands; `nil` for a state that this client does not know.
    public let state: DeliveryTargetState?
    /// When it was made, in microseconds since 1970 in UTC.
    public let createdAtMicroseconds: Int64
    /// Who made it; empty where the server does not tell callers apart.
    public let createdBy: String
}

/// Somebody who is told by mail.
public struct MailSubscription: Sendable, Hashable {
    /// How soon mail is sent.
    public enum Pace: String, Sendable, Hashable, CaseIterable {
        /// At once: what happens together is one mail.
        case atOnce = "at-once"
        /// At each full hour in which something happened.
        case hourly
        /// Each day at six, in UTC, on which something happened.
        case daily
    }

    /// Its number.
    public let id: Int64
    /// The name of the portfolio; empty for all.
    public let portfolio: String
    /// The address of mail.
    public let address: String
    /// The language of the mail: fr or en.
    public let language: String
    /// How soon; `nil` for a pace that this client does not know.
    public let pace: Pace?
    /// Kinds of events; empty for all.
    public let kinds: [String]
    /// What it is for.
    public let note: String
    /// Where it stands; `nil` for a state that this client does not know.
    public let state: DeliveryTargetState?
    /// When it was made, in microseconds since 1970 in UTC.
    public let createdAtMicroseconds: Int64
    /// Who made it; empty where the server does not tell callers apart.
    public let createdBy: String
}

/// A message to an endpoint or to somebody.
public struct EventDelivery: Sendable, Hashable {
    /// Where a message stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is to be sent, again maybe.
        case waiting
        /// It is being sent.
        case underWay = "under-way"
        /// It was taken.
        case delivered
        /// No try is left: it is kept until somebody has it sent again.
        case kept
    }

    /// Its number.
    public let number: Int64
    /// What its receiver knows it by: `webhook-id`, or what stands before @ in `Message-ID`.
    public let identifier: String
    /// The events that it tells of, by their numbers in the stream: the first.
    public let firstEvent: Int64
    /// The last of them.
    public let lastEvent: Int64
    /// Where it stands; `nil` for a state that this client does not know.
    public let state: State?
    /// Tries that are over.
    public let tries: Int
    /// When it is sent next, in microseconds since 1970 in UTC; `nil` for never.
    public let nextAtMicroseconds: Int64?
    /// The last status that came: of HTTP, or of a relay; `nil` for none.
    public let lastStatus: Int?
    /// Why none came, as a constant for programs, such as `too_slow`; empty where one did.
    public let lastProblem: String
    /// When the last try was over, in microseconds since 1970 in UTC; `nil` for none.
    public let answeredAtMicroseconds: Int64?
    /// When it was made, in microseconds since 1970 in UTC.
    public let createdAtMicroseconds: Int64
    /// How often it was sent again because nobody knew what had come of it.
    public let repeats: Int
}

/// What came of a message that tells of nothing.
public struct DeliveryTrial: Sendable, Hashable {
    /// Whether the receiver took it.
    public let taken: Bool
    /// The status that came: of HTTP, or of a relay; `nil` for none.
    public let status: Int?
    /// Why none came, as a constant for programs, such as `too_slow`; empty where one did.
    public let problem: String
    /// How long it took, in milliseconds.
    public let durationMilliseconds: Int64
}
