// SPDX-License-Identifier: Apache-2.0

// How far a long run is: one line on a terminal's standard error, drawn over
// and over. Where standard error is no terminal there is none.

internal import CommandFiles

/// A line that tells the progress.
package struct ProgressLine {
    private static let interval = Duration.milliseconds(200)
    private let isShown: Bool
    private let totalBytes: Int?
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// Creates a line; it is drawn if `isShown`. With the size of the input it tells the time left.
    package init(isShown: Bool, totalBytes: Int?) {
        self.isShown = isShown
        self.totalBytes = totalBytes
    }

    /// Time since the start.
    package var elapsed: Duration { start.duration(to: .now) }

    /// Draws the line if it is time to.
    package mutating func update(rowCount: Int, bytes: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastDrawn, lastDrawn.duration(to: now) < Self.interval { return }
        lastDrawn = now
        let line = Self.text(
            rowCount: rowCount,
            bytes: bytes,
            totalBytes: totalBytes,
            seconds: start.duration(to: now) / .seconds(1)
        )
        drawError("\r\u{1B}[K\(line)")
    }

    /// Takes the line away, so that another one can be printed.
    package mutating func clear() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        drawError("\r\u{1B}[K")
    }

    /// What the line says.
    package static func text(
        rowCount: Int,
        bytes: Int,
        totalBytes: Int?,
        seconds: Double
    ) -> String {
        var text = "\(grouped(rowCount)) rows  \(short(Double(bytes)))B"
        if seconds > 0 { text += "  \(short(Double(rowCount) / seconds)) rows/s" }
        if let totalBytes, totalBytes > 0, bytes > 0 {
            let share = min(1, Double(bytes) / Double(totalBytes))
            let left = Int(min(seconds * (1 - share) / share, 1e9).rounded(.up))
            let padded = left % 60 < 10 ? "0\(left % 60)" : "\(left % 60)"
            text += "  \(Int(share * 100)) %  \(left / 60):\(padded) left"
        }
        return text
    }
}
