// SPDX-License-Identifier: Apache-2.0

// A thread by which those who watch hear at once of what other servers of a store change.

internal import GRPCTransport
internal import PortfolioApplication

/// Wakes those who watch when another server has changed something.
final class BellThread: Sendable {
    private let bell: StoreBell
    private let hub: AlertWatchHub
    private let threads = WorkerThreads(count: 1)

    /// - Returns: nil for a store that no other server has.
    init?(_ store: ServerStore, _ hub: AlertWatchHub) {
        guard let bell = store.makeBell() else { return nil }
        (self.bell, self.hub) = (bell, hub)
    }

    /// Starts it.
    func start() {
        threads.start()
        threads.submit { [bell, hub] isActive in
            if isActive { bell.run { hub.wake() } }
        }
    }

    /// Ends it.
    func stop() async {
        bell.end()
        await threads.stop()
    }
}
