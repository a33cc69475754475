// SPDX-License-Identifier: Apache-2.0

// Frames that are damaged, foreign, too large or in the wrong order are refused by words.

import ScoreHistory
import Testing
import VigieLimits

@Suite struct FrameDamageTests {
    let before: ColumnBlock
    let key: [UInt8]
    let delta: [UInt8]
    let encoder = FrameEncoder()

    init() throws {
        var dice = Dice(9)
        before = .universe(slotCount: 300, &dice)
        let after = before.changed(100, slotCount: 310, &dice)
        key = try encoder.keyFrame(of: before, number: 7, run: run(1))
        delta = try encoder.deltaFrame(
            of: after,
            number: 7,
            run: run(2),
            from: before,
            baseNumber: 1
        )
    }

    /// The kind of problem that frames have.
    func problem(_ frames: [[UInt8]]) -> FrameProblem.Code? {
        do {
            _ = try chain(frames).checked()
            return nil
        } catch { return (error as? FrameProblem)?.code }
    }

    /// Whether the header of a frame is refused, before memory is taken for what it holds.
    func isRefusedByItsHeader(_ frame: [UInt8]) -> Bool {
        (try? frame.withUnsafeBytes { try FrameHeader($0) }) == nil
    }

    /// A frame with some bytes changed, and a checksum that fits again.
    func forged(_ frame: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var frame = Array(frame.dropLast(8))
        change(&frame)
        for (place, byte) in [frame.count + 8].flatMap(Self.bytes).enumerated() {
            frame[8 + place] = byte
        }
        let sum = frame.withUnsafeBytes { Checksum.of($0) }
        return frame + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
    }

