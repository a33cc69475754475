// SPDX-License-Identifier: Apache-2.0

// Bytes that come in parts and are read when all are there, as often as need be: in a file without
// a name, which is gone with the process, so that nothing is left behind whatever happens.

package import Documents
internal import Glibc

/// A file without a name.
package final class SpooledFile: Sendable {
    /// What it is called in messages.
    package let name: String
    private let descriptor: Int32

    /// Makes an empty one in the directory for temporary files.
    ///
    /// - Parameter name: What it is called in messages.
    package init(name: String) throws(CommandFailure) {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        self.name = name
        var path = Array("\(directory)/.vigie.XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .cannotCreateOutput,
                "cannot make a file in \(directory): \(errorText(errno))"
            )
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Adds bytes at the end.
    package func append(_ bytes: [UInt8]) throws(CommandFailure) {
        guard writeAll(bytes, to: descriptor) else {
            throw CommandFailure(.inputOutputError, "cannot keep \(name): \(errorText(errno))")
        }
    }

    /// Bytes from a place on, all of which were added.
    package func bytes(at offset: Int, count: Int) throws(CommandFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(count, 0))
        var done = 0
        while done < bytes.count {
            let read = bytes.withUnsafeMutableBytes { target in
                pread(descriptor, target.baseAddress.map { $0 + done }, count - done, offset + done)
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else {
                let why = read < 0 ? errorText(errno) : "it is shorter than it was"
                throw CommandFailure(.inputOutputError, "cannot read \(name): \(why)")
            }
            done += read
        }
        return bytes
    }

    /// All bytes from the first on; several sources at once do not disturb each other.
    package var source: ByteSource {
        let place = FilePlace()
        return ByteSource(name: name, totalBytes: nil) {
            [self] (buffer) throws(InputError) in
            while true {
                let count = pread(descriptor, buffer.baseAddress, buffer.count, place.offset)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    throw InputError(.unreadable, "cannot read \(name): \(errorText(errno))")
                }
                place.offset += count
                return count
            }
        }
    }
}

/// How far a source has read: of one reader, one thread at a time. That is why it can be Sendable.
private final class FilePlace: @unchecked Sendable {
    var offset = 0
}
