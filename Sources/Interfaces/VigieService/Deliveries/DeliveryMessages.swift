// SPDX-License-Identifier: Apache-2.0

// Endpoints, mail subscriptions and messages to them as messages of the API, and back.

internal import DeliveryApplication
internal import PortfolioStore
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_TargetState {
    init(_ state: String) {
        self =
            switch state {
            case "active": .active
            case "paused": .paused
            case "disabled": .disabled
            default: .unspecified
            }
    }
}

extension Vigie_V1_MailPace {
    init(_ pace: DeliveryTarget.Pace) {
        self =
            switch pace {
            case .atOnce: .atOnce
            case .hourly: .hourly
            case .daily: .daily
            }
    }

    /// How soon; nil where nothing is said.
    func value(_ field: String) throws(ServiceError) -> DeliveryTarget.Pace? {
        switch self {
        case .unspecified: return nil
        case .atOnce: return .atOnce
        case .hourly: return .hourly
        case .daily: return .daily
        case .UNRECOGNIZED(let number): throw .noSuchValue(field, number)
        }
    }
}

extension Vigie_V1_Endpoint {
    init(_ seen: SeenTarget) {
        self = .with {
            $0.id = Int64(seen.target.id)
            $0.portfolio = seen.portfolio
            $0.url = seen.target.address
            $0.kinds = seen.target.kinds
            $0.note = seen.target.note
            $0.state = .init(seen.target.state)
            $0.createdAtMicroseconds = Int64(seen.target.createdAtMicroseconds)
            $0.createdBy = seen.target.createdBy
        }
    }
}

extension Vigie_V1_MailSubscription {
    init(_ seen: SeenTarget) {
        self = .with {
            $0.id = Int64(seen.target.id)
            $0.portfolio = seen.portfolio
            $0.address = seen.target.address
            $0.language = seen.target.language
            $0.pace = .init(seen.target.pace)
            $0.kinds = seen.target.kinds
            $0.note = seen.target.note
            $0.state = .init(seen.target.state)
            $0.createdAtMicroseconds = Int64(seen.target.createdAtMicroseconds)
            $0.createdBy = seen.target.createdBy
        }
    }
}

extension Vigie_V1_Delivery {
    init(_ delivery: StoredDelivery) {
        let isUnderWay = delivery.state == "waiting" && !delivery.owner.isEmpty
        self = .with {
            $0.number = Int64(delivery.number)
            $0.identifier = delivery.identifier
            $0.firstEvent = Int64(delivery.firstEvent)
            $0.lastEvent = Int64(delivery.lastEvent)
            switch delivery.state {
            case "waiting": $0.state = isUnderWay ? .underWay : .waiting
            case "delivered": $0.state = .delivered
            case "kept": $0.state = .kept
            default: $0.state = .unspecified
            }
            $0.tries = Int32(clamping: delivery.tries)
            if delivery.state == "waiting" {
                $0.nextAtMicroseconds = Int64(delivery.nextMicroseconds)
            }
            $0.lastStatus = Int32(clamping: delivery.lastStatus ?? 0)
            $0.lastProblem = delivery.lastAnswer
            $0.answeredAtMicroseconds = Int64(delivery.answeredAtMicroseconds ?? 0)
            $0.createdAtMicroseconds = Int64(delivery.createdAtMicroseconds)
            $0.repeats = Int32(clamping: delivery.repeats)
        }
    }
}

extension Vigie_V1_TrialResult {
    init(_ outcome: TryOutcome, milliseconds: Int) {
        self = .with {
            $0.durationMilliseconds = Int64(milliseconds)
            switch outcome {
            case .answered(let status, _):
                $0.status = Int32(clamping: status)
                $0.taken = (200...299).contains(status)
            case .failed, .nothingToTell: $0.problem = outcome.word
            }
        }
    }
}
