// SPDX-License-Identifier: Apache-2.0

// The answer to a block as it is kept and sent: the message of its stream, in memory of its own.

internal import CVigieWire
internal import GRPCTransport

extension RowFrame {
    /// The answers as a message of their stream, in memory of its own.
    func encodedAnswer() -> [UInt8] {
        if let assessed {
            var content = ColumnWriter(output: nil)
            content.write(assessed)
            return FieldPrefix.message(contentBytes: content.byteCount) { output in
                var writer = ColumnWriter(output: output)
                writer.write(assessed)
            }
        }
        var bytes: [UInt8] = []
        withMessage { block in
            let blockBytes = vigie__v1__score_block__get_packed_size(&block)
            bytes = FieldPrefix.message(contentBytes: blockBytes) { output in
                let start = output.bindMemory(to: UInt8.self).baseAddress
                vigie__v1__score_block__pack(&block, start)
            }
        }
        return bytes
    }
}

extension FieldPrefix {
    /// A message that has nothing but the field of a block, which has the same number in both
    /// methods' answers.
    fileprivate static func message(
        contentBytes: Int,
        _ write: (UnsafeMutableRawBufferPointer) -> Void
    ) -> [UInt8] {
        let prefix = FieldPrefix(tag: 0x12, contentBytes: contentBytes)
        let byteCount = prefix.byteCount + contentBytes
        return [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            _ = prefix.write(to: output)
            let end = prefix.byteCount + contentBytes
            write(UnsafeMutableRawBufferPointer(rebasing: output[prefix.byteCount..<end]))
            initialized = byteCount
        }
    }
}
