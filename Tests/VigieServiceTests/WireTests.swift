// SPDX-License-Identifier: Apache-2.0

// The C parts beside the generated code: the arena and the reader of the outer
// shell, on good and hostile bytes.

import CVigieWire
import Glibc
import ProtobufCoding
import TestRandomness
import Testing
import VigieProtos

@Suite struct ArenaTests {
    @Test func givesAlignedMemoryThatDoesNotOverlap() throws {
        let arena = try #require(vigie_arena_create(256, 1024))
        defer { vigie_arena_destroy(arena) }
        vigie_arena_reset(arena, 1 << 20)
        var random = SeededGenerator(seed: 1)
        var taken: [(start: UInt, count: Int)] = []
        for _ in 0..<500 {
            let count = Int.random(in: 0..<400, using: &random)
            let start = try #require(vigie_arena_take(arena, count))
            #expect(UInt(bitPattern: start) % 16 == 0)
            memset(start, 0xA5, count)
            taken.append((UInt(bitPattern: start), count))
        }
        taken.sort { $0.start < $1.start }
        for (before, after) in zip(taken, taken.dropFirst()) {
            #expect(before.start + UInt(before.count) <= after.start)
        }
    }

    @Test func refusesWhatPassesTheLimit() throws {
        let arena = try #require(vigie_arena_create(256, 1024))
        defer { vigie_arena_destroy(arena) }
        vigie_arena_reset(arena, 100)
        #expect(vigie_arena_take(arena, 101) == nil)
        #expect(vigie_arena_refused(arena))
        #expect(vigie_arena_take(arena, .max) == nil)

        vigie_arena_reset(arena, 100)
        #expect(!vigie_arena_refused(arena))
        #expect(vigie_arena_take(arena, 100) != nil)
        #expect(vigie_arena_taken_bytes(arena) == 100)
        #expect(vigie_arena_take(arena, 1) == nil)
    }

    @Test func keepsOneChunkForTheNextMessage() throws {
        let arena = try #require(vigie_arena_create(256, 4096))
        defer { vigie_arena_destroy(arena) }
        vigie_arena_reset(arena, 1 << 20)
        _ = vigie_arena_take(arena, 10)
        let large = vigie_arena_take(arena, 4000)
        _ = vigie_arena_take(arena, 100_000)
        vigie_arena_reset(arena, 1 << 20)
        #expect(vigie_arena_taken_bytes(arena) == 0)
        #expect(vigie_arena_take(arena, 4000) == large)
    }

    @Test func boundsWhatDecodingTakes() throws {
        // Values that are not packed cost protobuf-c ten times their size.
        let unpacked = (0..<20_000).flatMap { _ in [0x1D, 0, 0, 0, 0] as [UInt8] }
        let arena = try #require(vigie_arena_create(16 << 10, 0))
        defer { vigie_arena_destroy(arena) }
        vigie_arena_reset(arena, 2 * unpacked.count)
        let block = vigie__v1__row_block__unpack(
            vigie_arena_allocator(arena),
            unpacked.count,
            unpacked
        )
        #expect(block == nil)
        #expect(vigie_arena_refused(arena))
    }
}

@Suite struct EnvelopeTests {
    private func read(_ bytes: [UInt8]) -> (vigie_envelope_result, [UInt8]?, [UInt8]?) {
        bytes.withUnsafeBufferPointer { buffer in
            var envelope = vigie_envelope()
            let result = vigie_envelope_read(
                buffer.baseAddress,
                buffer.count,
                100,
                &envelope
            )
            let header = envelope.header.map {
                Array(UnsafeBufferPointer(start: $0, count: envelope.header_bytes))
            }
            let block = envelope.block.map {
                Array(UnsafeBufferPointer(start: $0, count: envelope.block_bytes))
            }
            return (result, header, block)
        }
    }

    @Test func findsWhatTheMessagesWrite() {
        for rowCount in [0, 1, 5, 100, 10_000] {
            let header = Vigie_V1_ScoreHeader.with { $0.columns = ["a", "b", "c"] }
            let block = Vigie_V1_RowBlock(randomRows(rowCount, seed: 1), rowCount: rowCount)
            let message = Vigie_V1_ScoreRowsRequest(block, header: header)
                .serializedBytes()
            let (result, foundHeader, foundBlock) = read(message)
            #expect(result == VIGIE_ENVELOPE_READ)
            let headerBytes = header.serializedBytes()
            let blockBytes = block.serializedBytes()
            #expect(foundHeader == headerBytes)
            #expect(foundBlock == blockBytes)
        }
    }

    @Test func refusesVeryManyFields() {
        let field: [UInt8] = [0x78, 0]
        for count in [99, 100, 101, 10_000] {
            let message = (0..<count).flatMap { _ in field }
            let isFew = count <= 100
            #expect(
                read(message).0 == (isFew ? VIGIE_ENVELOPE_READ : VIGIE_ENVELOPE_TOO_MANY_FIELDS)
            )
            #expect(vigie_has_few_fields(message, message.count, 100) == isFew)
        }
        // A field that does not end is for the decoder to refuse.
        #expect(vigie_has_few_fields([0x78], 1, 100))
        #expect(vigie_has_few_fields([], 0, 0))
    }

    @Test func findsNothingInNothing() {
        let (result, header, block) = read([])
        #expect(result == VIGIE_ENVELOPE_READ)
        #expect(header == nil && block == nil)
    }

    @Test func passesOverUnknownFields() {
        let unknown: [UInt8] = [0x18, 0x96, 0x01, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x2D, 1, 2, 3, 4]
        let (result, header, block) = read(unknown + [0x0A, 1, 7] + unknown + [0x12, 0])
        #expect(result == VIGIE_ENVELOPE_READ)
        #expect(header == [7])
        #expect(block == [])
    }

    @Test(
        arguments: [
            [0x0A], [0x0A, 2, 0], [0x0A, 0x80], [0x08, 1], [0x15, 0, 0, 0, 0], [0x0B], [0x0C],
            [0x00], [0x07], [0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x21, 0, 0, 0, 0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0A, 0],
        ] as [[UInt8]]
    )
    func refusesWhatIsNoMessage(bytes: [UInt8]) {
        #expect(read(bytes).0 == VIGIE_ENVELOPE_MALFORMED)
    }

    @Test(arguments: [[0x0A, 0, 0x0A, 0], [0x12, 1, 5, 0x0A, 0, 0x12, 0]] as [[UInt8]])
    func refusesPartsThatComeTwice(bytes: [UInt8]) {
        #expect(read(bytes).0 == VIGIE_ENVELOPE_REPEATED)
    }

    @Test func staysInsideOfAnyBytes() throws {
        var random = SeededGenerator(seed: 3)
        var readable = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<24, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...31, using: &random) }
            let (result, header, block) = read(bytes)
            guard result == VIGIE_ENVELOPE_READ else { continue }
            readable += 1
            #expect((header?.count ?? 0) + (block?.count ?? 0) <= count)
        }
        #expect(readable > 100)
    }
}
