// SPDX-License-Identifier: Apache-2.0

// The header and the block inside a request message, found without decoding
// either. Both row methods use the same field numbers.

internal import CVigieWire

/// Where the parts of a request are in the received bytes.
struct RowEnvelope {
    /// The encoded ScoreHeader, if there is one.
    let header: UnsafeRawBufferPointer?
    /// The encoded RowBlock, if there is one.
    let block: UnsafeRawBufferPointer?

    /// Finds the parts; they are valid as long as the message.
    init(_ message: UnsafeRawBufferPointer, messageName: String) throws(ServiceError) {
        var envelope = vigie_envelope()
        let start = message.bindMemory(to: UInt8.self).baseAddress
        switch vigie_envelope_read(start, message.count, &envelope) {
        case VIGIE_ENVELOPE_READ:
            header = Self.part(envelope.header, envelope.header_bytes)
            block = Self.part(envelope.block, envelope.block_bytes)
        case VIGIE_ENVELOPE_REPEATED:
            throw .invalid(
                "header",
                "REPEATED_FIELD",
                "The request has its header or its block more than once; send each once."
            )
        default:
            throw .malformed(messageName)
        }
    }

    private static func part(
        _ start: UnsafePointer<UInt8>?,
        _ count: Int
    ) -> UnsafeRawBufferPointer? {
        start.map { UnsafeRawBufferPointer(start: $0, count: count) }
    }
}
