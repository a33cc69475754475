// SPDX-License-Identifier: Apache-2.0

// The pool's decisions, without a connection: each transition, and what holds
// whatever happens.

import TestRandomness
import Testing
import VigieClient

/// Stands for a connection.
private final class Fake: PooledConnection {
    var takesCalls = true
}

private typealias Pool = PoolStateMachine<Fake, String, Int, String>

private func pool(_ places: Int = 1, limit: Int = 100) -> Pool {
    let backoff = Backoff(initial: .seconds(1), maximum: .seconds(4), multiplier: 2)
    return Pool(
        addresses: Array(repeating: nil, count: places),
        waiterLimit: limit,
        backoff: backoff
    )
}

extension Pool {
    /// The ticket of a call that has to wait; nil when it need not, or is refused.
    fileprivate mutating func ticket(isSpread: Bool = false) -> Ticket? {
        if case .wait(let ticket) = lease(isSpread: isSpread) { ticket } else { nil }
    }

    /// The ticket of a call that waits.
    fileprivate mutating func waiting(_ waiter: Int, isSpread: Bool = false) throws -> [Attempt] {
        let ticket = try need(ticket(isSpread: isSpread))
        guard case .queued(let attempts) = wait(waiter, ticket) else {
            Issue.record("the call does not wait"); return []
        }
        return attempts
    }

    fileprivate mutating func wait(_ waiter: Int, _ ticket: Ticket, deadline: Int = 3_600) -> Wait {
        enqueue(waiter, ticket, now: beginning, deadline: beginning + .seconds(deadline))
    }

    fileprivate mutating func connected(_ made: Fake, at place: Int) -> [Int] {
        connected(made, at: place, now: beginning).waiters
    }

    fileprivate mutating func failed(at place: Int) -> Consequence {
        failed("broken", at: place, now: beginning, chance: 1)
    }

    fileprivate mutating func connection() -> Fake? {
        if case .connection(let connection) = lease() { connection } else { nil }
    }

    fileprivate mutating func refusal() -> Refusal? {
        if case .refused(let refusal) = lease() { refusal } else { nil }
    }
}

private let beginning = ContinuousClock.now

@Suite struct PoolStateMachineTests {
    private let now = beginning

    @Test func startingConnectsEachPlaceOnce() {
        var pool = pool(3)
        let attempts = (0..<3).map { Pool.Attempt(place: $0, address: nil, delay: .zero) }
        check(pool.start(now: now) == attempts)
        check(pool.start(now: now) == nil)
        _ = pool.close()
        check(pool.start(now: now) == [])
        check(attempts.allSatisfy { !pool.isWanted($0) })
    }

    @Test func callsThatWaitShareOneAttemptAndItsConnection() throws {
        var pool = pool()
        check(try pool.waiting(1).isEmpty)
        check(pool.circumstances.isStarted == false)
        check(pool.start(now: now)?.count == 1)
        check(try pool.waiting(2).isEmpty)
        let made = Fake()
        check(pool.connected(made, at: 0) == [1, 2] && pool.waiterCount == 0)
        check(pool.connection() === made)
    }

    @Test func aConnectionMadeBetweenLeaseAndQueueIsTaken() throws {
        var pool = pool()
        _ = pool.start(now: now)
        let ticket = try need(pool.ticket())
        let made = Fake()
        check(pool.connected(made, at: 0).isEmpty)
        guard case .connection(made) = pool.wait(1, ticket) else {
            Issue.record("no connection"); return
        }
        check(pool.waiterCount == 0)
    }

    @Test func aFailureIsToldToAllAndTheNextAttemptWaits() throws {
        var pool = pool()
        _ = pool.start(now: now)
        check(try pool.waiting(1).isEmpty)
        check(pool.failed(at: 0).waiters == [1])
        for expected in [Duration.seconds(1), .seconds(2), .seconds(4), .seconds(4)] {
            check(pool.circumstances.failures == ["broken"])
            let attempts = try pool.waiting(2)
            check(attempts == [Pool.Attempt(place: 0, address: nil, delay: expected)])
            let consequence = pool.failed(at: 0)
            check(consequence.waiters == [2] && consequence.failures == ["broken"])
            check(consequence.attempt == nil)
        }
        // A connection makes it forgotten; the next call has another made, at once.
        _ = try pool.waiting(3)
        let made = Fake()
        check(pool.connected(made, at: 0) == [3])
        made.takesCalls = false
        check(pool.ended(ObjectIdentifier(made), now: now) == nil)
        check(try pool.waiting(4).map(\.delay) == [.zero])
    }

