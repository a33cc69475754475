// SPDX-License-Identifier: Apache-2.0

// The files of a bundle, wherever they lie. Names come from a manifest that nobody has checked
// yet, so only plain names are asked for, and no more than the limits allow.

internal import Documents
internal import VigieLimits

/// The files of one bundle by name.
package struct BundleFiles: Sendable {
    /// Gives the bytes of a file with a plain name.
    package typealias Reader =
        @Sendable (_ name: String, _ limitBytes: Int) throws(BundleError) -> [UInt8]

    /// Name of the manifest in every bundle.
    package static let manifestName = "manifest.json"

    private let reader: Reader

    /// Takes files in memory.
    package init(files: [String: [UInt8]]) {
        self.init { name, limitBytes throws(BundleError) in
            guard let bytes = files[name] else {
                throw BundleError(code: .unreadable, file: name, message: "is not in the bundle.")
            }
            try Self.checkSize(bytes.count, of: name, limitBytes: limitBytes)
            return bytes
        }
    }

    /// Takes files that a reader gives when they are needed. It is asked for plain names only.
    package init(reader: @escaping Reader) {
        self.reader = reader
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
        return try reader(name, limitBytes)
    }

    /// Whether a name is one of letters, digits, ".", "_" and "-" that begins with a
    /// letter or digit, so that it cannot lead out of a directory.
    package static func isPlainName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= ScoringLimits.nameBytes else { return false }
        return first.isLetterOrDigit
            && bytes.allSatisfy { $0.isLetterOrDigit || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    /// Refuses a file of more bytes than a limit.
    package static func checkSize(
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
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Whether the byte is an ASCII letter.
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}
