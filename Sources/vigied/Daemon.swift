// SPDX-License-Identifier: Apache-2.0

// One run of the server: everything is loaded and checked before it listens, and
// signals stop it in good order.

internal import GRPCTransport
internal import Logging
internal import Scoring
internal import ServiceLifecycle
internal import UnixSignals
internal import VigieService

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A server that is ready to listen.
struct Daemon: Sendable {
    private let settings: DaemonSettings
    private let registry: ModelRegistry
    private let server: VigieServer
    private let logger: Logger
    /// What is not well, although the server can start.
    let warnings: [String]

    /// Loads the models, the certificate and its key.
    init(settings: DaemonSettings) throws(DaemonFailure) {
        self.settings = settings
        logger = LogOutput.logger(settings)
        registry = try Self.registry(settings)
        warnings = try CertificateCheck(
            path: settings.tlsCertificatePath,
            clientCAPath: settings.tlsClientCAPath,
            isExpiredAllowed: settings.isExpiredCertificateAllowed,
            now: Int64(time(nil))
        ).warnings
        let transport = ServerConfiguration(
            host: settings.listen.host,
            port: settings.listen.port,
            tls: ServerTLSConfiguration(
                certificatePath: settings.tlsCertificatePath,
                keyPath: settings.tlsKeyPath,
                clientCAPath: settings.tlsClientCAPath
            ),
            eventLoopCount: settings.threadCount
        )
        do {
            server = try VigieServer(
                configuration: VigieServerConfiguration(transport: transport),
                registry: registry,
                logger: logger
            )
        } catch {
            throw DaemonFailure(.badConfiguration, "TLS: \(error).")
        }
    }

    /// Names of the models, the default first.
    var modelNames: String {
        let others = registry.models.filter { $0 !== registry.defaultModel }
        return ([registry.defaultModel] + others).map(\.identifier).joined(separator: ", ")
    }

    /// Serves until a signal comes.
    func run() async throws {
        for warning in warnings { logger.warning("TLS: \(warning).") }
        let address = try await start()
        logger.info(
            "Listening.",
            metadata: [
                "server.address": "\(address)", "models": "\(modelNames)",
                "threads": "\(settings.threadCount)", "version": "\(DaemonVersion.text)",
            ]
        )
        let group = ServiceGroup(
            services: [DrainOnShutdown(daemon: self)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await group.run()
        logger.info("Stopped.")
    }

    private func start() async throws(DaemonFailure) -> ListenAddress {
        do {
            return ListenAddress(host: settings.listen.host, port: try await server.start())
        } catch {
            throw DaemonFailure(
                .cannotListen,
                "\(settings.listen) cannot be listened on: \(error). Choose another --listen or "
                    + "stop what uses it."
            )
        }
    }

    /// Stops the server in good order, or at once when another signal comes.
    fileprivate func stop() async {
        logger.info("Stopping.", metadata: ["timeout": "\(settings.drainTimeoutSeconds) s"])
        let impatience = Task {
            for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
                logger.warning("Stopped at once.", metadata: ["signal": "\(signal)"])
                exit(EXIT_FAILURE)
            }
        }
        await server.stop(timeout: .seconds(settings.drainTimeoutSeconds))
        impatience.cancel()
    }

    private static func registry(_ settings: DaemonSettings) throws(DaemonFailure) -> ModelRegistry
    {
        let models: [ScoringModel]
        do {
            if let directory = settings.modelsDirectory {
                models = try ModelDirectory.models(at: directory)
            } else {
                models = try ScoringModel.bundledModels()
            }
        } catch {
            throw DaemonFailure(.badModel, "\(error)")
        }
        do throws(ModelRegistryError) {
            return try ModelRegistry(models: models, defaultName: settings.defaultModel)
        } catch {
            throw DaemonFailure(.badConfiguration, error.description)
        }
    }
}

/// Waits for the end and then stops the server.
private struct DrainOnShutdown: Service {
    let daemon: Daemon

    func run() async throws {
        try await gracefulShutdown()
        await daemon.stop()
    }
}
