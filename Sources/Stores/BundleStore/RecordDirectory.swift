// SPDX-License-Identifier: Apache-2.0

// Records on disk, a file each, with numbers that rise by one. A record gets its name when it is
// whole and safe on disk, and only if nobody has taken the number: of two processes that add at
// once one is told to look again, and no record is lost or written over. Beside them stands which
// one is the newest (RecordHead.swift).

internal import Scoring
package import ServiceErrors
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A directory of records.
package struct RecordDirectory: Sendable {
    /// Where it is.
    package let path: String

    /// Takes the path; the directory need not be there.
    package init(_ path: String) { self.path = path }

    /// The records, in their order, each with the name of its file.
    ///
    /// - Throws: DATA_LOSS when one is missing or cannot be read.
    package func read() throws(ServiceError) -> [(name: String, bytes: [UInt8])] {
        guard access(path, F_OK) == 0 else { return [] }
        // Before the others: what somebody adds meanwhile is then behind it.
        let head = try readHead()
        let names = try BundleDirectory.visibleNames(in: path).sorted()
        guard names.count <= PolicyLimits.records else {
            throw damaged("has more than \(PolicyLimits.records) records")
        }
        var records: [(name: String, bytes: [UInt8])] = []
        for (index, name) in names.enumerated() {
            guard name == Self.name(index + 1) else {
                throw damaged("has \(name) where \(Self.name(index + 1)) should be")
            }
            do throws(BundleError) {
                let bytes = try BundleFiles.read(
                    "\(path)/\(name)",
                    name: name,
                    limitBytes: PolicyLimits.recordBytes
                )
                records.append((name, bytes))
            } catch {
                throw damaged("\(error)")
            }
        }
        if let head, let words = head.problem(of: records) { throw damaged(words) }
        return records
    }

    /// Adds a record behind so many others.
    ///
    /// - Returns: Whether it was added; not if another one is there by now.
    /// - Throws: FAILED_PRECONDITION or INTERNAL when it cannot be written; RESOURCE_EXHAUSTED
    ///   when there are as many as may be.
    package func add(_ bytes: [UInt8], behind count: Int) throws(ServiceError) -> Bool {
        guard count < PolicyLimits.records else {
            throw ServiceError(
                .resourceExhausted,
                "LIMIT_EXCEEDED",
                "\(path) has as many records as may be: \(PolicyLimits.records)."
            )
        }
        for slash in path.indices.dropFirst() where path[slash] == "/" {
            _ = mkdir(String(path[..<slash]), 0o777)
        }
        _ = mkdir(path, 0o777)
        let temporary = try NewFile.write(bytes, in: path)
        defer { unlink(temporary) }
        guard link(temporary, "\(path)/\(Self.name(count + 1))") == 0 else {
            if errno == EEXIST { return false }
            throw NewFile.failure("\(path)/\(Self.name(count + 1))")
        }
        NewFile.makeSafe(path)
        writeHead(RecordHead(name: Self.name(count + 1), bytes: bytes))
        return true
    }

    private static func name(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".json"
    }

    /// That the records are not whole.
    package func damaged(_ words: String) -> ServiceError {
        // Callers are told, too, and need not know where on this machine that is.
        let place = path.split(separator: "/").suffix(2).joined(separator: "/")
        return ServiceError(
            .dataLoss,
            "BAD_RECORDS",
            "\(place) \(words). Nothing is decided by a policy whose records are not whole; put "
                + "them back from a copy."
        )
    }
}
