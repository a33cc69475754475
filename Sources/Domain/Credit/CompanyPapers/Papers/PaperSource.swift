// SPDX-License-Identifier: Apache-2.0

// Ways to take the bytes of a paper.

internal import Documents
internal import VigieLimits

extension ByteSource {
    /// All that is left, within the limit of papers that are read whole.
    func whole(
        bytesMax: Int = PaperLimits.documentBytesMaximum
    ) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        try eachPart { part, _ throws(InputError) in
            guard bytes.count + part.count <= bytesMax else {
                throw InputError(
                    .content,
                    "it is longer than \(bytesMax) bytes",
                    hint: "give it in parts"
                )
            }
            bytes.append(contentsOf: part)
        }
        // A mark of the order of bytes is no part of a document.
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Gives all that is left, part by part; the last part is empty.
    func eachPart(
        _ body: (UnsafeRawBufferPointer, _ isLast: Bool) throws(InputError) -> Void
    ) throws(InputError) {
        let room = UnsafeMutableRawBufferPointer.allocate(
            byteCount: InputLimits.chunkBytes,
            alignment: 1
        )
        defer { room.deallocate() }
        while true {
            let count = try read(room)
            try body(UnsafeRawBufferPointer(rebasing: room[..<count]), count == 0)
            if count == 0 { return }
        }
    }

    /// The same without its first bytes.
    func withoutStart(count: Int) throws(InputError) -> ByteSource {
        _ = try start(count: count)
        return self
    }
}

extension TextEncoding {
    /// The encoding that a mark of two bytes tells; nil for none.
    static func wideMark(_ start: [UInt8]) -> TextEncoding? {
        if start.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if start.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        return nil
    }
}
