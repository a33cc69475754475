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
    private let folders: [String]
    private var isInPlace = false

    /// Writes the files of a bundle to a directory that is made for them, with those above it.
    ///
    /// - Parameters:
    ///   - files: The files by their names, which may have a folder in front.
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
        try bundle.makeFolders()
        for name in bundle.names { try bundle.write(files[name, default: []], named: name) }
        try bundle.commit(to: target)
    }

    private init(beside target: String, names: [String]) throws(ServiceError) {
        let temporary = "\(Self.parent(of: target))/\(NewFile.hiddenName())"
        guard mkdir(temporary, 0o777) == 0 else {
            throw ServiceError(
                .failedPrecondition,
                "CANNOT_MAKE_DIRECTORY",
                "cannot make the directory \(target): \(errorText(errno))"
            )
        }
        (self.temporary, self.names) = (temporary, names)
        folders = Set(names.compactMap(Self.folder(of:))).sorted()
    }

    deinit {
        guard !isInPlace else { return }
        for name in names { unlink("\(temporary)/\(name)") }
        for folder in folders { rmdir("\(temporary)/\(folder)") }
        rmdir(temporary)
    }

    /// The folder of a file of a policy, such as `tables`; nil for one that is in none.
    private static func folder(of name: String) -> String? {
        name.firstIndex(of: "/").map { String(name[..<$0]) }
    }

    private func makeFolders() throws(ServiceError) {
        for folder in folders where mkdir("\(temporary)/\(folder)", 0o777) != 0 {
            throw NewFile.failure(folder)
        }
    }

    private func write(_ bytes: [UInt8], named name: String) throws(ServiceError) {
        let path = "\(temporary)/\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw NewFile.failure(name) }
        defer { close(descriptor) }
        guard NewFile.writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
            throw NewFile.failure(name)
        }
    }

    private mutating func commit(to target: String) throws(ServiceError) {
        for folder in folders { NewFile.makeSafe("\(temporary)/\(folder)") }
        NewFile.makeSafe(temporary)
        // An empty directory that somebody has made there meanwhile is replaced, and nothing lost.
        guard rename(temporary, target) == 0 else {
            throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
                ? Self.exists(target) : NewFile.failure(target)
        }
        isInPlace = true
        NewFile.makeSafe(Self.parent(of: target))
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
}
