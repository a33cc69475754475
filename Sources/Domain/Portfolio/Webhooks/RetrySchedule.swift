// SPDX-License-Identifier: Apache-2.0

// When a message is sent again that was not taken: the delays of Standard Webhooks 1.0.0, over a
// little more than three days, so that a weekend does not lose a message.

package import ServiceErrors
internal import VigieLimits

/// The delays before the tries of a message.
package struct RetrySchedule: Sendable, Equatable {
    /// The delay before each try; the first one is before the first.
    package let delaysSeconds: [Int64]

    /// That of Standard Webhooks 1.0.0: ten tries over 75 hours and 35 minutes.
    package static let standard = RetrySchedule(
        checked: [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    )

    private init(checked delaysSeconds: [Int64]) { self.delaysSeconds = delaysSeconds }

    /// Takes delays of an operator's own.
    package init(delaysSeconds: [Int64]) throws(ServiceError) {
        let most = WebhookLimits.retryDelaySeconds
        guard (1...WebhookLimits.tries).contains(delaysSeconds.count),
            delaysSeconds.allSatisfy({ (0...Int64(most)).contains($0) })
        else {
            throw .invalid(
                "delays",
                "WEBHOOK_SCHEDULE_INVALID",
                "A schedule has 1 to \(WebhookLimits.tries) delays from 0 to \(most) seconds."
            )
        }
        self.init(checked: delaysSeconds)
    }

    /// The delay before a try, the first being 0; nil if there is none.
    ///
    /// - Parameter jitter: A number by chance from 0 to 1: so much of a tenth of the delay is
    ///   added, so that messages that failed together do not come back together.
    package func delayMicroseconds(before tries: Int, jitter: Double) -> Int64? {
        guard delaysSeconds.indices.contains(tries) else { return nil }
        let delay = delaysSeconds[tries] * 1_000_000
        guard jitter > 0 else { return delay }
        return delay + Int64(Double(delay / 10) * min(jitter, 1))
    }
}

extension Int64 {
    /// The sum; the greatest or least number where there is none.
    func saturating(plus other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }
}