    @Test func aCallThatCouldOnlyBeLateFailsAtOnce() throws {
        var pool = pool()
        _ = pool.start(now: now)
        _ = pool.failed(at: 0)
        let ticket = try need(pool.ticket())
        guard case .hopeless(let attempts) = pool.wait(1, ticket, deadline: 0) else {
            Issue.record("it waits"); return
        }
        check(attempts.map(\.delay) == [.seconds(1)] && pool.waiterCount == 0)
        let second = try need(pool.ticket())
        guard case .hopeless(let none) = pool.wait(2, second, deadline: 0) else {
            Issue.record("it waits"); return
        }
        check(none.isEmpty)
        check(try pool.waiting(3).isEmpty)
    }

    @Test func giversUpAreToldOnce() throws {
        var pool = pool(limit: 2)
        let first = try need(pool.ticket())
        let second = try need(pool.ticket())
        check(pool.refusal() == .full)
        check(pool.giveUp(first) == nil)
        guard case .givenUp = pool.wait(1, first) else {
            Issue.record("a call that was given up waits"); return
        }
        check(pool.waiterCount == 1)
        _ = pool.wait(2, second)
        check(pool.giveUp(second) == 2)
        check(pool.giveUp(second) == nil && pool.waiterCount == 0)
        check(pool.ticket() != nil)
    }

    @Test func closingTellsAllAndDrainsAll() throws {
        var pool = pool(2)
        _ = pool.start(now: now)
        _ = try pool.waiting(1, isSpread: true)
        let made = Fake()
        check(pool.connected(made, at: 1).isEmpty)
        check(pool.connection() === made)
        let given = try need(pool.ticket(isSpread: true))
        let (waiters, connections) = pool.close()
        check(waiters == [1] && connections.count == 1 && connections.first === made)
        guard case .closed = pool.wait(2, given) else {
            Issue.record("a call waits at a closed pool"); return
        }
        check(pool.refusal() == .closed)
        // A connection that comes late is counted, and drained at once.
        let late = Fake()
        check(pool.connected(late, at: 0, now: now).isUnwanted)
        check(pool.openConnections.count == 2)
        pool.closed(ObjectIdentifier(late))
        pool.closed(ObjectIdentifier(made))
        check(pool.openConnections.isEmpty)
    }

    // MARK: Several places

    @Test func callsGoToThePlacesThatStandInTurn() throws {
        var pool = pool(3)
        _ = pool.start(now: now)
        let (first, third) = (Fake(), Fake())
        check(pool.connected(first, at: 0).isEmpty && pool.connected(third, at: 2).isEmpty)
        let given = (0..<4).map { _ in pool.connection() }
        check(given[0] === first && given[1] === third && given[2] === first && given[3] === third)
        // The second fails: nobody minds, and it is tried again.
        let consequence = pool.failed(at: 1)
        check(consequence.waiters.isEmpty)
        check(consequence.attempt == Pool.Attempt(place: 1, address: nil, delay: .seconds(1)))
        // The first goes: the third has all, and another first is made, but not in the same breath
        // in which the last was made.
        first.takesCalls = false
        check(pool.connection() === third && pool.connection() === third)
        let next = pool.ended(ObjectIdentifier(first), now: now + .milliseconds(300))
        check(next == Pool.Attempt(place: 0, address: nil, delay: .milliseconds(700)))
    }

