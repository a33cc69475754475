// SPDX-License-Identifier: Apache-2.0

// Where the bytes of an input come from. This room opens no files: a command
// gives it a function that reads.

internal import Synchronization

/// Which file something is, whatever it is called.
package struct FileIdentity: Equatable, Sendable {
    /// The device that holds it.
    package var device: UInt64
    /// Its number there.
    package var inode: UInt64

    /// Creates an identity from its parts.
    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

/// A stream of bytes that is read once from the start to the end.
package struct ByteSource: Sendable {
    /// Name for messages: the path, or "standard input".
    package let name: String
    /// Number of bytes in all, where it is known before the end.
    package let totalBytes: Int?
    /// The file behind it, where it is a regular one.
    package let identity: FileIdentity?
    /// Copies the next bytes to the start of the buffer; returns how many, 0 at the end.
    package let read: @Sendable (UnsafeMutableRawBufferPointer) throws(InputError) -> Int

    /// Creates a source from a function that reads.
    package init(
        name: String,
        totalBytes: Int?,
        identity: FileIdentity? = nil,
        read: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws(InputError) -> Int
    ) {
        self.name = name
        self.totalBytes = totalBytes
        self.identity = identity
        self.read = read
    }

    /// What is asked for at first; a file that is longer has its buffer grow with it.
    private static let firstReadBytes = 4_096

    /// The first bytes, up to `count` or the end. `count` is often a limit, far above what there
    /// is: memory follows what was read.
    package func start(count: Int) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        var wanted = min(count, Self.firstReadBytes)
        while bytes.count < wanted {
            let got = try append(to: &bytes, atMost: wanted - bytes.count)
            if got == 0 { break }
            if bytes.count == wanted { wanted += min(wanted, count - wanted) }
        }
        return bytes
    }

    /// Adds the next bytes; returns how many, 0 at the end.
    package func append(to bytes: inout [UInt8], atMost count: Int) throws(InputError) -> Int {
        var failure: InputError?
        let more = [UInt8](unsafeUninitializedCapacity: count) { buffer, got in
            do throws(InputError) {
                got = try read(UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        bytes += more
        return more.count
    }

    /// A source that gives `start` and then what this one still has.
    package func following(_ start: [UInt8]) -> ByteSource {
        let position = Mutex(0)
        return ByteSource(name: name, totalBytes: totalBytes, identity: identity) {
            [read] buffer throws(InputError) in
            let copied = position.withLock { position in
                let count = min(buffer.count, start.count - position)
                buffer.copyBytes(from: start[position..<(position + count)])
                position += count
                return count
            }
            return copied > 0 ? copied : try read(buffer)
        }
    }
}
