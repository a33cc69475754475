// SPDX-License-Identifier: Apache-2.0

// The whole server: the services on the transport, and their start and stop in
// the right order.

package import Callers
package import CreditPolicy
package import DeliveryApplication
package import GRPCTransport
package import Logging
package import PortfolioApplication
internal import Telemetry
internal import Turns
package import VigieApplication
package import VigieLimits

/// How a server is set up.
package struct VigieServerConfiguration: Sendable {
    /// Where to listen, with which certificate and on how many event loops.
    package var transport: ServerConfiguration
    /// Limits of the services.
    package var limits = ServiceLimits()
    /// Threads that score large blocks.
    package var scoringThreadCount: Int
    /// The policies that it decides by.
    package var policies = PolicyShelf()
    /// What is so of whoever asks them, whichever company of a portfolio it is about: by the names
    /// of inputs.
    package var policyFacts: [String: CreditFact] = [:]
    /// Where it keeps portfolios.
    package var store = ServerStore.none
    /// How it scores them again.
    package var rescoring = RescoringSettings()
    /// How others are told of what happens to them.
    package var deliveries = DeliverySettings.none
    /// Whether it reads papers of companies for callers.
    package var readsPapers = false
    /// Makes what tells callers apart, from the paths of the server's methods in the order of its
    /// routes; nil lets everybody call everything.
    package var makeGate: (@Sendable (_ paths: [String]) -> any CallGate)?
    /// Whether its methods can be called in plain HTTP, too.
    package var hasWebDoor = false
    /// Which proxies are believed there on who asks; nil for none.
    package var proxySignIn: ProxySignIn?
    /// Whether it tells of its services and their messages.
    package var offersReflection = true
    /// The version of the product.
    package var version = ""
    /// Tells today, for calls without an as-of date.
    package var clock: WallClock = SystemClock.now

    /// Makes a configuration with as many scoring threads as event loops.
    package init(transport: ServerConfiguration) {
        self.transport = transport
        scoringThreadCount = transport.eventLoopCount
    }
}

