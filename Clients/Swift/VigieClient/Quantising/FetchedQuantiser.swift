// SPDX-License-Identifier: Apache-2.0

// A model's quantiser as it comes over the wire, checked.

internal import ExactTexts
internal import Forest
internal import VigieProtos

/// The quantiser of one version of a model.
final class FetchedQuantiser: Sendable {
    /// SHA-256 of the model's bundle.
    let contentHash: String
    private let digest: [UInt8]
    private let inputCount: Int
    private let columns: [Quantiser.Column]
    private let inputNames: [String]

    /// Takes an answer.
    ///
    /// - Throws: ``VigieError`` when it does not follow the protocol.
    init(_ message: Vigie_V1_GetQuantiserResponse) throws {
        contentHash = message.contentHash
        digest = message.quantiser.digest
        inputCount = Int(message.quantiser.inputCount)
        columns = message.quantiser.columns.map {
            Quantiser.Column(feature: Int($0.input), thresholds: $0.thresholds)
        }
        inputNames = message.quantiser.columns.map(\.inputName)
        do {
            _ = try Quantiser(featureCount: inputCount, columns: columns)
        } catch {
            throw VigieError.badResponse("Its quantiser has wrong columns: \(error).")
        }
    }

    /// The quantiser for tables with these columns; nil when they are not all inputs of the model,
    /// which the server will tell of their values.
    ///
    /// - Parameters:
    ///   - names: Names of the columns; empty for the model's own order.
    ///   - count: Number of the columns.
    func bound(to names: [String], count: Int) -> BoundQuantiser? {
        guard count == inputCount else { return nil }
        var bound = columns
        if !names.isEmpty {
            let places = Dictionary(
                zip(names.lazy.map(ExactText.init), names.indices),
                uniquingKeysWith: { first, _ in first }
            )
            for (index, name) in inputNames.enumerated() {
                guard let place = places[name] else { return nil }
                bound[index] = .init(feature: place, thresholds: columns[index].thresholds)
            }
        }
        return try? BoundQuantiser(digest: digest, columns: bound, valueCount: count)
    }
}
