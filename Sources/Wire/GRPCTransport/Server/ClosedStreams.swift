// SPDX-License-Identifier: Apache-2.0

// What is remembered of the streams of a connection that are no more. On those that the client
// ended nothing may come; on those that the server ended, what was on its way does.

/// Streams that are over, or never were.
struct ClosedStreams {
    /// Streams that the server ended before the client had, in the order of their end.
    private var abandoned: [Int32] = []
    /// Which of them is the oldest, once there are as many as may be.
    private var oldest = 0
    /// The greatest of those that were forgotten.
    private var forgotten: Int32 = 0
    /// Streams that the client left out, and so may not begin.
    private var skipped: [ClosedRange<Int32>] = []

    /// Notes a stream that the server ended first.
    mutating func abandon(_ streamID: Int32, atMost count: Int) {
        guard abandoned.count >= count else { return abandoned.append(streamID) }
        guard abandoned.indices.contains(oldest) else { return }
        forgotten = max(forgotten, abandoned[oldest])
        abandoned[oldest] = streamID
        oldest = (oldest + 1) % abandoned.count
    }

    /// Whether more of a stream may be on its way.
    func isAbandoned(_ streamID: Int32) -> Bool {
        streamID <= forgotten || abandoned.contains(streamID)
    }

    /// Notes that all streams between two others were left out.
    mutating func skip(after first: Int32, before next: Int32, atMost count: Int) {
        guard next - 2 > first, count > 0 else { return }
        if skipped.count >= count { skipped.removeFirst() }
        skipped.append((first + 1)...(next - 2))
    }

    /// Whether a stream was left out.
    func wasSkipped(_ streamID: Int32) -> Bool {
        skipped.contains { $0.contains(streamID) }
    }
}
