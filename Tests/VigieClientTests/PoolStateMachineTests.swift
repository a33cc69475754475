// SPDX-License-Identifier: Apache-2.0

// The pool's decisions, without a connection: each transition, and events at
// random against a naive pool.

import Testing
import VigieClient

/// Stands for a connection.
private final class Fake: PooledConnection {
    var takesCalls = true
}

private typealias Pool = PoolStateMachine<Fake, Int, String>

private func pool(_ places: Int = 1, limit: Int = 100) -> Pool {
    let backoff = Backoff(initial: .seconds(1), maximum: .seconds(4), multiplier: 2)
    return Pool(placeCount: places, waiterLimit: limit, backoff: backoff)
}

extension Pool {
    /// The ticket of a call that has to wait; nil when it need not, or is refused.
    fileprivate mutating func ticket() -> Ticket? {
        if case .wait(let ticket) = lease() { ticket } else { nil }
    }

    fileprivate mutating func connection() -> Fake? {
        if case .connection(let connection) = lease() { connection } else { nil }
    }

    fileprivate mutating func refusal() -> Refusal? {
        if case .refused(let refusal) = lease() { refusal } else { nil }
    }
}

@Suite struct PoolStateMachineTests {
    private let now = ContinuousClock.now

    @Test func startingConnectsEachPlaceOnce() {
        var pool = pool(3)
        let attempts = (0..<3).map { Pool.Attempt(place: $0, delay: .zero) }
        check(pool.start(now: now) == attempts)
        check(pool.start(now: now) == nil)
        _ = pool.close()
        check(pool.start(now: now) == [])
        check(attempts.allSatisfy { !pool.isWanted($0) })
    }

    @Test func callsThatWaitShareOneAttemptAndItsConnection() throws {
        var pool = pool()
        let early = try need(pool.ticket())
        guard case .queued(nil) = pool.enqueue(1, early, now: now) else {
            Issue.record("an attempt before the start"); return
        }
        check(pool.circumstances(of: early).isStarted == false)
        check(pool.start(now: now)?.count == 1)
        let second = try need(pool.ticket())
        guard case .queued(nil) = pool.enqueue(2, second, now: now) else {
            Issue.record("a second attempt"); return
        }
        let made = Fake()
        let (waiters, isUnwanted) = pool.connected(made, at: 0)
        check(waiters == [1, 2] && !isUnwanted && pool.waiterCount == 0)
        check(pool.connection() === made)
    }

    @Test func aConnectionMadeBetweenLeaseAndQueueIsTaken() throws {
        var pool = pool()
        _ = pool.start(now: now)
        let ticket = try need(pool.ticket())
        let made = Fake()
        check(pool.connected(made, at: 0).waiters.isEmpty)
        guard case .connection(let given) = pool.enqueue(1, ticket, now: now) else {
            Issue.record("no connection"); return
        }
        check(given === made && pool.waiterCount == 0)
    }

    @Test func aFailureIsToldToAllAndTheNextAttemptWaits() throws {
        var pool = pool()
        _ = pool.start(now: now)
        let first = try need(pool.ticket())
        _ = pool.enqueue(1, first, now: now)
        check(pool.failed("broken", at: 0, now: now, chance: 1) == [1])
        for expected in [Duration.seconds(1), .seconds(2), .seconds(4), .seconds(4)] {
            let ticket = try need(pool.ticket())
            check(pool.circumstances(of: ticket).lastFailure == "broken")
            guard case .queued(let attempt?) = pool.enqueue(2, ticket, now: now) else {
                Issue.record("no attempt"); return
            }
            check(attempt == Pool.Attempt(place: 0, delay: expected))
            check(pool.failed("broken", at: 0, now: now, chance: 1) == [2])
        }
        // A connection makes it forgotten.
        _ = pool.connected(Fake(), at: 0)
        pool.connection()?.takesCalls = false
        let last = try need(pool.ticket())
        guard case .queued(let attempt?) = pool.enqueue(3, last, now: now) else {
            Issue.record("no attempt"); return
        }
        check(attempt.delay == .zero)
    }

    @Test func giversUpAreToldOnce() throws {
        var pool = pool(limit: 2)
        let first = try need(pool.ticket())
        let second = try need(pool.ticket())
        check(pool.refusal() == .full)
        check(pool.giveUp(first) == nil)
        guard case .givenUp = pool.enqueue(1, first, now: now) else {
            Issue.record("a call that was given up waits"); return
        }
        check(pool.waiterCount == 1)
        _ = pool.enqueue(2, second, now: now)
        check(pool.giveUp(second) == 2)
        check(pool.giveUp(second) == nil && pool.waiterCount == 0)
        check(pool.ticket() != nil)
    }

    @Test func closingTellsAllAndDrainsAll() throws {
        var pool = pool(2)
        _ = pool.start(now: now)
        let made = Fake()
        _ = pool.connected(made, at: 0)
        check(pool.connection() === made)
        let waiting = try need(pool.ticket())
        _ = pool.enqueue(1, waiting, now: now)
        _ = pool.connection()
        let given = try need(pool.ticket())
        let (waiters, connections) = pool.close()
        check(waiters == [1] && connections.count == 1 && connections.first === made)
        guard case .closed = pool.enqueue(2, given, now: now) else {
            Issue.record("a call waits at a closed pool"); return
        }
        check(pool.refusal() == .closed)
        // A connection that comes late is counted, and drained at once.
        let late = Fake()
        check(pool.connected(late, at: 1).isUnwanted)
        check(pool.openConnections.count == 2)
        pool.closed(ObjectIdentifier(late))
        pool.closed(ObjectIdentifier(made))
        check(pool.openConnections.isEmpty)
    }

    // MARK: At random

