// SPDX-License-Identifier: Apache-2.0

// The quantisers that this client has fetched: each once for a version of a model.

internal import Synchronization
internal import VigieLimits
internal import VigieProtos

/// Which quantiser is meant.
enum QuantiserKey: Sendable, Hashable {
    /// That of a model as a caller names it; empty for the default model.
    case named(String)
    /// That of one version of a model, with the SHA-256 of its bundle.
    case version(String, contentHash: String)

    /// The version of the model that answers a stream.
    init(_ model: ModelIdentity) {
        self = .version("\(model.name)@\(model.version)", contentHash: model.contentHash)
    }

    /// The name to ask the server for.
    var modelName: String {
        switch self {
        case .named(let name), .version(let name, _): name
        }
    }
}

/// Quantisers that were fetched, and for a while that there is none.
final class QuantiserCache: Sendable {
    private enum Entry {
        case known(FetchedQuantiser)
        case absent(VigieError, until: ContinuousClock.Instant)
    }

    private let entries = Mutex<[QuantiserKey: Entry]>([:])

    /// More models than a server holds; beyond, the cache starts anew.
    private static let modelsMax = ClientLimits.knownQuantisers
    /// How long to believe that there is none: a server may get another model.
    private static let absenceTime = Duration.seconds(60)

    /// What is known; nil when the server has to be asked.
    func find(_ key: QuantiserKey) -> Result<FetchedQuantiser, VigieError>? {
        switch entries.withLock({ $0[key] }) {
        case .known(let quantiser): .success(quantiser)
        case .absent(let error, let end) where .now < end: .failure(error)
        case .absent, nil: nil
        }
    }

    /// Keeps a quantiser.
    func keep(_ quantiser: FetchedQuantiser, _ key: QuantiserKey) {
        set(.known(quantiser), key)
    }

    /// Remembers that there is none, or none of use, and why.
    func noteAbsence(_ key: QuantiserKey, _ error: VigieError) {
        set(.absent(error, until: .now + Self.absenceTime), key)
    }

    /// Forgets a quantiser, so that it is fetched again.
    func forget(_ key: QuantiserKey) {
        entries.withLock { $0[key] = nil }
    }

    private func set(_ entry: Entry, _ key: QuantiserKey) {
        entries.withLock { entries in
            if entries.count >= Self.modelsMax { entries = [:] }
            entries[key] = entry
        }
    }
}

extension ScoringClient {
    /// The quantiser of a model, fetched once.
    ///
    /// - Throws: ``VigieError``, also when the model has none, or `CancellationError`.
    func quantiser(_ key: QuantiserKey, _ context: CallContext) async throws -> FetchedQuantiser {
        if let known = quantisers.find(key) { return try known.get() }
        var request = Vigie_V1_GetQuantiserRequest()
        request.name = key.modelName
        do {
            let answer: Vigie_V1_GetQuantiserResponse = try await call(
                "/vigie.v1.ModelService/GetQuantiser",
                request,
                context
            )
            let fetched = try FetchedQuantiser(answer)
            if case .version(let name, let hash) = key, hash != fetched.contentHash {
                throw VigieError(code: .aborted, message: "Model \(name) was replaced.")
            }
            quantisers.keep(fetched, key)
            return fetched
        } catch let error as VigieError
            where error.isAboutQuantiser || error.code == .unimplemented
        {
            quantisers.noteAbsence(key, error)
            throw error
        }
    }
}

extension VigieError {
    /// Whether the server does not take the bytes that it was sent, but would take the values.
    var isAboutQuantiser: Bool {
        reason == "QUANTISER_STALE" || reason == "QUANTISER_UNAVAILABLE"
    }
}
