// SPDX-License-Identifier: Apache-2.0

// Spans on their way to a collector. Event loops put in what is over and never wait: what does not
// fit is dropped and counted.

internal import Synchronization
package import Telemetry
internal import VigieLimits

/// A bounded queue of calls that are spans.
package final class SpanQueue: Sendable {
    private struct State {
        var waiting: [Span] = []
        var droppedCount: UInt64 = 0
    }

    private let state = Mutex(State())
    private let countMax: Int

    /// Makes an empty queue.
    package init(countMax: Int = TelemetryLimits.waitingSpans) {
        self.countMax = countMax
    }

    /// Takes a call whose caller keeps his span; others have no trace that a span would be part of.
    package func add(_ call: CallRecord) {
        guard let trace = call.trace, trace.isSampled else { return }
        let span = Span(call: call, trace: trace, identifier: TraceContext.newSpanID())
        state.withLock { state in
            guard state.waiting.count < countMax else {
                state.droppedCount &+= 1
                return
            }
            state.waiting.append(span)
        }
    }

    /// The first spans, which stay until `remove`.
    func first(_ count: Int) -> [Span] {
        state.withLock { Array($0.waiting.prefix(count)) }
    }

    /// Lets the first spans go.
    func remove(_ count: Int) {
        state.withLock { $0.waiting.removeFirst(min(count, $0.waiting.count)) }
    }

    /// Spans that were dropped because too many waited.
    package var droppedCount: UInt64 { state.withLock(\.droppedCount) }
}

/// A call as a part of a trace.
struct Span: Sendable {
    let call: CallRecord
    let trace: TraceContext
    /// Its own identifier, 16 hexadecimal digits.
    let identifier: String
}
