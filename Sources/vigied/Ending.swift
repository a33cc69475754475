// SPDX-License-Identifier: Apache-2.0

// How a run ends: on a signal, or when another process has taken over. Either way no call is lost
// that can be helped.

internal import CommandFiles
internal import Logging
internal import Synchronization
internal import VigieService

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Why a run ends.
enum EndCause: Sendable {
    /// A signal says so.
    case signal
    /// Another process serves.
    case handedOver
}

/// The end of a run.
final class Ending: Sendable {
    private enum Phase {
        case serving
        /// This process is to take over.
        case handingOver(pid_t)
        case ending
    }

    private let settings: DaemonSettings
    private let environment: [String: String]
    private let server: VigieServer
    private let listeners: Listeners
    private let manager: ServiceManager
    private let log: LogOutput
    private let phase = Mutex(Phase.serving)

    private var logger: Logger { log.logger }

    init(
        settings: DaemonSettings,
        environment: [String: String],
        server: VigieServer,
        listeners: Listeners,
        manager: ServiceManager,
        log: LogOutput
    ) {
        (self.settings, self.environment, self.server) = (settings, environment, server)
        (self.listeners, self.manager, self.log) = (listeners, manager, log)
    }

    /// Waits for what ends the run. Signals to hand over are followed meanwhile.
    func awaitCause(
        ending: AsyncStream<Int32>,
        handingOver: AsyncStream<Int32>
    ) async -> EndCause {
        let (causes, continuation) = AsyncStream.makeStream(of: EndCause.self)
        // Neither is waited for: a process that is to take over may take its time to start.
        Task { for await _ in ending { continuation.yield(.signal) } }
        Task {
            for await _ in handingOver where await handOver() {
                continuation.yield(.handedOver)
            }
        }
        for await cause in causes { return cause }
        return .signal
    }

    /// Starts a process that takes over.
    ///
    /// - Returns: Whether it did.
    private func handOver() async -> Bool {
        guard getpid() != 1 else {
            manager.tellNotHandedOver()
            logger.error("Not handed over: a container ends with its first process. Restart it.")
            return false
        }
        // Of several signals the first counts.
        guard phase.withLock({ if case .serving = $0 { true } else { false } }) else {
            return false
        }
        do throws(Successor.Failure) {
            let successor = try Successor(sockets: listeners.named, environment: environment)
            manager.tellHandingOver()
            logger.notice("Handing over.", metadata: ["successor": "\(successor.identifier)"])
            phase.withLock { $0 = .handingOver(successor.identifier) }
            if let reason = await successor.awaitReady() { throw .init(description: reason) }
            let isInTime = phase.withLock { phase in
                guard case .handingOver = phase else { return false }
                phase = .ending
                return true
            }
            guard isInTime else {
                logger.notice("Not handed over: this process has begun to stop meanwhile.")
                return false
            }
            manager.tellMainProcess(successor.identifier)
            successor.letTakeOver()
            return true
        } catch {
            phase.withLock { if case .handingOver = $0 { $0 = .serving } }
            manager.tellNotHandedOver()
            logger.error(
                "Not handed over; this process serves on.",
                metadata: ["reason": "\(error)"]
            )
            return false
        }
    }

    /// Stops the server in good order, or at once when a signal asks for that.
    ///
    /// - Parameter last: What is done when the server has stopped; a signal ends that too.
    func stop(_ cause: EndCause, last: () async -> Void) async {
        let isHandedOver = cause == .handedOver
        phase.withLock { phase in
            // Who stops the server does not want another in its place.
            if case .handingOver(let successor) = phase { kill(successor, SIGTERM) }
            phase = .ending
        }
        let delay = isHandedOver ? 0 : settings.drainDelaySeconds
        logger.info(
            isHandedOver ? "Handed over; letting calls finish." : "Stopping.",
            metadata: ["delay": "\(delay) s", "timeout": "\(settings.drainTimeoutSeconds) s"]
        )
        if !isHandedOver { manager.tellStopping() }
        let impatience = Task { [log] in
            // When a service is stopped, all of its processes are told: that is no second signal.
            var others = isHandedOver ? 1 : 0
            for await number in ProcessSignals.sequence(ProcessSignals.ending) {
                others -= 1
                if others >= 0 { continue }
                log.logger.warning(
                    "Stopped at once.",
                    metadata: ["signal": "\(ProcessSignals.name(number))"]
                )
                log.flush()
                exit(CommandStatus.failure.rawValue)
            }
        }
        await server.stop(
            delay: .seconds(delay),
            timeout: .seconds(settings.drainTimeoutSeconds),
            isHandedOver: isHandedOver
        )
        await last()
        impatience.cancel()
    }
}
