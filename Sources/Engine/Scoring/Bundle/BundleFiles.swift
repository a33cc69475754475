// SPDX-License-Identifier: Apache-2.0

// The files of a bundle, from a directory or from memory. Names come from a
// manifest that nobody has checked yet, so only plain names are opened, links are
// not followed and no more is read than the limits allow.

internal import Documents
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The system's `read`, under a name that `BundleFiles.read` does not hide.
private func readSome(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, start, count)
}

/// The files of one bundle by name.
package struct BundleFiles: Sendable {
    private enum Storage: Sendable {
        case memory([String: [UInt8]])
        case directory(String)
    }

    /// Name of the manifest in every bundle.
    package static let manifestName = "manifest.json"

    private let storage: Storage

    /// Takes files in memory.
    package init(files: [String: [UInt8]]) {
        storage = .memory(files)
    }

    /// Takes the files of a directory, each read when it is needed.
    package init(directory: String) {
        storage = .directory(directory)
    }

    /// Reads one file.
    ///
    /// - Parameters:
    ///   - name: A plain file name, as `isPlainName` defines it.
    ///   - limitBytes: Most bytes to read.
    /// - Throws: `unreadable`, or `tooLarge` over the limit.
    package func read(_ name: String, limitBytes: Int) throws(BundleError) -> [UInt8] {
        guard Self.isPlainName(name) else {
            throw BundleError(
                code: .unreadable,
                file: name,
                message: "is no plain file name; a bundle's files lie directly in its directory."
            )
        }
        switch storage {
        case .memory(let files):
            guard let bytes = files[name] else {
                throw BundleError(code: .unreadable, file: name, message: "is not in the bundle.")
            }
            try Self.checkSize(bytes.count, of: name, limitBytes: limitBytes)
            return bytes
        case .directory(let directory):
            return try Self.readFile(directory + "/" + name, name: name, limitBytes: limitBytes)
        }
    }

    /// Whether a name is one of letters, digits, ".", "_" and "-" that begins with a
    /// letter or digit, so that it cannot lead out of a directory.
    package static func isPlainName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= ScoringLimits.nameBytes else { return false }
        return first.isLetterOrDigit
            && bytes.allSatisfy { $0.isLetterOrDigit || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    private static func checkSize(
        _ byteCount: Int,
        of name: String,
        limitBytes: Int
    ) throws(BundleError) {
        guard byteCount <= limitBytes else {
            throw BundleError(
                code: .tooLarge,
                file: name,
                message: "has \(byteCount) bytes; the limit is \(limitBytes)."
            )
        }
    }

    private static func readFile(
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

    private static func errorText(_ number: CInt) -> String {
        String(cString: strerror(number))
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Whether the byte is an ASCII letter.
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}
