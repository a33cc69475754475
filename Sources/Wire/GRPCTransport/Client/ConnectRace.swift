// SPDX-License-Identifier: Apache-2.0

// Which of several addresses is tried when, without connections or clocks.

/// The attempts of one connection to several addresses. Each begins when the one before has failed,
/// or has not come through after a while.
struct ConnectRace {
    /// What happened.
    enum Event: Sendable {
        case made(ClientConnection)
        case failed(Int, ClientCallError)
        /// An attempt has been under way for a while.
        case late(Int)
    }

    /// Time after which the next address is tried beside the one before: RFC 8305's.
    static let delay = Duration.milliseconds(250)

    private let targetCount: Int
    /// Why there are no more targets.
    private let missing: [ClientCallError]
    private var begun = 0
    private var failures: [(number: Int, error: ClientCallError)] = []

    init(targetCount: Int, missing: [ClientCallError] = []) {
        (self.targetCount, self.missing) = (targetCount, missing)
    }

    /// Whether all attempts have failed.
    var isLost: Bool { failures.count == targetCount }

    /// Why, with each address, and each name that led to none.
    var failure: ClientCallError {
        .combining(failures.sorted { $0.number < $1.number }.map(\.error) + missing)
    }

    /// The first attempt.
    mutating func begin() -> Int? { next() }

    /// Takes what happened. Returns the attempt to begin, if one is due.
    mutating func take(_ event: Event) -> Int? {
        switch event {
        case .made:
            return nil
        case .failed(let number, let error):
            failures.append((number, error))
            // One that was late has its successor already.
            return number == begun - 1 ? next() : nil
        case .late(let number):
            return number == begun - 1 ? next() : nil
        }
    }

    private mutating func next() -> Int? {
        guard begun < targetCount else { return nil }
        begun += 1
        return begun - 1
    }
}
