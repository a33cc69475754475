// SPDX-License-Identifier: Apache-2.0

// The header and the block inside a request message, found without decoding
// either. Both row methods use the same field numbers.

internal import CVigieWire
internal import GRPCTransport
internal import ServiceErrors
internal import VigieLimits

/// Where the parts of a request are in the received bytes.
struct RowEnvelope {
    private static let fieldsMax = ServiceLimits().messageFieldsMax

    /// The encoded ScoreHeader, if there is one.
    let header: UnsafeRawBufferPointer?
    /// The encoded RowBlock, if there is one.
    let block: UnsafeRawBufferPointer?

    /// Finds the parts; they are valid as long as the message.
    init(_ message: UnsafeRawBufferPointer, messageName: String) throws(ServiceError) {
        var envelope = vigie_envelope()
        let start = message.bindMemory(to: UInt8.self).baseAddress
        switch vigie_envelope_read(start, message.count, Self.fieldsMax, &envelope) {
        case VIGIE_ENVELOPE_READ:
            header = Self.part(envelope.header, envelope.header_bytes)
            block = Self.part(envelope.block, envelope.block_bytes)
        case VIGIE_ENVELOPE_REPEATED:
            throw .invalid(
                "header",
                "REPEATED_FIELD",
                "The request has its header or its block more than once; send each once."
            )
        case VIGIE_ENVELOPE_TOO_MANY_FIELDS:
            throw .tooManyFields("message", maximum: Self.fieldsMax)
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

extension ServiceError {
    /// The refusal of a message, or a part of one, of very many fields.
    static func tooManyFields(_ field: String, maximum: Int) -> ServiceError {
        .overLimit(
            field,
            "messageFieldsMax",
            "The \(field) has too many fields; send values packed, and no fields that this "
                + "server does not know.",
            value: maximum + 1,
            maximum: maximum,
            code: .resourceExhausted
        )
    }
}
