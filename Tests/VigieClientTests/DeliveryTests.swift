// SPDX-License-Identifier: Apache-2.0

// Endpoints, mail subscriptions and messages at a real server, whose receivers are not there.

import Databases
import Deliveries
import DeliveryApplication
import Digests
import Foundation
import GRPCTransport
import Logging
import MailMessages
import NetworkAddresses
import PortfolioApplication
import ServiceErrors
import TestCertificates
import Testing
import VigieApplication
import VigieClient
import VigieService
import Webhooks

@Suite struct DeliveryTests {
    /// A port of loopback on which nobody listens.
    private static let url = "https://127.0.0.1:65534/hook"

    private func withServer(_ body: (ScoringClient) async throws -> Void) async throws {
        let path =
            FileManager.default.temporaryDirectory.path
            + "/vigie-\(UInt64.random(in: 0...(.max))).sqlite"
        defer {
            for end in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + end)
            }
        }
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        var configuration = VigieServerConfiguration(transport: .loopback(certificates))
        configuration.store = ServerStore(.file(path: path)) { (_) throws(ServiceError) in }
        var relay = try MailRelay("smtp://127.0.0.1:65534")
        relay.sender = "vigie@example.com"
        configuration.deliveries = DeliverySettings(
            guarded: try DestinationGuard(
                allowedNetworks: ["127.0.0.0/8"].compactMap { AddressRange($0) }
            ),
            key: SealingKey([UInt8](repeating: 7, count: SealingKey.byteCount)),
            mail: (relay, try MailAddress("vigie@example.com")),
            trustPath: nil
        )
        let server = try VigieServer(
            configuration: configuration,
            registry: try .load(directory: nil, defaultName: nil),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        try await withScoringClient(.loopback(certificates, port: port)) { client in
            _ = try await client.createPortfolio("clients")
            try await body(client)
        }
        await server.stop(timeout: .zero)
    }

    @Test func endpointsAndTheirMessages() async throws {
        try await withServer { client in
            let made = try await client.createEndpoint(
                Self.url,
                portfolio: "clients",
                kinds: ["portfolio.*"],
                note: "n"
            )
            #expect(made.secret.hasPrefix("whsec_") && made.endpoint.state == .active)
            let id = made.endpoint.id
            let trial = try await client.testEndpoint(id)
            #expect(!trial.taken && trial.status == nil && trial.problem == "not_reached")
            #expect(try await client.rotateSecret(ofEndpoint: id) != made.secret)
            _ = try await client.changePortfolio("clients", note: "x")
            var sent: EventDelivery?
            for _ in 0..<500 where sent?.tries != 1 {
                try await Task.sleep(for: .milliseconds(20))
                sent = try await client.listDeliveries(to: id).deliveries.first
            }
            let message = try #require(sent)
            #expect(message.state == .waiting && message.lastProblem == "not_reached")
            #expect(message.lastStatus == nil && message.nextAtMicroseconds != nil)
            #expect(message.firstEvent == message.lastEvent && message.repeats == 0)
            let again = try await client.redeliver(message.number)
            #expect(again.identifier == message.identifier && again.tries == 0)
            let changed = try await client.changeEndpoint(
                id,
                url: Self.url + "2",
                kinds: [],
                note: "m",
                isActive: false
            )
            #expect(changed.url == Self.url + "2" && changed.kinds.isEmpty && changed.note == "m")
            #expect(changed.state == .paused)
            #expect(try await client.listEndpoints(of: "clients") == [changed])
            #expect(try await client.listEndpoints().isEmpty)
            try await client.deleteEndpoint(id)
            #expect(try await client.listEndpoints(of: "clients").isEmpty)
            do {
                try await client.deleteEndpoint(id)
                Issue.record("it was there")
            } catch { #expect((error as? VigieError)?.reason == "UNKNOWN_ENDPOINT") }
        }
    }

    @Test func mailSubscriptions() async throws {
        try await withServer { client in
            let made = try await client.createMailSubscription(
                "credit@example.com",
                portfolio: "clients",
                language: "fr",
                pace: .hourly,
                kinds: ["alert.*"],
                note: "n"
            )
            #expect(made.pace == .hourly && made.language == "fr" && made.state == .active)
            #expect(try await client.testMailSubscription(made.id).problem == "not_reached")
            let changed = try await client.changeMailSubscription(
                made.id,
                address: "sales@example.com",
                language: "en",
                pace: .daily,
                kinds: [],
                note: "m",
                isActive: false
            )
            #expect(changed.address == "sales@example.com" && changed.language == "en")
            #expect(changed.pace == .daily && changed.state == .paused && changed.note == "m")
            #expect(try await client.changeMailSubscription(made.id).pace == .daily)
            #expect(try await client.listMailSubscriptions(of: "clients").map(\.id) == [made.id])
            try await client.deleteMailSubscription(made.id)
            #expect(try await client.listMailSubscriptions(of: "clients").isEmpty)
        }
    }
}
