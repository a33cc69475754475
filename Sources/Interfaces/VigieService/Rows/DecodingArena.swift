// SPDX-License-Identifier: Apache-2.0

// The memory of one decoded message, and the decoding into it. What is decoded
// stays valid until the next reset.
//
// A block is mostly not decoded at all: its values are read where they lie. protobuf-c
// would copy them, at 10 ns for a row of 64 floats in blocks of 4096 rows.

internal import CVigieWire
internal import GRPCTransport
internal import ServiceErrors
internal import VigieLimits

/// Owns an arena of CVigieWire. For one thread at a time.
package final class DecodingArena {
    private static let chunkBytes = 16 << 10

    private let arena: OpaquePointer

    /// Makes an empty arena that keeps at most `retainedBytesMax` for the next message.
    package init(retainedBytesMax: Int) {
        arena = vigie_arena_create(Self.chunkBytes, max(retainedBytesMax, 0))
    }

    deinit {
        vigie_arena_destroy(arena)
    }

    /// Bytes taken since the last reset.
    package var takenBytes: Int { vigie_arena_taken_bytes(arena) }

    /// Gives everything back; then at most `limitBytes` can be taken.
    package func reset(limitBytes: Int = .max) {
        vigie_arena_reset(arena, limitBytes)
    }

    /// Takes memory, aligned to 16 bytes; nil when that would pass what can be taken.
    func take(_ byteCount: Int) -> UnsafeMutableRawBufferPointer? {
        guard byteCount >= 0, let start = vigie_arena_take(arena, byteCount) else { return nil }
        return UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    /// Decodes a ScoreHeader.
    ///
    /// - Throws: INVALID_ARGUMENT for bytes that are none, RESOURCE_EXHAUSTED over the limit.
    func header(
        _ bytes: UnsafeRawBufferPointer,
        limits: ServiceLimits
    ) throws(ServiceError) -> UnsafeMutablePointer<Vigie__V1__ScoreHeader> {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        guard vigie_has_few_fields(start, bytes.count, limits.messageFieldsMax) else {
            throw .tooManyFields("header", maximum: limits.messageFieldsMax)
        }
        guard !vigie_header_has_zeros(start, bytes.count) else {
            throw .invalid(
                "header",
                "ZERO_CHARACTER",
                "A text of the header has the character U+0000, which no name or date has."
            )
        }
        reset(limitBytes: 4 * bytes.count + limits.headerMemoryBytes)
        let allocator = vigie_arena_allocator(arena)
        if let header = vigie__v1__score_header__unpack(allocator, bytes.count, start) {
            return header
        }
        throw failure(
            of: "vigie.v1.ScoreHeader",
            field: "header",
            limit: ("headerMemoryBytes", limits.headerMemoryBytes)
        )
    }

    /// Decodes a RowBlock, copying all that it needs.
    ///
    /// - Throws: INVALID_ARGUMENT for bytes that are none, RESOURCE_EXHAUSTED over the limit.
    func block(
        _ bytes: UnsafeRawBufferPointer,
        limits: ServiceLimits
    ) throws(ServiceError) -> Vigie__V1__RowBlock {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        guard vigie_has_few_fields(start, bytes.count, limits.messageFieldsMax) else {
            throw .tooManyFields("block", maximum: limits.messageFieldsMax)
        }
        reset(limitBytes: bytes.count + limits.blockMemoryBytes)
        let allocator = vigie_arena_allocator(arena)
        if let block = vigie__v1__row_block__unpack(allocator, bytes.count, start) {
            return block.pointee
        }
        throw failure(
            of: "vigie.v1.RowBlock",
            field: "block",
            limit: ("blockMemoryBytes", limits.blockMemoryBytes)
        )
    }

    private func failure(
        of message: String,
        field: String,
        limit: (name: String, bytes: Int)
    ) -> ServiceError {
        guard vigie_arena_refused(arena) else { return .malformed(message) }
        return .overLimit(
            field,
            limit.name,
            "Decoding \(field) takes too much memory beside its own size; send values packed "
                + "and in one piece.",
            value: takenBytes,
            maximum: limit.bytes,
            code: .resourceExhausted
        )
    }
}