    @Test func callsFailOnceAllPlacesHaveFailed() throws {
        var pool = pool(2)
        _ = pool.start(now: now)
        _ = try pool.waiting(1)
        check(pool.failed(at: 0).waiters.isEmpty)
        let consequence = pool.failed(at: 1)
        check(consequence.waiters == [1] && consequence.failures == ["broken", "broken"])
        // From then on each failure is told to those that wait.
        _ = try pool.waiting(2)
        check(pool.failed(at: 0).waiters == [2])
        _ = try pool.waiting(3)
        let made = Fake()
        check(pool.connected(made, at: 1) == [3])
    }

    @Test func callsThatAreSpreadWaitForTheirPlace() throws {
        var pool = pool(3)
        _ = pool.start(now: now)
        for waiter in 0..<3 { _ = try pool.waiting(waiter, isSpread: true) }
        let made = Fake()
        check(pool.connected(made, at: 1) == [1])
        // One whose place fails takes another.
        let consequence = pool.failed(at: 0)
        check(consequence.waiters == [0] && consequence.connection === made)
        check(pool.connected(Fake(), at: 2) == [2])
    }

    @Test func addressesThatStayKeepTheirConnection() throws {
        var pool = pool()
        check(pool.start(now: now)?.count == 1)
        _ = try pool.waiting(1, isSpread: true)
        // The one place stood for the names that were looked up.
        let resolution = pool.resolved(["a", "b"], now: now)
        let attempts = resolution.attempts
        check(attempts.map(\.address) == ["a", "b"] && pool.placeCount == 2)
        check(resolution.unwanted.isEmpty && resolution.waiters.isEmpty)
        let (first, second) = (Fake(), Fake())
        check(pool.connected(first, at: attempts[0].place) == [1])
        check(pool.connected(second, at: attempts[1].place).isEmpty)
        let others = pool.resolved(["b", "c"], now: now)
        check(others.attempts.map(\.address) == ["c"])
        check(others.unwanted.count == 1 && others.unwanted.first === first)
        check(pool.connection() === second && pool.connection() === second)
        // An attempt at an address that is no more is not made, or its connection not kept.
        check(!pool.isWanted(attempts[0]))
        check(pool.connected(Fake(), at: attempts[0].place, now: now).isUnwanted)
        // Without any address those there were stay.
        check(pool.resolved([], now: now).unwanted.isEmpty && pool.placeCount == 2)
    }

    // MARK: At random

    /// Whatever happens: each call is told once, in the order of its coming; none waits while a
    /// place stands or none is tried; a connection is given only while it takes calls.
    @Test(arguments: 0..<200)
    func eventsAtRandomLeaveNoCallBehind(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let limit = Int.random(in: 1...6, using: &generator)
        var pool = pool(Int.random(in: 1...4, using: &generator), limit: limit)
        var model = Model()
        for _ in 0..<400 {
            model.step(&pool, &generator, seed)
            check(pool.waiterCount == model.given.count + model.waiting.count)
            check(pool.waiterCount <= limit && pool.openConnections.count == model.open.count)
            guard model.isStarted, !model.isClosed, !model.waiting.isEmpty else { continue }
            check(!model.attempts.isEmpty)
            let stands = model.open.values.contains { $0.takesCalls }
            check(!stands || model.waiting.values.contains { $0 != nil })
        }
    }
}

/// What has happened to a pool.
private struct Model {
    var isStarted = false
    var isClosed = false
    var calls = 0
    var given: [Pool.Ticket] = []
    var givenUp: Set<Pool.Ticket> = []
    /// The place that each call waits for.
    var waiting: [Int: Int?] = [:]
    var tickets: [Int: Pool.Ticket] = [:]
    var attempts: [Int: Pool.Attempt] = [:]
    var open: [ObjectIdentifier: Fake] = [:]

