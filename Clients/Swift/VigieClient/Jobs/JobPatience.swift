// SPDX-License-Identifier: Apache-2.0

// How long a stream with a job is begun again.

internal import VigieLimits

/// Tells whether, and after which wait, a stream that broke is begun again: for as long as blocks
/// are answered, and for some minutes without.
struct JobPatience: Sendable {
    private let policy: ScoringClientConfiguration.RetryPolicy
    private let deadline: ContinuousClock.Instant?
    private var backoff: Backoff
    private var lastAnswer = ContinuousClock.now

    init(_ policy: ScoringClientConfiguration.RetryPolicy, timeout: Duration?) {
        self.policy = policy
        deadline = timeout.map { .now + $0 }
        backoff = Self.backoff(policy)
    }

    private static func backoff(_ policy: ScoringClientConfiguration.RetryPolicy) -> Backoff {
        Backoff(
            initial: policy.initialBackoff,
            maximum: policy.maximumBackoff,
            multiplier: policy.backoffMultiplier
        )
    }

    /// What is left of the time for the whole; nil for any.
    var timeLeft: Duration? { deadline.map { max(.zero, $0 - .now) } }

    /// A block was answered.
    mutating func noteAnswer() {
        lastAnswer = .now
        backoff = Self.backoff(policy)
    }

    /// The wait before the stream is begun again; nil for an error that will not pass, or has not
    /// for too long.
    mutating func delay(after error: VigieError) -> Duration? {
        // No answer for a while is what a server that is gone looks like, too.
        let mayPass =
            error.code == .unavailable || deadline == nil && error.code == .deadlineExceeded
        let isOver =
            lastAnswer + .seconds(ClientLimits.jobPatienceSeconds) < .now
            || deadline.map { $0 <= .now } ?? false
        guard mayPass, !isOver, error.reason != VigieError.ClientReason.clientClosed,
            error.reason != VigieError.ClientReason.tlsFailed
        else { return nil }
        return error.retryDelay ?? backoff.takeDelay()
    }
}
