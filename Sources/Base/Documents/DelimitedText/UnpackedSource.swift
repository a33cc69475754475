// SPDX-License-Identifier: Apache-2.0

// What is packed with gzip, unpacked as it is read. Several packed parts behind one another are one
// text, as gzip itself has it.

internal import CZlib
internal import Synchronization
internal import VigieLimits

extension ByteSource {
    /// Whether the first bytes of a source are those of a packed one.
    package static func isPacked(_ start: [UInt8]) -> Bool { start.starts(with: [0x1F, 0x8B, 8]) }

    /// The same source, unpacked.
    ///
    /// - Throws: That the library has no memory.
    package func unpacked() throws(InputError) -> ByteSource {
        let unpacker = Mutex(try Unpacker(name))
        return ByteSource(name: name, totalBytes: nil, identity: identity) {
            [read] buffer throws(InputError) in
            let result = unpacker.withLock { unpacker in
                Result { () throws(InputError) in try unpacker.next(buffer, read) }
            }
            return try result.get()
        }
    }
}

/// Unpacks gzip, piece by piece. It is used behind a lock, by one thread at a time.
private struct Unpacker: ~Copyable, @unchecked Sendable {
    private let name: String
    private let stream: UnsafeMutablePointer<z_stream>
    private let packed = UnsafeMutableRawBufferPointer.allocate(
        byteCount: InputLimits.chunkBytes,
        alignment: 1
    )
    private var isInPart = true
    private var hasEnded = false

    init(_ name: String) throws(InputError) {
        self.name = name
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard vigie_gzip_inflate_init(stream) == Z_OK else {
            throw InputError(.unreadable, "\(name): no memory to unpack it")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        packed.deallocate()
    }

    /// Fills the buffer as far as one step goes; returns 0 at the end only.
    mutating func next(
        _ buffer: UnsafeMutableRawBufferPointer,
        _ read: @Sendable (UnsafeMutableRawBufferPointer) throws(InputError) -> Int
    ) throws(InputError) -> Int {
        guard let room = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        while !hasEnded {
            if stream.pointee.avail_in == 0 {
                let count = try read(packed)
                guard count > 0 else {
                    hasEnded = true
                    if isInPart { throw fault("it was cut off") }
                    return 0
                }
                stream.pointee.next_in = packed.bindMemory(to: UInt8.self).baseAddress
                stream.pointee.avail_in = UInt32(clamping: count)
            }
            // Zeros may follow the last part, as tape drives left them.
            if !isInPart {
                guard stream.pointee.next_in?.pointee != 0 else {
                    stream.pointee.next_in += 1
                    stream.pointee.avail_in -= 1
                    continue
                }
                guard inflateReset(stream) == Z_OK else { throw fault("it is broken") }
                isInPart = true
            }
            let space = UInt32(clamping: buffer.count)
            stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = space
            let status = inflate(stream, Z_NO_FLUSH)
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                throw fault("it is broken")
            }
            isInPart = status != Z_STREAM_END
            let made = space - stream.pointee.avail_out
            if made > 0 { return Int(made) }
        }
        return 0
    }

    private func fault(_ what: String) -> InputError {
        InputError(
            .content,
            "\(name) is compressed with gzip, and \(what)",
            hint: "fetch it again; `gzip -t FILE` tells whether a copy is whole"
        )
    }
}
