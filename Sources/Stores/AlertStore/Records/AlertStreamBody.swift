// SPDX-License-Identifier: Apache-2.0

// What events of the stream tell of alerts: all that happened to a company, or to a portfolio, as
// of a day, in one event, so that nobody gets two messages for one fact. Who the company is stands
// beside it, by its slot, and not in it.

package import Alerts
internal import Documents
package import PortfolioStore
package import Quantities
internal import VigieLimits

/// What happened with an alert, and which.
package struct AlertNotice: Sendable, Equatable {
    /// The number of the alert; nil where there is none, as of a value that is missing.
    package let alert: Int?
    /// The key by which it is told once.
    package let key: String
    /// What happened.
    package let event: AlertEvent

    /// Takes what happened.
    package init(alert: Int?, key: String, event: AlertEvent) {
        (self.alert, self.key, self.event) = (alert, key, event)
    }
}

/// What one event of the stream tells.
package struct AlertStreamBody: Sendable {
    /// Kinds of such events: what is new, what is over, what somebody did, and another model where
    /// no rule watches for one.
    package enum Kind: String, Sendable, CaseIterable {
        case raised = "alert.raised"
        case cleared = "alert.cleared"
        case handled = "alert.handled"
        case modelChanged = "portfolio.model_changed"
    }

    private static let format = "vigie-alerts/1"

    /// What happened, in its order.
    package let notices: [AlertNotice]
    /// What another model made of the portfolio, as a document in one line; nil for none.
    package let modelChange: String?

    /// Reads the body of an event; nil for one of another kind, or that was emptied.
    package init?(_ event: StoreEvent) {
        self.init(kind: event.kind, body: event.body)
    }

    /// Reads the body of an event of a kind; nil for another kind, or one that was emptied.
    package init?(kind: String, body: String) {
        guard Kind(rawValue: kind) != nil,
            let value = try? DocumentValue(
                json: Array(body.utf8),
                depthLimit: AlertLimits.jsonDepth
            )
        else { return nil }
        let problems = ProblemList(file: "")
        let object = DocumentReader(value, problems)
            .object(keys: ["format", "notices", "model_change"])
        guard object.required("format")?.string() == Self.format else { return nil }
        let found = object.required("notices")?.array(limit: AlertLimits.groupEvents) ?? []
        notices = found.compactMap { reader in
            let notice = reader.object(keys: ["alert", "key", "event"])
            guard let event = notice.required("event").flatMap({ AlertEvent.read($0) }) else {
                return nil
            }
            return AlertNotice(
                alert: notice.optional("alert")?.integer(1...Int.max),
                key: notice.required("key")?.string() ?? "",
                event: event
            )
        }
        modelChange = object.optional("model_change")?.string()
        guard problems.problems.isEmpty else { return nil }
    }

    /// The events that tell what happened to a company, or to a portfolio with no slot, as of a
    /// day.
    package static func events(
        _ notices: [AlertNotice],
        portfolio: Int,
        slot: Int?,
        day: CalendarDate,
        modelChange: ModelChange? = nil,
        nowMicroseconds: Int
    ) -> [StoreEvent] {
        var (events, rest, change) = ([StoreEvent](), notices[...], modelChange)
        while !rest.isEmpty || change != nil {
            let part = rest.prefix(AlertLimits.groupEvents)
            rest = rest.dropFirst(part.count)
            events.append(
                StoreEvent(
                    kind(part, change != nil).rawValue,
                    portfolio: portfolio,
                    slot: slot,
                    day: day,
                    createdAtMicroseconds: nowMicroseconds,
                    body: body(part, change)
                )
            )
            change = nil
        }
        return events
    }

    private static func kind(_ notices: some Collection<AlertNotice>, _ isOfModel: Bool) -> Kind {
        if notices.contains(where: \.event.change.isNews) { return .raised }
        if notices.contains(where: { $0.event.note == nil }) { return .cleared }
        return notices.isEmpty && isOfModel ? .modelChanged : .handled
    }

    private static func body(_ notices: some Collection<AlertNotice>, _ change: ModelChange?)
        -> String
    {
        var members: [String: JSONValue] = [
            "format": .string(format),
            "notices": .array(
                notices.map { notice in
                    .object([
                        "alert": notice.alert.map { .digits("\($0)") } ?? .null,
                        "key": .string(notice.key), "event": notice.event.document,
                    ])
                }
            ),
        ]
        if let change {
            let document = change.document(movesMost: AlertLimits.classMovesTold)
            members["model_change"] = .string(document.line)
        }
        return JSONValue.object(members).line
    }
}
