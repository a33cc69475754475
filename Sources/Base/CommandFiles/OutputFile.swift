// SPDX-License-Identifier: Apache-2.0

// A file that is there as a whole or not at all: what is written goes to a
// temporary file beside it, which takes its place at the end. Until then the old
// file stands untouched.

package import Documents
internal import Glibc
internal import VigieLimits

/// A file that takes the place of another, or of none, once it is complete.
package final class OutputFile {
    /// The descriptor to write to.
    package let descriptor: Int32
    /// The path as it was given.
    package let path: String
    /// The file that is replaced, links followed.
    private let target: String
    /// Where the bytes are until the end; nil for what is written straight (pipes, devices).
    private var temporary: String?

    /// Opens an output. Refuses a file that is also one of `inputs`, before anything is changed.
    ///
    /// - Parameter isPrivate: Whether a new file is for its owner alone, whatever the mask is.
    package init(
        _ path: String,
        inputs: [FileIdentity],
        isPrivate: Bool = false
    ) throws(CommandFailure) {
        self.path = path
        if let identity = FileIdentity(path: path), inputs.contains(identity) {
            throw CommandFailure(
                .usage,
                "\(path) is the input itself",
                hint: "write to another file"
            )
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind == S_IFDIR {
            throw CommandFailure(.cannotCreateOutput, "cannot write \(path): it is a directory")
        }
        if exists, kind != S_IFREG {
            target = path
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.failure(path) }
            return
        }
        target = try Self.target(path)
        var name = Self.temporaryName(beside: target)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw Self.failure(path) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let temporary = String(
            decoding: name.dropLast().map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        self.temporary = temporary
        Leftovers.add(temporary)
        if exists {
            // Only the superuser may give a file away; the mode counts for everybody.
            _ = fchown(descriptor, status.st_uid, status.st_gid)
            fchmod(descriptor, status.st_mode & 0o7777)
        } else if !isPrivate {
            let mask = umask(0)
            umask(mask)
            fchmod(descriptor, 0o666 & ~mask)
        }
    }

    deinit {
        if let temporary {
            unlink(temporary)
            Leftovers.remove(temporary)
        }
        close(descriptor)
    }

    /// Whether the old file stands until the end.
    package var isReplacedAtEnd: Bool { temporary != nil }

    /// Puts the file in its place. All must be written.
    package func commit() throws(CommandFailure) {
        guard let temporary else { return }
        guard fsync(descriptor) == 0, rename(temporary, target) == 0 else {
            throw Self.failure(path)
        }
        self.temporary = nil
        Leftovers.remove(temporary)
        // The new name is safe once its directory is; some file systems cannot say.
        let directory = open(Self.directory(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.cannotCreateOutput, "cannot write \(path): \(errorText(errno))")
    }

    /// The path behind all links, the last of which may lead nowhere yet.
    private static func target(_ path: String) throws(CommandFailure) -> String {
        var path = path
        for _ in 0..<InputLimits.linksMaximum {
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = buffer.withUnsafeMutableBytes { bytes in
                bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
            }
            guard count > 0 else { return path }
            let link = String(decoding: buffer.prefix(count), as: UTF8.self)
            path = link.hasPrefix("/") ? link : directory(of: path) + "/" + link
        }
        throw CommandFailure(.cannotCreateOutput, "cannot write \(path): \(errorText(ELOOP))")
    }

    /// The directory of a path.
    package static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A hidden name beside a file, to be completed by mkstemp.
    private static func temporaryName(beside path: String) -> [CChar] {
        let name = path.split(separator: "/").last.map(String.init) ?? "output"
        // A name has at most 255 bytes.
        var short = name
        while short.utf8.count > 200 { short.removeLast() }
        return Array("\(directory(of: path))/.\(short).XXXXXX".utf8CString)
    }
}
