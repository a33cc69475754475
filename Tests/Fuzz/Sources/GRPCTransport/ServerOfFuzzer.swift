// SPDX-License-Identifier: Apache-2.0

// The server's half of a connection behind TLS, without sockets and threads: what the fuzzer
// needs of this module, and compiled into it, so that nothing has to be opened for that.

internal import CHTTP2Session
internal import Logging
package import NIOCore
internal import Telemetry
package import VigieLimits

/// What all sessions share. Never given back, as in a server.
package final class ServerOfFuzzer: Sendable {
    fileprivate let environment: ServerEnvironment

    /// Makes it; `workers` must work on the thread that the sessions are on.
    package init(
        limits: TransportLimits,
        tls: ServerTLSConfiguration,
        routes: [MethodRoute],
        workers: WorkerPool
    ) throws(TLSError) {
        environment = ServerEnvironment(
            limits: limits,
            tls: try ServerCertificates(tls),
            gate: nil,
            routes: routes,
            workers: workers,
            counters: CounterRegistry(),
            compressesAnswers: true,
            logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Bytes that sessions hold.
    package var usedBytes: Int {
        environment.assemblyBudget.usedBytes + environment.answerBudget.usedBytes
    }
}

/// One connection.
package final class SessionOfFuzzer {
    private let loop: ServerLoop
    private let session: ServerSession
    private var seconds: Int64 = 0

    /// Makes a session whose loop somebody else runs.
    package init(_ server: ServerOfFuzzer, eventLoop: any EventLoop) throws {
        loop = ServerLoop(environment: server.environment, eventLoop: eventLoop)
        session = try ServerSession(loop: loop)
    }

    /// Takes bytes, as they come out of TLS.
    ///
    /// - Returns: False when the connection must be closed.
    package func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        session.isInTurn = true
        for start in stride(from: 0, to: bytes.count, by: ServerLoop.recordBytes) {
            let record = bytes[start..<min(start + ServerLoop.recordBytes, bytes.count)]
            let target = session.landing ?? loop.record
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: record))
            let received = UnsafeRawBufferPointer(rebasing: target[..<record.count])
            if session.receive(received) != nil { return false }
        }
        return true
    }

    /// Ends the turn, and sends what is to be sent.
    ///
    /// - Returns: False when the connection must be closed.
    package func endTurn() -> Bool {
        session.endTurn()
        while true {
            loop.frames.removeAll()
            guard session.produce() else { return false }
            session.resumeAnsweredCalls()
            if loop.frames.count == 0 { return !session.isFinished }
        }
    }

    /// Lets time pass, and looks at the clocks.
    package func pass(seconds passed: Int64) {
        seconds += passed
        let now = NIODeadline.now() + .seconds(seconds)
        _ = session.checkClocks(now: now)
        session.shed()
        _ = session.checkPeer(now: now)
    }

    /// Says that no more calls are taken.
    package func drain() {
        session.announceShutdown()
        session.refuseNewStreams()
    }

    /// The connection is gone.
    package func end() {
        session.endAllCalls()
        precondition(session.callCount == 0, "calls are left")
    }

    /// Bytes that the connection holds although nothing is left.
    package var heldBytes: Int {
        session.answers.setSocketBytes(0)
        return session.assembly.usedBytes + session.answers.budgetAccount.usedBytes
    }
}
