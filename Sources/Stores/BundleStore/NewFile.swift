// SPDX-License-Identifier: Apache-2.0

// Bytes that go to disk under a name that nobody looks at, until they are safe there.

internal import ServiceErrors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Writes files.
enum NewFile {
    /// Writes a hidden file in a directory, safe on disk.
    ///
    /// - Returns: Its path.
    static func write(_ bytes: [UInt8], in directory: String) throws(ServiceError) -> String {
        let path = "\(directory)/\(hiddenName())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw ServiceError(
                .failedPrecondition,
                "CANNOT_WRITE",
                "cannot write into the directory \(directory): \(errorText(errno))"
            )
        }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let failure = failure(path)
            unlink(path)
            throw failure
        }
        return path
    }

    /// A name that nobody looks at, and that nobody else takes. What is made under it has the mode
    /// that the mask of the process leaves: mkstemp would ask for the mask to be changed, which
    /// all threads share.
    static func hiddenName() -> String {
        ".vigie." + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Writes all bytes; false when that stops on the way.
    static func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                bytes.baseAddress.map {
                    writeSome(descriptor, $0 + written, bytes.count - written)
                }
                    ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// Names in a directory are safe once the directory is; some file systems cannot say.
    static func makeSafe(_ path: String) {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// That a file cannot be written, for the reason in `errno`.
    static func failure(_ name: String) -> ServiceError {
        ServiceError(.internalError, "CANNOT_WRITE", "cannot write \(name): \(errorText(errno))")
    }

    private static func writeSome(
        _ descriptor: CInt,
        _ start: UnsafeRawPointer,
        _ count: Int
    ) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, start, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, start, count)
        #endif
    }
}