    /// A pool as one would write it first: a list of all calls ever made, looked through each time.
    private struct Naive {
        enum Call { case given, waiting, givenUp, over }

        var places: Int
        var limit: Int
        var calls: [(place: Int, state: Call)] = []
        var held: [Fake?]
        var connecting: Set<Int> = []
        var turn = 0
        var isStarted = false
        var isClosed = false

        func numbers(_ state: Call, at place: Int? = nil) -> [Int] {
            calls.indices.filter { index in
                calls[index].state == state && (place == nil || calls[index].place == place)
            }
        }

        var counted: Int { calls.count - numbers(.over).count }

        mutating func take(at place: Int? = nil) -> [Int] {
            let taken = numbers(.waiting, at: place)
            for index in taken { calls[index].state = .over }
            return taken
        }
    }

    @Test(arguments: 0..<200)
    func eventsAtRandomAreAsANaivePoolHasThem(seed: Int) {
        var generator = SplitMix(state: UInt64(seed))
        let places = Int.random(in: 1...4, using: &generator)
        let limit = Int.random(in: 1...6, using: &generator)
        var pool = pool(places, limit: limit)
        var naive = Naive(places: places, limit: limit, held: Array(repeating: nil, count: places))
        var tickets: [Int: Pool.Ticket] = [:]
        var open: [Fake] = []
        for _ in 0..<300 {
            switch Int.random(in: 0..<100, using: &generator) {
            case 0..<30: lease(&pool, &naive, &tickets)
            case 30..<55: enqueue(&pool, &naive, &tickets, &generator)
            case 55..<65:
                guard let number = naive.calls.indices.randomElement(using: &generator),
                    let ticket = tickets[number]
                else { continue }
                let isWaiting = naive.calls[number].state == .waiting
                check(pool.giveUp(ticket) == (isWaiting ? number : nil))
                if isWaiting { naive.calls[number].state = .over }
                if naive.calls[number].state == .given { naive.calls[number].state = .givenUp }
            case 65..<80:
                guard let place = naive.connecting.sorted().randomElement(using: &generator) else {
                    continue
                }
                naive.connecting.remove(place)
                if Bool.random(using: &generator) {
                    let made = Fake()
                    open.append(made)
                    let (waiters, isUnwanted) = pool.connected(made, at: place)
                    check(isUnwanted == naive.isClosed)
                    check(waiters == (naive.isClosed ? [] : naive.take(at: place)))
                    if !naive.isClosed { naive.held[place] = made }
                } else {
                    let told = pool.failed("no", at: place, now: now, chance: 1)
                    check(told == naive.take(at: place))
                }
            case 80..<88: open.randomElement(using: &generator)?.takesCalls = false
            case 88..<94:
                guard let index = open.indices.randomElement(using: &generator) else { continue }
                let gone = open.remove(at: index)
                gone.takesCalls = false
                pool.closed(ObjectIdentifier(gone))
            case 94..<98:
                let attempts = pool.start(now: now)
                check((attempts == nil) == (naive.isStarted && !naive.isClosed))
                naive.isStarted = naive.isStarted || !naive.isClosed
                for attempt in attempts ?? [] {
                    check(naive.connecting.insert(attempt.place).inserted)
                }
            case 98 where seed % 4 == 0:
                naive.isClosed = true
                let (waiters, connections) = pool.close()
                check(waiters == naive.take())
                check(connections.count == open.count)
            default: continue
            }
            check(pool.waiterCount == naive.counted && naive.counted <= limit)
            check(pool.openConnections.count == open.count)
        }
    }

    private func lease(
        _ pool: inout Pool,
        _ naive: inout Naive,
        _ tickets: inout [Int: Pool.Ticket]
    ) {
        let place = naive.turn
        let lease = pool.lease()
        if naive.isClosed {
            guard case .refused(.closed) = lease else { Issue.record("\(lease)"); return }
            return
        }
        naive.turn = (place + 1) % naive.places
        if let held = naive.held[place], held.takesCalls {
            guard case .connection(held) = lease else { Issue.record("\(lease)"); return }
        } else if naive.counted >= naive.limit {
            guard case .refused(.full) = lease else { Issue.record("\(lease)"); return }
        } else {
            guard case .wait(let ticket) = lease else { Issue.record("\(lease)"); return }
            check(ticket.place == place)
            tickets[naive.calls.count] = ticket
            naive.calls.append((place, .given))
        }
    }

    private func enqueue(
        _ pool: inout Pool,
        _ naive: inout Naive,
        _ tickets: inout [Int: Pool.Ticket],
        _ generator: inout SplitMix
    ) {
        let waiting = naive.numbers(.given) + naive.numbers(.givenUp)
        guard let number = waiting.randomElement(using: &generator), let ticket = tickets[number]
        else { return }
        let (place, state) = naive.calls[number]
        naive.calls[number].state = .over
        let wait = pool.enqueue(number, ticket, now: now)
        if state == .givenUp {
            guard case .givenUp = wait else { Issue.record("\(wait)"); return }
        } else if naive.isClosed {
            guard case .closed = wait else { Issue.record("\(wait)"); return }
        } else if let held = naive.held[place], held.takesCalls {
            guard case .connection(held) = wait else { Issue.record("\(wait)"); return }
        } else {
            guard case .queued(let attempt) = wait else { Issue.record("\(wait)"); return }
            naive.calls[number].state = .waiting
            let isDue = naive.isStarted && !naive.connecting.contains(place)
            check((attempt != nil) == isDue && (attempt?.place ?? place) == place)
            if isDue { naive.connecting.insert(place) }
        }
    }
}

/// A pattern that is the very object.
private func ~= (pattern: Fake, value: Fake) -> Bool { pattern === value }

/// Random numbers that come again with their seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
