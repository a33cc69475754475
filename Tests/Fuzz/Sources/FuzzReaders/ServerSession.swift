// SPDX-License-Identifier: Apache-2.0

// Gives a server's session, with the services of Vigie behind it, what a client sends once the
// handshake is over. At the end the connection must hold no memory of the server.

import BlockPipeline
import GRPCTransport
import NIOCore
import NIOEmbedded
import Scoring
import TestCertificates
import Turns
import VigieApplication
import VigieLimits
import VigieService

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_server")
func fuzzServer(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let eventLoop = EmbeddedEventLoop()
    guard let session = try? SessionOfFuzzer(FuzzedServices.server, eventLoop: eventLoop) else {
        preconditionFailure("no session")
    }
    var input = UnsafeRawBufferPointer(start: start, count: count)
    var isOpen = receive(FuzzedServices.preface, session)
    while isOpen, let step = FrameStep(&input) {
        isOpen = perform(step, session, eventLoop)
    }
    eventLoop.run()
    session.end()
    // What other threads have done comes in turns with sockets, of which there are none here.
    eventLoop.advanceTime(by: .seconds(1))
    precondition(session.heldBytes == 0, "\(session.heldBytes) bytes are held")
    // Timers of calls that are over are gone; the loop would not let others be lost.
    precondition((try? eventLoop.syncShutdownGracefully()) != nil)
    return 0
}

/// Does a step; false when the connection is over.
private func perform(
    _ step: FrameStep,
    _ session: SessionOfFuzzer,
    _ eventLoop: EmbeddedEventLoop
) -> Bool {
    switch step.operation {
    case 0...9:
        // Streams that servers open and the connection itself come from the flags' highest bits.
        let stream = step.operation == 4 || step.operation == 6 ? 0 : step.stream
        let flags = step.flags & 0x3F
        let bytes = frame(type: step.operation, flags: flags, stream: stream, step.content)
        return receive(bytes, session) && session.endTurn()
    case 10:
        let paths = FuzzedServices.paths
        let path = paths[Int(step.flags >> 3) % paths.count]
        let extra = step.flags & 2 == 0 ? [] : field("grpc-encoding", "gzip")
        let content = requestHead(path) + extra + step.content
        let flags = 4 | step.flags & 1
        return receive(frame(type: 1, flags: flags, stream: step.stream, content), session)
    case 11:
        let packed = step.flags & 4 == 0 ? Array(step.content) : stored(step.content)
        let message = prefixed(packed, isCompressed: step.flags & 2 != 0)
        let flags = step.flags & 1
        return receive(frame(type: 0, flags: flags, stream: step.stream, message), session)
    case 12:
        eventLoop.run()
        return session.endTurn()
    case 13:
        if step.flags == 0xFF { session.drain() }
        return session.endTurn()
    case 14:
        session.pass(seconds: Int64(step.flags) * 4)
        eventLoop.advanceTime(by: .seconds(Int64(step.flags)))
        return session.endTurn()
    default:
        return receive(Array(step.content), session)
    }
}

private func receive(_ bytes: [UInt8], _ session: SessionOfFuzzer) -> Bool {
    bytes.withUnsafeBytes { session.receive($0) }
}

private func requestHead(_ path: String) -> [UInt8] {
    // POST and https, by their numbers.
    [0x83, 0x87] + field(":path", path) + field(":authority", "a") + field("te", "trailers")
        + field("content-type", "application/grpc")
}

/// Services whose threads are that of the fuzzer, and whose limits are soon reached.
private enum FuzzedServices {
    nonisolated(unsafe) static let server = made.0
    static let paths = made.1

    static let preface =
        Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        + frame(type: 4, flags: 0, stream: 0, [])

    private static let made: (ServerOfFuzzer, [String]) = {
        do { return try make() } catch { preconditionFailure("no server: \(error)") }
    }()

    private static func make() throws -> (ServerOfFuzzer, [String]) {
        let limits = serviceLimits
        let registry = try ModelRegistry(models: [TestBundle.model()], limits: limits)
        let workers = WorkerPool(
            limits: TurnLimits(workMax: limits.queuedCallsMax, shareWorkMax: limits.queuedCallsMax)
        ) { $0(true) }
        let pool = ScoringPool(limits: limits) { $0(true) }
        let scoring = ScoringService(
            registry: registry,
            pool: pool,
            limits: limits,
            clock: { 1_750_000_000 }
        )
        let models = ModelService(registry: registry, workers: workers, limits: limits)
        let own = [scoring.description, models.description]
        let board = HealthBoard()
        board.set(isServing: true)
        let health = HealthService(board: board, services: own, limits: limits)
        let inference = InferenceService(
            registry: registry,
            version: "1.0.0",
            board: board,
            workers: workers,
            pool: pool,
            limits: limits,
            clock: { 1_750_000_000 }
        )
        let routes = (own + [health.description]).flatMap(\.routes)
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let tls = ServerTLSConfiguration(
            certificatePath: certificates.serverCertificatePath,
            keyPath: certificates.serverKeyPath
        )
        let server = try ServerOfFuzzer(
            limits: transportLimits,
            tls: tls,
            routes: routes + inference.description.routes,
            workers: WorkerPool(limits: TurnLimits(workMax: 4, shareWorkMax: 4)) { $0(true) }
        )
        // Seeds know paths by their places.
        let paths = inference.description.routes.map(\.path)
        return (server, routes.map(\.path) + ["/unknown"] + paths)
    }

    private static var transportLimits: TransportLimits {
        var limits = TransportLimits()
        limits.messageBytesMax = 64 << 10
        limits.assemblyBytesMax = 256 << 10
        limits.answerBytesMax = 256 << 10
        limits.streamWindowBytes = 64 << 10
        limits.connectionWindowBytes = 128 << 10
        limits.frameBytesMax = 32 << 10
        limits.callOutboundBytesMax = 256
        limits.inPlaceTakenBytesMax = 64
        limits.inPlaceMadeBytesMax = 256
        limits.sliceTakenBytesMax = 256
        limits.sliceMadeBytesMax = 512
        limits.concurrentStreamsMax = 16
        return limits
    }

    private static var serviceLimits: ServiceLimits {
        var limits = ServiceLimits()
        limits.inPlaceDecodedBytesMax = 64
        limits.inPlaceNanosecondsMax = 500
        limits.chunkNanoseconds = 1
        limits.headerMemoryBytes = 16 << 10
        limits.blockMemoryBytes = 16 << 10
        limits.blockRowsMax = 4_096
        limits.queuedBlocksMax = 4
        return limits
    }
}
