// SPDX-License-Identifier: Apache-2.0

// Endpoints and mail subscriptions: who may make them, what they may be, and that secrets stay so.

import Databases
import Deliveries
import DeliveryApplication
import Digests
import PortfolioApplication
import PortfolioStore
import Portfolios
import ServiceErrors
import Synchronization
import TestDatabases
import Testing
import VigieLimits
import Webhooks

@Suite struct DeliveryUseCaseTests {
    private static let url = "https://hooks.example.com/a"

    @Test(arguments: TestDatabase.all)
    func onlyWhoMayChangeAPortfolioHasOthersTold(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let cases = try house.useCases()
        func make(_ portfolio: String, _ viewer: PortfolioViewer) -> String {
            house.reason {
                _ = try cases.createEndpoint(
                    portfolio: portfolio,
                    url: Self.url,
                    kinds: ["alert.*"],
                    note: "n",
                    by: viewer
                )
            }
        }
        #expect(make("clients", DeliveryHouse.anna) == "none")
        #expect(make("clients", DeliveryHouse.ben) == "UNKNOWN_PORTFOLIO")
        #expect(make("", DeliveryHouse.anna) == "OPERATOR_NEEDED")
        #expect(make("", .everybody) == "none")
        let found = try cases.list(.webhook, of: "clients", by: DeliveryHouse.anna)
        let id = try #require(found.first).target.id
        #expect(found.count == 1 && found.first?.target.kinds == ["alert.*"])
        #expect(found.first?.target.createdBy == "anna")
        let all = try #require(try cases.list(.webhook, of: "", by: .everybody).first).target.id
        for hidden in [id, all, 99] {
            let viewer = hidden == all ? DeliveryHouse.anna : DeliveryHouse.ben
            let reasons = [
                house.reason {
                    _ = try cases.changeEndpoint(
                        hidden,
                        url: nil,
                        kinds: nil,
                        note: "x",
                        by: viewer
                    )
                },
                house.reason { _ = try cases.rotateSecret(of: hidden, keepSeconds: 0, by: viewer) },
                house.reason { try cases.delete(.webhook, hidden, by: viewer) },
                house.reason { _ = try cases.test(.webhook, hidden, by: viewer) },
            ]
            #expect(Set(reasons) == ["UNKNOWN_ENDPOINT"])
        }
        _ = try house.portfolios.share("clients", with: "credit", .read, by: .everybody)
        #expect(
            house.reason { try cases.delete(.webhook, id, by: DeliveryHouse.ben) }
                == "READ_ONLY_PORTFOLIO"
        )
        // One kind is not the other.
        #expect(
            house.reason { try cases.delete(.mail, id, by: .everybody) } == "UNKNOWN_SUBSCRIPTION"
        )
        try cases.delete(.webhook, id, by: DeliveryHouse.anna)
        #expect(try cases.list(.webhook, of: "clients", by: DeliveryHouse.anna).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func thereIsALimit(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        for _ in 0..<20 { _ = try house.endpoint() }
        // portfolioTargetsMax
        #expect(house.reason { _ = try house.endpoint() } == "LIMIT_EXCEEDED")
        let connection = try house.database.connect()
        for id in 100..<580 {
            _ = try connection.add(
                DeliveryTarget(
                    .mail,
                    portfolio: nil,
                    address: "a@b",
                    kinds: [],
                    note: "",
                    seen: 0,
                    createdAtMicroseconds: id,
                    createdBy: ""
                ),
                seal: { _ in nil }
            )
        }
        // targetsMax
        #expect(house.reason { _ = try house.endpoint(portfolio: "") } == "LIMIT_EXCEEDED")
    }

    @Test(arguments: [
        "http://hooks.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/",
        "https://2130706433/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/",
        "https://user@hooks.example.com/", "ftp://hooks.example.com/", "https://a.example.com:25/",
    ])
    func addressesThatAreNotCalledAreRefusedAtOnce(_ url: String) throws {
        let house = try DeliveryHouse(.sqlite)
        #expect(house.reason { _ = try house.endpoint(url) }.hasPrefix("WEBHOOK_"))
    }

    /// Names are looked up with each try: where they lead is not known before.
    @Test(arguments: [
        ["127.0.0.1"], ["::1"], ["10.1.2.3"], ["169.254.169.254"], ["::ffff:192.168.0.1"],
        ["93.184.216.34", "10.0.0.1"], ["64:ff9b::7f00:1"], ["fd00::1"], ["0.0.0.0"],
    ])
    func namesThatLeadIntoTheHouseAreNotCalled(_ addresses: [String]) throws {
        let house = try DeliveryHouse(.sqlite)
        let (id, _) = try house.endpoint("https://rebound.example.com/")
        house.resolve("rebound.example.com", to: addresses)
        let tried = try house.useCases().test(.webhook, id, by: .everybody)
        #expect(tried.outcome == .failed(.refusedAddress))
        #expect(house.posts.withLock { $0.isEmpty })
    }

    @Test func aNameWithoutAnAddressIsTold() throws {
        let house = try DeliveryHouse(.sqlite)
        let (id, _) = try house.endpoint()
        house.resolve("hooks.example.com", to: [])
        let tried = try house.useCases().test(.webhook, id, by: .everybody)
        #expect(tried.outcome == .failed(.noAddress))
    }

    /// Without TLS only to networks that are named; with it to those, too.
    @Test func namedNetworksAreCalled() throws {
        let house = try DeliveryHouse(.sqlite)
        let settings = try house.settings(networks: ["10.1.0.0/16"])
        house.resolve("inner.example.com", to: ["10.1.2.3"])
        house.resolve("outer.example.com", to: ["93.184.216.34"])
        house.resolve("other.example.com", to: ["10.2.2.3"])
        for (url, isCalled) in [
            ("http://inner.example.com:8080/", true), ("https://inner.example.com/", true),
            ("https://outer.example.com/", true), ("http://outer.example.com/", false),
            ("https://other.example.com/", false), ("http://10.1.9.9:8080/", true),
        ] {
            let (id, _) = try house.endpoint(url, settings)
            let tried = try house.useCases(settings).test(.webhook, id, by: .everybody)
            let wanted: TryOutcome =
                isCalled ? .answered(status: 200, retryAfter: nil) : .failed(.refusedAddress)
            #expect(tried.outcome == wanted, "\(url)")
        }
    }

    @Test(arguments: TestDatabase.all)
    func secretsAreSealedAndRotate(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let cases = try house.useCases()
        let (id, first) = try house.endpoint()
        #expect(first.hasPrefix("whsec_"))
        let target = try #require(try house.database.connect().target(id))
        let sealed = try #require(target.secret)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("whsec_"))
        let second = try cases.rotateSecret(of: id, keepSeconds: 60, by: .everybody).secret
        #expect(second != first)
        func verifies(_ secret: String) throws -> Bool {
            _ = try cases.test(.webhook, id, by: .everybody)
            let post = try #require(house.posts.withLock { $0.last })
            do throws(WebhookFault) {
                try WebhookVerifier([(try? WebhookSecret(secret))].compactMap { $0 }).verify(
                    identifier: post.header("webhook-id") ?? "",
                    timestamp: post.header("webhook-timestamp") ?? "",
                    signature: post.header("webhook-signature") ?? "",
                    body: post.body,
                    nowSeconds: Int64(house.store.clock() / 1_000_000)
                )
                return true
            } catch { return false }
        }
        #expect(try verifies(first) && verifies(second))
        house.pass(seconds: 61)
        #expect(try !verifies(first) && verifies(second))
        #expect(
            house.reason { _ = try cases.rotateSecret(of: id, keepSeconds: -1, by: .everybody) }
                == "WEBHOOK_ROTATION_INVALID"
        )
        // Another key opens nothing, and none makes nothing.
        let other = SealingKey([UInt8](repeating: 8, count: 32))
        for (key, reason) in [(other, "OTHER_DELIVERY_KEY"), (nil, "NO_DELIVERY_KEY")] {
            let settings = try house.settings(key: key)
            let others = try house.useCases(settings)
            #expect(
                house.reason { _ = try others.test(.webhook, id, by: .everybody) } == reason
            )
        }
        #expect(
            house.reason { _ = try house.endpoint(Self.url, try house.settings(key: nil)) }
                == "NO_DELIVERY_KEY"
        )
    }

    @Test(arguments: TestDatabase.all)
    func whatIsGivenIsLookedAt(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let cases = try house.useCases()
        for bad in ["", "alert", "alert.", ".raised", "Alert.raised", "a.b.c", "*", "alert.*x"] {
            #expect(house.reason { _ = try house.endpoint(kinds: [bad]) } == "BAD_EVENT_KIND")
        }
        let long = String(repeating: "a", count: 62) + ".ab"
        // kindBytes
        #expect(house.reason { _ = try house.endpoint(kinds: [long]) } == "BAD_EVENT_KIND")
        _ = try house.endpoint(kinds: [String(long.dropLast())])
        let many = [String](repeating: "a.b", count: 33)
        // kindsMax
        #expect(house.reason { _ = try house.endpoint(kinds: many) } == "LIMIT_EXCEEDED")
        func subscribe(_ address: String, _ language: String) -> String {
            house.reason {
                _ = try cases.createSubscription(
                    portfolio: "clients",
                    address: address,
                    language: language,
                    pace: .daily,
                    kinds: [],
                    note: "",
                    by: .everybody
                )
            }
        }
        #expect(subscribe("a@b\r\nx", "fr") == "MAIL_ADDRESS_INVALID")
        #expect(subscribe("a@b", "de") == "UNKNOWN_LANGUAGE")
        #expect(subscribe("a@b", "en") == "none")
        let note = String(repeating: "x", count: StoreLimits.noteBytes + 1)
        let (id, _) = try house.endpoint()
        #expect(
            house.reason {
                _ = try cases.changeEndpoint(id, url: nil, kinds: nil, note: note, by: .everybody)
            } == "LIMIT_EXCEEDED"
        )
    }

    @Test(arguments: TestDatabase.all)
    func pagesOfMessagesAndOneAgain(_ kind: TestDatabase) throws {
        let house = try DeliveryHouse(kind)
        let cases = try house.useCases()
        let (id, _) = try house.endpoint()
        try house.makeEvents(5)
        try house.work(try house.worker()) {
            try house.deliveries(id).filter { $0.state == "delivered" }.count == 5
        }
        var (numbers, token) = ([Int](), "")
        repeat {
            let page = try cases.deliveries(
                to: id,
                PageRequest(size: 2, token: token),
                by: DeliveryHouse.anna
            )
            numbers += page.deliveries.map(\.number)
            token = page.nextToken
        } while !token.isEmpty
        #expect(numbers.count == 5 && numbers == numbers.sorted(by: >))
        #expect(
            house.reason { _ = try cases.redeliver(numbers[0], by: DeliveryHouse.ben) }
                == "UNKNOWN_DELIVERY"
        )
        let before = try house.deliveries(id)
        let again = try cases.redeliver(numbers[4], by: DeliveryHouse.anna)
        #expect(again.state == "waiting" && again.identifier == before[0].identifier)
        try house.work(try house.worker()) { house.posts.withLock { $0.count } == 6 }
        let identifiers = house.posts.withLock { $0.compactMap { $0.header("webhook-id") } }
        #expect(identifiers.filter { $0 == again.identifier }.count == 2)
        // Those that were taken long ago are gone.
        house.pass(seconds: 31 * 86_400)
        try house.work(try house.worker()) { try house.deliveries(id).isEmpty }
    }
}
