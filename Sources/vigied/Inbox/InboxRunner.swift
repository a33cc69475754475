// SPDX-License-Identifier: Apache-2.0

// The inbox of a server: looked at again and again, on a thread of its own. What is logged are
// counts; which papers, and what became of them, stands beside these.

internal import CommandFiles
internal import GRPCTransport
internal import Logging
internal import PaperInbox
internal import PortfolioApplication
internal import Quantities
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits

/// Reads papers that are dropped into a folder, while the server runs. The inbox is one thread's at
/// a time, since no look begins before the one before has ended. That is why it can be Sendable.
final class InboxRunner: @unchecked Sendable {
    private let inbox: PaperInbox
    private let workers = WorkerPool(
        threadCount: 1,
        limits: TurnLimits(workMax: 1, shareWorkMax: 1)
    )
    private let logger: Logger
    private let isLooking = Atomic(false)
    private let isEnding: EndingFlag
    /// Whether the store kept what was read last.
    private let isWell = Atomic(true)

    /// Whether the server ends.
    private final class EndingFlag: Sendable {
        let value = Atomic(false)
    }

    /// Opens the folder that settings name; nil where they name none.
    init?(
        _ settings: DaemonSettings,
        _ store: ServerStore,
        _ logger: Logger
    ) throws(CommandFailure) {
        guard let folder = settings.inboxDirectory, let portfolio = settings.inboxPortfolio else {
            return nil
        }
        let ending = EndingFlag()
        (isEnding, self.logger) = (ending, logger)
        inbox = try PaperInbox(
            folder,
            portfolio: portfolio,
            store,
            isWanted: { !ending.value.load(ordering: .relaxed) }
        )
    }

    /// Looks at the folder until the task is cancelled.
    func run() async {
        workers.start()
        while !Task.isCancelled {
            if !isLooking.exchange(true, ordering: .acquiringAndReleasing) {
                let admission = workers.turns.submit(of: TurnShare(self)) { [self] in
                    look()
                    isLooking.store(false, ordering: .releasing)
                    return true
                }
                if admission != .queued { isLooking.store(false, ordering: .releasing) }
            }
            try? await Task.sleep(for: .seconds(InboxLimits.lookSeconds))
        }
    }

    /// Ends the work when the paper that is read has come to its end, or to a place to stop at:
    /// then it stays for the next server.
    func stop() async {
        isEnding.value.store(true, ordering: .relaxed)
        await workers.stop()
    }

    private func look() {
        do throws(ServiceError) {
            let counts = try inbox.look(nowNanoseconds: Self.now)
            isWell.store(true, ordering: .relaxed)
            guard counts != PaperInbox.Counts() else { return }
            logger.info(
                "Papers of the inbox.",
                metadata: [
                    "read": "\(counts.read)", "known": "\(counts.known)",
                    "refused": "\(counts.refused)", "facts.added": "\(counts.factsAdded)",
                ]
            )
            guard counts.stuck > 0 else { return }
            logger.warning(
                "Papers of the inbox cannot be moved, and are tried again later.",
                metadata: ["papers": "\(counts.stuck)"]
            )
        } catch {
            guard isWell.exchange(false, ordering: .relaxed) else { return }
            logger.warning("Papers stay in the inbox: \(error.message)")
        }
    }

    private static var now: Int {
        let now = ContinuousClock.now - start
        return Int(clamping: now.components.seconds) * 1_000_000_000
            + Int(clamping: now.components.attoseconds / 1_000_000_000)
    }

    private static let start = ContinuousClock.now
}
