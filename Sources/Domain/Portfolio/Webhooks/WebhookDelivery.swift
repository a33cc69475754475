// SPDX-License-Identifier: Apache-2.0

// A message on its way to one endpoint, as a machine over answers. It has no clock, sends nothing
// and keeps nothing: whoever does says what came of a try, and when.

internal import VigieLimits

/// What came of a try.
package enum WebhookAnswer: Sendable, Equatable {
    /// A status of HTTP, and the header Retry-After as it came.
    case status(Int, retryAfter: String?)
    /// No answer at all: no connection, no time left, an address that is refused.
    case none
}

/// What follows from an answer.
package enum WebhookConsequence: Sendable, Equatable {
    /// The message was taken.
    case delivered
    /// It is sent again at a time, in microseconds since 1970.
    case again(atMicroseconds: Int64)
    /// The endpoint wants no messages any more (410); this one is kept.
    case endpointDisabled
    /// There is no try left; the message is kept, and the endpoint waits for an operator.
    case endpointPaused
    /// The message was not on its way; nothing changes.
    case isOver
}

/// A message on its way.
package struct WebhookDelivery: Sendable, Equatable {
    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        /// It is to be sent, again maybe.
        case waiting
        /// It was taken.
        case delivered
        /// It is kept until somebody has it sent again.
        case kept
    }

    /// The identifier of the message, the same on every try.
    package let identifier: String
    /// Where it stands.
    package private(set) var state: State
    /// Tries that are over.
    package private(set) var tries: Int
    /// When it is sent next, in microseconds since 1970; of `waiting`.
    package private(set) var nextMicroseconds: Int64
    /// The status of the last answer; nil if none came.
    package private(set) var lastStatus: Int?

    /// A message that is to be sent as soon as the schedule lets.
    package init(of message: WebhookMessage, atMicroseconds now: Int64, _ schedule: RetrySchedule) {
        self.init(identifier: message.identifier, .waiting, tries: 0, next: now, lastStatus: nil)
        replay(atMicroseconds: now, schedule)
    }

    /// Takes one as it was kept.
    package init(identifier: String, _ state: State, tries: Int, next: Int64, lastStatus: Int?) {
        (self.identifier, self.state, self.tries) = (identifier, state, tries)
        (nextMicroseconds, self.lastStatus) = (next, lastStatus)
    }

    /// Sends it again from the beginning of the schedule, whatever came of it before.
    package mutating func replay(atMicroseconds now: Int64, _ schedule: RetrySchedule) {
        (state, tries, lastStatus) = (.waiting, 0, nil)
        let delay = schedule.delayMicroseconds(before: 0, jitter: 0) ?? 0
        nextMicroseconds = now.saturating(plus: delay)
    }

    /// Takes what came of a try.
    ///
    /// - Parameters:
    ///   - answer: What came of it.
    ///   - now: When, in microseconds since 1970.
    ///   - schedule: The delays.
    ///   - jitter: A number by chance from 0 to 1.
    package mutating func take(
        _ answer: WebhookAnswer,
        atMicroseconds now: Int64,
        _ schedule: RetrySchedule,
        jitter: Double
    ) -> WebhookConsequence {
        guard state == .waiting else { return .isOver }
        tries += 1
        lastStatus = nil
        if case .status(let status, _) = answer { lastStatus = status }
        switch lastStatus {
        case .some(200...299):
            state = .delivered
            return .delivered
        case 410:
            state = .kept
            return .endpointDisabled
        default: break
        }
        guard let delay = schedule.delayMicroseconds(before: tries, jitter: jitter) else {
            state = .kept
            return .endpointPaused
        }
        let least = Self.leastWait(answer, atMicroseconds: now)
        nextMicroseconds = now.saturating(plus: max(delay, least))
        return .again(atMicroseconds: nextMicroseconds)
    }

    /// How long nothing at all is to be sent to the receiver, in microseconds; nil for no time.
    package static func throttle(_ answer: WebhookAnswer, atMicroseconds now: Int64) -> Int64? {
        guard case .status(let status, _) = answer, [429, 502, 504].contains(status) else {
            return nil
        }
        return max(leastWait(answer, atMicroseconds: now), throttleMicroseconds)
    }

    private static let throttleMicroseconds = Int64(DeliveryLimits.throttleSeconds) * 1_000_000

    /// How long the receiver wants to be left alone, in microseconds.
    private static func leastWait(_ answer: WebhookAnswer, atMicroseconds now: Int64) -> Int64 {
        guard case .status(let status, let text?) = answer,
            [429, 502, 503, 504].contains(status),
            let seconds = RetryAfter.seconds(text, nowSeconds: now / 1_000_000)
        else { return 0 }
        return seconds * 1_000_000
    }
}

extension WebhookDelivery {
    private static let format = "webhook-delivery/1"

    /// The whole of it in one line, to be kept.
    package var text: String {
        let status = lastStatus.map(String.init) ?? "-"
        let words = [Self.format, identifier, state.rawValue, "\(tries)", "\(nextMicroseconds)"]
        return (words + [status]).joined(separator: " ")
    }

    /// Reads what was kept; nil if it is no such line.
    package init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[0] == Self.format,
            WebhookMessage.isIdentifier(String(words[1])),
            let state = State(rawValue: String(words[2])), let tries = Int(words[3]), tries >= 0,
            tries <= WebhookLimits.tries, let next = Int64(words[4])
        else { return nil }
        let status = Int(words[5])
        guard words[5] == "-" || status != nil else { return nil }
        self.init(
            identifier: String(words[1]),
            state,
            tries: tries,
            next: next,
            lastStatus: status
        )
    }
}
