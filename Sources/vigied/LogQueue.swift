// SPDX-License-Identifier: Apache-2.0

// Log lines on their way to whoever reads them. Callers, event loops among them,
// never wait: lines are queued up to a limit and written by a queue of their own;
// when the reader stalls, further lines are dropped, and counted for when it goes on.

internal import Dispatch
internal import Synchronization
package import Telemetry
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Lines that wait to be written to a file descriptor.
package final class LogQueue: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var droppedCount = 0
        var isDraining = false
        /// Whether a line was begun and not ended.
        var isTorn = false
    }

    private let descriptor: Int32
    private let bytesMax: Int
    private let gatherMilliseconds: Int
    private let droppedLine: @Sendable (Int) -> String
    /// Used under the lock only.
    private let counters: CounterBlock
    private let state = Mutex(State())
    private let writer = DispatchQueue(label: "log")

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - descriptor: Where lines are written.
    ///   - bytesMax: Bytes of lines that may wait.
    ///   - gatherMilliseconds: Time from a line to its being written, in which others join it:
    ///     waking the writer for each of many costs more than the line does.
    ///   - counters: Counts lines that are dropped.
    ///   - droppedLine: The line that tells how many were dropped.
    package init(
        descriptor: Int32,
        bytesMax: Int = ProcessLimits.logQueueBytes,
        gatherMilliseconds: Int = 0,
        counters: CounterRegistry = .init(),
        droppedLine: @escaping @Sendable (Int) -> String
    ) {
        self.descriptor = descriptor
        self.bytesMax = bytesMax
        self.gatherMilliseconds = gatherMilliseconds
        self.counters = counters.makeBlock()
        self.droppedLine = droppedLine
    }

    /// Queues a line, or drops it when too much waits.
    package func write(_ line: String) {
        write(Array(line.utf8))
    }

    /// Queues a line, in UTF-8, or drops it when too much waits.
    package func write(_ line: [UInt8]) {
        let mustDrain = state.withLock { state in
            // Lines behind one that was dropped are too, until its count has its place.
            if state.droppedCount == 0, line.count < bytesMax - state.waiting.count {
                state.waiting += line
                state.waiting.append(UInt8(ascii: "\n"))
            } else {
                state.droppedCount += 1
                counters.count(.logLinesDropped)
            }
            defer { state.isDraining = true }
            return !state.isDraining
        }
        guard mustDrain else { return }
        if gatherMilliseconds == 0 { return writer.async { [self] in drain() } }
        writer.asyncAfter(deadline: .now() + .milliseconds(gatherMilliseconds)) { [self] in drain()
        }
    }

    /// Waits until what was queued is written, no longer than `seconds`.
    package func flush(seconds: Int = ProcessLimits.logFlushSeconds) {
        let written = DispatchSemaphore(value: 0)
        writer.async { [self] in
            drain()
            written.signal()
        }
        _ = written.wait(timeout: .now() + .seconds(seconds))
    }

    private func drain() {
        while let (bytes, droppedBefore) = next() {
            let rest = writeOut(bytes)
            guard rest > 0 else { continue }
            // More is tried when more comes.
            return state.withLock { note(bytes, rest, droppedBefore, &$0) }
        }
    }

    /// Some bytes could not be written: their lines are dropped, one of which a part is there too.
    private func note(_ bytes: [UInt8], _ rest: Int, _ droppedBefore: Int, _ state: inout State) {
        let end = UInt8(ascii: "\n")
        let wasTorn = bytes.first == end
        var lost = bytes.suffix(rest).count { $0 == end }
        // The end of a torn line, and the line that tells of others, are none.
        if rest == bytes.count, wasTorn { lost -= 1 }
        if droppedBefore > 0 { lost -= 1 }
        state.droppedCount += lost + droppedBefore
        counters.add(.logLinesDropped, lost)
        state.isTorn = rest == bytes.count ? wasTorn : bytes.dropLast(rest).last != end
        state.isDraining = false
    }

    /// What waits, and how many lines were dropped behind it; nil when nothing does.
    private func next() -> (bytes: [UInt8], dropped: Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty || state.droppedCount > 0 else {
                state.isDraining = false
                return nil
            }
            let dropped = state.droppedCount
            var bytes = state.waiting
            if dropped > 0 { bytes += (droppedLine(dropped) + "\n").utf8 }
            if state.isTorn { bytes.insert(UInt8(ascii: "\n"), at: 0) }
            state.waiting = []
            state.droppedCount = 0
            state.isTorn = false
            return (bytes, dropped)
        }
    }

    /// - Returns: Bytes that could not be written: the disk is full, or the reader gone.
    private func writeOut(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(
                    descriptor,
                    UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                    rest.count
                )
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Somebody made the pipe one that does not wait; then wait here.
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&ready, 1, -1)
                } else if errno != EINTR {
                    return rest.count
                }
            }
            return 0
        }
    }
}
