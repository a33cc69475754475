// SPDX-License-Identifier: Apache-2.0

// What each worker thread has of its own: counters, memory that assessments are worked out in, and
// what policies are evaluated with. One for a server, since a process has few variables of threads.

internal import Assessment
internal import CreditPolicy
internal import NIOPosix
internal import Policies
internal import Telemetry

/// What the calling thread has.
final class ThreadMemory: Sendable {
    private final class Own {
        let counters: CounterBlock
        let scratch = AssessmentScratch()
        var deciders: [CreditDecider] = []

        init(_ counters: CounterBlock) { self.counters = counters }
    }

    private let registry: CounterRegistry
    private let policiesMax: Int
    // Each thread sees only its own.
    private nonisolated(unsafe) let threads = ThreadSpecificVariable<Own>()

    /// Nothing yet.
    ///
    /// - Parameters:
    ///   - registry: Sums the counters of all threads.
    ///   - policiesMax: Policies of which a thread keeps what it evaluates them with.
    init(_ registry: CounterRegistry, policiesMax: Int = 1) {
        (self.registry, self.policiesMax) = (registry, max(policiesMax, 1))
    }

    private var own: Own {
        if let own = threads.currentValue { return own }
        let own = Own(registry.makeBlock())
        threads.currentValue = own
        return own
    }

    /// Memory that assessments are worked out in.
    var scratch: AssessmentScratch { own.scratch }

    /// Adds to a counter of this thread.
    func add(_ counter: Counter, _ count: Int) { own.counters.add(counter, count) }

    /// What evaluates a policy, with tables of values that it need not make again; those that were
    /// asked for last are kept.
    func decider(_ policy: Policy) -> CreditDecider {
        let own = own
        if let place = own.deciders.firstIndex(where: { $0.policy === policy }) {
            let found = own.deciders.remove(at: place)
            own.deciders.append(found)
            return found
        }
        if own.deciders.count >= policiesMax { own.deciders.removeFirst() }
        let made = CreditDecider(policy)
        own.deciders.append(made)
        return made
    }
}
