// SPDX-License-Identifier: Apache-2.0

// The threads of a server that score portfolios again. They are few and let all others go first;
// when the server stops they give their blocks back, for other servers to take at once.

internal import AlertStore
internal import GRPCTransport
internal import Logging
internal import PortfolioApplication
internal import PortfolioStore
package import Rescoring
internal import Scoring
internal import ServiceErrors
internal import StoredAssessments
internal import Synchronization
internal import Telemetry
internal import UniverseApplication
internal import VigieApplication
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// How a server scores portfolios again.
package struct RescoringSettings: Sendable {
    /// The time of day of the daily run; nil for none.
    package var daily: DailyTime?
    /// The model, as `ModelRegistry` finds it; empty for that of calls that name none.
    package var model = ""
    /// Whether this server works on runs.
    package var isOn = true

    /// The default: no daily run, and what arrives is scored.
    package init() {}
}

/// What a server makes of its settings: the service of portfolios, which knows by what model runs
/// score, and the threads that work on them.
struct RescoringParts {
    let portfolios: PortfolioService
    /// The threads; nil without a store.
    let threads: RescoringThreads?

    init(
        _ configuration: VigieServerConfiguration,
        _ registry: ModelRegistry,
        _ queries: AssessmentQueries,
        _ decisions: DecisionQueries,
        _ memory: ThreadMemory,
        _ logger: Logger
    ) {
        let (store, settings) = (configuration.store, configuration.rescoring)
        let limits = configuration.limits
        let assessor = Result { () throws(ServiceError) in
            try StoredFactsAssessor(queries, named: settings.model, limits)
        }
        portfolios = PortfolioService(
            store,
            (queries, decisions, memory, configuration.policyFacts),
            limits,
            runsBy: assessor.map(\.model)
        )
        guard store.place != nil, settings.isOn else {
            threads = nil
            return
        }
        threads = RescoringThreads(
            store,
            try? assessor.get(),
            registry.models,
            [AlertFollower(clock: store.clock)],
            settings,
            threadCount: limits.rescoringThreads,
            configuration.transport.counters,
            logger
        )
    }
}

/// Threads that score portfolios and universes.
final class RescoringThreads: Sendable {
    private let store: ServerStore
    private let assessor: (any RunAssessor)?
    private let models: [ScoringModel]
    private let followers: [any RunFollower]
    private let schedule: RescoringSchedule
    private let threads: WorkerThreads
    private let threadCount: Int
    private let counters: CounterRegistry
    private let logger: Logger
    private let isStopping = Atomic(false)

    init(
        _ store: ServerStore,
        _ assessor: (any RunAssessor)?,
        _ models: [ScoringModel],
        _ followers: [any RunFollower],
        _ settings: RescoringSettings,
        threadCount: Int,
        _ counters: CounterRegistry,
        _ logger: Logger
    ) {
        (self.store, self.assessor, self.followers) = (store, assessor, followers)
        self.models = models
        (self.counters, self.logger) = (counters, logger)
        schedule = RescoringSchedule(daily: settings.daily)
        self.threadCount = threadCount
        threads = WorkerThreads(count: threadCount)
    }

    /// Starts them.
    func start() {
        threads.start()
        let server = UInt64.random(in: 0 ... .max)
        for index in 0..<threadCount {
            threads.submit { [self] isActive in
                if isActive { run("\(server)-\(index)", plans: index == 0) }
            }
        }
    }

    /// Ends them; blocks that are worked on are given back.
    func stop() async {
        isStopping.store(true, ordering: .relaxed)
        await threads.stop()
    }

    private var goesOn: Bool { !isStopping.load(ordering: .relaxed) }

    private func run(_ owner: String, plans: Bool) {
        let counters = counters.makeBlock()
        let tell: @Sendable (String) -> Void = { [logger] in logger.warning("\($0).") }
        var planner: RescoringPlanner?
        var worker: RescoringWorker?
        if let assessor {
            if plans { planner = RescoringPlanner(store, assessor.model, schedule) }
            worker = RescoringWorker(store, assessor, followers, owner: owner, tell: tell)
        }
        let universes = BlockWorker(store, UniverseWork(store, models), owner: owner, tell: tell)
        while goesOn {
            // Of a store that fails its own words are in the log already.
            do throws(ServiceError) {
                _ = try planner?.plan()
                let step = try worker?.step { goesOn } ?? .idle
                count(step, counters)
                // Portfolios first, which are small and watched.
                let other = try universes.step { goesOn }
                count(other, counters)
                if step == .idle, other == .idle { rest() }
            } catch { rest() }
        }
    }

    private func count(_ step: RescoringWorker.Step, _ counters: CounterBlock) {
        switch step {
        case .done(let companies, let runsEnded):
            if companies > 0 { counters.count(.blocksRescored) }
            counters.add(.companiesRescored, companies)
            counters.add(.runsEnded, runsEnded)
        case .failedRun: counters.count(.runsFailed)
        case .idle, .leftBlock: break
        }
    }

    private func rest() { usleep(UInt32(RescoringLimits.pollMilliseconds * 1_000)) }
}
