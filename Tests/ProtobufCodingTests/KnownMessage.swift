// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtobufCoding
import Testing

extension Vigie_Test_Everything {
    /// The message that make_vectors.py calls known too.
    static var known: Self {
        .with {
            $0.fillPlain()
            $0.fillLists()
            $0.fillMessages()
        }
    }

    private mutating func fillPlain() {
        plainDouble = -0.5
        plainFloat = 0.25
        plainInt32 = -7
        plainInt64 = .min
        plainUint32 = .max
        plainUint64 = .max
        plainSint32 = .min
        plainSint64 = .max
        plainFixed32 = 0xDEAD_BEEF
        plainFixed64 = 1
        plainSfixed32 = -2
        plainSfixed64 = -3
        plainBool = true
        plainString = "é"
        plainBytes = [0, 0xFF]
        plainColour = .below
        optionalDouble = 0
        optionalInt32 = 0
        optionalBool = false
        optionalString = ""
        optionalBytes = []
        optionalColour = .unspecified
        last = 5
    }

    private mutating func fillLists() {
        doubles = [1, 2]
        floats = [.infinity]
        int32s = [-1, 0, 1]
        sint64s = [-64, 64]
        fixed32s = [1, 2]
        bools = [true, false]
        strings = ["a", "", "b"]
        blobs = [[], [0x78]]
        colours = [.darkRed, .UNRECOGNIZED(99)]
        looseUint64s = [0, 300]
        parts = [
            .with {
                $0.name = "p"
                $0.values = [-1, 1]
            }, .init(),
        ]
        doubleByName = ["b": 1, "a": 0]
        nameByNumber = [-1: "x", 2: ""]
        partByChoice = [false: .with { $0.name = "no" }, true: .init()]
        colourByNumber = [1 << 63: .colour2]
        bytesByName = ["": [0x7A]]
    }

    private mutating func fillMessages() {
        grown.left.left.value = -3
        grown.byName["t"] = .with { $0.detour.tree.inside.value = 1 }
        ownPart.name = "own"
        any = .init(message: ownPart)
        duration.seconds = -1
        duration.nanos = -500_000_000
        timestamp.seconds = 1_750_000_000
        empty = .init()
        inner.type = .in
        inner.key = ["k": "v"]
        inner.self_p = 0
        inner.writer = .init()
    }
}

/// A file beside the tests.
enum TestFile {
    static func text(_ path: String) throws -> String {
        let directory = try #require(Bundle.module.resourcePath)
        return try String(contentsOfFile: "\(directory)/\(path)", encoding: .utf8)
    }
}
