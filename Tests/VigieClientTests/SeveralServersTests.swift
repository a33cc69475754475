// SPDX-License-Identifier: Apache-2.0

// Several servers and addresses: which is called, and what becomes of calls when
// one goes.

import Glibc
import NIOCore
import NIOPosix
import Synchronization
import TestCertificates
import TestFrames
import Testing
import VigieClient

/// Servers of frames that answer each call with an empty message.
private final class Fleet: Sendable {
    let certificates: TestCertificates
    let servers: [FrameServer]
    private let counts: [Count]

    final class Count: Sendable {
        let calls = Atomic(0)
    }

    /// `isLast` says whether a call, by its number, is the last of its connection.
    static func start(
        _ count: Int,
        isLast: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) async throws -> Fleet {
        let certificates = try TestCertificates.make()
        let counts = (0..<count).map { _ in Count() }
        var servers: [FrameServer] = []
        for count in counts {
            let server = try await FrameServer.start(certificates) { frame, connection in
                guard frame.kind == .headers else { return }
                let number = count.calls.wrappingAdd(1, ordering: .relaxed).newValue
                if isLast(number) { connection.send([.goAway(last: frame.streamID, 0, "")]) }
                connection.answer(frame.streamID)
            }
            servers.append(server)
        }
        return Fleet(certificates, servers, counts)
    }

    private init(
        _ certificates: TestCertificates,
        _ servers: [FrameServer],
        _ counts: [Count]
    ) {
        (self.certificates, self.servers, self.counts) = (certificates, servers, counts)
    }

    var calls: [Int] { counts.map { $0.calls.load(ordering: .relaxed) } }

    func configuration(_ others: [ServerAddress] = []) -> ScoringClientConfiguration {
        var configuration = ScoringClientConfiguration.loopback(certificates, port: 1)
        configuration.servers = others + servers.map { .host("127.0.0.1", port: $0.port) }
        return configuration
    }

    func stop() async throws {
        for server in servers { try? await server.stop() }
        certificates.remove()
    }
}

@Suite struct SeveralServersTests {
    @Test func theNextServerIsTakenWhereTheFirstIsNot() async throws {
        let fleet = try await Fleet.start(1)
        let silent = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let configuration = fleet.configuration([
            .host("127.0.0.1", port: 1), .unix("/nowhere/vigied.sock"),
            .host("127.0.0.1", port: try #require(silent.localAddress?.port)),
        ])
        let start = ContinuousClock.now
        let status = try await withScoringClient(configuration) { try await $0.health() }
        #expect(status == .unknown)
        // The silent one is not waited for: it has thirty seconds.
        #expect(start.duration(to: .now) < .seconds(15))
        try await silent.close()
        try await fleet.stop()
    }

    @Test func whereAllFailEachIsNamedWithItsReason() async throws {
        let certificates = try TestCertificates.make()
        for policy in [LoadBalancing.pickFirst, .roundRobin] {
            var configuration = ScoringClientConfiguration.loopback(certificates, port: 1)
            configuration.servers = [
                .host("127.0.0.1", port: 1), .unix("/nowhere/vigied.sock"),
                .host("no-such-name.invalid", port: 7),
            ]
            configuration.loadBalancing = policy
            configuration.retry.attemptsMaximum = 1
            let error = await #expect(throws: VigieError.self) {
                try await withScoringClient(configuration) { try await $0.health() }
            }
            let message = error?.message ?? ""
            #expect(error?.reason == VigieError.ClientReason.cannotConnect)
            #expect(error?.cause == .connectionRefused)
            #expect(message.contains("127.0.0.1:1: nothing listens there"), "\(message)")
            #expect(message.contains("unix:/nowhere/vigied.sock: there is no such"), "\(message)")
            #expect(message.contains("no-such-name.invalid: the name"), "\(message)")
        }
        certificates.remove()
    }

    @Test func aSocketInTheFileSystemIsAServer() async throws {
        let certificates = try TestCertificates.make()
        let path = "/tmp/vigie-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        let server = try await FrameServer.start(certificates, path: path) { frame, connection in
            if frame.kind == .headers { connection.answer(frame.streamID) }
        }
        var configuration = try ScoringClientConfiguration(server: "unix:\(path)")
        configuration.tls.roots = .file(certificates.caPath)
        let status = try await withScoringClient(configuration) { try await $0.health() }
        #expect(status == .unknown)
        try await server.stop()
        unlink(path)
        certificates.remove()
    }

    @Test func callsGoToAllServersInTurn() async throws {
        let fleet = try await Fleet.start(3)
        var configuration = fleet.configuration()
        configuration.loadBalancing = .roundRobin
        try await withScoringClient(configuration) { client in
            while fleet.calls.contains(0) { _ = try await client.health() }
            let before = fleet.calls
            for _ in 0..<30 { _ = try await client.health() }
            #expect(zip(fleet.calls, before).map { $0 - $1 } == [10, 10, 10])
        }
        try await fleet.stop()
    }

    @Test func aServerThatIsNotThereLosesNoCalls() async throws {
        let fleet = try await Fleet.start(2)
        var configuration = fleet.configuration([.host("127.0.0.1", port: 1)])
        configuration.loadBalancing = .roundRobin
        configuration.retry.attemptsMaximum = 1
        try await withScoringClient(configuration) { client in
            for _ in 0..<100 { _ = try await client.health() }
        }
        #expect(fleet.calls.reduce(0, +) == 100)
        try await fleet.stop()
    }

    /// Each connection ends with its tenth call, by a GOAWAY: calls that come too late for it are
    /// made again on another, with retries off.
    @Test(arguments: [LoadBalancing.pickFirst, .roundRobin])
    func aServerThatSaysGoodbyeLosesNoCalls(policy: LoadBalancing) async throws {
        let fleet = try await Fleet.start(2) { $0 % 10 == 0 }
        var configuration = fleet.configuration()
        configuration.loadBalancing = policy
        configuration.retry.attemptsMaximum = 1
        try await withScoringClient(configuration) { client in
            for _ in 0..<20 {
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for _ in 0..<5 { tasks.addTask { _ = try await client.health() } }
                    try await tasks.waitForAll()
                }
            }
        }
        #expect(fleet.calls.reduce(0, +) >= 100)
        try await fleet.stop()
    }

    @Test func aNameLeadsToAllItsAddresses() async throws {
        let fleet = try await Fleet.start(1)
        var configuration = fleet.configuration()
        configuration.servers = [.host("localhost", port: fleet.servers[0].port)]
        for policy in [LoadBalancing.pickFirst, .roundRobin] {
            configuration.loadBalancing = policy
            let status = try await withScoringClient(configuration) { try await $0.health() }
            #expect(status == .unknown)
        }
        try await fleet.stop()
    }

    @Test func aCallThatCouldOnlyBeLateFailsAtOnce() async throws {
        var configuration = ScoringClientConfiguration(host: "127.0.0.1", port: 1)
        configuration.timeout = .seconds(30)
        configuration.retry.attemptsMaximum = 1
        configuration.connectionBackoff.initialBackoff = .seconds(600)
        configuration.connectionBackoff.maximumBackoff = .seconds(600)
        let start = ContinuousClock.now
        try await withScoringClient(configuration) { client in
            for _ in 0..<3 {
                let error = await #expect(throws: VigieError.self) { try await client.health() }
                #expect(error?.code == .unavailable && error?.cause == .connectionRefused)
            }
        }
        #expect(start.duration(to: .now) < .seconds(20))
    }
}
