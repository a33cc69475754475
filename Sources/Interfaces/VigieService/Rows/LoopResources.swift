// SPDX-License-Identifier: Apache-2.0

// What one event loop keeps for its calls: memory to score with, headers that it
// has prepared and the jobs that scoring threads have.

internal import GRPCTransport
internal import NIOCore
internal import VigieLimits

/// The resources of one event loop; used on that loop only.
final class LoopResources {
    private static let idleScratchesMax = 4

    private let limits: ServiceLimits
    private var idleScratches: [ScoringScratch] = []
    @exclusivity(unchecked) private var jobs: [ObjectIdentifier: ScoringJob] = [:]
    /// Headers that were prepared before.
    // Unchecked: see SharedBlock.
    @exclusivity(unchecked) var headers: HeaderCache
    /// Small calls of this turn.
    let collector: CallCollector

    init(limits: ServiceLimits) {
        self.limits = limits
        headers = HeaderCache(limits: limits)
        collector = CallCollector(limits: limits)
    }

    /// Memory for one block.
    func takeScratch() -> ScoringScratch {
        idleScratches.popLast() ?? ScoringScratch(limits: limits)
    }

    /// Gives memory back for the next block.
    func giveBack(_ scratch: ScoringScratch) {
        if idleScratches.count < Self.idleScratchesMax { idleScratches.append(scratch) }
    }

    /// Remembers that a call has a job on a scoring thread.
    func start(_ job: ScoringJob, of call: ServerCall) {
        jobs[ObjectIdentifier(call)] = job
    }

    /// Forgets the job of a call.
    ///
    /// - Returns: false when the call has ended meanwhile.
    func finishJob(of call: ServerCall) -> Bool {
        jobs.removeValue(forKey: ObjectIdentifier(call)) != nil
    }

    /// Stops the job of a call that has ended, if it has one.
    func cancelJob(of call: ServerCall) {
        guard !jobs.isEmpty else { return }
        jobs.removeValue(forKey: ObjectIdentifier(call))?.cancel()
    }
}
