// SPDX-License-Identifier: Apache-2.0

// One run of the server: everything is loaded and checked before it listens, and
// signals stop it in good order.

internal import CallerAccess
internal import CommandFiles
internal import Databases
internal import Documents
internal import GRPCTransport
internal import Logging
internal import PortfolioApplication
internal import ProgramSettings
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
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
    private let policies: PolicyShelf
    private let inbox: InboxRunner?
    private let server: VigieServer
    private let log: LogOutput
    private let telemetry: DaemonTelemetry
    private let counters = CounterRegistry()
    private let unusedSignals: AsyncStream<Int32>
    private let reloadSignals: AsyncStream<Int32>
    private let handOverSignals: AsyncStream<Int32>
    private let manager: ServiceManager
    private let environment: [String: String]
    private let passed: PassedSockets
    /// What is not well, although the server can start.
    let warnings: [String]

    private var logger: Logger { log.logger }

    /// Loads the models, the certificate and its key.
    init(
        settings: DaemonSettings,
        passed: PassedSockets,
        environment: [String: String]
    ) throws {
        FreeMemory.bound(bytes: ProcessLimits.threadFreeBytesMax)
        // Before anything else: threads that get none end the process without a word.
        try DescriptorLimit.check(threads: settings.threadCount)
        try ForcedPath.check()
        self.settings = settings
        (self.passed, self.environment) = (passed, environment)
        manager = ServiceManager(environment: environment)
        log = LogOutput(format: settings.logFormat, level: settings.logLevel, counters: counters)
        // From the start: a signal that means nothing must not end a server that loads its models.
        let meantLater = ProcessSignals.reloading + ProcessSignals.handingOver
        let ignored = ProcessSignals.unused + meantLater + [SIGPIPE, SIGXFSZ]
        for number in ignored { signal(number, SIG_IGN) }
        unusedSignals = ProcessSignals.sequence(ProcessSignals.unused)
        reloadSignals = ProcessSignals.sequence(ProcessSignals.reloading)
        handOverSignals = ProcessSignals.sequence(ProcessSignals.handingOver)
        registry = try ModelRegistry.load(
            directory: settings.modelsDirectory,
            defaultName: settings.defaultModel
        )
        policies = try PolicyShelf(directory: settings.policiesDirectory)
        let certificates = try CertificateCheck(
            settings.tls,
            isExpiredAllowed: settings.isExpiredCertificateAllowed,
            now: SystemClock.now()
        )
        telemetry = try DaemonTelemetry(settings: settings, counters: counters)
        let transport = Self.transport(settings, counters, telemetry)
        var configuration = VigieServerConfiguration(transport: transport)
        configuration.readsPapers = settings.readsPapers
        configuration.policies = policies
        if let path = settings.policyFactsPath {
            configuration.policyFacts = try PolicyFactFile.facts(path: path)
        }
        configuration.store = Self.store(settings) { [log] in log.logger.warning("\($0).") }
        configuration.rescoring = try Self.checked(settings.rescoring, registry)
        configuration.deliveries = settings.deliveries
        let storeWarning = try Self.open(configuration.store)
        inbox = try InboxRunner(settings, configuration.store, log.logger)
        let policy = try settings.access.policy()
        warnings =
            certificates.warnings.map { "TLS: \($0)" } + settings.warnings
            + settings.access.warnings(policy) + policies.problems + storeWarning
        if settings.access.tellsCallersApart {
            configuration.makeGate = { paths in
                AccessGate(policy: policy, paths: paths, nowSeconds: SystemClock.now)
            }
        }
        configuration.offersReflection = settings.offersReflection
        configuration.hasWebDoor = settings.hasWebDoor
        configuration.proxySignIn = settings.proxySignIn
        configuration.version = DaemonVersion.text
        do {
            server = try VigieServer(
                configuration: configuration,
                registry: registry,
                logger: log.logger
            )
        } catch {
            throw CommandFailure(.badConfiguration, "TLS: \(error).")
        }
        try checkMethods(of: server)
    }

    /// How it listens.
    private static func transport(
        _ settings: DaemonSettings,
        _ counters: CounterRegistry,
        _ telemetry: DaemonTelemetry
    ) -> ServerConfiguration {
        var transport = ServerConfiguration(
            tls: settings.tls,
            eventLoopCount: settings.threadCount
        )
        transport.counters = counters
        transport.residentBytes = { Int(ProcessFacts.residentNow) }
        transport.observer = telemetry.observer
        transport.compressesAnswers = settings.compressesAnswers
        transport.proxies = settings.proxies
        transport.readsProxyHeaders = settings.readsProxyHeaders
        transport.limits.addressConnectionsMax = settings.connectionsPerAddress
        return transport
    }

    private static func store(
        _ settings: DaemonSettings,
        _ tell: @escaping @Sendable (String) -> Void
    ) -> ServerStore {
        let backUp = StoreFiles.upgradeBackup(into: settings.storeBackupsDirectory)
        return ServerStore(settings.store, backUp: backUp, tell: tell)
    }

    /// Refuses a model by which portfolios cannot be scored, where one is named.
    private static func checked(
        _ rescoring: RescoringSettings,
        _ registry: ModelRegistry
    ) throws(CommandFailure) -> RescoringSettings {
        guard !rescoring.model.isEmpty else { return rescoring }
        var request = AssessmentRequest()
        request.model = rescoring.model
        do throws(ServiceError) {
            _ = try AssessmentQueries(registry: registry).plan(request)
            return rescoring
        } catch {
            throw CommandFailure(
                .badConfiguration,
                "\(SettingKey.rescoreModel.flag): \(error.message)"
            )
        }
    }

    /// Brings the tables of the store up to date.
    ///
    /// - Returns: A warning when it cannot be reached: the server scores all the same, and tries
    ///   again with each call that needs the store.
    private static func open(_ store: ServerStore) throws(CommandFailure) -> [String] {
        guard let place = store.place else { return [] }
        do throws(ServiceError) {
            try store.open()
            return []
        } catch {
            guard error.code == .unavailable else {
                throw CommandFailure(
                    .badConfiguration,
                    "store \(place): \(error.message)",
                    detail: "reason \(error.reason)"
                )
            }
            return ["store \(place): \(error.message.withoutFullStop)"]
        }
    }

    private func checkMethods(of server: VigieServer) throws(CommandFailure) {
        guard let unknown = (server.gate as? AccessGate)?.unknownMethods().first else { return }
        let names = server.services.map(\.name).joined(separator: ", ")
        throw CommandFailure(
            .badConfiguration,
            "the access file names \(unknown), which this server does not have; its services are "
                + names
        )
    }

    /// Fails if policies cannot be used. A server starts without them, so that one file that
    /// somebody has spoilt does not keep it from deciding by the others; whoever checks wants to
    /// hear of it.
    func checkPolicies() throws(CommandFailure) {
        let count = policies.problems.count
        guard count > 0 else { return }
        throw CommandFailure(
            .badConfiguration,
            "policies cannot be used, as \(count) \(count == 1 ? "warning says" : "warnings say"); "
                + "the server would start, and decide by the others"
        )
    }

    /// Names of the models, the default first.
    var modelNames: String {
        let rest = registry.models.filter { $0 !== registry.defaultModel }
        let models = ([registry.defaultModel] + rest).map(\.identifier)
        return (models + registry.forecastNames).joined(separator: ", ")
    }

    /// Serves until a signal comes.
    func run() async throws(CommandFailure) {
        defer {
            telemetry.flush()
            log.flush()
        }
        // Before the first line: who reads it may stop the server at once.
        let endingSignals = ProcessSignals.sequence(ProcessSignals.ending)
        let listeners = try Listeners(settings, passed: passed)
        for warning in warnings { logger.warning("\(warning).") }
        raiseDescriptorLimit()
        try await start(on: listeners)
        // Of what reading models took.
        FreeMemory.giveBack()
        logger.info(
            "Listening.",
            metadata: [
                "server.address": "\(listeners.shown)", "models": "\(modelNames)",
                "threads": "\(settings.threadCount)", "version": "\(DaemonVersion.text)",
                "store": "\(settings.store?.description ?? "none")",
            ]
        )
        let ignoring = Task { [logger, unusedSignals] in
            for await number in unusedSignals {
                logger.notice(
                    "Ignored: nothing is done on this signal.",
                    metadata: ["signal": "\(ProcessSignals.name(number))"]
                )
            }
        }
        let reloading = Reloading(
            settings: settings,
            server: server,
            policies: policies,
            logger: logger
        )
        let tasks = [
            ignoring, Task { await reloading.watch() }, Task { await reload(reloading) },
            Task { await keepAlive() }, Task { await inbox?.run() },
        ]
        let told = try await telemetry.start(
            server: server,
            registry: registry,
            sockets: listeners.metrics,
            logger: logger
        )
        passed.predecessor?.takeOver()
        listeners.giveUp()
        manager.tellReady()
        let ending = Ending(
            settings: settings,
            environment: environment,
            server: server,
            listeners: listeners,
            manager: manager,
            log: log
        )
        let cause = await ending.awaitCause(ending: endingSignals, handingOver: handOverSignals)
        // Of a process that takes over, the service manager hears from that.
        if cause == .handedOver { for task in tasks { task.cancel() } }
        if cause == .handedOver { await told.stopPage() }
        await inbox?.stop()
        await ending.stop(cause) { await told.stop() }
        for task in tasks { task.cancel() }
        logger.info("Stopped.", metadata: counted)
    }

    private func reload(_ reloading: Reloading) async {
        for await number in reloadSignals {
            manager.tellReloading()
            reloading.reload(cause: ProcessSignals.name(number))
            telemetry.reopen(logger)
            manager.tellReady()
        }
    }

    private func keepAlive() async {
        guard let interval = manager.watchdogInterval else { return }
        while !Task.isCancelled {
            manager.tellAlive()
            try? await Task.sleep(for: interval)
        }
    }

    private func raiseDescriptorLimit() {
        let limit = DescriptorLimit.raise()
        let wanted = server.holdings.connectionsMax + DescriptorLimit.others
        guard limit < wanted else { return }
        logger.warning(
            "Fewer connections can be open than connectionsMax: file descriptors are limited.",
            metadata: ["descriptors": "\(limit)", "wanted": "\(wanted)"]
        )
    }

    /// What the server has done, for the last line of its log.
    private var counted: Logger.Metadata {
        Dictionary(
            uniqueKeysWithValues: counters.summary.map { ($0.name, "\($0.value)") }
        )
    }

    private func start(on listeners: Listeners) async throws(CommandFailure) {
        if listeners.isActivated {
            logger.info("The service manager passes sockets; the setting listen is not used.")
        }
        do { try await server.start(on: listeners.calls) } catch {
            throw CommandFailure(.cannotListen, "\(listeners.shown) cannot be served: \(error)")
        }
    }
}
