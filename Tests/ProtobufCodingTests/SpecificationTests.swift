// SPDX-License-Identifier: Apache-2.0

// What the specification says of messages that no usual writer writes.

import ProtobufCoding
import Testing

@Suite struct SpecificationTests {
    private typealias Everything = Vigie_Test_Everything

    @Test func theLastValueWins() throws {
        let message = try Everything(serializedBytes: [0x18, 1, 0x18, 2, 0x72, 1, 0x61, 0x72, 0])
        #expect(message.plainInt32 == 2)
        #expect(message.plainString.isEmpty)
    }

    @Test func aMessageThatComesTwiceIsMerged() throws {
        var first = Everything()
        first.ownPart = .with {
            $0.name = "first"
            $0.values = [1]
        }
        first.tree.left.value = 1
        first.part.name = "first"
        var second = Everything()
        second.ownPart.values = [2]
        second.tree.left.left.value = 2
        second.part.values = [2]
        let merged = try Everything(
            serializedBytes: first.serializedBytes() + second.serializedBytes()
        )
        #expect(merged.ownPart.name == "first" && merged.ownPart.values == [1, 2])
        #expect(merged.tree.left.value == 1 && merged.tree.left.left.value == 2)
        #expect(merged.part.name == "first" && merged.part.values == [2])
    }

    @Test func anotherChoiceTakesThePlace() throws {
        var first = Everything()
        first.part.name = "first"
        var second = Everything()
        second.number = 0
        var bytes = first.serializedBytes() + second.serializedBytes()
        let number = try Everything(serializedBytes: bytes)
        guard case .number(0)? = number.choice else {
            Issue.record("\(number)")
            return
        }
        #expect(number.part == .init())
        bytes += Everything.with { $0.part.values = [1] }.serializedBytes()
        #expect(try Everything(serializedBytes: bytes).part == .with { $0.values = [1] })
    }

    @Test func theLastEntryOfAKeyWins() throws {
        var first = Everything()
        first.partByChoice = [true: .with { $0.name = "first" }]
        var second = Everything()
        second.partByChoice = [true: .with { $0.values = [1] }, false: .init()]
        let bytes = first.serializedBytes() + second.serializedBytes()
        #expect(try Everything(serializedBytes: bytes).partByChoice == second.partByChoice)
        // Without key and value, with the value first, with a field that nobody knows.
        for (entry, key, value) in [
            ([], "", 0), ([0x11] + bits(2) + [0x0A, 1, 0x61], "a", 2),
            ([0x18, 1, 0x0A, 1, 0x61], "a", 0),
        ] as [([UInt8], String, Double)] {
            let message = try Everything(serializedBytes: [0x9A, 3, UInt8(entry.count)] + entry)
            #expect(message.doubleByName == [key: value])
        }
    }

    private func bits(_ value: Double) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.double(value)
        return writer.contents
    }

    @Test func listsArePackedOrNot() throws {
        // int32s, field 33, each by itself and packed; an empty pack; loose_uint64s, field 40.
        let bytes: [UInt8] = [
            0x88, 2, 1, 0x8A, 2, 2, 2, 3, 0x8A, 2, 0, 0x88, 2, 4, 0xC2, 2, 2, 5, 6, 0xC0, 2, 7,
        ]
        let message = try Everything(serializedBytes: bytes)
        #expect(message.int32s == [1, 2, 3, 4])
        #expect(message.looseUint64s == [5, 6, 7])
        #expect(
            message.serializedBytes() == [
                0x8A, 2, 4, 1, 2, 3, 4, 0xC0, 2, 5, 0xC0, 2, 6, 0xC0, 2, 7,
            ]
        )
        // A pack that ends within a value.
        #expect((try? Everything(serializedBytes: [0x82, 2, 3, 0, 0, 0])) == nil)
        #expect((try? Everything(serializedBytes: [0x8A, 2, 1, 0x80, 1])) == nil)
    }

    @Test func anotherWireTypeIsAFieldThatNobodyKnows() throws {
        // plain_int32 as fixed32, plain_string as integer, own_part as integer.
        let bytes: [UInt8] = [0x1D, 1, 2, 3, 4, 0x70, 5, 0xB8, 4, 6]
        #expect(try Everything(serializedBytes: bytes) == .init())
    }

    @Test func valuesThatAnEnumDoesNotHaveAreKept() throws {
        let bytes: [UInt8] = [0x80, 1, 42]
        let message = try Everything(serializedBytes: bytes)
        #expect(message.plainColour == .UNRECOGNIZED(42) && message.plainColour.rawValue == 42)
        #expect(message.serializedBytes() == bytes)
        for colour in Vigie_Test_Colour.allCases {
            #expect(Vigie_Test_Colour(rawValue: colour.rawValue) == colour)
        }
    }

    @Test func negativeZeroIsWritten() throws {
        let message = Everything.with {
            $0.plainDouble = -0.0
            $0.plainFloat = -0.0
        }
        #expect(message.serializedBytes() == [9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x15, 0, 0, 0, 0x80])
    }

    @Test(arguments: [0, 1, 126, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152])
    func lengthsOfAnySize(count: Int) throws {
        let text = String(repeating: "x", count: count)
        let message = Everything.with { $0.tree.byName[text] = .with { $0.left.value = 1 } }
        let read = try Everything(serializedBytes: message.serializedBytes())
        #expect(read == message)
        #expect(read.tree.byName.keys.first?.utf8.count == count)
    }

    @Test func anAnyOfAnotherTypeIsNotUnpacked() throws {
        let any = Google_Protobuf_Any(message: Vigie_Test_Part.with { $0.name = "a" })
        #expect(any.typeURL == "type.googleapis.com/vigie.test.Part")
        #expect(try Vigie_Test_Part(unpackingAny: any).name == "a")
        let error = #expect(throws: ProtobufError.self) {
            try Vigie_Test_Tree(unpackingAny: any)
        }
        #expect(error?.kind == .otherType)
        for url in ["", "vigie.test.Part", "/vigie.test.Parts", "/x.vigie.test.Part", "/"] {
            #expect(!Google_Protobuf_Any.with { $0.typeURL = url }.isA(Vigie_Test_Part.self))
        }
        #expect(
            Google_Protobuf_Any.with { $0.typeURL = "/vigie.test.Part" }.isA(Vigie_Test_Part.self)
        )
    }
}
