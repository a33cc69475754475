// SPDX-License-Identifier: Apache-2.0

// Writes a bundle to disk: whole or not at all. The files go to a hidden directory beside the
// place of the new one, which gets its name when everything is safe on disk.

package import ServiceErrors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A bundle that is being written.
package struct NewBundle: ~Copyable {
    /// Where the files are until the end.
    private let temporary: String
    private let names: [String]
    private var isInPlace = false

    /// Writes the files of a bundle to a directory that is made for them, with those above it.
    ///
    /// - Parameters:
    ///   - files: The files by their names.
    ///   - path: The directory, which must not be there.
    /// - Throws: ALREADY_EXISTS, FAILED_PRECONDITION when the directory cannot be made, or INTERNAL
    ///   when writing stops on the way; nothing is left behind then, except directories above.
    package static func write(
        _ files: [String: [UInt8]],
        to path: String
    ) throws(ServiceError) {
        let target = withoutSlashes(path)
        var status = stat()
        guard lstat(target, &status) != 0 else { throw exists(target) }
        makeParents(of: target)
        var bundle = try NewBundle(beside: target, names: files.keys.sorted())
        for name in bundle.names { try bundle.write(files[name, default: []], named: name) }
        try bundle.commit(to: target)
    }

    private init(beside target: String, names: [String]) throws(ServiceError) {
        var template = Array("\(Self.parent(of: target))/.vigie.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ServiceError(
                .failedPrecondition,
                "CANNOT_MAKE_DIRECTORY",
                "cannot make the directory \(target): \(errorText(errno))"
            )
        }
        temporary = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        self.names = names
    }

    deinit {
        guard !isInPlace else { return }
        for name in names { unlink("\(temporary)/\(name)") }
        rmdir(temporary)
    }

    private func write(_ bytes: [UInt8], named name: String) throws(ServiceError) {
        let path = "\(temporary)/\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.failure(name) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                bytes.baseAddress.map {
                    Self.writeSome(descriptor, $0 + written, bytes.count - written)
                }
                    ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(name) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw Self.failure(name) }
    }

    private mutating func commit(to target: String) throws(ServiceError) {
        let mask = umask(0)
        umask(mask)
        // mkdtemp makes directories for their owner only.
        guard chmod(temporary, 0o777 & ~mask) == 0 else { throw Self.failure(target) }
        Self.makeSafe(temporary)
        // An empty directory that somebody has made there meanwhile is replaced, and nothing lost.
        guard rename(temporary, target) == 0 else {
            throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
                ? Self.exists(target) : Self.failure(target)
        }
        isInPlace = true
        Self.makeSafe(Self.parent(of: target))
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

    /// Names in a directory are safe once the directory is; some file systems cannot say.
    private static func makeSafe(_ path: String) {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// Makes the directories above a path that are not there yet. What then keeps the path itself
    /// from being made is told there.
    private static func makeParents(of path: String) {
        for slash in path.indices.dropFirst() where path[slash] == "/" {
            _ = mkdir(String(path[..<slash]), 0o777)
        }
    }

    private static func withoutSlashes(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "" : String(path[..<slash])
    }

    private static func exists(_ path: String) -> ServiceError {
        ServiceError(
            .alreadyExists,
            "DIRECTORY_EXISTS",
            "cannot make the directory \(path): \(errorText(EEXIST)); give the name of one that "
                + "is not there yet"
        )
    }

    private static func failure(_ name: String) -> ServiceError {
        ServiceError(.internalError, "CANNOT_WRITE", "cannot write \(name): \(errorText(errno))")
    }
}
