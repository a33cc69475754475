// SPDX-License-Identifier: Apache-2.0

// Messages on their way: each is sent until it is taken, once if nothing goes wrong; none is lost.

import Databases
import Deliveries
import DeliveryApplication
import Foundation
import PortfolioApplication
import PortfolioStore
import Portfolios
import Quantities
import Synchronization
import Telemetry
import TestDatabases
import Testing
import VigieLimits
import Webhooks

@Suite struct DeliveryWorkerTests {
    @Test(arguments: TestDatabase.all)
    func eachEventIsSentOnceByTwoServers(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let all = try house.endpoint("https://all.example.com/a", portfolio: "")
        let some = try house.endpoint("https://some.example.com/a", kinds: ["portfolio.shared"])
        let one = try house.worker()
        let other = try house.worker()
        one.start()
        other.start()
        try house.makeEvents(60)
        _ = try house.portfolios.share("clients", with: "credit", .read, by: .everybody)
        try house.wait { house.posts.withLock { $0.count } >= 62 }
        one.stop()
        other.stop()
        let posts = house.posts.withLock { $0 }
        #expect(posts.count == 62)
        #expect(Set(posts.compactMap { $0.header("webhook-id") }).count == 62)
        #expect(try house.deliveries(all.id).count == 61)
        #expect(try house.deliveries(some.id).map(\.state) == ["delivered"])
        #expect(house.counters.value(of: .deliveriesTaken) == 62)
        #expect(house.counters.value(of: .deliveriesRepeated) == 0)
        let body = String(decoding: try #require(posts.first).body, as: UTF8.self)
        #expect(body.hasPrefix(#"{"type":"portfolio."#) && body.contains(#""portfolio":"clients""#))
    }

    @Test(arguments: TestDatabase.all)
    func aMessageIsSentAgainWithItsIdentifierUntilNoTryIsLeft(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let (id, secret) = try house.endpoint()
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 500, retryAfter: nil) }
        try house.makeEvents(1)
        try house.work(try house.worker()) { try house.state(id) == "paused" }
        let posts = house.posts.withLock { $0 }
        #expect(posts.count == 3 && Set(posts.compactMap { $0.header("webhook-id") }).count == 1)
        let verifier = WebhookVerifier([try WebhookSecret(secret)])
        for post in posts {
            try verifier.verify(
                identifier: post.header("webhook-id") ?? "",
                timestamp: post.header("webhook-timestamp") ?? "",
                signature: post.header("webhook-signature") ?? "",
                body: post.body,
                nowSeconds: Int64(house.store.clock() / 1_000_000)
            )
        }
        #expect(
            house.told.withLock { $0 } == [
                "The endpoint \(id) is paused: no try of a message is left"
            ]
        )
        let kept = try #require(try house.deliveries(id).first)
        #expect(kept.state == "kept" && kept.tries == 3 && kept.lastStatus == 500)
        // An event says so, and what happens meanwhile waits in the stream.
        #expect(try house.eventKinds().last == "delivery.paused")
        try house.makeEvents(2)
        let idle = try house.worker()
        idle.start()
        usleep(500_000)
        idle.stop()
        #expect(house.posts.withLock { $0.count } == 3)
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 204, retryAfter: nil) }
        _ = try house.useCases().setActive(true, .webhook, id, by: DeliveryHouse.anna)
        #expect(try house.state(id) == "active" && house.eventKinds().last == "delivery.resumed")
        // The kept one, the event of the pause, two changes, the event of the resumption.
        try house.work(try house.worker()) { house.posts.withLock { $0.count } >= 8 }
        #expect(try house.deliveries(id).allSatisfy { $0.state == "delivered" })
        #expect(try house.deliveries(id).count == 5)
    }

    @Test(arguments: TestDatabase.all)
    func whoWantsNoneIsDisabledAndWhoHasTooMuchIsLeftAlone(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let gone = try house.endpoint("https://gone.example.com/")
        let busy = try house.endpoint("https://busy.example.com/")
        house.answer { (post) throws(SendFailure) in
            let isGone = post.host == "gone.example.com"
            return HTTPPost.Answer(status: isGone ? 410 : 429, retryAfter: isGone ? nil : "120")
        }
        try house.makeEvents(1)
        try house.work(try house.worker(delays: [0, 1, 1])) {
            try house.state(gone.id) == "disabled" && house.deliveries(busy.id).first?.tries == 1
        }
        #expect(try house.eventKinds().last == "delivery.disabled")
        let wait = try #require(try house.deliveries(busy.id).first).nextMicroseconds
        #expect(wait - house.store.clock() > 100_000_000)
        // Nothing else is sent there meanwhile, and all of it afterwards.
        try house.makeEvents(3)
        let count = house.posts.withLock { $0.count }
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 200, retryAfter: nil) }
        let worker = try house.worker(delays: [0, 1, 1])
        worker.start()
        usleep(500_000)
        #expect(house.posts.withLock { $0.count } == count)
        house.pass(seconds: 121)
        try house.wait {
            try house.deliveries(busy.id).allSatisfy { $0.state == "delivered" }
                && house.deliveries(busy.id).count == 5
        }
        worker.stop()
    }

    /// What a killed server had taken is anybody's after the lease, and counted.
    @Test(arguments: TestDatabase.all)
    func whatAKilledServerHadIsSentAgain(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let (id, _) = try house.endpoint()
        try house.makeEvents(1)
        house.answer { (_) throws(SendFailure) in throw .tooSlow }
        try house.work(try house.worker(delays: [0, 3_600])) {
            try house.deliveries(id).first?.tries == 1
        }
        house.answer { (_) throws(SendFailure) in HTTPPost.Answer(status: 200, retryAfter: nil) }
        house.pass(seconds: 5_000)
        let connection = try house.database.connect()
        let taken = try connection.transaction { () throws(DatabaseError) in
            try connection.takeDeliveries(
                to: id,
                "dead",
                nowMicroseconds: house.store.clock(),
                limit: 9
            )
        }
        #expect(taken.count == 1 && taken.first?.attempt == 2)
        let worker = try house.worker()
        worker.start()
        usleep(500_000)
        #expect(try house.deliveries(id).first?.owner == "dead")
        house.pass(seconds: 31)  // leaseMicroseconds
        try house.wait { try house.deliveries(id).first?.state == "delivered" }
        worker.stop()
        let again = try #require(try house.deliveries(id).first)
        #expect(again.repeats == 1 && again.identifier == taken.first?.identifier)
        #expect(house.counters.value(of: .deliveriesRepeated) == 1)
        // Whoever comes back from the dead keeps nothing.
        let late = try #require(taken.first)
        let isKept = try connection.complete(
            late,
            state: "waiting",
            tries: 9,
            nextMicroseconds: 0,
            status: nil,
            answer: "",
            nowMicroseconds: 0
        )
        #expect(!isKept)
    }

    /// Twelve receivers that failed and then hang leave threads to one that does not.
    @Test func whoHangsHoldsUpNobodyElse() throws {
        let house = try DeliveryHouse(.sqlite)
        for number in 0..<12 { _ = try house.endpoint("https://hang\(number).example.com/") }
        try house.makeEvents(1)
        house.answer { (_) throws(SendFailure) in throw .notReached }
        let worker = try house.worker(delays: [0, 1, 1])
        worker.start()
        try house.wait { house.posts.withLock { $0.count } >= 12 }
        let good = try house.endpoint("https://good.example.com/")
        let isOver = Atomic(false)
        let atOnce = Mutex((now: 0, most: 0))
        house.answer { (post) throws(SendFailure) in
            guard post.host.hasPrefix("hang") else {
                return HTTPPost.Answer(status: 200, retryAfter: nil)
            }
            atOnce.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            while !isOver.load(ordering: .relaxed) { usleep(5_000) }
            atOnce.withLock { $0.now -= 1 }
            throw .tooSlow
        }
        try house.wait { atOnce.withLock { $0.now } == 8 }  // unwellThreads
        try house.makeEvents(20)
        try house.wait {
            try house.deliveries(good.id).filter { $0.state == "delivered" }.count == 20
        }
        #expect(atOnce.withLock { $0.most } == 8)
        isOver.store(true, ordering: .relaxed)
        worker.stop()
    }

    @Test(arguments: TestDatabase.all)
    func eventsWaitInTheStreamWhenTooMuchWaits(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let (id, _) = try house.endpoint()
        house.answer { (_) throws(SendFailure) in throw .notReached }
        let connection = try house.database.connect()
        let now = house.store.clock()
        try connection.transaction { () throws(DatabaseError) in
            let events = (0..<1_500).map { _ in
                StoreEvent(
                    "portfolio.changed",
                    portfolio: 1,
                    day: .first,
                    createdAtMicroseconds: now
                )
            }
            try connection.append(events)
        }
        try house.work(try house.worker(delays: [0, 3_600])) {
            try connection.waitingCount(of: id) == 1_000  // waitingMax
        }
        let count = try connection.first("select count(*) from delivery") {
            row throws(DatabaseError) in try row.integer(0)
        }
        #expect(try #require(count) < 1_000 + 2 * DeliveryLimits.eventsAtOnceMax)
    }

    @Test(arguments: TestDatabase.all)
    func mailIsGroupedAndComesAtItsTime(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        func subscribe(_ pace: DeliveryTarget.Pace) throws -> Int {
            try house.useCases().createSubscription(
                portfolio: "clients",
                address: "credit@example.com",
                language: "fr",
                pace: pace,
                kinds: ["portfolio.*"],
                note: "",
                by: DeliveryHouse.anna
            ).target.id
        }
        let (now, hourly, daily) = (
            try subscribe(.atOnce), try subscribe(.hourly), try subscribe(.daily)
        )
        try house.makeEvents(12)
        let worker = try house.worker()
        worker.start()
        try house.wait { try house.deliveries(now).first?.state == "delivered" }
        #expect(try house.deliveries(hourly).isEmpty && house.deliveries(daily).isEmpty)
        // Half past eight: at nine the hourly one, at six of the next day the daily one.
        house.pass(seconds: 1_800)
        try house.wait { try house.deliveries(hourly).first?.state == "delivered" }
        #expect(try house.deliveries(daily).isEmpty)
        house.pass(seconds: 21 * 3_600)
        try house.wait { try house.deliveries(daily).first?.state == "delivered" }
        worker.stop()
        let mail = try #require(try house.deliveries(daily).first)
        #expect(mail.lastEvent - mail.firstEvent == 11)
        #expect(try house.deliveries(now).count == 1 && house.mails.withLock { $0 } == 3)
    }
}
