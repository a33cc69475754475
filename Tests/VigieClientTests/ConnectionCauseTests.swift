// SPDX-License-Identifier: Apache-2.0

// Why there is no connection, as the client's callers are told.

import GRPCTransport
import Glibc
import TestCertificates
import Testing
import VigieClient
import VigieLimits

@Suite struct ConnectionCauseTests {
    @Test func everyCauseOfTheTransportHasItsName() {
        let named: Set<VigieError.Cause> = [
            .nameNotFound, .connectionRefused, .unreachable, .timedOut, .notAllowedHere, .closed,
            .notTLS, .noCommonTLS, .noHTTP2, .certificateExpired, .certificateNotYetValid,
            .certificateNameMismatch, .certificateAuthorityUnknown, .certificateRejected,
            .clientCertificateRequired, .clientCertificateRefused, .tlsFailed, .other,
        ]
        #expect(Set(ConnectionFailure.allCases.map(\.rawValue)) == Set(named.map(\.rawValue)))
    }

    @Test func aConnectionThatIsLateTellsTheLastCause() async throws {
        var configuration = ScoringClientConfiguration(host: "127.0.0.1", port: 1)
        configuration.timeout = .milliseconds(1_500)
        configuration.retry.attemptsMaximum = 4
        let error = await #expect(throws: VigieError.self) {
            try await withScoringClient(configuration) { try await $0.health() }
        }
        #expect(error?.cause == .connectionRefused)
        #expect(error?.reason == VigieError.ClientReason.cannotConnect)
        #expect(error?.detail?.isEmpty == false)
        #expect(error?.message.contains("NIO") == false)
    }

    @Test func certificatesMayComeFromMemory() async throws {
        let server = try await TestServer.start()
        var configuration = server.configuration
        configuration.tls.roots = .pem(try text(server.certificates.caPath))
        configuration.tls.clientCertificate = .init(
            certificatePEM: try text(server.certificates.clientCertificatePath),
            keyPEM: try text(server.certificates.clientKeyPath)
        )
        let status = try await withScoringClient(configuration) { try await $0.health() }
        #expect(status == .serving)
        configuration.tls.clientCertificate = .init(certificatePEM: "x", keyPEM: "secret-key")
        let error = #expect(throws: VigieError.self) { try ScoringClient(configuration) }
        #expect(error?.reason == VigieError.ClientReason.invalidConfiguration)
        #expect(error?.message.contains("secret-key") == false)
        await server.stop()
        server.removeFiles()
    }

    @Test(arguments: [0, -1, 65_536, Int.max, Int.min])
    func aPortThatIsNoneIsRefused(port: Int) {
        let error = #expect(throws: VigieError.self) {
            try ScoringClient(ScoringClientConfiguration(host: "localhost", port: port))
        }
        #expect(error?.reason == VigieError.ClientReason.invalidConfiguration)
    }

    @Test func configurationsThatMakeNoSenseTrapNothing() async throws {
        for host in ["", "a b", "a\0b", "a\n"] {
            #expect(throws: VigieError.self) {
                try ScoringClient(ScoringClientConfiguration(host: host))
            }
        }
        for count in [0, -1, TransportLimits().clientConnectionsMax + 1, Int.max] {
            var configuration = ScoringClientConfiguration(host: "localhost")
            configuration.connectionCount = count
            #expect(throws: VigieError.self) { try ScoringClient(configuration) }
        }
        let server = try await ScriptedServer.start([GRPCStatus(.unavailable, "busy")])
        for (initial, multiplier) in [
            (Duration.seconds(Int64.max), 2.0), (.seconds(-1), .nan), (.zero, -.infinity),
            (.nanoseconds(1), .infinity),
        ] {
            await #expect(throws: VigieError.self) {
                try await server.call {
                    $0.timeout = .seconds(5)
                    $0.retry.initialBackoff = initial
                    $0.retry.maximumBackoff = .nanoseconds(5)
                    $0.retry.backoffMultiplier = multiplier
                }
            }
        }
        await server.stop()
    }

    private func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }
}
