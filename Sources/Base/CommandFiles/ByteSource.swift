// SPDX-License-Identifier: Apache-2.0

// Where the bytes of an input come from: a file, standard input, or memory.

import Glibc

/// A stream of bytes that is read once from the start to the end.
package struct ByteSource: Sendable {
    /// Name for messages: the path, or "standard input".
    package let name: String
    /// Number of bytes in all, where it is known before the end.
    package let totalBytes: Int?
    /// Copies the next bytes to the start of the buffer; returns how many, 0 at the end.
    package let read: @Sendable (UnsafeMutableRawBufferPointer) throws(CommandFailure) -> Int

    /// Creates a source from a function that reads.
    package init(
        name: String,
        totalBytes: Int?,
        read: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws(CommandFailure) -> Int
    ) {
        self.name = name
        self.totalBytes = totalBytes
        self.read = read
    }

    /// Opens a file; "-" is standard input. The file stays open until the process ends.
    package static func open(path: String) throws(CommandFailure) -> ByteSource {
        if path == "-" {
            return ByteSource(descriptor: STDIN_FILENO, name: "standard input", totalBytes: nil)
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotOpenInput, "cannot open \(path): \(errorText(errno))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw CommandFailure(.cannotOpenInput, "cannot open \(path): \(errorText(errno))")
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw CommandFailure(.cannotOpenInput, "cannot read \(path): it is a directory")
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        return ByteSource(
            descriptor: descriptor,
            name: path,
            totalBytes: isRegular ? Int(status.st_size) : nil
        )
    }

    private init(descriptor: Int32, name: String, totalBytes: Int?) {
        self.init(name: name, totalBytes: totalBytes) { buffer throws(CommandFailure) in
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                if errno == EINTR { continue }
                throw CommandFailure(.inputOutputError, "cannot read \(name): \(errorText(errno))")
            }
        }
    }
}

/// The system's text for an error number.
package func errorText(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
}
