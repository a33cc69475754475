// SPDX-License-Identifier: Apache-2.0

// The files of a bundle in a directory. Whoever can write there does not thereby choose what the
// server reads: links are not followed, and what is no regular file is not opened for long.

package import Scoring

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension BundleFiles {
    /// Takes the files of a directory, each read when it is needed.
    package init(directory: String) {
        self.init { name, limitBytes throws(BundleError) in
            try Self.read(directory + "/" + name, name: name, limitBytes: limitBytes)
        }
    }

    static func read(
        _ path: String,
        name: String,
        limitBytes: Int
    ) throws(BundleError) -> [UInt8] {
        // O_NONBLOCK so that a named pipe does not hold the server up.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason =
                errno == ELOOP ? "is a symbolic link; links are not followed" : errorText(errno)
            throw BundleError(
                code: .unreadable,
                file: name,
                message: "cannot be opened (\(path)): \(reason)."
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw BundleError(code: .unreadable, file: name, message: "is no regular file.")
        }
        try checkSize(Int(status.st_size), of: name, limitBytes: limitBytes)
        return try readAll(descriptor, byteCount: Int(status.st_size), name: name)
    }

    /// Reads a file of known size. One that shrinks meanwhile comes out shorter, and its
    /// checksum tells.
    private static func readAll(
        _ descriptor: CInt,
        byteCount: Int,
        name: String
    ) throws(BundleError) -> [UInt8] {
        var failure: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
            while filled < byteCount {
                // tidy: force: byteCount is not 0 here, so there is memory
                let count = readSome(descriptor, buffer.baseAddress! + filled, byteCount - filled)
                if count < 0 && errno == EINTR { continue }
                if count < 0 { failure = errno }
                if count <= 0 { break }
                filled += count
            }
        }
        guard failure == 0 else {
            throw BundleError(
                code: .unreadable,
                file: name,
                message: "cannot be read: \(errorText(failure))."
            )
        }
        return bytes
    }
}

/// The system's `read`, under a name that `BundleFiles.read` does not hide.
private func readSome(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, start, count)
}

/// The system's text for an error number.
func errorText(_ number: CInt) -> String {
    String(cString: strerror(number))
}
