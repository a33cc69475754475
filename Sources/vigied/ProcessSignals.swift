// SPDX-License-Identifier: Apache-2.0

// Signals to the process, as a sequence.

internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Signals to the process.
enum ProcessSignals {
    /// Signals that end a run in good order.
    static let ending = [SIGTERM, SIGINT]
    /// Signals that end a process unless it says otherwise, and mean nothing here.
    static let unused = [SIGUSR1]
    /// Signals that have another process take over.
    static let handingOver = [SIGUSR2]
    /// Signals that have files read again.
    static let reloading = [SIGHUP]

    /// Signals as they come. When this returns, their usual action is not taken any more.
    static func sequence(_ numbers: [Int32]) -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int32.self,
            bufferingPolicy: .bufferingNewest(16)
        )
        let queue = DispatchQueue(label: "signals")
        // A source is made known to the system by another thread, some time after `resume`.
        let isCaught = DispatchSemaphore(value: 0)
        for number in numbers {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // A source lives as long as somebody holds it: its handler, for good.
                withExtendedLifetime(source) { _ = continuation.yield(number) }
            }
            source.setRegistrationHandler { isCaught.signal() }
            source.resume()
        }
        for _ in numbers { isCaught.wait() }
        return stream
    }

    /// The name of a signal.
    static func name(_ number: Int32) -> String {
        switch number {
        case SIGTERM: "SIGTERM"
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        case SIGUSR1: "SIGUSR1"
        case SIGUSR2: "SIGUSR2"
        default: "signal \(number)"
        }
    }
}
