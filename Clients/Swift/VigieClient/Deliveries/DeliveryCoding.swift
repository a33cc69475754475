// SPDX-License-Identifier: Apache-2.0

// Endpoints, mail subscriptions and messages as messages of the API, and back.

internal import VigieProtos

extension DeliveryTargetState {
    init?(_ message: Vigie_V1_TargetState) {
        switch message {
        case .active: self = .active
        case .paused: self = .paused
        case .disabled: self = .disabled
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}

extension WebhookEndpoint {
    init(_ message: Vigie_V1_Endpoint) {
        self.init(
            id: message.id,
            portfolio: message.portfolio,
            url: message.url,
            kinds: message.kinds,
            note: message.note,
            state: DeliveryTargetState(message.state),
            createdAtMicroseconds: message.createdAtMicroseconds,
            createdBy: message.createdBy
        )
    }
}

extension MailSubscription.Pace {
    init?(_ message: Vigie_V1_MailPace) {
        switch message {
        case .atOnce: self = .atOnce
        case .hourly: self = .hourly
        case .daily: self = .daily
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}

extension Vigie_V1_MailPace {
    init(_ pace: MailSubscription.Pace?) {
        self =
            switch pace {
            case .atOnce: .atOnce
            case .hourly: .hourly
            case .daily: .daily
            case nil: .unspecified
            }
    }
}

extension MailSubscription {
    init(_ message: Vigie_V1_MailSubscription) {
        self.init(
            id: message.id,
            portfolio: message.portfolio,
            address: message.address,
            language: message.language,
            pace: Pace(message.pace),
            kinds: message.kinds,
            note: message.note,
            state: DeliveryTargetState(message.state),
            createdAtMicroseconds: message.createdAtMicroseconds,
            createdBy: message.createdBy
        )
    }
}

extension EventDelivery.State {
    init?(_ message: Vigie_V1_DeliveryState) {
        switch message {
        case .waiting: self = .waiting
        case .underWay: self = .underWay
        case .delivered: self = .delivered
        case .kept: self = .kept
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}

extension EventDelivery {
    init(_ message: Vigie_V1_Delivery) {
        func known(_ value: Int64) -> Int64? { value == 0 ? nil : value }
        self.init(
            number: message.number,
            identifier: message.identifier,
            firstEvent: message.firstEvent,
            lastEvent: message.lastEvent,
            state: State(message.state),
            tries: Int(message.tries),
            nextAtMicroseconds: known(message.nextAtMicroseconds),
            lastStatus: message.lastStatus == 0 ? nil : Int(message.lastStatus),
            lastProblem: message.lastProblem,
            answeredAtMicroseconds: known(message.answeredAtMicroseconds),
            createdAtMicroseconds: message.createdAtMicroseconds,
            repeats: Int(message.repeats)
        )
    }
}

extension DeliveryTrial {
    init(_ message: Vigie_V1_TrialResult) {
        self.init(
            taken: message.taken,
            status: message.status == 0 ? nil : Int(message.status),
            problem: message.problem,
            durationMilliseconds: message.durationMilliseconds
        )
    }
}
