// SPDX-License-Identifier: Apache-2.0

// Decides block by block whether rows go as values or as bytes, and writes them.

internal import NIOCore

/// Writes the blocks of one job.
struct BlockEncoder {
    /// Values of a job from which on it pays to fetch the quantiser, if that has not been done: the
    /// thresholds of a model are up to about as many values.
    static let automaticValuesMinimum = 1 << 16

    private let client: ScoringClient
    private let policy: ScoreOptions.Quantisation
    private let context: CallContext
    private var valueCount = 0
    private var quantisers: [QuantiserKey: BoundQuantiser?] = [:]

    /// Prepares for a job.
    ///
    /// - Parameter context: When quantisers must be there.
    init(
        _ client: ScoringClient,
        _ policy: ScoreOptions.Quantisation,
        _ context: CallContext
    ) {
        self.client = client
        self.policy = policy
        self.context = context
    }

    /// Adds a block to a message.
    ///
    /// - Returns: How its rows are written.
    /// - Throws: As ``appendHead(_:_:to:)`` does.
    mutating func append(
        _ block: FeatureTable,
        _ key: QuantiserKey,
        to message: inout ByteBuffer
    ) async throws -> RowEncoding {
        let (encoding, values) = try await appendHead(block, key, to: &message)
        if let values {
            message.reserveCapacity(minimumWritableBytes: values.byteCount)
            values.withBytes { _ = message.writeBytes($0) }
        }
        return encoding
    }

    /// Adds a block to a message, but for values that are sent as they are.
    ///
    /// - Returns: How its rows are written, and the values with which the message ends.
    /// - Throws: ``VigieError``, also when the policy asks for bytes and there can be none, or
    ///   `CancellationError`.
    mutating func appendHead(
        _ block: FeatureTable,
        _ key: QuantiserKey,
        to message: inout ByteBuffer
    ) async throws -> (RowEncoding, FeatureTable.Values?) {
        if let quantiser = try await quantiser(for: block, key) {
            if try RequestEncoding.append(block, quantisedBy: quantiser, to: &message) {
                return (.quantised, nil)
            }
            guard policy == .automatic else {
                throw VigieError.invalidTable(
                    "The table has values that 32 bits would round, so they cannot be quantised."
                )
            }
        }
        try RequestEncoding.appendHead(of: block, to: &message)
        return (block.encoding, block.values)
    }

    /// Forgets a quantiser that the server did not take.
    mutating func forget(_ key: QuantiserKey) {
        quantisers[key] = nil
        client.quantisers.forget(key)
    }

    /// The quantiser for a block; nil when its rows are to be sent as values.
    private mutating func quantiser(
        for block: FeatureTable,
        _ key: QuantiserKey
    ) async throws -> BoundQuantiser? {
        valueCount += block.rowCount * block.columnCount
        // Texts have no bytes of a quantiser; the server says so of those who insist.
        if policy == .automatic, !block.textColumns.isEmpty { return nil }
        switch policy {
        case .never:
            return nil
        case .always:
            return block.rowCount > 0 ? try await bound(to: block, key) : nil
        case .automatic:
            guard valueCount >= Self.automaticValuesMinimum, block.firstRowFitsFloat32 else {
                return nil
            }
            do {
                let quantiser = try await bound(to: block, key)
                let isSmaller = quantiser.map { $0.rowBytes <= 2 * block.columnCount } ?? false
                return isSmaller ? quantiser : nil
            } catch is VigieError {
                // Whatever it is, a call with the values succeeds or tells it better.
                return nil
            }
        }
    }

    private mutating func bound(
        to block: FeatureTable,
        _ key: QuantiserKey
    ) async throws -> BoundQuantiser? {
        if let known = quantisers[key] { return known }
        let bound = try await client.quantiser(key, context)
            .bound(to: block.columns, count: block.columnCount)
        quantisers[key] = .some(bound)
        return bound
    }
}
