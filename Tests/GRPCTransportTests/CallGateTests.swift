// SPDX-License-Identifier: Apache-2.0

// Callers as the transport tells them apart: asked once for what was shown before, refused in
// words, and sent away when they go on and on.

import Callers
import GRPCTransport
import Logging
import NIOCore
import Synchronization
import TestCertificates
import Testing
import VigieLimits

/// Lets in whoever shows a name; counts how often it is asked.
private final class NameGate: CallGate {
    private let asked = Mutex<[String]>([])
    private let number = Atomic<Int>(0)
    private struct Others {
        var gone: Set<String> = []
        var roots: Set<String> = ["root"]
        var roles: [String] = []
        var models = NamePatterns.all
    }

    private let others = Mutex(Others())

    var names: [String] { asked.withLock { $0 } }
    var generation: Int { number.load(ordering: .relaxed) }

    func change() { number.wrappingAdd(1, ordering: .relaxed) }

    /// Lets others in than before.
    func change(
        gone: Set<String> = [],
        roots: Set<String> = ["root"],
        roles: [String] = [],
        models: NamePatterns = .all
    ) {
        others.withLock { $0 = Others(gone: gone, roots: roots, roles: roles, models: models) }
        change()
    }

    func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller {
        let name = String(decoding: credentials.authorization, as: UTF8.self)
        asked.withLock { $0.append(name) }
        guard !name.isEmpty else {
            throw CallRefusal(.unauthenticated, "NO_NAME", "Say who you are.")
        }
        let others = others.withLock { $0 }
        guard !others.gone.contains(name) else {
            throw CallRefusal(.unauthenticated, "GONE", "\(name) is gone.")
        }
        return Caller(
            identity: name,
            roles: others.roles,
            mayCall: [true, others.roots.contains(name), true, true],
            models: others.models,
            usage: CallerUsage(),
            credentials: credentials
        )
    }

    func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller {
        try self.caller(caller.credentials)
    }

    func refusal(of caller: Caller, path: String) -> CallRefusal {
        CallRefusal(.permissionDenied, "ROLE_NEEDED", "\(caller.identity) may not call \(path).")
    }
}

/// Answers with who calls.
private final class Greeter: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        let name = Array((call.caller?.identity ?? "nobody").utf8)
        call.finish(byteCount: name.count) { $0.copyBytes(from: name) }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// Keeps lines of a log.
private struct Lines: LogHandler {
    final class Store: Sendable {
        let lines = Mutex<[String]>([])
    }

    let store: Store
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        store.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
}

@Suite struct CallGateTests {
    private let gate = NameGate()
    private let routes = [
        MethodRoute(path: "/t/All", clientStreaming: false) { _ in Greeter() },
        MethodRoute(path: "/t/Root", clientStreaming: false) { _ in Greeter() },
        MethodRoute(path: "/t/Open", clientStreaming: false, isOpenToAll: true) { _ in Greeter() },
    ]

    private func greeting(
        _ connection: ClientConnection,
        _ name: String?,
        _ path: String = "/t/All"
    ) async throws -> String {
        let answer = try await connection.unary(
            path: path,
            message: ByteBuffer(string: "m"),
            metadata: name.map { [("authorization", $0)] } ?? [],
            deadline: nil
        )
        return String(buffer: answer)
    }

