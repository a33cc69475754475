// SPDX-License-Identifier: Apache-2.0

// A file of an inbox that this process alone reads: whoever reads one holds a lock on it, which
// ends with him, so that a server that is killed keeps no other one from it.

internal import CommandFiles
internal import Digests
package import Documents
internal import Synchronization
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A file that nobody else reads.
package final class ClaimedFile: Sendable {
    private let name: String
    private let descriptor: Int32
    /// The file as it was taken.
    package let look: FileLook

    /// Takes a file; nil when another one has it, or it has gone or changed.
    package init?(_ name: String, in folder: InboxFolder) {
        self.name = name
        descriptor = openat(
            folder.descriptor,
            name,
            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        )
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        look = FileLook(status)
        // Whoever had it before may have moved it since it was opened.
        guard look.isRegular, folder.has(name, as: look) else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Whether nobody has written to it since.
    package var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && FileLook(status) == look
    }

    /// SHA-256 of its content; nil when it cannot be read, or nobody wants it any more.
    package func digest(while isWanted: () -> Bool) -> [UInt8]? {
        let digest = RunningDigest()
        var (buffer, offset) = ([UInt8](repeating: 0, count: 1 << 18), 0)
        while isWanted() {
            let count = buffer.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return digest.finished() }
            buffer.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
        return nil
    }

    /// Its bytes from the first on, unpacked where they are packed, and not endlessly.
    package func source(while isWanted: @escaping @Sendable () -> Bool) -> ByteSource {
        let left = Atomic(InboxLimits.unpackedBytesMax)
        let (plain, start) = (plain(), plain())
        let bounded = { (source: ByteSource) in
            ByteSource(name: source.name, totalBytes: source.totalBytes) {
                (buffer) throws(InputError) in
                guard isWanted() else { throw InputError(.unreadable, "the server stops") }
                let count = try source.read(buffer)
                let rest = left.wrappingSubtract(count, ordering: .relaxed).newValue
                guard rest >= 0 else {
                    throw InputError(
                        .content,
                        "it is too long unpacked (unpackedBytesMax)",
                        hint: "drop it in parts"
                    )
                }
                return count
            }
        }
        guard let first = try? start.start(count: 3), ByteSource.isPacked(first),
            let inner = try? plain.unpacked()
        else { return bounded(self.plain()) }
        return bounded(inner)
    }

    private func plain() -> ByteSource {
        let offset = Atomic(0)
        return ByteSource(name: name, totalBytes: look.byteCount) {
            [self] (buffer) throws(InputError) in
            while true {
                let place = offset.load(ordering: .relaxed)
                let count = pread(descriptor, buffer.baseAddress, buffer.count, place)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw InputError(.unreadable, errorText(errno)) }
                offset.store(place + count, ordering: .relaxed)
                return count
            }
        }
    }
}
