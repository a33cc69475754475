// SPDX-License-Identifier: Apache-2.0

// Inputs in memory, cut into chunks of any size.

import CommandFiles
import Synchronization
import VigieCommand

/// A source over bytes in memory that gives at most `chunk` of them at a time.
func memorySource(_ bytes: [UInt8], chunk: Int = 1 << 16) -> ByteSource {
    let position = Mutex(0)
    return ByteSource(name: "test", totalBytes: bytes.count) { buffer throws(CommandFailure) in
        position.withLock { position in
            let count = min(chunk, buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }
}

/// A buffer over a text, behind its preamble.
func memoryBuffer(_ text: String, chunk: Int = 1 << 16) throws -> InputBuffer {
    let buffer = InputBuffer(memorySource(Array(text.utf8), chunk: chunk), chunkBytes: chunk)
    try buffer.skipPreamble()
    return buffer
}
