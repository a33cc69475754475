// SPDX-License-Identifier: Apache-2.0

// A decoded RowBlock message of quantised rows as the engine takes it, with all checks.

internal import CVigieWire
internal import Digests
internal import GRPCTransport
internal import Scoring
internal import ServiceErrors
internal import VigieApplication

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension RowBlock {
    /// Takes the bytes of a message where they are.
    ///
    /// - Throws: What is wrong with the block, naming the field.
    init(
        quantised message: Vigie__V1__RowBlock,
        header: PreparedHeader
    ) throws(ServiceError) {
        guard message.n_float_values == 0, message.n_double_values == 0 else {
            throw .invalid(
                "block.quantised_values",
                "AMBIGUOUS_VALUES",
                "The block has quantised_values and other values; fill exactly one of them."
            )
        }
        guard message.layout.rawValue <= 1 else {
            throw .invalid(
                "block.layout",
                "UNKNOWN_LAYOUT",
                "block.layout is \(message.layout.rawValue); quantised values are always "
                    + "ROW_MAJOR (1).",
                metadata: ["layout": "\(message.layout.rawValue)"]
            )
        }
        let model = try header.quantisedModel()
        let quantiser = try model.quantiserForCallers()
        guard Self.equal(message.quantiser_digest, quantiser.digest) else {
            throw ServiceError(stale: message.quantiser_digest, current: quantiser, model)
        }
        do throws(ScoringError) {
            try self.init(
                rowCount: Int(message.row_count),
                quantisedRows: UnsafeBufferPointer(
                    start: message.quantised_values.data,
                    count: message.quantised_values.len
                ),
                quantiser: quantiser
            )
        } catch {
            throw ServiceError(error)
        }
    }

    private static func equal(_ left: ProtobufCBinaryData, _ right: [UInt8]) -> Bool {
        guard left.len == right.count, let start = left.data else { return false }
        return memcmp(start, right, right.count) == 0
    }
}

extension ServiceError {
    /// Rows that another quantiser made than the model's.
    fileprivate init(
        stale digest: ProtobufCBinaryData,
        current: ModelQuantiser,
        _ model: ScoringModel
    ) {
        let shown = digest.data.map { start in
            Digest.hexadecimal(Array(UnsafeBufferPointer(start: start, count: min(digest.len, 32))))
        }
        let digest = Digest.hexadecimal(current.digest)
        self.init(
            .failedPrecondition,
            "QUANTISER_STALE",
            "The rows were quantised for \(shown ?? "no digest"), but the quantiser of the model "
                + "\"\(model.identifier)\" is \(digest); get it with GetQuantiser and quantise "
                + "them again, or send the values themselves.",
            metadata: ["digest": digest, "model": model.identifier]
        )
    }
}
