// SPDX-License-Identifier: Apache-2.0

// Endpoints, mail subscriptions and messages for people, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Deliveries as text and as JSON.
enum DeliveryText {
    static func table(_ endpoints: [WebhookEndpoint], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("number", .right), ("state", .left), ("url", .left), ("kinds", .left),
                ("made by", .left), ("note", .left),
            ],
            rows: endpoints.map { endpoint in
                [
                    "\(endpoint.id)", word(endpoint.state), endpoint.url, words(endpoint.kinds),
                    endpoint.createdBy, endpoint.note,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func table(_ subscriptions: [MailSubscription], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("number", .right), ("state", .left), ("address", .left), ("language", .left),
                ("pace", .left), ("kinds", .left), ("note", .left),
            ],
            rows: subscriptions.map { subscription in
                [
                    "\(subscription.id)", word(subscription.state), subscription.address,
                    subscription.language, subscription.pace?.rawValue ?? "unknown",
                    words(subscription.kinds), subscription.note,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func table(_ deliveries: [EventDelivery], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("number", .right), ("state", .left), ("events", .right), ("tries", .right),
                ("answer", .left), ("identifier", .left),
            ],
            rows: deliveries.map { delivery in
                let isOne = delivery.firstEvent == delivery.lastEvent
                let last = isOne ? "" : "-\(delivery.lastEvent)"
                return [
                    "\(delivery.number)", delivery.state?.rawValue ?? "unknown",
                    "\(delivery.firstEvent)\(last)", "\(delivery.tries)",
                    delivery.lastStatus.map { "\($0)" } ?? delivery.lastProblem,
                    delivery.identifier,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func line(_ trial: DeliveryTrial) -> String {
        let answer = trial.status.map { "answered \($0)" } ?? escaped(trial.problem)
        return "\(trial.taken ? "taken" : "not taken"): \(answer) in "
            + "\(trial.durationMilliseconds) ms"
    }

    static func writeJSON(_ endpoints: [WebhookEndpoint], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for endpoint in endpoints {
                writer.object {
                    writer.integer("id", Int(endpoint.id))
                    writer.text("portfolio", endpoint.portfolio)
                    writer.text("url", endpoint.url)
                    writer.text("kinds", words(endpoint.kinds))
                    writer.text("note", endpoint.note)
                    writer.text("state", word(endpoint.state))
                    writer.integer("created_at_microseconds", Int(endpoint.createdAtMicroseconds))
                    writer.text("created_by", endpoint.createdBy)
                }
            }
        }
        sink.write("\n")
    }

    static func writeJSON(_ subscriptions: [MailSubscription], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for subscription in subscriptions {
                writer.object {
                    writer.integer("id", Int(subscription.id))
                    writer.text("portfolio", subscription.portfolio)
                    writer.text("address", subscription.address)
                    writer.text("language", subscription.language)
                    writer.text("pace", subscription.pace?.rawValue)
                    writer.text("kinds", words(subscription.kinds))
                    writer.text("note", subscription.note)
                    writer.text("state", word(subscription.state))
                    writer.integer(
                        "created_at_microseconds",
                        Int(subscription.createdAtMicroseconds)
                    )
                    writer.text("created_by", subscription.createdBy)
                }
            }
        }
        sink.write("\n")
    }

    static func writeJSON(_ deliveries: [EventDelivery], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for delivery in deliveries {
                writer.object {
                    writer.integer("number", Int(delivery.number))
                    writer.text("identifier", delivery.identifier)
                    writer.text("state", delivery.state?.rawValue)
                    writer.integer("first_event", Int(delivery.firstEvent))
                    writer.integer("last_event", Int(delivery.lastEvent))
                    writer.integer("tries", delivery.tries)
                    writer.integer("repeats", delivery.repeats)
                    if let status = delivery.lastStatus { writer.integer("last_status", status) }
                    writer.text("last_problem", delivery.lastProblem)
                }
            }
        }
        sink.write("\n")
    }

    private static func word(_ state: DeliveryTargetState?) -> String {
        state?.rawValue ?? "unknown"
    }

    private static func words(_ kinds: [String]) -> String {
        kinds.isEmpty ? "all" : kinds.joined(separator: " ")
    }
}
