// SPDX-License-Identifier: Apache-2.0

// What the pool of connections knows and decides, without connections, tasks,
// locks or clocks: each event changes the state and returns what is to be done.

/// A connection, as the pool sees it.
package protocol PooledConnection: AnyObject {
    /// Whether new calls may be begun.
    var takesCalls: Bool { get }
}

/// The state of a pool.
///
/// A pool has places, each for one connection, and calls take them in turn. A call that finds its
/// place empty has a connection made there, or waits for the one that is being made; all that wait
/// at a place share its outcome. After a failure the next attempt of the place waits.
///
/// A call that has to wait does so in two steps, since whoever waits must be known before it can be
/// woken: `lease` gives it a ticket, and `enqueue` says who waits. In between the ticket may be
/// given up, and the place may have got its connection.
package struct PoolStateMachine<Connection: PooledConnection, Waiter, Failure> {
    /// A call that waits, by a number of its own, at a place.
    package struct Ticket: Sendable, Hashable {
        package let id: Int
        package let place: Int
    }

    /// Why no call is let in.
    package enum Refusal: Equatable {
        case closed
        case full
    }

    /// A connection that is to be made, and when.
    package struct Attempt: Equatable {
        package let place: Int
        package let delay: Duration

        package init(place: Int, delay: Duration) {
            self.place = place
            self.delay = delay
        }
    }

    private enum TicketState {
        /// Given, and nobody waits on it yet.
        case given
        case waiting(Waiter)
        /// Given up before anybody waited on it.
        case givenUp
    }

    private struct Place {
        var connection: Connection?
        var isConnecting = false
        var backoff: Backoff
        var notBefore: ContinuousClock.Instant?
        var lastFailure: Failure?
    }

    private enum Phase {
        case notStarted
        case running
        case closed
    }

    private var phase = Phase.notStarted
    private var places: [Place]
    private var nextPlace = 0
    private var nextTicket = 0
    private var tickets: [Ticket: TicketState] = [:]
    /// All connections that are not closed, by chance those of `places` too.
    private var open: [ObjectIdentifier: Connection] = [:]
    private let waiterLimit: Int
    private let firstBackoff: Backoff

    /// A pool of `placeCount` places, at least one, at which `waiterLimit` calls may wait.
    package init(placeCount: Int, waiterLimit: Int, backoff: Backoff) {
        self.waiterLimit = waiterLimit
        firstBackoff = backoff
        places = Array(repeating: Place(backoff: backoff), count: max(1, placeCount))
    }

    /// Number of connections, made or not.
    package var placeCount: Int { places.count }

    /// Number of calls that wait.
    package var waiterCount: Int { tickets.count }

    /// All connections that are not closed.
    package var openConnections: [Connection] { Array(open.values) }

    // MARK: Life

    /// The pool is to connect.
    ///
    /// - Returns: The connections to make; nil when it runs already.
    package mutating func start(now: ContinuousClock.Instant) -> [Attempt]? {
        switch phase {
        case .running: return nil
        case .closed: return []
        case .notStarted:
            phase = .running
            return places.indices.compactMap { attempt(at: $0, now) }
        }
    }

    /// The pool takes no more calls.
    ///
    /// - Returns: Whom to tell that it is closed, and the connections to drain.
    package mutating func close() -> (waiters: [Waiter], connections: [Connection]) {
        phase = .closed
        return (takeWaiters { _ in true }, openConnections)
    }

    // MARK: Calls

    /// What a call gets.
    package enum Lease {
        case connection(Connection)
        case wait(Ticket)
        case refused(Refusal)
    }

    /// A call wants a connection: that of the next place in turn, if it takes calls.
    package mutating func lease() -> Lease {
        guard phase != .closed else { return .refused(.closed) }
        let place = nextPlace
        nextPlace = place + 1 == places.count ? 0 : place + 1
        if let connection = places[place].connection {
            if connection.takesCalls { return .connection(connection) }
            places[place].connection = nil
        }
        guard tickets.count < waiterLimit else { return .refused(.full) }
        let ticket = Ticket(id: nextTicket, place: place)
        nextTicket += 1
        tickets[ticket] = .given
        return .wait(ticket)
    }

    /// What becomes of a call that waits.
    package enum Wait {
        /// It waits; a connection may have to be made for it.
        case queued(Attempt?)
        case connection(Connection)
        case closed
        /// It was given up already.
        case givenUp
    }

    /// The call of a ticket begins to wait.
    package mutating func enqueue(_ waiter: Waiter, _ ticket: Ticket, now: ContinuousClock.Instant)
        -> Wait
    {
        let state = tickets.removeValue(forKey: ticket)
        if case .givenUp = state { return .givenUp }
        guard phase != .closed, case .given = state else { return .closed }
        if let connection = places[ticket.place].connection, connection.takesCalls {
            return .connection(connection)
        }
        tickets[ticket] = .waiting(waiter)
        return .queued(attempt(at: ticket.place, now))
    }

    /// A call waits no more.
    ///
    /// - Returns: Whom to tell; nil when the call has got its answer, or is yet to be enqueued.
    package mutating func giveUp(_ ticket: Ticket) -> Waiter? {
        switch tickets[ticket] {
        case .waiting(let waiter):
            tickets[ticket] = nil
            return waiter
        case .given:
            tickets[ticket] = .givenUp
            return nil
        case .givenUp, nil:
            return nil
        }
    }

    /// Whether the pool was started, and why the last attempt of a call's place failed.
    package func circumstances(of ticket: Ticket) -> (isStarted: Bool, lastFailure: Failure?) {
        (phase != .notStarted, places[ticket.place].lastFailure)
    }

    // MARK: Connections

    /// An attempt is due. Returns whether to make it.
    package func isWanted(_ attempt: Attempt) -> Bool { phase != .closed }

    /// A connection was made.
    ///
    /// - Returns: Whom to give it, and whether it is to be drained at once.
    package mutating func connected(
        _ connection: Connection,
        at place: Int
    ) -> (waiters: [Waiter], isUnwanted: Bool) {
        open[ObjectIdentifier(connection)] = connection
        places[place].isConnecting = false
        places[place].backoff = firstBackoff
        places[place].notBefore = nil
        places[place].lastFailure = nil
        guard phase != .closed else { return ([], true) }
        places[place].connection = connection
        return (takeWaiters { $0.place == place }, false)
    }

    /// A connection could not be made.
    ///
    /// - Parameter chance: What the wait for the next attempt is multiplied by.
    /// - Returns: Whom to tell.
    package mutating func failed(
        _ failure: Failure,
        at place: Int,
        now: ContinuousClock.Instant,
        chance: Double
    ) -> [Waiter] {
        places[place].isConnecting = false
        places[place].notBefore = now + places[place].backoff.takeDelay(chance: chance)
        places[place].lastFailure = failure
        return takeWaiters { $0.place == place }
    }

    /// A connection is closed.
    package mutating func closed(_ id: ObjectIdentifier) {
        open[id] = nil
        for place in places.indices {
            if let held = places[place].connection, ObjectIdentifier(held) == id {
                places[place].connection = nil
            }
        }
    }

    /// The attempt that a place without a connection needs, unless one is under way.
    private mutating func attempt(at place: Int, _ now: ContinuousClock.Instant) -> Attempt? {
        guard phase == .running, !places[place].isConnecting,
            places[place].connection?.takesCalls != true
        else { return nil }
        places[place].isConnecting = true
        let delay = places[place].notBefore.map { max(.zero, now.duration(to: $0)) }
        return Attempt(place: place, delay: delay ?? .zero)
    }

    /// Takes all that wait out of the queue, first come first. Tickets that nobody waits on yet
    /// stay: they are told when they are enqueued.
    private mutating func takeWaiters(_ isMeant: (Ticket) -> Bool) -> [Waiter] {
        var taken: [(id: Int, waiter: Waiter)] = []
        for (ticket, state) in tickets where isMeant(ticket) {
            guard case .waiting(let waiter) = state else { continue }
            taken.append((ticket.id, waiter))
        }
        for ticket in tickets.keys where isMeant(ticket) {
            if case .waiting = tickets[ticket] { tickets[ticket] = nil }
        }
        return taken.sorted { $0.id < $1.id }.map(\.waiter)
    }
}

extension PoolStateMachine.Lease: Sendable where Connection: Sendable {}
extension PoolStateMachine.Wait: Sendable where Connection: Sendable {}
