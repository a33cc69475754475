// SPDX-License-Identifier: Apache-2.0

// The legal life of one company: events in any order, and what follows from them for a date. An
// event counts from the day on which it was published.

package import CreditFacts
package import Quantities

/// What a question about the past may know.
package enum LegalKnowledge: Sendable {
    /// What was known on that day: a notice that was taken back later still stood.
    case ofThatDay
    /// What is known now: notices that were ever taken back never stood.
    case ofToday
}

/// Where a company stands on a date.
package struct LegalStatus: Sendable, Equatable {
    /// The state of its proceedings.
    package var state: ProceedingState = .none
    /// Since when; with `none`, when the last procedure ended, if there was one.
    package var since: CalendarDate?
    /// The events that led to the state, the last one last.
    package var events: [LegalEvent] = []
    /// A judgment that somebody has to read, whatever the state; nil if there is none.
    package var unread: LegalEvent?
    /// Whether the company is on the register of trade.
    package var register: RegisterState = .active
    /// The event that says so; nil when none does.
    package var registerEvent: LegalEvent?
}

/// Where a company stands in the register of trade.
package enum RegisterState: String, Sendable {
    /// Nothing says that it is not on it.
    case active
    /// The owners dissolve it.
    case dissolving
    /// The directory of companies says that it has ceased.
    case ceased
    /// It is off it.
    case struckOff = "struck_off"
}

/// The events of one company.
package struct LegalHistory: Sendable {
    /// After so many years a plan that was adopted has ended, though no notice says so.
    package static let planYears = 10

    /// The events, in the order in which they took effect.
    package let events: [LegalEvent]
    private let corrections: [String: CalendarDate]

    /// Takes events, in any order, and what later notices took back.
    package init(_ events: [LegalEvent], corrections: [NoticeCorrection] = []) {
        self.events = Self.ordered(events)
        var taken: [String: CalendarDate] = [:]
        for correction in corrections {
            let first = taken[correction.corrected] ?? correction.published
            taken[correction.corrected] = min(first, correction.published)
        }
        self.corrections = taken
    }

    /// In the order in which they took effect; the same notice from two papers is one.
    private static func ordered(_ events: [LegalEvent]) -> [LegalEvent] {
        guard events.count > 1 else { return events }
        let sorted = events.sorted(by: isBefore)
        // Few are held against each other more quickly than they are hashed.
        if sorted.count <= 8 {  // tidy: limit: our own
            var first: [LegalEvent] = []
            first.reserveCapacity(sorted.count)
            for event in sorted
            where !first.contains(where: { $0.kind == event.kind && $0.notice == event.notice }) {
                first.append(event)
            }
            return first
        }
        var seen: Set<Act> = []
        return sorted.filter { seen.insert(Act(notice: $0.notice, kind: $0.kind)).inserted }
    }

    /// What tells one event from another.
    private struct Act: Hashable {
        var notice: String
        var kind: LegalEventKind
    }

    /// Where the company stood.
    package func status(
        on date: CalendarDate,
        knowing knowledge: LegalKnowledge = .ofToday
    ) -> LegalStatus {
        var status = LegalStatus()
        guard !events.isEmpty else { return status }
        var tracks = ProceedingTracks()
        for event in events where stands(event, on: date, knowledge) {
            // A plan may have lapsed before the next thing happened.
            tracks.lapse(plansOlderThan: Self.planYears, on: event.effective)
            tracks.apply(event)
            status.apply(event)
        }
        tracks.lapse(plansOlderThan: Self.planYears, on: date)
        status.take(tracks)
        return status
    }

    /// Whether an event was known, and had not been taken back.
    private func stands(
        _ event: LegalEvent,
        on date: CalendarDate,
        _ knowledge: LegalKnowledge
    ) -> Bool {
        guard event.published <= date else { return false }
        guard !corrections.isEmpty, let taken = corrections[event.notice] else { return true }
        return knowledge == .ofThatDay && taken > date
    }

    private static func isBefore(_ left: LegalEvent, _ right: LegalEvent) -> Bool {
        if left.effective != right.effective { return left.effective < right.effective }
        if left.published != right.published { return left.published < right.published }
        return left.notice < right.notice
    }
}

extension LegalStatus {
    /// What an event says of the register.
    fileprivate mutating func apply(_ event: LegalEvent) {
        let state: RegisterState
        switch event.kind {
        case .struckOff: state = .struckOff
        // Sole traders come back under the same number.
        case .registered, .strikeOffWithdrawn: state = .active
        case .voluntaryDissolution where register != .struckOff: state = .dissolving
        default: return
        }
        register = state
        registerEvent = event
    }

    /// What the tracks come to: open proceedings before anything else, the gravest of them first.
    fileprivate mutating func take(_ tracks: ProceedingTracks) {
        let counting =
            tracks.tracks.filter(\.state.isOpen).max { $0.proceeding < $1.proceeding }
            ?? tracks.tracks.filter(\.state.isClosed).max { $0.since < $1.since }
        since = tracks.ended
        if let counting {
            state = counting.state
            since = counting.since
            events = counting.events
        }
        // What has to be read blocks "nothing is open", and hides nothing that is.
        unread = tracks.review?.event
        if let review = tracks.review, !state.isOpen {
            state = review.state
            since = review.event.effective
            events.append(review.event)
        }
    }
}
