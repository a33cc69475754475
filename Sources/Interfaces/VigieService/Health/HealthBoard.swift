// SPDX-License-Identifier: Apache-2.0

// Whether the server is in service, and who wants to hear of changes. Shared by
// all event loops.

internal import Synchronization

/// The state of the server as health checks see it.
package final class HealthBoard: Sendable {
    /// What a watch hears.
    enum Change {
        case serving(Bool)
        /// The watch is to end, for the server ends, or this process of it.
        case end
    }

    /// Hears of a change; called on any thread.
    typealias Observer = @Sendable (Change) -> Void

    private struct State {
        var isServing = false
        var hasEnded = false
        var nextIdentifier = 0
        var observers: [Int: Observer] = [:]
    }

    private let state = Mutex(State())

    /// Makes a board that says "not serving".
    package init() {}

    /// Whether the server is in service.
    package var isServing: Bool { state.withLock { $0.isServing } }

    /// Tells everybody whether the server is in service.
    package func set(isServing: Bool) {
        state.withLock { state in
            guard state.isServing != isServing else { return }
            state.isServing = isServing
            // Called under the lock so that two changes arrive in their order.
            for observer in state.observers.values { observer(.serving(isServing)) }
        }
    }

    /// Ends all watches, and those that come yet: one that stayed open would hold up the end.
    func endWatches() {
        state.withLock { state in
            state.hasEnded = true
            for observer in state.observers.values { observer(.end) }
        }
    }

    /// Registers an observer. There are no more of them than streams may be open, and a health
    /// watch that is refused takes a server out of service.
    ///
    /// - Returns: What to remove it by and the state from which on it hears of changes.
    func add(_ observer: @escaping Observer) -> (identifier: Int, isServing: Bool) {
        state.withLock { state in
            state.nextIdentifier += 1
            state.observers[state.nextIdentifier] = observer
            if state.hasEnded { observer(.end) }
            return (state.nextIdentifier, state.isServing)
        }
    }

    /// Removes an observer.
    func remove(_ identifier: Int) {
        state.withLock { _ = $0.observers.removeValue(forKey: identifier) }
    }
}
