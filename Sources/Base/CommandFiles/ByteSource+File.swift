// SPDX-License-Identifier: Apache-2.0

// Files and standard input as sources of bytes.

package import Documents
internal import Glibc

extension ByteSource {
    /// Opens a file; "-" is standard input. The file is closed once the source is let go.
    package static func open(path: String) throws(CommandFailure) -> ByteSource {
        if path == "-" {
            return ByteSource(
                descriptor: STDIN_FILENO,
                name: "standard input",
                totalBytes: nil,
                identity: FileIdentity(descriptor: STDIN_FILENO)
            )
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
            totalBytes: isRegular ? Int(status.st_size) : nil,
            identity: FileIdentity(descriptor: descriptor)
        )
    }

    private init(descriptor: Int32, name: String, totalBytes: Int?, identity: FileIdentity?) {
        let file = OpenFile(descriptor)
        self.init(name: name, totalBytes: totalBytes, identity: identity) {
            buffer throws(InputError) in
            while true {
                let count = Glibc.read(file.descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                if errno == EINTR { continue }
                throw InputError(.unreadable, "cannot read \(name): \(errorText(errno))")
            }
        }
    }
}

/// A descriptor that is closed with its last user; standard input stays open.
private final class OpenFile: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }
}

extension FileIdentity {
    /// The regular file behind a descriptor; nil where it is something else.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The regular file at the end of a path and its links; nil where there is none.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    private init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

/// The system's text for an error number.
package func errorText(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
}
