// SPDX-License-Identifier: Apache-2.0

// The files of a policy as they come in parts, from whoever. Each part is looked at before it is
// kept: where it belongs, and how long all of them are by then.

package import Policies
package import ServiceErrors
internal import VigieLimits

/// The files of a policy that is uploaded.
package struct PolicyParts: Sendable {
    private struct File {
        let path: String
        var bytes: [UInt8] = []
    }

    private var parts: [File] = []
    /// Paths as file systems see them that take letters of both cases for the same.
    private var folded: Set<String> = []
    /// The bytes so far.
    package private(set) var byteCount = 0

    /// None yet.
    package init() {}

    /// The files so far.
    package var files: [PolicyFile] {
        parts.map { PolicyFile(path: $0.path, bytes: $0.bytes) }
    }

    /// Takes a part.
    ///
    /// - Parameters:
    ///   - path: The path of its file.
    ///   - offset: Where in the file it begins.
    ///   - bytes: What is in it.
    /// - Throws: INVALID_ARGUMENT for a path that is none and for parts out of order;
    ///   RESOURCE_EXHAUSTED for what is too long or too much.
    package mutating func add(
        path: String,
        offset: UInt64,
        bytes: [UInt8]
    ) throws(ServiceError) {
        try Self.check(bytes.count, "part.content", PolicyLimits.uploadPartBytes, "uploadPartBytes")
        try Self.check(byteCount + bytes.count, "part.content", PolicyLimits.bytes, "bytes")
        if !isLast(path) { try begin(path) }
        guard let last = parts.indices.last, offset == UInt64(parts[last].bytes.count) else {
            throw .invalid(
                "part.offset_bytes",
                "PARTS_OUT_OF_ORDER",
                "A part of \(path.shownInMessages) begins at \(offset), and "
                    + "\(parts.last?.bytes.count ?? 0) bytes of the file have come. "
                    + "Send each file from its beginning to its end.",
                metadata: ["path": path.shownInMessages]
            )
        }
        let length = parts[last].bytes.count + bytes.count
        try Self.check(length, "part.content", DecisionLimits.fileBytes, "fileBytes")
        parts[last].bytes += bytes
        byteCount += bytes.count
    }

    /// Whether a path is that of the file that comes: by its bytes, not by what it looks like.
    private func isLast(_ path: String) -> Bool {
        parts.last.map { $0.path.utf8.elementsEqual(path.utf8) } ?? false
    }

    /// Begins a file.
    private mutating func begin(_ path: String) throws(ServiceError) {
        try Self.check(parts.count + 1, "part.path", PolicyLimits.files, "files")
        if let fault = Self.fault(of: path) {
            throw .invalid(
                "part.path",
                "BAD_PATH",
                "\"\(path.shownInMessages)\" is no path of a file of a policy: \(fault).",
                metadata: ["path": path.shownInMessages]
            )
        }
        guard folded.insert(path.lowercased()).inserted else {
            throw .invalid(
                "part.path",
                "DUPLICATE_PATH",
                "\(path.shownInMessages) comes twice, or another path differs from it only in the "
                    + "case of letters.",
                metadata: ["path": path.shownInMessages]
            )
        }
        parts.append(File(path: path))
    }

    /// Why a text is no path: a name, or one in `tables` or `tests`, that leads nowhere else on any
    /// system.
    private static func fault(of path: String) -> String? {
        guard path.utf8.count <= PolicyLimits.nameBytes else {
            return "it has more than \(PolicyLimits.nameBytes) bytes (nameBytes)"
        }
        let isPlain = path.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0 != "\\" && $0 != ":"
        }
        guard isPlain else { return "it has a control character, a backslash or a colon" }
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = names.last, !name.isEmpty else { return "it names no file" }
        guard names.count == 1 || names.count == 2 && ["tables", "tests"].contains(names[0]) else {
            return "files stand in the policy itself, in tables or in tests"
        }
        return name.hasPrefix(".") ? "its name begins with a point" : nil
    }

    private static func check(
        _ value: Int,
        _ field: String,
        _ maximum: Int,
        _ limit: String
    ) throws(ServiceError) {
        guard value > maximum else { return }
        throw .overLimit(
            field,
            limit,
            "The policy is too long, or has too many files (\(field)).",
            value: value,
            maximum: maximum,
            code: .resourceExhausted
        )
    }
}