/// A scoring server.
package final class VigieServer: Sendable {
    private let server: GRPCServer
    private let pool: ScoringPool
    private let workers: WorkerPool
    /// Threads that assess companies and decide on them: long work, which must not hold up the
    /// control plane.
    private let assessors: WorkerPool
    /// Threads that read papers of companies, if they do.
    private let readers: WorkerPool?
    /// Threads that check and keep policies: seconds of work, which holds up nothing else.
    private let policyWorkers: WorkerPool
    private let portfolios: PortfolioService
    /// Threads that score portfolios again, where there is a store and a model that can.
    private let rescoring: RescoringThreads?
    private let collection: CollectionService
    private let universes: UniverseService
    private let jobs: JobDesk
    private let web: WebDoor?
    private let alerts: AlertService
    private let deliveries: DeliveryService
    private let health: HealthBoard
    /// What tells callers apart.
    package let gate: (any CallGate)?
    /// All services that the server has.
    package let services: [ServiceDescription]

    /// Reads the certificate and sets up the services. Nothing listens yet.
    ///
    /// - Throws: `TLSError` when certificate or key cannot be used.
    package init(
        configuration: VigieServerConfiguration,
        registry: ModelRegistry,
        logger: Logger
    ) throws {
        let (limits, counters) = (configuration.limits, configuration.transport.counters)
        let (threadCount, clock) = (configuration.scoringThreadCount, configuration.clock)
        health = HealthBoard()
        pool = ScoringPool(threadCount: threadCount, limits: limits, times: counters.blockTimes)
        jobs = JobDesk(configuration.store, limits)
        let scoring = Self.scoring(registry, configuration, pool, jobs)
        workers = WorkerPool(threadCount: limits.workerThreads, limits: .calls(limits))
        let models = ModelService(registry: registry, workers: workers, limits: limits)
        assessors = WorkerPool(threadCount: threadCount, limits: .calls(limits))
        readers = configuration.readsPapers ? .readingPapers(limits) : nil
        let memory = ThreadMemory(counters, policiesMax: limits.threadPoliciesMax)
        let queries = AssessmentQueries(registry: registry, clock: clock)
        let assessments = AssessmentService(
            queries: queries,
            workers: assessors,
            readers: readers,
            pool: pool,
            limits: limits,
            clock: clock,
            counters: counters,
            memory: memory,
            jobs: jobs
        )
        let policyQueries = DecisionQueries(shelf: configuration.policies, clock: clock)
        let decisions = DecisionService(
            (policyQueries, queries),
            assessors,
            (limits, memory),
            rows: (registry, pool, clock, counters)
        )
        policyWorkers = .keepingPolicies(limits)
        let policies = PolicyService(configuration.policies, policyWorkers, limits)
        let runs = RescoringParts(configuration, registry, queries, policyQueries, memory, logger)
        (rescoring, portfolios) = (runs.threads, runs.portfolios)
        alerts = AlertService(configuration.store, beside: portfolios, limits)
        deliveries = DeliveryService(configuration, logger)
        collection = CollectionService(configuration.store, registry, limits)
        universes = UniverseService(configuration.store, registry, limits)
        let inference = Self.inference(registry, configuration, health, workers, pool)
        let page = WebParts(configuration)
        // The data plane first: the transport looks for methods in this order.
        let own = [
            scoring.description, inference.description, assessments.description,
            decisions.description, models.description, policies.description,
            portfolios.description, alerts.description, deliveries.description,
            collection.description, page.dashboard.description, universes.description,
            JobService(jobs).description,
        ]
        let checks = HealthService(board: health, services: own, limits: limits)
        let told = own + [checks.description]
        services =
            configuration.offersReflection
            ? told + ReflectionService(services: told, limits: limits).descriptions : told
        let routes = services.flatMap(\.routes)
        gate = configuration.makeGate?(routes.map(\.path))
        var transport = configuration.transport
        transport.gate = gate
        web = page.door(services, gate: gate, alerts.live, in: &transport)
        transport.isServing = { [health] in health.isServing }
        server = try GRPCServer(configuration: transport, routes: routes, logger: logger)
    }

    private static func scoring(
        _ registry: ModelRegistry,
        _ configuration: VigieServerConfiguration,
        _ pool: ScoringPool,
        _ jobs: JobDesk
    ) -> ScoringService {
        ScoringService(
            registry: registry,
            pool: pool,
            limits: configuration.limits,
            clock: configuration.clock,
            counters: configuration.transport.counters,
            jobs: jobs
        )
    }

    private static func inference(
        _ registry: ModelRegistry,
        _ configuration: VigieServerConfiguration,
        _ health: HealthBoard,
        _ workers: WorkerPool,
        _ pool: ScoringPool
    ) -> InferenceService {
        InferenceService(
            registry: registry,
            version: configuration.version,
            board: health,
            workers: workers,
            pool: pool,
            limits: configuration.limits,
            clock: configuration.clock,
            counters: configuration.transport.counters
        )
    }

    /// Listens where the configuration says, and says that the server is healthy.
    ///
    /// - Returns: The port.
    /// - Throws: When the address cannot be had.
    package func start() async throws -> Int {
        startThreads()
        let port = try await server.start()
        health.set(isServing: true)
        return port
    }

    /// Serves what connects to sockets, which are the server's from then on, and says that it is
    /// healthy.
    package func start(on sockets: [ListeningSocket]) async throws {
        startThreads()
        try await server.start(on: sockets)
        health.set(isServing: true)
    }

    private func startThreads() {
        pool.start()
        workers.start()
        assessors.start()
        policyWorkers.start()
        portfolios.start()
        alerts.start()
        rescoring?.start()
        collection.start()
        universes.start()
        jobs.start()
        web?.start()
        deliveries.start()
        readers?.start()
    }

    /// What the server holds at the moment.
    package var holdings: ServerHoldings { server.holdings }

    /// Whether health checks say that it serves.
    package var isServing: Bool { health.isServing }

    /// Reads the certificates again, for connections that come from now on.
    ///
    /// - Throws: `TLSError` when a file cannot be used; nothing has changed then.
    package func reloadCertificates() throws(TLSError) {
        try server.reloadCertificates()
    }

    /// Says that the server is not healthy, serves on for `delay`, then takes no more connections,
    /// lets calls finish for as long as `timeout` and ends what is left.
    ///
    /// - Parameter isHandedOver: Whether another process serves on the same sockets: the server as
    ///   its clients see it is healthy then.
    package func stop(
        delay: Duration = .zero,
        timeout: Duration,
        isHandedOver: Bool = false
    ) async {
        if !isHandedOver { health.set(isServing: false) }
        // First of all: other servers go on with what these leave.
        async let rescored: Void? = rescoring?.stop()
        try? await Task.sleep(for: delay)
        health.endWatches()
        alerts.endWatches()
        await server.shutdownGracefully(timeout: timeout, isHandedOver: isHandedOver)
        await pool.stop()
        await workers.stop()
        await assessors.stop()
        await policyWorkers.stop()
        await readers?.stop()
        _ = await rescored
        await web?.stop()
        await alerts.stop()
        await deliveries.stop()
        await collection.stop()
        await universes.stop()
        await jobs.stop()
        await portfolios.stop()
    }
}
