// SPDX-License-Identifier: Apache-2.0

// What is packed is unpacked to the same bytes, and what is damaged is told.

import JobStore
import TestRandomness
import Testing
import VigieLimits

@Suite struct AnswerPackingTests {
    @Test func answersComeBackAsTheyWere() throws {
        var random = SeededGenerator(seed: 3)
        let packer = AnswerPacker()
        for count in [0, 1, 7, 4_096, 300_000] {
            let answer = (0..<count).map { _ in UInt8.random(in: 0...9, using: &random) }
            let packed = try #require(packer.pack(answer))
            #expect(AnswerUnpacking.unpack(packed, byteCount: count) == answer)
            #expect(AnswerUnpacking.unpack(packed, byteCount: count + 1) == nil)
            if count > 100 {
                #expect(packed.count < count * 3 / 4)
                #expect(AnswerUnpacking.unpack(packed, byteCount: count - 1) == nil)
                #expect(AnswerUnpacking.unpack(Array(packed.dropLast()), byteCount: count) == nil)
            }
        }
    }

    @Test func sizesThatCannotBeTakeNoMemory() {
        for count in [-1, .min, .max, JobLimits.jobAnswerBytes + 1] {
            #expect(AnswerUnpacking.unpack([1, 2, 3], byteCount: count) == nil)
        }
    }

}
