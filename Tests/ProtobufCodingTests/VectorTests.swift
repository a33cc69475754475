// SPDX-License-Identifier: Apache-2.0

// What Google's protobuf for Python makes of messages, held against what ProtobufCoding and the
// generated code make of them.

import ProtobufCoding
import Testing

@Suite struct VectorTests {
    @Test func readsAndWritesAsPythonDoes() throws {
        let vectors = try Vector.all()
        #expect(vectors.count > 500)
        #expect(vectors.count { $0.written == nil } > 100)
        for vector in vectors {
            let message = try? Vigie_Test_Everything(serializedBytes: vector.bytes)
            #expect(message?.serializedBytes() == vector.written, "\(vector.line)")
        }
    }

    @Test func theValuesAreThose() throws {
        let vector = try #require(try Vector.all().first)
        let expected = Vigie_Test_Everything.known
        #expect(expected.serializedBytes() == vector.bytes)
        let message = try Vigie_Test_Everything(serializedBytes: vector.bytes)
        #expect(message == expected)
        #expect(message.hasOptionalInt32 && message.optionalInt32 == 0)
        #expect(message.colours == [.darkRed, .UNRECOGNIZED(99)])
        #expect(message.grown.byName["t"]?.detour.tree.inside.value == 1)
        #expect(message.text.isEmpty && message.part == .init())
        #expect(try Vigie_Test_Part(unpackingAny: message.any).name == "own")
    }

    @Test func whatIsAbsentHasItsDefault() throws {
        let message = try Vigie_Test_Everything(serializedBytes: [])
        #expect(message == Vigie_Test_Everything())
        #expect(message.serializedBytes().isEmpty)
        #expect(!message.hasOptionalInt32 && !message.hasOwnPart && message.choice == nil)
        #expect(message.ownPart.name.isEmpty && message.tree.left.left.value == 0)
        #expect(message.plainColour == .unspecified && message.optionalDouble == 0)
    }

    @Test func whatIsTakenOutIsAbsent() throws {
        var message = Vigie_Test_Everything()
        message.optionalInt32 = 0
        message.ownPart = .init()
        message.tree.left = .init()
        #expect(message.hasOptionalInt32 && message.hasOwnPart && message.tree.hasLeft)
        message.clearOptionalInt32()
        message.clearOwnPart()
        message.tree.clearLeft()
        #expect(!message.hasOptionalInt32 && !message.hasOwnPart && !message.tree.hasLeft)
        message.clearTree()
        #expect(message.serializedBytes().isEmpty)
    }

    @Test func mapsAreWrittenInTheOrderOfKeys() {
        var random = SystemRandomNumberGenerator()
        let keys = (0..<200).map { "\($0)" }.shuffled(using: &random)
        var first = Vigie_Test_Everything()
        var second = Vigie_Test_Everything()
        for key in keys { first.doubleByName[key] = 1 }
        for key in keys.reversed() { second.doubleByName[key] = 1 }
        #expect(first.serializedBytes() == second.serializedBytes())
    }
}

/// A line of the vectors.
struct Vector {
    /// What is read.
    var bytes: [UInt8]
    /// What the message is then written as; nil when the bytes are no message.
    var written: [UInt8]?
    /// The line.
    var line: Substring

    /// All lines.
    static func all() throws -> [Vector] {
        try TestFile.text("Vectors/messages.txt").split(separator: "\n").map { line in
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            try #require(parts.count == 2)
            return Vector(
                bytes: try bytes(parts[0]),
                written: parts[1] == "refused" ? nil : try bytes(parts[1]),
                line: line
            )
        }
    }

    private static func bytes(_ hexadecimal: Substring) throws -> [UInt8] {
        var digits = hexadecimal.utf8.map { UInt8($0 > 0x39 ? $0 - 0x61 + 10 : $0 - 0x30) }[...]
        var bytes: [UInt8] = []
        while let high = digits.popFirst() {
            let low = digits.popFirst()
            bytes.append(high << 4 | (try #require(low)))
        }
        return bytes
    }
}