    @Test func callersAreKnownByWhatTheyShow() async throws {
        try await withServer(routes: routes, gate: gate) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for name in ["a", "a", "b", "a", "b"] {
                #expect(try await greeting(connection, name) == name)
            }
            #expect(gate.names == ["a", "b"])
            #expect(try await greeting(connection, nil, "/t/Open") == "nobody")
            #expect(try await greeting(connection, "root", "/t/Root") == "root")
            let denied = await status { _ = try await greeting(connection, "a", "/t/Root") }
            #expect(denied?.code == .permissionDenied)
            #expect(denied?.message == "a may not call /t/Root.")
            let stranger = await status { _ = try await greeting(connection, nil) }
            #expect(stranger?.code == .unauthenticated && stranger?.message == "Say who you are.")
            gate.change()
            #expect(try await greeting(connection, "a") == "a")
            #expect(gate.names.filter { $0 == "a" }.count == 2)
            connection.close()
        }
    }

    /// A stream that is open: its first message was answered.
    private func opened(
        _ connection: ClientConnection,
        _ name: String,
        _ path: String = "/t/Stream"
    ) async throws -> ClientStream {
        let call = connection.stream(path: path, metadata: [("authorization", name)])
        try await call.send(ByteBuffer(bytes: [42]))
        #expect(try await call.next() != nil)
        return call
    }

    @Test(.timeLimit(.minutes(1))) func openCallsOfThoseWhoAreLetInNoMoreEnd() async throws {
        let echo = GatedEcho.Gate()
        echo.open()
        let streams = ["Stream", "Root"].map { name in
            MethodRoute(path: "/t/\(name)", clientStreaming: true) { _ in GatedEcho(echo) }
        }
        let none = MethodRoute(path: "/t/None", clientStreaming: false) { _ in Greeter() }
        let open = MethodRoute(path: "/t/Health", clientStreaming: true, isOpenToAll: true) { _ in
            GatedEcho(echo)
        }
        let routes = [none, streams[1], streams[0], open]
        try await withServer(routes: routes, gate: gate) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let other = try await connect(port, certificates)
            let gone = [
                try await opened(connection, "a"), try await opened(connection, "a"),
                try await opened(other, "a"),
            ]
            let health = try await opened(connection, "a", "/t/Health")
            let stays = try await opened(connection, "b")
            let root = try await opened(connection, "root", "/t/Root")
            let asked = gate.names.count
            gate.change(gone: ["a"], roots: [])
            for call in gone {
                let status = await status { while try await call.next() != nil {} }
                #expect(status?.code == .unauthenticated && status?.message == "a is gone.")
            }
            let denied = await status { while try await root.next() != nil {} }
            #expect(denied?.code == .permissionDenied)
            // Each credential of the thread once, whatever it has open: two of "a".
            #expect(gate.names.count - asked <= 4, "\(gate.names)")
            for call in [stays, health] {
                try await call.send(ByteBuffer(bytes: [42]))
                #expect(try await call.next() != nil)
            }
            // What he may in it is something else now.
            gate.change(models: NamePatterns(["us-*"]))
            let another = try await opened(connection, "c")
            gate.change(roles: ["clerk"], models: NamePatterns(["us-*"]))
            for call in [stays, another] {
                let changed = await status { while try await call.next() != nil {} }
                #expect(changed?.code == .unavailable)
                #expect(changed?.message.contains("has changed") == true)
            }
            connection.close()
            other.close()
        }
    }

    @Test func noMoreThanKnownCallersMaxAreRemembered() async throws {
        var limits = TransportLimits()
        limits.knownCallersMax = 2
        try await withServer(routes: routes, limits: limits, gate: gate) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for number in 0..<9 {
                #expect(try await greeting(connection, "\(number)") == "\(number)")
            }
            #expect(try await greeting(connection, "0") == "0")
            #expect(gate.names.count == 10)
            connection.close()
        }
    }

    @Test func moreThanRefusalsMaxInARowEndTheConnection() async throws {
        var limits = TransportLimits()
        limits.refusalsMax = 5
        limits.refusalLinesPerSecond = 2
        let store = Lines.Store()
        let logger = Logger(label: "test") { _ in Lines(store: store) }
        try await withServer(
            routes: routes,
            limits: limits,
            gate: gate,
            logger: logger
        ) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for _ in 0..<3 {
                for _ in 0..<5 {
                    #expect(await status { _ = try await greeting(connection, nil) } != nil)
                }
                // Somebody who gets in begins anew.
                #expect(try await greeting(connection, "a") == "a")
            }
            for _ in 0..<8 { _ = await status { _ = try await greeting(connection, nil) } }
            #expect(await status { _ = try await greeting(connection, "a") } != nil)
            let other = try await connect(port, certificates)
            #expect(try await greeting(other, "a") == "a")
            other.close()
        }
        let lines = store.lines.withLock { $0 }
        #expect(lines.filter { $0.contains("NO_NAME") }.count < 15)
        #expect(lines.contains { $0.contains("NO_NAME") })
    }

    @Test func aCertificateIsReadOnce() async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let most = TransportLimits.certificateNamesMax
        let names = (0..<most + 50).map { "DNS:Host\($0).Example" }.joined(separator: ",")
        let client = try certificates.issue("client", alternativeNames: names, usage: "clientAuth")
        let seen = Mutex<PeerCertificate?>(nil)
        let gate = CertificateGate { certificate in seen.withLock { $0 = certificate } }
        var configuration = ServerConfiguration(
            port: 0,
            tls: ServerTLSConfiguration(
                certificatePath: certificates.serverCertificatePath,
                keyPath: certificates.serverKeyPath,
                clientCAPath: client.caPath
            ),
            eventLoopCount: 1
        )
        configuration.gate = gate
        let server = try GRPCServer(
            configuration: configuration,
            routes: routes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        let tls = ClientTLSConfiguration(
            caPath: certificates.caPath,
            certificatePath: client.certificatePath,
            keyPath: client.keyPath
        )
        let connection = try await connect(port, certificates, tls: tls)
        for _ in 0..<3 { #expect(try await greeting(connection, nil) == "host0.example") }
        connection.close()
        await server.shutdownGracefully(timeout: .zero)
        let certificate = try #require(seen.withLock { $0 })
        #expect(gate.count == 1 && certificate.names.count == most)
        #expect(certificate.names[1] == "dns:host1.example" && certificate.subject == "CN=client")
    }
}

/// Lets in who has a certificate, under the first of its names.
private final class CertificateGate: CallGate {
    private let asked = Atomic<Int>(0)
    private let note: @Sendable (PeerCertificate?) -> Void

    init(note: @escaping @Sendable (PeerCertificate?) -> Void) { self.note = note }

    var count: Int { asked.load(ordering: .relaxed) }
    var generation: Int { 0 }

    func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller { caller }

    func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller {
        asked.wrappingAdd(1, ordering: .relaxed)
        note(credentials.certificate)
        let name = credentials.certificate?.names.first?.dropFirst(4) ?? ""
        return Caller(
            identity: String(name),
            mayCall: [true],
            models: .all,
            usage: CallerUsage()
        )
    }

    func refusal(of caller: Caller, path: String) -> CallRefusal {
        CallRefusal(.permissionDenied, "", "")
    }
}
