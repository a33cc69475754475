// SPDX-License-Identifier: Apache-2.0

// The secrets of an endpoint over time: a new one signs beside the old one until all receivers
// have it.

package import ServiceErrors
internal import VigieLimits

/// The secrets of an endpoint.
package struct WebhookKeys: Sendable, Equatable {
    /// A secret that is to be given up.
    package struct Retiring: Sendable, Equatable {
        /// The secret.
        package let secret: WebhookSecret
        /// Until when it signs, in seconds since 1970.
        package let untilSeconds: Int64

        /// Takes both.
        package init(_ secret: WebhookSecret, untilSeconds: Int64) {
            (self.secret, self.untilSeconds) = (secret, untilSeconds)
        }
    }

    /// The one that was set last.
    package private(set) var current: WebhookSecret
    /// Those before it, the last one first.
    package private(set) var retiring: [Retiring]

    /// Takes them as they were kept.
    package init(_ current: WebhookSecret, retiring: [Retiring] = []) {
        (self.current, self.retiring) = (current, retiring)
    }

    /// Sets another one; the one before signs for some time more.
    package mutating func change(
        to secret: WebhookSecret,
        atSeconds now: Int64,
        keepSeconds: Int64
    ) throws(ServiceError) {
        guard (0...Int64(WebhookLimits.rotationSeconds)).contains(keepSeconds) else {
            throw .invalid(
                "keep",
                "WEBHOOK_ROTATION_INVALID",
                "A secret can sign for \(WebhookLimits.rotationSeconds) seconds beside the next "
                    + "one at most, and not for less than 0."
            )
        }
        let old = Retiring(current, untilSeconds: now.saturating(plus: keepSeconds))
        retiring = [old] + retiring.filter { $0.untilSeconds > now }
        // The least recent ones are the first to go: each signature makes the header longer.
        retiring = Array(retiring.prefix(WebhookLimits.signatures - 1))
        current = secret
    }

    /// Those that sign at a time, the last one first.
    package func signing(atSeconds now: Int64) -> [WebhookSecret] {
        [current] + retiring.filter { $0.untilSeconds > now }.map(\.secret)
    }
}
