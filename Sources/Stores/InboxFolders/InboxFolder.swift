// SPDX-License-Identifier: Apache-2.0

// The folder of an inbox, and what is moved within it. All names are looked up in the folder as it
// was opened, and no link is followed.

package import CommandFiles
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A folder in which papers are dropped.
package final class InboxFolder: Sendable {
    /// Where a paper goes.
    package enum End: String, Sendable, CaseIterable {
        /// It was read.
        case read
        /// It was not, and why stands beside it.
        case refused
    }

    private let path: String
    let descriptor: Int32

    /// Opens a folder, and makes those for its papers.
    package init(_ path: String) throws(CommandFailure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("cannot open the inbox \(path)") }
        for end in End.allCases {
            guard mkdirat(descriptor, end.rawValue, 0o777) == 0 || errno == EEXIST else {
                throw Self.failure("cannot make \(path)/\(end.rawValue)")
            }
            let look = look(at: end.rawValue)
            guard look?.isDirectory == true,
                faccessat(descriptor, end.rawValue, W_OK | X_OK, 0) == 0
            else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(path)/\(end.rawValue) is no directory that the server may write to"
                )
            }
        }
    }

    deinit { close(descriptor) }

    private static func failure(_ what: String) -> CommandFailure {
        CommandFailure(.badConfiguration, "\(what): \(errorText(errno))")
    }

    /// What is in the folder: at most so many as are looked at together, but for directories and
    /// hidden names, which writers take for what is not complete.
    package func files() -> [String: FileLook] {
        // Read by a descriptor of its own, which begins at the start.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let list = fdopendir(own) else { return [:] }
        defer { closedir(list) }
        var files: [String: FileLook] = [:]
        while files.count < InboxLimits.filesTogetherMax, let entry = readdir(list) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(validatingCString: $0)
                }
            }
            // One that is no UTF-8 cannot be told of, and is left.
            guard let name, !name.hasPrefix(".") else { continue }
            guard let found = look(at: name), !found.isDirectory else { continue }
            files[name] = found.look
        }
        return files
    }

    private func look(at name: String) -> (look: FileLook, isDirectory: Bool)? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return (FileLook(status), status.st_mode & S_IFMT == S_IFDIR)
    }

    /// Whether a name stands for that file still.
    func has(_ name: String, as look: FileLook) -> Bool { self.look(at: name)?.look == look }

    /// Moves a file away, under a name that none has there, with a report beside it. The report
    /// comes first: of a server that is killed between, the next one writes it again.
    ///
    /// - Returns: Whether it is there.
    package func move(_ name: String, to end: End, report: (String) -> String) -> Bool {
        guard let free = freeName(for: name, in: end) else { return false }
        let target = "\(end.rawValue)/\(free)"
        guard write(report(free), to: target + Self.reportEnding) else { return false }
        guard renameat(descriptor, name, descriptor, target) == 0 else { return false }
        fsync(descriptor)
        return true
    }

    private static let reportEnding = ".report.json"

    private func freeName(for name: String, in end: End) -> String? {
        // A name has at most 255 bytes, with what comes behind it.
        var short = name
        while short.utf8.count > 220 { short.removeLast() }  // tidy: limit: of file systems
        for number in 1...InboxLimits.sameNamesMax {
            let free = number == 1 ? short : "\(number)-\(short)"
            if look(at: "\(end.rawValue)/\(free)") == nil { return free }
        }
        return nil
    }

    /// Writes a small file whole or not at all.
    private func write(_ text: String, to target: String) -> Bool {
        let temporary = target + ".part"
        _ = unlinkat(descriptor, temporary, 0)
        let file = openat(
            descriptor,
            temporary,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            0o666
        )
        guard file >= 0 else { return false }
        var isWhole = false
        defer {
            close(file)
            // On a disk that is full it would be in the way of what makes room.
            if !isWhole { _ = unlinkat(descriptor, temporary, 0) }
        }
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        isWhole = renameat(descriptor, temporary, descriptor, target) == 0
        return isWhole
    }
}
