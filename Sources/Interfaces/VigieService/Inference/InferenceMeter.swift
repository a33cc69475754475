// SPDX-License-Identifier: Apache-2.0

// What the requests for a model come to, as Triton's statistics have it.

internal import ProtobufCoding
internal import Scoring
internal import Synchronization
internal import VigieApplication
internal import VigieProtos

/// Counts the requests for one model, on any thread.
final class InferenceMeter: Sendable {
    private let clock: WallClock
    private let successCount = Atomic<UInt64>(0)
    private let successNanoseconds = Atomic<UInt64>(0)
    private let failureCount = Atomic<UInt64>(0)
    private let failureNanoseconds = Atomic<UInt64>(0)
    private let rowCount = Atomic<UInt64>(0)
    private let lastSeconds = Atomic<Int64>(0)

    init(clock: @escaping WallClock) {
        self.clock = clock
    }

    /// Counts a request that was answered.
    func succeeded(rows: Int, nanoseconds: UInt64) {
        successCount.wrappingAdd(1, ordering: .relaxed)
        successNanoseconds.wrappingAdd(nanoseconds, ordering: .relaxed)
        rowCount.wrappingAdd(UInt64(clamping: rows), ordering: .relaxed)
        lastSeconds.store(clock(), ordering: .relaxed)
    }

    /// Counts a request that was refused.
    func failed(nanoseconds: UInt64) {
        failureCount.wrappingAdd(1, ordering: .relaxed)
        failureNanoseconds.wrappingAdd(nanoseconds, ordering: .relaxed)
    }

    /// The counts. The whole time of a request counts as computing: waiting is not told apart.
    func statistics(of model: ScoringModel) -> Inference_ModelStatistics {
        let success = Inference_StatisticDuration.with {
            $0.count = successCount.load(ordering: .relaxed)
            $0.ns = successNanoseconds.load(ordering: .relaxed)
        }
        let none = Inference_StatisticDuration.with { $0.count = success.count }
        return .with {
            $0.name = model.manifest.name
            $0.version = model.manifest.version
            $0.lastInference = UInt64(clamping: lastSeconds.load(ordering: .relaxed)) &* 1_000
            $0.inferenceCount = rowCount.load(ordering: .relaxed)
            $0.executionCount = success.count
            $0.inferenceStats.success = success
            $0.inferenceStats.fail.count = failureCount.load(ordering: .relaxed)
            $0.inferenceStats.fail.ns = failureNanoseconds.load(ordering: .relaxed)
            $0.inferenceStats.queue = none
            $0.inferenceStats.computeInput = none
            $0.inferenceStats.computeInfer = success
            $0.inferenceStats.computeOutput = none
        }
    }
}

/// The meters of all models of a server.
struct InferenceMeters: Sendable {
    private let meters: [String: InferenceMeter]
    private let other: InferenceMeter

    init(_ registry: ModelRegistry, clock: @escaping WallClock) {
        other = InferenceMeter(clock: clock)
        meters = Dictionary(
            registry.models.map { ($0.identifier, InferenceMeter(clock: clock)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The meter of a model.
    func meter(of model: ScoringModel) -> InferenceMeter { meters[model.identifier] ?? other }
}
