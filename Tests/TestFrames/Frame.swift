// SPDX-License-Identifier: Apache-2.0

// Frames of HTTP/2, written by hand.

/// A frame of HTTP/2.
package struct Frame: Sendable {
    /// Kinds of frames, by their numbers.
    package enum Kind: UInt8, Sendable {
        case data = 0
        case headers
        case priority
        case reset
        case settings
        case pushPromise
        case ping
        case goAway
        case windowUpdate
    }

    package let kind: Kind?
    package let flags: UInt8
    package let streamID: UInt32
    package let payload: [UInt8]

    /// Makes a frame.
    package init(_ kind: Kind, flags: UInt8 = 0, streamID: UInt32 = 0, _ payload: [UInt8] = []) {
        self.kind = kind
        self.flags = flags
        self.streamID = streamID
        self.payload = payload
    }

    /// Takes the first frame out of bytes, if it is whole.
    init?(taking bytes: inout [UInt8]) {
        guard bytes.count >= 9 else { return nil }
        let count = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
        guard bytes.count >= 9 + count else { return nil }
        kind = Kind(rawValue: bytes[3])
        flags = bytes[4]
        streamID = bytes[5..<9].reduce(0) { $0 << 8 | UInt32($1) }
        payload = Array(bytes[9..<9 + count])
        bytes.removeFirst(9 + count)
    }

    var bytes: [UInt8] {
        let count = payload.count
        return [UInt8(count >> 16), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
            + [kind?.rawValue ?? 0xFF, flags] + Self.big(streamID) + payload
    }

    /// SETTINGS that set nothing.
    package static let settings = Frame(.settings)
    static let settingsAnswer = Frame(.settings, flags: 1)

    /// The headers of an answer, or whatever they are made.
    package static func headers(
        _ streamID: UInt32,
        _ headers: [(String, String)],
        isEnd: Bool = false
    ) -> Frame {
        // Literals without a place in the table.
        let block: [UInt8] = headers.flatMap { name, value -> [UInt8] in
            [0] + text(name) + text(value)
        }
        return Frame(.headers, flags: isEnd ? 5 : 4, streamID: streamID, block)
    }

    /// The headers of a good answer.
    package static func answerHead(_ streamID: UInt32) -> Frame {
        headers(streamID, [(":status", "200"), ("content-type", "application/grpc")])
    }

    /// A message.
    package static func message(_ streamID: UInt32, _ message: [UInt8]) -> Frame {
        Frame(.data, streamID: streamID, [0] + big(UInt32(message.count)) + message)
    }

    /// The end of an answer.
    package static func trailers(_ streamID: UInt32, status: String = "0") -> Frame {
        headers(streamID, [("grpc-status", status)], isEnd: true)
    }

    /// RST_STREAM.
    package static func reset(_ streamID: UInt32, _ code: UInt32) -> Frame {
        Frame(.reset, streamID: streamID, big(code))
    }

    /// GOAWAY.
    package static func goAway(last streamID: UInt32, _ code: UInt32, _ text: String) -> Frame {
        Frame(.goAway, big(streamID) + big(code) + Array(text.utf8))
    }

    /// The answer to a ping.
    package static func pingAnswer(_ ping: Frame) -> Frame {
        Frame(.ping, flags: 1, ping.payload)
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    /// A text of HPACK, not compressed.
    private static func text(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if bytes.count < 127 { return [UInt8(bytes.count)] + bytes }
        var rest = bytes.count - 127
        var length: [UInt8] = [127]
        while rest >= 128 {
            length.append(UInt8(rest & 127 | 128))
            rest >>= 7
        }
        return length + [UInt8(rest)] + bytes
    }
}
