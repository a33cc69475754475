// SPDX-License-Identifier: Apache-2.0

// What follows from an answer, kept in the same transaction as the answer: the next try, an
// endpoint that is left alone for a while or for good, and the event that tells of it.

internal import Databases
internal import Deliveries
internal import PortfolioApplication
internal import PortfolioStore
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import Webhooks

/// What was kept.
enum KeptOutcome: Sendable, Equatable {
    /// The message was taken.
    case taken
    /// It is sent again, or waits for somebody.
    case notTaken(WebhookEndpoint.Notice?)
    /// It is another server's by now.
    case lost
}

extension TryOutcome {
    /// As the machine of tries takes it. A relay that says for good that there is no such receiver
    /// says what an endpoint says with 410.
    func answer(_ kind: DeliveryTarget.Kind) -> WebhookAnswer {
        switch self {
        case .answered(let status, let retryAfter):
            let isGone = kind == .mail && (550...554).contains(status)
            return .status(isGone ? 410 : status, retryAfter: retryAfter)
        case .nothingToTell: return .status(204, retryAfter: nil)
        case .failed: return .none
        }
    }

    var status: Int? {
        guard case .answered(let status, _) = self else { return nil }
        return status
    }

    /// Why there was no answer, as a constant for programs; empty where there was one.
    package var word: String {
        switch self {
        case .answered: ""
        case .nothingToTell: "nothing_to_tell"
        case .failed(let failure): failure.rawValue
        }
    }
}

extension DatabaseConnection {
    /// Keeps what came of a try, and what follows.
    func keep(
        _ outcome: TryOutcome,
        of delivery: StoredDelivery,
        to target: DeliveryTarget,
        _ schedule: RetrySchedule,
        jitter: Double,
        nowMicroseconds now: Int
    ) throws(DatabaseError) -> KeptOutcome {
        var machine = WebhookDelivery(
            identifier: delivery.identifier,
            .waiting,
            tries: delivery.tries,
            next: Int64(now),
            lastStatus: nil
        )
        let answer = outcome.answer(target.kind)
        let consequence = machine.take(
            answer,
            atMicroseconds: Int64(now),
            schedule,
            jitter: jitter
        )
        // In the order in which others hold both: the target, then its messages.
        let needsTarget = consequence == .endpointDisabled || consequence == .endpointPaused
        let held = needsTarget ? try holdTarget(delivery.target) : nil
        guard
            try complete(
                delivery,
                state: machine.state.rawValue,
                tries: machine.tries,
                nextMicroseconds: Int(machine.nextMicroseconds),
                status: outcome.status,
                answer: outcome.word,
                nowMicroseconds: now
            )
        else { return .lost }
        if consequence == .delivered { return .taken }
        if target.kind == .webhook,
            let wait = WebhookDelivery.throttle(answer, atMicroseconds: Int64(now))
        {
            try closeTarget(delivery.target, untilMicroseconds: now + Int(wait))
        }
        guard let held, let state = WebhookEndpoint.State(rawValue: held.state) else {
            return .notTaken(nil)
        }
        var endpoint = WebhookEndpoint(state)
        guard let notice = endpoint.take(consequence) else { return .notTaken(nil) }
        try setState(endpoint.state.rawValue, ofTarget: held.id)
        try tell(notice, of: held, nowMicroseconds: now)
        return .notTaken(notice)
    }

    /// Adds to the stream what an operator is to be told. The last thing that a transaction does.
    func tell(
        _ notice: WebhookEndpoint.Notice,
        of target: DeliveryTarget,
        nowMicroseconds now: Int
    ) throws(DatabaseError) {
        let word =
            switch notice {
            case .paused: "paused"
            case .disabled: "disabled"
            case .resumed: "resumed"
            }
        try append([
            StoreEvent(
                "delivery.\(word)",
                portfolio: target.portfolio,
                day: CalendarDate(secondsSince1970: Int64(now / 1_000_000)),
                createdAtMicroseconds: now,
                body: #"{"kind":"\#(target.kind.rawValue)","id":"\#(target.id)"}"#
            )
        ])
    }
}
