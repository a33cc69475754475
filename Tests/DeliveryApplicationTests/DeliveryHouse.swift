// SPDX-License-Identifier: Apache-2.0

// A store with a portfolio, a clock that tests set, and receivers that answer as tests say.

import Databases
import Deliveries
import DeliveryApplication
import Digests
import Foundation
import MailMessages
import NetworkAddresses
import PortfolioApplication
import PortfolioStore
import Portfolios
import ServiceErrors
import Synchronization
import Telemetry
import TestDatabases
import Testing
import Webhooks

/// What tests of deliveries work with.
final class DeliveryHouse: Sendable {
    static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    static let ben = PortfolioViewer(identity: "ben", roles: ["credit"], isOperator: false)
    static let key = SealingKey([UInt8](repeating: 7, count: 32))!
    /// A Monday, at half past eight in UTC.
    static let start = 1_796_027_465_000_000

    typealias Answer = @Sendable (HTTPPost) throws(SendFailure) -> HTTPPost.Answer

    /// What receivers answer; nil for 200.
    private struct Chosen: Sendable {
        var answer: Answer?
    }

    let database: TemporaryDatabase
    let store: ServerStore
    let portfolios: PortfolioUseCases
    let counters = CounterRegistry()
    let told = Mutex<[String]>([])
    let posts = Mutex<[HTTPPost]>([])
    let mails = Mutex<Int>(0)
    private let time: Time
    private let chosen = Mutex(Chosen())
    private let addresses = Mutex<[String: [String]]>([:])

    /// A clock that goes on by itself, from where it is set.
    private final class Time: Sendable {
        let offset = Mutex(0)
        let began = SystemMicroseconds.now()
        var now: Int {
            offset.withLock { $0 } + DeliveryHouse.start + SystemMicroseconds.now() - began
        }
    }

    init(_ kind: TestDatabase) throws {
        database = kind.makeEmpty()
        let time = Time()
        self.time = time
        store = ServerStore(
            database.address,
            clock: { time.now },
            backUp: { (_) throws(ServiceError) in }
        )
        portfolios = PortfolioUseCases(store)
        _ = try portfolios.create(name: "clients", note: "", by: Self.anna)
    }

    func pass(seconds: Int) { time.offset.withLock { $0 += seconds * 1_000_000 } }

    func answer(_ answer: @escaping Answer) { chosen.withLock { $0.answer = answer } }

    func resolve(_ host: String, to addresses: [String]) {
        self.addresses.withLock { $0[host] = addresses }
    }

    var sender: DeliverySender {
        DeliverySender(
            addresses: { [self] host in
                let found = addresses.withLock { $0[host] } ?? ["93.184.216.34"]
                return found.compactMap { InternetAddress($0) }
            },
            post: { [self] (post) throws(SendFailure) in
                posts.withLock { $0.append(post) }
                guard let answer = chosen.withLock({ $0.answer }) else {
                    return HTTPPost.Answer(status: 200, retryAfter: nil)
                }
                return try answer(post)
            },
            submit: { [self] (_, _) throws(SendFailure) in
                mails.withLock { $0 += 1 }
                return 250
            }
        )
    }

    func settings(
        networks: [String] = [],
        key: SealingKey? = DeliveryHouse.key
    ) throws -> DeliverySettings {
        var relay = try MailRelay("smtp://relay.example.com")
        relay.sender = "vigie@example.com"
        return DeliverySettings(
            guarded: try DestinationGuard(
                allowedNetworks: networks.compactMap { AddressRange($0) },
                allowsPlain: !networks.isEmpty
            ),
            key: key,
            mail: (relay, try MailAddress("vigie@example.com")),
            trustPath: nil
        )
    }

    func useCases(_ settings: DeliverySettings? = nil) throws -> DeliveryUseCases {
        DeliveryUseCases(store, try settings ?? self.settings(), sender)
    }

    func worker(
        _ settings: DeliverySettings? = nil,
        delays: [Int64] = [0, 0, 0]
    ) throws -> DeliveryWorker {
        DeliveryWorker(
            store,
            try settings ?? self.settings(),
            sender,
            schedule: try RetrySchedule(delaysSeconds: delays),
            counters: counters,
            threads: { work in Thread.detachNewThread { work(true) } },
            tell: { [self] text in told.withLock { $0.append(text) } }
        )
    }

    /// Lets a worker work until something is so.
    func work(
        _ worker: DeliveryWorker,
        until isDone: () throws -> Bool,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        worker.start()
        defer { worker.stop() }
        try wait(until: isDone, place)
    }

    func wait(
        until isDone: () throws -> Bool,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let end = ContinuousClock.now + .seconds(90)
        while try !isDone() {
            guard ContinuousClock.now < end else {
                Issue.record("it did not come to that", sourceLocation: place)
                return
            }
            usleep(10_000)
        }
    }

    /// Has so many events come.
    func makeEvents(_ count: Int, in portfolio: String = "clients") throws {
        for number in 0..<count {
            _ = try portfolios.change(portfolio, toName: nil, note: "\(number)", by: .everybody)
        }
    }

    func endpoint(
        _ url: String = "https://hooks.example.com/a",
        portfolio: String = "clients",
        kinds: [String] = [],
        _ settings: DeliverySettings? = nil
    ) throws -> (id: Int, secret: String) {
        let made = try useCases(settings).createEndpoint(
            portfolio: portfolio,
            url: url,
            kinds: kinds,
            note: "",
            by: .everybody
        )
        return (made.endpoint.target.id, made.secret)
    }

    /// The messages to a target, the first one first.
    func deliveries(_ id: Int) throws -> [StoredDelivery] {
        try useCases().deliveries(to: id, PageRequest(size: 1_000, token: ""), by: .everybody)
            .deliveries.reversed()
    }

    func state(_ id: Int, _ kind: DeliveryTarget.Kind = .webhook) throws -> String? {
        try useCases().list(kind, of: "clients", by: .everybody)
            .first { $0.target.id == id }?.target.state
    }

    func eventKinds() throws -> [String] {
        try database.connect().events(after: 0, limit: 10_000).map(\.event.kind)
    }

    func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason ?? "\(error)" }
    }
}

extension HTTPPost {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
