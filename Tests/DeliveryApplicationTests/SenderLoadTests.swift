// SPDX-License-Identifier: Apache-2.0

// How much is sent at once, and when a receiver is left alone.

import Databases
import Deliveries
import DeliveryApplication
import Foundation
import PortfolioApplication
import PortfolioStore
import Synchronization
import TestDatabases
import Testing
import VigieLimits

@Suite struct SenderLoadTests {
    /// How many posts were under way at once.
    private final class Gate: Sendable {
        private let counts = Mutex((now: 0, most: 0))
        private let isOpen = Atomic(false)

        var most: Int { counts.withLock { $0.most } }
        var now: Int { counts.withLock { $0.now } }

        func open() { isOpen.store(true, ordering: .relaxed) }

        func pass() {
            counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            while !isOpen.load(ordering: .relaxed) { usleep(5_000) }
            counts.withLock { $0.now -= 1 }
        }
    }

    @Test func aReceiverThatAnswersWellGetsSoManyThreadsAndAllTogetherNoMoreThanThereAre() throws {
        let house = try DeliveryHouse(.sqlite)
        var endpoints = [try house.endpoint("https://r0.example.com/").id]
        let worker = try house.worker()
        worker.start()
        try house.makeEvents(1)
        try house.wait { try house.deliveries(endpoints[0]).first?.state == "delivered" }
        let gate = Gate()
        house.answer { (_) throws(SendFailure) in
            gate.pass()
            return HTTPPost.Answer(status: 200, retryAfter: nil)
        }
        try house.makeEvents(12)
        try house.wait { gate.now == DeliveryLimits.receiverThreads }
        usleep(600_000)
        #expect(gate.most == DeliveryLimits.receiverThreads)
        // Of others nothing is known yet: one each.
        for number in 1..<16 {
            endpoints.append(try house.endpoint("https://r\(number).example.com/").id)
        }
        try house.makeEvents(3)
        try house.wait { gate.now == DeliveryLimits.senderThreads }
        usleep(600_000)
        #expect(gate.most == DeliveryLimits.senderThreads)
        gate.open()
        try house.wait {
            try endpoints.allSatisfy { endpoint in
                try house.deliveries(endpoint).suffix(3).allSatisfy { $0.state == "delivered" }
                    && house.deliveries(endpoint).count >= 3
            }
        }
        worker.stop()
        #expect(DeliveryWorker.threadCount == DeliveryLimits.senderThreads + 1)
    }

    /// A receiver that says that it is too much, and not for how long, is left alone for
    /// throttleSeconds.
    @Test func whoSaysTooMuchIsLeftAlone() throws {
        let house = try DeliveryHouse(.sqlite)
        let (id, _) = try house.endpoint()
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 502, retryAfter: nil) }
        try house.makeEvents(1)
        let worker = try house.worker(delays: [0, 1, 1])
        worker.start()
        try house.wait { try house.deliveries(id).first?.tries == 1 }
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 200, retryAfter: nil) }
        let closed = try #require(try house.database.connect().target(id)).openAtMicroseconds
        let answered = try #require(try house.deliveries(id).first?.answeredAtMicroseconds)
        #expect(closed - answered == DeliveryLimits.throttleSeconds * 1_000_000)
        try house.makeEvents(2)
        house.pass(seconds: DeliveryLimits.throttleSeconds + 2)
        try house.wait { house.posts.withLock { $0.count } == 4 }
        worker.stop()
    }

    /// Those of 31 days ago (listedDays) go, deletedAtOnceMax at once, whatever their number.
    @Test func oldMessagesGo() throws {
        let house = try DeliveryHouse(.sqlite)
        let (id, _) = try house.endpoint()
        let connection = try house.database.connect()
        let old = house.store.clock() - (DeliveryLimits.listedDays + 1) * 86_400_000_000
        for number in 1...DeliveryLimits.deletedAtOnceMax + 5 {
            _ = try connection.execute(
                """
                insert into delivery (number, target, first_event, last_event, identifier, state,
                    tries, next_at, owner, attempt, repeats, last_answer, answered_at, created_at)
                values ($1, $2, $1, $1, 'm', 'delivered', 1, 0, '', 1, 0, '', $3, $3)
                """,
                [.integer(number), .integer(id), .integer(old)]
            )
        }
        try house.work(try house.worker()) { try house.deliveries(id).isEmpty }
    }
}
