// SPDX-License-Identifier: Apache-2.0

// What an event is about, the key by which the same event of two servers is one, and events of one
// company and day put together.

internal import Digests
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A company in a portfolio, or a portfolio.
package struct AlertSubject: Sendable, Hashable {
    /// The portfolio.
    package let portfolio: String
    /// The company; empty for the portfolio itself.
    package let company: String

    /// Takes names.
    ///
    /// - Throws: That one cannot be a name.
    package init(portfolio: String, company: String = "") throws(ServiceError) {
        for (field, name) in [("portfolio", portfolio), ("company", company)] {
            guard AlertName.isOne(name) || (field == "company" && name.isEmpty) else {
                throw .invalid(field, "NAME_INVALID", "\"\(field)\" \(AlertName.words).")
            }
        }
        (self.portfolio, self.company) = (portfolio, company)
    }

    /// The key of an event: unique in a store, so that what two servers find is told once.
    ///
    /// It is the first half of SHA-256 over portfolio, company, kind, rule and day with the
    /// character U+001F between them, which no name has. What is no alert being raised has what
    /// happened, and who did it, behind that.
    package func key(of event: AlertEvent) -> String {
        var parts = [portfolio, company, event.kind.rawValue, event.rule, event.day.description]
        if event.change != .raised {
            parts += [event.change.rawValue, event.note?.person ?? ""]
            // The same happens again on a day, and is told again, when it is another opening.
            parts.append("\(event.openings)")
        }
        let digest = Digest.sha256(Array(parts.joined(separator: "\u{1F}").utf8))
        return Digest.hexadecimal(Array(digest.prefix(16)))
    }
}

/// Events of one company, or of a portfolio, as of one day: one message tells all of them.
package struct AlertGroup: Sendable, Equatable {
    /// What they are about.
    package let subject: AlertSubject
    /// The day.
    package let day: CalendarDate
    /// Them, in their order.
    package let events: [AlertEvent]

    /// Puts events together; groups are in the order of their first events.
    package static func grouped(
        _ events: [(subject: AlertSubject, event: AlertEvent)]
    ) -> [AlertGroup] {
        struct Place: Hashable {
            let subject: AlertSubject
            let day: CalendarDate
        }
        var places: [Place: Int] = [:]
        var groups: [(place: Place, events: [AlertEvent])] = []
        for (subject, event) in events {
            let place = Place(subject: subject, day: event.day)
            if let found = places[place] {
                groups[found].events.append(event)
            } else {
                places[place] = groups.count
                groups.append((place, [event]))
            }
        }
        return groups.map { AlertGroup(subject: $0.subject, day: $0.day, events: $1) }
    }
}