    static func bytes(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    func forged(_ frame: [UInt8], _ place: Int, _ bytes: [UInt8]) -> [UInt8] {
        forged(frame) { $0.replaceSubrange(place..<place + bytes.count, with: bytes) }
    }

    @Test func refusesWhateverIsCutOrLonger() {
        for count in key.indices {
            let code = problem([Array(key.prefix(count))])
            #expect(code == .truncated, "after \(count) bytes")
        }
        #expect(problem([key + [0]]) == .damaged)
        #expect(problem([]) == .truncated)
    }

    @Test func refusesEachFlippedBit() {
        for place in delta.indices {
            var damaged = delta
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(problem([key, damaged]) != nil, "byte \(place)")
        }
    }

    @Test func refusesForeignFrames() throws {
        #expect(
            problem([Array("%PDF-1.7 and more of it, so that it is long enough".utf8)]) == .foreign
        )
        #expect(problem([try encoder.keyFrame(of: before, number: 8, run: run(1))]) == .foreign)
        let features = ColumnBlock(try #require(.features(1)), slotCount: 3)
        #expect(problem([try encoder.keyFrame(of: features, number: 7, run: run(1))]) == .foreign)
        #expect(problem([forged(key, 4, [2])]) == .newer)
    }

    @Test func refusesFramesInTheWrongOrder() throws {
        #expect(problem([key, delta]) == nil)
        #expect(problem([delta]) == .outOfOrder)
        #expect(problem([key, delta, delta]) == .outOfOrder)
        #expect(problem([key, key]) == .outOfOrder)
        // A run that changed nothing is not passed over.
        let same = try encoder.deltaFrame(
            of: before,
            number: 7,
            run: run(2),
            from: before,
            baseNumber: 1
        )
        let later = try encoder.deltaFrame(
            of: before,
            number: 7,
            run: run(3),
            from: before,
            baseNumber: 1
        )
        #expect(problem([key, later]) == nil)
        #expect(problem([key, same, later]) == .outOfOrder)
        // Another block of the same run, in which something else stood.
        var dice = Dice(10)
        let other = ColumnBlock.universe(slotCount: 300, &dice)
        let otherKey = try encoder.keyFrame(of: other, number: 7, run: run(1))
        #expect(problem([otherKey, delta]) == .outOfOrder)
    }

    @Test func refusesWhatDoesNotFit() {
        #expect(problem([forged(key, 5, [3])]) == .damaged)
        #expect(problem([forged(key, 6, [0])]) == .damaged)
        // A day beyond the calendar, and a reserved number.
        #expect(problem([forged(key, 20, [255, 255, 255, 127])]) == .damaged)
        #expect(problem([forged(key, 44, [1])]) == .damaged)
        // A key frame that stands on another, columns of three bytes, a name that is no text.
        #expect(problem([forged(key, 28, [0])]) == .damaged)
        #expect(problem([forged(key, 64, [3])]) == .damaged)
        #expect(problem([forged(key, 67, [255])]) == .damaged)
        // More changes, or bytes for their gaps, than 310 slots can have.
        let many = Self.bytes(1 << 30)
        #expect(isRefusedByItsHeader(forged(delta, 32, many + many)))
        #expect(isRefusedByItsHeader(forged(delta, 32, Self.bytes(311) + Self.bytes(311))))
        #expect(!isRefusedByItsHeader(forged(delta, 32, Self.bytes(310) + Self.bytes(311))))
        #expect(isRefusedByItsHeader(forged(delta, 32, Self.bytes(310) + Self.bytes(312))))
        #expect(isRefusedByItsHeader(forged(delta, 32, Self.bytes(2) + Self.bytes(1))))
        #expect(problem([key, forged(delta, 32, Self.bytes(310) + Self.bytes(311))]) == .damaged)
        // A changed checksum of the block is found when all is read.
        #expect(problem([forged(key, 48, [key[48] ^ 1])]) == .damaged)
    }

    @Test func refusesStreamsThatDoNotFit() {
        // The directory begins behind the name of the model.
        let directory = 64 + 3 + 9
        #expect(problem([forged(key, directory, Self.bytes(1))]) == .damaged)
        #expect(problem([forged(key, directory, [255, 255, 255, 255])]) == .damaged)
        // The stream of the low bytes of scores is stored: as many bytes less are no zstd.
        let shorter = forged(key) { frame in
            frame.remove(at: directory + 16)
            frame.replaceSubrange(directory..<directory + 4, with: Self.bytes(299))
        }
        #expect(problem([shorter]) == .damaged)
        #expect(problem([forged(key) { $0.removeSubrange(80...) }]) == .truncated)
        #expect(problem([forged(key) { $0.append(0) }]) == .damaged)
        // Changes of slots behind the last one.
        let places = directory + 24
        for byte in [254, 255] as [UInt8] {
            #expect(problem([key, forged(delta, places, [byte, byte])]) == .damaged)
        }
    }

    @Test func refusesWhatIsOverALimit() throws {
        let slots = Self.bytes(HistoryLimits.blockSlots + 1)
        #expect(problem([forged(key, 16, slots)]) == .tooLarge)
        #expect(problem([forged(key, 40, Self.bytes(HistoryLimits.columns + 1))]) == .tooLarge)
        let long = [UInt8](repeating: 0, count: HistoryLimits.frameBytes + 1)
        #expect(problem([long]) == .tooLarge)
        // A key frame of the greatest block has fewer bytes.
        #expect(
            HistoryLimits.columns * (4 * HistoryLimits.blockSlots + 17) + 72
                + HistoryLimits.modelBytes < HistoryLimits.frameBytes
        )
    }

    @Test func endsAChainWithoutKeyFrames() throws {
        let block = ColumnBlock.scores(slotCount: 1)
        var frames = [try encoder.keyFrame(of: block, number: 7, run: run(1))]
        for number in 2...UInt32(HistoryLimits.deltaFrames + 2) {
            frames.append(
                try encoder.deltaFrame(
                    of: block,
                    number: 7,
                    run: run(number),
                    from: block,
                    baseNumber: number - 1
                )
            )
        }
        #expect(problem(frames) == .tooLarge)
        #expect(problem(frames.dropLast()) == nil)
    }
}
