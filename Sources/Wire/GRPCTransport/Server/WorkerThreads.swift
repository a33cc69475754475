// SPDX-License-Identifier: Apache-2.0

// Threads for what takes long. They let event loops go first: where there are fewer processors than
// threads with work, a loop would wait for one for some milliseconds each time that it has waited
// for its sockets, and all small calls with it.

internal import CHTTP2Session
internal import NIOPosix
internal import VigieLimits

/// Threads that do what they are given, in its order.
package final class WorkerThreads: Sendable {
    private let threads: NIOThreadPool

    /// Makes so many, one at least; they are started by `start`.
    package init(count: Int) {
        threads = NIOThreadPool(numberOfThreads: max(count, 1))
    }

    /// Does some work on a thread; it is told false when the threads end before.
    package func submit(_ work: @escaping @Sendable (_ isActive: Bool) -> Void) {
        threads.submit { state in
            vigie_let_others_go_first(Int32(clamping: ProcessLimits.workerNiceness))
            work(state == .active)
        }
    }

    /// Starts the threads, once.
    package func start() {
        threads.start()
    }

    /// Ends the threads when their work is done. Work that waits is dropped.
    package func stop() async {
        try? await threads.shutdownGracefully()
    }
}
