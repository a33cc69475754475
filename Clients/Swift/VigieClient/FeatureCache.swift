// SPDX-License-Identifier: Apache-2.0

// The features of models, kept by content hash: reasons come as indexes, and
// are shown with names.

internal import Synchronization
internal import VigieLimits

/// Features of models that this client has seen.
final class FeatureCache: Sendable {
    private let features = Mutex<[String: [ModelFeature]]>([:])

    /// More models than a server holds; beyond, the cache starts anew.
    private static let modelsMax = ClientLimits.knownModels

    /// The features of the model with this hash, if they are known.
    func find(_ contentHash: String) -> [ModelFeature]? {
        features.withLock { $0[contentHash] }
    }

    /// Keeps the features of a model.
    func keep(_ description: ModelDescription) {
        features.withLock { features in
            if features.count >= Self.modelsMax { features = [:] }
            features[description.summary.contentHash] = description.features
        }
    }
}

extension ScoringClient {
    /// The features that the reasons of an answer refer to.
    func features(
        of model: ModelIdentity,
        reasonCount: Int,
        _ context: CallContext
    ) async throws -> [ModelFeature] {
        guard reasonCount > 0 else { return [] }
        if let known = features.find(model.contentHash) { return known }
        let description = try await describeModel("\(model.name)@\(model.version)", context)
        guard description.summary.contentHash == model.contentHash else {
            throw VigieError(
                code: .aborted,
                message: "Model \(model.name)@\(model.version) was replaced during the call."
            )
        }
        return description.features
    }
}
