// SPDX-License-Identifier: Apache-2.0

// Where streams with a job meet the store: threads that may wait, places for streams and fetches,
// and one thread that ends old jobs.

internal import Callers
internal import GRPCTransport
internal import JobApplication
internal import PortfolioApplication
internal import ServiceErrors
internal import Synchronization
internal import Telemetry
internal import Turns
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The jobs of a server.
package final class JobDesk: Sendable {
    /// What can be done with them.
    let jobs: JobUseCases
    /// The threads that do it.
    let workers: WorkerPool
    /// Streams with a job.
    let streams: CallDesk
    /// Fetches of jobs.
    let fetches: CallDesk
    let limits: ServiceLimits
    private let sweeper = WorkerThreads(count: 1)
    private let isStopping = Atomic(false)

    /// Makes the desk of a store.
    init(_ store: ServerStore, _ limits: ServiceLimits) {
        jobs = JobUseCases(store)
        self.limits = limits
        workers = WorkerPool(threadCount: JobLimits.jobThreads, limits: .calls(limits))
        streams = CallDesk(
            workers,
            "streams with a job",
            limits,
            all: ("jobStreams", JobLimits.jobStreams),
            ofOne: ("connectionJobStreams", JobLimits.connectionJobStreams)
        )
        fetches = CallDesk(
            workers,
            "fetches of jobs",
            limits,
            all: ("jobFetches", JobLimits.jobFetches),
            ofOne: ("connectionJobFetches", JobLimits.connectionJobFetches)
        )
    }

    /// Starts the threads.
    func start() {
        workers.start()
        guard jobs.isThere else { return }
        sweeper.start()
        sweeper.submit { [self] isActive in if isActive { sweep() } }
    }

    /// Ends them when their work is done. The store is closed by PortfolioService.
    func stop() async {
        isStopping.store(true, ordering: .relaxed)
        await workers.stop()
        if jobs.isThere { await sweeper.stop() }
    }

    private var goesOn: Bool { !isStopping.load(ordering: .relaxed) }

    private func sweep() {
        while goesOn {
            // Of a store that fails its own words are in the log already.
            do throws(ServiceError) {
                try jobs.endOldJobs()
                while goesOn, try jobs.deleteSome() { usleep(Self.restMicroseconds) }
            } catch {}
            for _ in 0..<JobLimits.jobLookMicroseconds / Int(Self.restMicroseconds) where goesOn {
                usleep(Self.restMicroseconds)
            }
        }
    }

    /// Between two looks whether the server stops.
    private static let restMicroseconds: UInt32 = 100_000
}

extension Caller? {
    /// Whose jobs the caller's are.
    var jobOwner: String { self?.identity ?? "" }
}
