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
/// A pool has places, each for one connection: to one address, or to whichever of all addresses can
/// be connected to. Calls take the places that have a connection in turn. If none has, they wait
/// for the first that is made, and all that wait share the outcome: they fail once no place is left
/// that has not failed. After a failure the next attempt of the place waits.
///
/// A call that has to wait does so in two steps, since whoever waits must be known before it can be
/// woken: `lease` gives it a ticket, and `enqueue` says who waits. In between the ticket may be
/// given up, and a place may have got its connection.
package struct PoolStateMachine<Connection: PooledConnection, Address: Hashable, Waiter, Failure> {
    /// A call that waits, by a number of its own.
    package struct Ticket: Sendable, Hashable {
        package let id: Int
        /// The place whose connection it wants; nil for any.
        package let place: Int?
    }

    /// Why no call is let in.
    package enum Refusal: Equatable {
        case closed
        case full
    }

    /// A connection that is to be made, where and when.
    package struct Attempt: Equatable {
        package let place: Int
        /// Nil for whichever address there is.
        package let address: Address?
        package let delay: Duration

        package init(place: Int, address: Address?, delay: Duration) {
            self.place = place
            self.address = address
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
        let id: Int
        let address: Address?
        var connection: Connection?
        /// When the attempt that is under way begins, or has begun.
        var attemptBegin: ContinuousClock.Instant?
        var backoff: Backoff
        var notBefore: ContinuousClock.Instant?
        var lastFailure: Failure?

        var isConnecting: Bool { attemptBegin != nil }

        func holds(_ id: ObjectIdentifier) -> Bool {
            connection.map { ObjectIdentifier($0) == id } ?? false
        }

        /// Whether it is about to have a connection for all that is known.
        var isHopeful: Bool { isConnecting && lastFailure == nil }
    }

    private enum Phase {
        case notStarted
        case running
        case closed
    }

    private var phase = Phase.notStarted
    private var places: [Place] = []
    private var placesMade = 0
    private var nextIndex = 0
    private var nextTicket = 0
    private var tickets: [Ticket: TicketState] = [:]
    /// All connections that are not closed, by chance those of `places` too.
    private var open: [ObjectIdentifier: Connection] = [:]
    private let waiterLimit: Int
    private let firstBackoff: Backoff

    /// A pool with a place for each of `addresses`, at least one, at which `waiterLimit` calls may
    /// wait.
    package init(addresses: [Address?], waiterLimit: Int, backoff: Backoff) {
        self.waiterLimit = waiterLimit
        firstBackoff = backoff
        for address in addresses.isEmpty ? [nil] : addresses { addPlace(address) }
    }

    private mutating func addPlace(_ address: Address?) {
        places.append(Place(id: placesMade, address: address, backoff: firstBackoff))
        placesMade += 1
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

    /// A call wants a connection: that of the next place in turn that has one.
    ///
    /// - Parameter isSpread: Whether it waits for the place whose turn it is, if that is about to
    ///   have a connection, since it is one of several that are to be on as many.
    package mutating func lease(isSpread: Bool = false) -> Lease {
        guard phase != .closed else { return .refused(.closed) }
        var index = nextIndex
        for _ in places.indices {
            let here = index < places.count ? index : 0
            index = here + 1 == places.count ? 0 : here + 1
            if let connection = places[here].connection, connection.takesCalls {
                nextIndex = index
                return .connection(connection)
            }
            if isSpread, places[here].isHopeful || phase == .notStarted {
                nextIndex = index
                return wait(for: places[here].id)
            }
        }
        return wait(for: nil)
    }

    private mutating func wait(for place: Int?) -> Lease {
        guard tickets.count < waiterLimit else { return .refused(.full) }
        let ticket = Ticket(id: nextTicket, place: place)
        nextTicket += 1
        tickets[ticket] = .given
        return .wait(ticket)
    }

    /// What becomes of a call that waits.
    package enum Wait {
        /// It waits; connections may have to be made for it.
        case queued([Attempt])
        case connection(Connection)
        /// There will be none before its deadline, but attempts that later calls may profit of.
        case hopeless([Attempt])
        case closed
        /// It was given up already.
        case givenUp
    }

    /// The call of a ticket begins to wait.
    package mutating func enqueue(
        _ waiter: Waiter,
        _ ticket: Ticket,
        now: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant
    ) -> Wait {
        let state = tickets.removeValue(forKey: ticket)
        if case .givenUp = state { return .givenUp }
        guard phase != .closed, case .given = state else { return .closed }
        if let connection = readyConnection(for: ticket) { return .connection(connection) }
        let attempts = places.indices.compactMap { attempt(at: $0, now) }
        let isHopeless = places.allSatisfy { place in
            place.lastFailure != nil && place.attemptBegin.map { $0 > deadline } ?? true
        }
        if phase == .running, isHopeless { return .hopeless(attempts) }
        tickets[ticket] = .waiting(waiter)
        return .queued(attempts)
    }

    private func readyConnection(for ticket: Ticket) -> Connection? {
        if let place = places.first(where: { $0.id == ticket.place }), place.isHopeful {
            return nil
        }
        return places.first { $0.connection?.takesCalls == true }?.connection
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

    /// Whether the pool was started, and why the last attempts failed.
    package var circumstances: (isStarted: Bool, failures: [Failure]) {
        (phase != .notStarted, places.compactMap(\.lastFailure))
    }

    // MARK: Connections

    /// An attempt is due. Returns whether to make it.
    package func isWanted(_ attempt: Attempt) -> Bool {
        phase != .closed && places.contains { $0.id == attempt.place }
    }

    /// A connection was made.
    ///
    /// - Returns: Whom to give it, and whether it is to be drained at once.
    package mutating func connected(
        _ connection: Connection,
        at place: Int,
        now: ContinuousClock.Instant
    ) -> (waiters: [Waiter], isUnwanted: Bool) {
        open[ObjectIdentifier(connection)] = connection
        guard let index = places.firstIndex(where: { $0.id == place }) else { return ([], true) }
        places[index].attemptBegin = nil
        places[index].backoff = firstBackoff
        // One that breaks at once is not made again at once.
        var backoff = firstBackoff
        places[index].notBefore = now + backoff.takeDelay(chance: 1)
        places[index].lastFailure = nil
        guard phase != .closed else { return ([], true) }
        places[index].connection = connection
        return (takeWaiters(servedBy: place), false)
    }

    /// What an attempt that failed brings.
    package struct Consequence {
        /// Whom to tell, and what: a connection that stands, or else that all places have failed.
        package var waiters: [Waiter] = []
        package var connection: Connection?
        package var failures: [Failure] = []
        /// The next attempt of the place, where there are others that calls go to.
        package var attempt: Attempt?
    }

    /// A connection could not be made.
    ///
    /// - Parameter chance: What the wait for the next attempt is multiplied by.
    package mutating func failed(
        _ failure: Failure,
        at place: Int,
        now: ContinuousClock.Instant,
        chance: Double
    ) -> Consequence {
        guard let index = places.firstIndex(where: { $0.id == place }) else { return Consequence() }
        places[index].attemptBegin = nil
        places[index].notBefore = now + places[index].backoff.takeDelay(chance: chance)
        places[index].lastFailure = failure
        var consequence = Consequence()
        consequence.connection = places.first { $0.connection?.takesCalls == true }?.connection
        if consequence.connection != nil {
            consequence.waiters = takeWaiters(servedBy: place)
        } else if !places.contains(where: \.isHopeful) {
            consequence.waiters = takeWaiters { _ in true }
            consequence.failures = places.compactMap(\.lastFailure)
        }
        if places.count > 1 { consequence.attempt = attempt(at: index, now) }
        return consequence
    }

    /// A connection takes no more calls.
    ///
    /// - Returns: The attempt to make another, where there are others that calls go to; else the
    ///   next call has it made.
    package mutating func ended(
        _ id: ObjectIdentifier,
        now: ContinuousClock.Instant
    ) -> Attempt? {
        guard let index = places.firstIndex(where: { $0.holds(id) }) else { return nil }
        places[index].connection = nil
        return places.count > 1 ? attempt(at: index, now, isEager: true) : nil
    }

    /// A connection is closed.
    package mutating func closed(_ id: ObjectIdentifier) { open[id] = nil }

    /// What new addresses bring.
    package struct Resolution {
        package var attempts: [Attempt] = []
        package var unwanted: [Connection] = []
        package var waiters: [Waiter] = []
        package var connection: Connection?
    }

    /// The addresses are known, or known anew: there is a place for each from now on. None at all
    /// change nothing.
    ///
    /// - Returns: The attempts to make, the connections to drain, and those who waited for a place
    ///   that is no more, with the connection that they get instead.
    package mutating func resolved(
        _ addresses: [Address],
        now: ContinuousClock.Instant
    ) -> Resolution {
        var resolution = Resolution()
        if addresses.isEmpty { return resolution }
        var old = places
        places = []
        for address in addresses {
            if let index = old.firstIndex(where: { $0.address == address }) {
                places.append(old.remove(at: index))
            } else {
                addPlace(address)
            }
        }
        resolution.unwanted = old.compactMap(\.connection)
        resolution.attempts = places.indices.compactMap { attempt(at: $0, now) }
        let standing = places.first { $0.connection?.takesCalls == true }
        if let standing {
            resolution.connection = standing.connection
            resolution.waiters = takeWaiters(servedBy: standing.id)
        }
        return resolution
    }

    /// The attempt that a place without a connection needs, unless one is under way. Only one that
    /// no call waits for heeds that the last connection was made but now.
    private mutating func attempt(
        at index: Int,
        _ now: ContinuousClock.Instant,
        isEager: Bool = false
    ) -> Attempt? {
        let place = places[index]
        guard phase == .running, !place.isConnecting, place.connection?.takesCalls != true else {
            return nil
        }
        let mustWait = isEager || place.lastFailure != nil
        let delay = mustWait ? place.notBefore.map { max(.zero, now.duration(to: $0)) } : nil
        places[index].attemptBegin = now + (delay ?? .zero)
        return Attempt(place: place.id, address: place.address, delay: delay ?? .zero)
    }

    /// Takes those out of the queue for whom a connection of this place is: they want any, or this,
    /// or one that there is no more hope of.
    private mutating func takeWaiters(servedBy place: Int) -> [Waiter] {
        let others = Set(places.lazy.filter { $0.id != place && $0.isHopeful }.map(\.id))
        return takeWaiters { ticket in ticket.place.map { !others.contains($0) } ?? true }
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
extension PoolStateMachine.Wait: Sendable where Connection: Sendable, Address: Sendable {}
extension PoolStateMachine.Attempt: Sendable where Address: Sendable {}
