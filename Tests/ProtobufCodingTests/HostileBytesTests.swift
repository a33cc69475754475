// SPDX-License-Identifier: Apache-2.0

// Bytes that are no messages, or that would cost more than they are worth: each is an error or a
// message, soon.

import ProtobufCoding
import Testing
import VigieLimits

@Suite struct HostileBytesTests {
    private typealias Everything = Vigie_Test_Everything
    private typealias Tree = Vigie_Test_Tree

    private func kind(_ bytes: [UInt8]) -> ProtobufError.Kind? {
        do {
            _ = try Everything(serializedBytes: bytes)
            return nil
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            return error.kind
        }
    }

    @Test func cutAnywhere() {
        let bytes = Everything.known.serializedBytes()
        for length in bytes.indices {
            let message = try? Everything(serializedBytes: Array(bytes[..<length]))
            // Where it is cut between two fields, it is a smaller message.
            if let message { #expect(message.serializedBytes() == Array(bytes[..<length])) }
        }
    }

    @Test func eachByteChanged() {
        let bytes = Everything.known.serializedBytes()
        var readable = 0
        for place in bytes.indices {
            for change in [0x01, 0x07, 0x08, 0x7F, 0x80, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[place] ^= change
                guard let message = try? Everything(serializedBytes: damaged) else { continue }
                readable += 1
                let written = message.serializedBytes()
                #expect((try? Everything(serializedBytes: written))?.serializedBytes() == written)
            }
        }
        #expect(readable > 100)
    }

    @Test(
        arguments: [
            (1 << 7) - 1, 1 << 14, (1 << 31) - 1, 1 << 31, 1 << 32, 1 << 62, (1 << 63) - 1, 1 << 63,
            (1 << 63) + 1, .max - 1, .max,
        ] as [UInt64]
    )
    func lengthsBeyondTheEnd(length: UInt64) {
        var writer = ProtobufWriter()
        writer.varint(length)
        // string, bytes, packed, message, map, unknown.
        for tag in [0x72, 0x7A, 0xFA, 0xCA, 0x9A, 0xDA] as [UInt8] {
            for tail in [[], [0], [UInt8](repeating: 0, count: 126)] {
                let second: [UInt8] = tag < 0x80 ? [] : [tag == 0xCA || tag == 0xDA ? 5 : 3]
                #expect(kind([tag] + second + writer.contents + tail) == .truncated)
            }
        }
    }

    @Test func integersThatDoNotEnd() throws {
        let nine = [UInt8](repeating: 0x80, count: 9)
        // As ten bytes the last of which has more bits than 64: they are dropped.
        let ten = try Everything(serializedBytes: [0x30] + nine + [0x7F])
        #expect(ten.plainUint64 == 1 << 63)
        #expect(kind([0x30] + nine + [0x80, 0]) == .malformedInteger)
        #expect(kind([0x30] + nine) == .truncated)
        // Cut to the type's width.
        let wide = try Everything(serializedBytes: [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
        #expect(wide.plainInt32 == -1)
        let truth = try Everything(serializedBytes: [0x68, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01])
        #expect(truth.plainBool)
    }

    @Test(
        arguments: [
            [0], [7], [0x04], [0x0C], [0x0E], [0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0],
            [0x88, 0x80, 0x80, 0x80, 0x80, 0, 0], [0xDB, 5, 0xE4, 5],
        ] as [[UInt8]]
    )
    func noFields(bytes: [UInt8]) {
        #expect(kind(bytes) == .malformedTag)
    }

    @Test func textsThatAreNoUTF8() {
        for bad in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3]]
            as [[UInt8]]
        {
            #expect(kind([0x72, UInt8(bad.count)] + bad) == .invalidUTF8)
            // As the key of a map.
            let entry = [0x0A, UInt8(bad.count)] + bad
            #expect(kind([0x9A, 0x03, UInt8(entry.count)] + entry) == .invalidUTF8)
            // Bytes may be any.
            #expect(kind([0x7A, UInt8(bad.count)] + bad) == nil)
        }
    }

    @Test func groupsAreSkippedAndNotDeeperThanTheLimit() {
        func groups(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: 0x0B, count: depth) + [UInt8](repeating: 0x0C, count: depth)
        }
        let limit = ProtobufLimits.depth
        #expect(kind(groups(limit)) == nil)
        #expect(kind(groups(limit + 1)) == .tooDeep)
        #expect(kind(groups(1_000_000)) == .tooDeep)
        #expect(kind([0x0B]) == .truncated)
        #expect(kind([0x0B, 0x14]) == .malformedTag)
        // One behind the other are no deeper.
        #expect(kind([[UInt8]](repeating: [0x0B, 0x0C], count: 10_000).flatMap(\.self)) == nil)
    }

    @Test func messagesAreNotDeeperThanTheLimit() throws {
        let limit = ProtobufLimits.depth
        var tree = Tree()
        for _ in 0..<limit { tree = .with { $0.left = tree } }
        #expect(try Tree(serializedBytes: tree.serializedBytes()) == tree)
        let beyond = Tree.with { $0.left = tree }
        let error = #expect(throws: ProtobufError.self) {
            try Tree(serializedBytes: beyond.serializedBytes())
        }
        #expect(error?.kind == .tooDeep)
        // So deep that no stack would do.
        var bomb: [UInt8] = []
        for _ in 0..<20_000 {
            var writer = ProtobufWriter()
            writer.varint(UInt64(bomb.count))
            bomb += writer.contents.reversed()
            bomb.append(0x12)
        }
        #expect((try? Tree(serializedBytes: bomb.reversed())) == nil)
    }

    @Test func manyEmptyMessagesAreRefused() throws {
        func bytes(_ count: Int) -> [UInt8] {
            [[UInt8]](repeating: [0x1A, 0], count: count).flatMap(\.self)
        }
        #expect(try Tree(serializedBytes: bytes(1000)).others.count == 1000)
        let error = #expect(throws: ProtobufError.self) {
            try Tree(serializedBytes: bytes(ProtobufLimits.parts + 1))
        }
        #expect(error?.kind == .tooManyParts)
    }

    @Test func manyPartsOfOneMessageAreNotCopiedEachTime() throws {
        // A long list, then the same message again and again with nothing in it: if the list
        // were copied each time, this would take minutes.
        var part = Vigie_Test_Part()
        part.values = .init(repeating: 1, count: 50_000)
        let parts = 50_000
        for field in [71, 63] as [UInt32] {
            var writer = ProtobufWriter()
            writer.message(field << 3 | 2, part)
            for _ in 0..<parts { writer.message(field << 3 | 2, Vigie_Test_Part()) }
            let clock = ContinuousClock()
            var message = Everything()
            let time = try clock.measure {
                message = try Everything(serializedBytes: writer.contents)
            }
            #expect((field == 71 ? message.ownPart : message.part) == part)
            #expect(time < .seconds(5))
        }
    }
}
