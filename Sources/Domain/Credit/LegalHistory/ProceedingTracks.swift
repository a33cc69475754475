// SPDX-License-Identifier: Apache-2.0

// The machine of collective proceedings. The last notice is not the state: an old reorganisation
// may be ended after a liquidation was opened. So each procedure has a track of its own, a judgment
// moves the track that it speaks of, and over all open tracks the gravest counts.

package import CreditFacts
internal import Quantities

/// One procedure from its opening on.
struct ProceedingTrack: Equatable {
    var proceeding: Proceeding
    var state: ProceedingState
    /// Since when it is in that state.
    var since: CalendarDate
    /// The events that brought it there, the last one last.
    var events: [LegalEvent]
}

/// All procedures of a company, as events are applied in the order in which they took effect.
struct ProceedingTracks: Equatable {
    private(set) var tracks: [ProceedingTrack] = []
    /// What the last event changed, to be undone by a court of appeal.
    private var before: [ProceedingTrack]?
    private var lastChange: LegalEvent?
    /// When the last procedure ended that ended well.
    private(set) var ended: CalendarDate?
    /// A judgment that somebody has to read, until a clear one follows.
    private(set) var review: (state: ProceedingState, event: LegalEvent)?

    static func == (left: ProceedingTracks, right: ProceedingTracks) -> Bool {
        left.tracks == right.tracks && left.review?.event == right.review?.event
    }

    /// Applies the next event.
    mutating func apply(_ event: LegalEvent) {
        switch event.kind {
        case .sauvegardeOpened, .crisisExitOpened: open(.sauvegarde, event)
        case .reorganisationOpened: open(.reorganisation, event)
        case .liquidationOpened, .liquidationReopened: open(.liquidation, event)
        case .extended: open(event.proceeding ?? .reorganisation, event)
        case .convertedToReorganisation, .planResolvedToReorganisation:
            convert(to: .reorganisation, event)
        case .convertedToLiquidation, .planResolvedToLiquidation: convert(to: .liquidation, event)
        case .planAdopted: adoptPlan(event)
        case .planResolved: resolvePlan(event)
        case .procedureEnded: end(event)
        case .closedPaid: close(.closedPaid, event)
        case .closedInsufficientAssets: close(.closedInsufficientAssets, event)
        case .closedUnspecified: close(.closedUnspecified, event)
        case .appealReversed: undo(event)
        case .appealOther, .unclear: review = (.review, event)
        default: break
        }
    }

    /// Lets plans end that were adopted at least `years` before: no notice tells of that.
    mutating func lapse(plansOlderThan years: Int, on date: CalendarDate) {
        tracks.removeAll { track in
            guard track.state.isPlan else { return false }
            return track.since.adding(months: 12 * years).map { $0 <= date } ?? false
        }
    }

    // MARK: Moves

    private mutating func change(_ event: LegalEvent, _ body: (inout [ProceedingTrack]) -> Void) {
        before = tracks
        lastChange = event
        review = nil
        body(&tracks)
    }

    /// The gravest open track for which something holds.
    private func index(where holds: (ProceedingTrack) -> Bool) -> Int? {
        tracks.indices.filter { tracks[$0].state.isOpen && holds(tracks[$0]) }
            .max { tracks[$0].proceeding < tracks[$1].proceeding }
    }

    private mutating func open(_ proceeding: Proceeding, _ event: LegalEvent) {
        // The same opening told twice, or a liquidation pronounced while one is open.
        let same = index { $0.proceeding == proceeding && !$0.state.isPlan }
        change(event) { tracks in
            if let same {
                tracks[same].events.append(event)
                return
            }
            tracks.append(
                ProceedingTrack(
                    proceeding: proceeding,
                    state: .observation(of: proceeding),
                    since: event.effective,
                    events: [event]
                )
            )
        }
    }

    private mutating func convert(to proceeding: Proceeding, _ event: LegalEvent) {
        // What it becomes is graver than what it was; a plan that is resolved may be of either.
        guard let index = index(where: { $0.proceeding < proceeding || $0.state.isPlan }) else {
            open(proceeding, event)
            return
        }
        change(event) { tracks in
            tracks[index].proceeding = proceeding
            tracks[index].state = .observation(of: proceeding)
            tracks[index].since = event.effective
            tracks[index].events.append(event)
        }
    }

    private mutating func adoptPlan(_ event: LegalEvent) {
        let named = event.proceeding
        let found = index {
            $0.proceeding != .liquidation && (named ?? $0.proceeding) == $0.proceeding
        }
        let proceeding = named ?? found.map { tracks[$0].proceeding } ?? .reorganisation
        let state = ProceedingState.plan(of: proceeding)
        change(event) { tracks in
            guard let found else {
                // The opening is older than the notices that are held.
                tracks.append(
                    ProceedingTrack(
                        proceeding: proceeding,
                        state: state,
                        since: event.effective,
                        events: [event]
                    )
                )
                return
            }
            tracks[found].state = state
            tracks[found].since = event.effective
            tracks[found].events.append(event)
        }
    }

    private mutating func resolvePlan(_ event: LegalEvent) {
        let found = index { $0.state.isPlan }
        change(event) { tracks in
            if let found { tracks.remove(at: found) }
        }
        // Whether anything follows is not said.
        review = (.afterResolution, event)
    }

    private mutating func end(_ event: LegalEvent) {
        change(event) { tracks in
            tracks.removeAll { track in
                track.proceeding != .liquidation
                    && (event.proceeding ?? track.proceeding) == track.proceeding
            }
        }
        ended = event.effective
    }

    private mutating func close(_ state: ProceedingState, _ event: LegalEvent) {
        // Closing ends all: a company that was liquidated has no other procedure left.
        let kept = tracks.max { $0.proceeding < $1.proceeding }
        change(event) { tracks in
            tracks = [
                ProceedingTrack(
                    proceeding: kept?.proceeding ?? .liquidation,
                    state: state,
                    since: event.effective,
                    events: (kept?.events ?? []) + [event]
                )
            ]
        }
    }

    private mutating func undo(_ event: LegalEvent) {
        guard let before, let reversed = lastChange else {
            // What was reversed is older than the notices that are held.
            review = (.review, event)
            return
        }
        tracks = before
        self.before = nil
        // Without their opening the proceedings are at an end; what else may hold after a reversal,
        // where no procedure is known, somebody has to read.
        review = (reversed.isOpening ? .reviewAfterAppeal : .review, reversed)
    }
}

extension LegalEvent {
    /// Whether proceedings begin with it.
    package var isOpening: Bool {
        switch kind {
        case .sauvegardeOpened, .crisisExitOpened, .reorganisationOpened, .liquidationOpened,
            .extended:
            true
        default: false
        }
    }
}