    mutating func step(_ pool: inout Pool, _ generator: inout SeededGenerator, _ seed: Int) {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<30: lease(&pool, isSpread: Bool.random(using: &generator))
        case 30..<55: enqueue(&pool, &generator)
        case 55..<62: giveUp(&pool, &generator)
        case 62..<80: attempt(&pool, &generator)
        case 80..<88:
            guard let gone = open.values.filter(\.takesCalls).first else { return }
            gone.takesCalls = false
            add(pool.ended(ObjectIdentifier(gone), now: beginning))
        case 88..<92:
            guard let gone = open.values.first(where: { !$0.takesCalls }) else { return }
            open[ObjectIdentifier(gone)] = nil
            pool.closed(ObjectIdentifier(gone))
        case 92..<95:
            isStarted = true
            for attempt in pool.start(now: beginning) ?? [] { add(attempt) }
        case 95..<99 where isStarted && !isClosed && seed % 2 == 0:
            let names = ["a", "b", "c"].filter { _ in Bool.random(using: &generator) }
            let resolution = pool.resolved(names, now: beginning)
            check(resolution.waiters.isEmpty || resolution.connection?.takesCalls == true)
            told(resolution.waiters)
            for attempt in resolution.attempts { add(attempt) }
            for connection in resolution.unwanted { connection.takesCalls = false }
        case 99 where seed % 4 == 0:
            isClosed = true
            told(pool.close().waiters)
            check(waiting.isEmpty)
        default: return
        }
    }

    private mutating func lease(_ pool: inout Pool, isSpread: Bool) {
        switch pool.lease(isSpread: isSpread) {
        case .connection(let connection): check(connection.takesCalls && !isClosed)
        case .wait(let ticket): given.append(ticket)
        case .refused(.closed): check(isClosed)
        case .refused(.full): check(!isClosed)
        }
    }

    private mutating func enqueue(_ pool: inout Pool, _ generator: inout SeededGenerator) {
        guard let index = given.indices.randomElement(using: &generator) else { return }
        let ticket = given.remove(at: index)
        calls += 1
        switch pool.wait(calls, ticket) {
        case .queued(let attempts):
            waiting[calls] = ticket.place
            tickets[calls] = ticket
            for attempt in attempts { add(attempt) }
            check(!isClosed && !givenUp.contains(ticket))
        case .connection(let connection): check(connection.takesCalls)
        case .hopeless: Issue.record("there is an hour")
        case .closed: check(isClosed)
        case .givenUp: check(givenUp.contains(ticket))
        }
    }

    private mutating func giveUp(_ pool: inout Pool, _ generator: inout SeededGenerator) {
        if let call = waiting.keys.sorted().randomElement(using: &generator),
            let ticket = tickets[call]
        {
            check(pool.giveUp(ticket) == call)
            waiting[call] = nil
        } else if let ticket = given.randomElement(using: &generator) {
            givenUp.insert(ticket)
            check(pool.giveUp(ticket) == nil)
        }
    }

    private mutating func attempt(_ pool: inout Pool, _ generator: inout SeededGenerator) {
        guard let place = attempts.keys.sorted().randomElement(using: &generator),
            let attempt = attempts.removeValue(forKey: place)
        else { return }
        // One that is not wanted is not made, or has been made by then.
        let isWanted = pool.isWanted(attempt)
        if !isWanted, Bool.random(using: &generator) { return }
        if Bool.random(using: &generator) {
            let made = Fake()
            open[ObjectIdentifier(made)] = made
            let (waiters, isUnwanted) = pool.connected(made, at: place, now: beginning)
            check(isUnwanted == !isWanted)
            if isUnwanted { made.takesCalls = false }
            told(waiters)
        } else {
            let consequence = pool.failed("no", at: place, now: beginning, chance: 1)
            check(consequence.connection?.takesCalls ?? true)
            check(
                consequence.waiters.isEmpty || consequence.connection != nil
                    || !consequence.failures.isEmpty
            )
            told(consequence.waiters)
            add(consequence.attempt)
        }
    }

    private mutating func add(_ attempt: Pool.Attempt?) {
        guard let attempt else { return }
        check(isStarted && !isClosed && attempts[attempt.place] == nil)
        attempts[attempt.place] = attempt
    }

    private mutating func told(_ waiters: [Int]) {
        let places = waiters.compactMap { tickets[$0]?.id }
        check(places == places.sorted() && places.count == waiters.count)
        for waiter in waiters { check(waiting.removeValue(forKey: waiter) != nil) }
    }
}

/// A pattern that is the very object.
private func ~= (pattern: Fake, value: Fake) -> Bool { pattern === value }
