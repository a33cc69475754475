// SPDX-License-Identifier: Apache-2.0

// Whether calls may be repeated at all: not while most of them fail, so that
// repeats do not keep a server down. As gRFC A6 has it.

internal import Synchronization

/// Tokens that failures take and successes bring back. Shared by all calls of a client; a call that
/// succeeds while none are missing costs one load.
final class RetryThrottle: Sendable {
    /// In thousandths, since a success brings a part of one.
    private let tokens: Atomic<Int>
    private let maximum: Int
    private let ratio: Int

    /// gRPC's limits, in thousandths of a token.
    private static let range = 1_000...1_000_000

    init(_ settings: ScoringClientConfiguration.RetryThrottling) {
        let maximum = Self.thousandths(settings.maxTokens)
        self.maximum = min(max(maximum, Self.range.lowerBound), Self.range.upperBound)
        ratio = min(max(Self.thousandths(settings.tokenRatio), 1), self.maximum)
        tokens = Atomic(self.maximum)
    }

    /// What is no number is nothing.
    private static func thousandths(_ number: Double) -> Int {
        Int(exactly: (min(max(number, 0), 1_000) * 1_000).rounded()) ?? 0
    }

    /// A call has succeeded.
    func noteSuccess() { if tokens.load(ordering: .relaxed) < maximum { change(by: ratio) } }

    /// An attempt has failed, so that it would be repeated. Returns whether it may be.
    func noteFailure() -> Bool { change(by: -1_000) > maximum / 2 }

    @discardableResult
    private func change(by thousandths: Int) -> Int {
        var old = tokens.load(ordering: .relaxed)
        while true {
            let new = min(max(0, old + thousandths), maximum)
            let (isExchanged, found) = tokens.compareExchange(
                expected: old,
                desired: new,
                ordering: .relaxed
            )
            if isExchanged { return new }
            old = found
        }
    }
}
