// SPDX-License-Identifier: Apache-2.0

// The input of sessions: not bare HTTP/2, whose lengths a mutator seldom keeps right, but steps
// of one byte each for what to do, for flags and for a stream, two for a length, and content.

/// One step of a session.
struct FrameStep {
    let operation: UInt8
    let flags: UInt8
    /// A stream that a client opens.
    let stream: UInt32
    let content: UnsafeRawBufferPointer

    /// Takes the next step of an input; nil at its end.
    init?(_ input: inout UnsafeRawBufferPointer) {
        guard input.count >= 5 else { return nil }
        (operation, flags, stream) = (input[0] & 15, input[1], UInt32(input[2]) * 2 + 1)
        let count = min(Int(input[3]) | Int(input[4]) << 8, input.count - 5)
        content = UnsafeRawBufferPointer(rebasing: input[5..<5 + count])
        input = UnsafeRawBufferPointer(rebasing: input[(5 + count)...])
    }
}

/// An HTTP/2 frame.
func frame(
    type: UInt8,
    flags: UInt8,
    stream: UInt32,
    _ content: some Collection<UInt8>
) -> [UInt8] {
    let count = UInt32(content.count)
    let length = [UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    let stream = (0..<4).map { UInt8(stream >> (24 - 8 * $0) & 0xFF) }
    return length + [type, flags] + stream + content
}

/// A message with its prefix, as gRPC has it.
func prefixed(_ message: some Collection<UInt8>, isCompressed: Bool = false) -> [UInt8] {
    let count = UInt32(message.count)
    return [isCompressed ? 1 : 0] + (0..<4).map { UInt8(count >> (24 - 8 * $0) & 0xFF) } + message
}

/// A header field that HPACK neither compresses nor remembers.
func field(_ name: String, _ value: String) -> [UInt8] {
    [0, UInt8(name.utf8.count & 127)] + name.utf8 + [UInt8(value.utf8.count & 127)] + value.utf8
}

/// A gzip member whose content is stored as it is.
func stored(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    let count = UInt16(truncatingIfNeeded: content.count)
    var check: UInt32 = 0xFFFF_FFFF
    for byte in content {
        check ^= UInt32(byte)
        for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) }
    }
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]
    return head + bytes(UInt32(count), 2) + bytes(UInt32(~count), 2) + content
        + bytes(~check, 4) + bytes(UInt32(content.count), 4)
}
