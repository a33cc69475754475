// SPDX-License-Identifier: Apache-2.0

// Which record of a directory is the newest, in a file beside them: each record names the one
// before it, and only this names the last one, so that nobody takes that out unseen. It is written
// after the record. If a process ends in between, or one overtakes another, it names an older one,
// which is fine until the next; it never names one that was not there.
//
// Its one line is what `sha256sum` prints of the record, so that people can check it.

internal import Digests
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The newest record, as it is noted.
struct RecordHead: Equatable {
    /// Hidden, as what is no record is.
    static let fileName = ".newest"

    let name: String
    let digest: String

    init(name: String, bytes: [UInt8]) {
        (self.name, digest) = (name, Digest.hexadecimal(Digest.sha256(bytes)))
    }

    /// Reads the line; nil if it is none.
    init?(line: [UInt8]) {
        guard line.last == UInt8(ascii: "\n"),
            let text = String(validating: line.dropLast(), as: UTF8.self)
        else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 64, parts[1].isEmpty else { return nil }
        (name, digest) = (String(parts[2]), String(parts[0]))
    }

    var line: String { "\(digest)  \(name)\n" }

    /// Why records are not all that there were; nil if they may be.
    func problem(of records: [(name: String, bytes: [UInt8])]) -> String? {
        guard let newest = records.last(where: { $0.name == name }) else {
            return "has no \(name), which was the newest record (\(Self.fileName))"
        }
        return RecordHead(name: name, bytes: newest.bytes) == self
            ? nil : "was changed: \(name) is not what it was (\(Self.fileName))"
    }
}

extension RecordDirectory {
    /// Which record is the newest; nil where nobody has noted it, as before it was.
    func readHead() throws(ServiceError) -> RecordHead? {
        let file = "\(path)/\(RecordHead.fileName)"
        var status = stat()
        if lstat(file, &status) != 0, errno == ENOENT { return nil }
        let bytes: [UInt8]
        do throws(BundleError) {
            bytes = try BundleFiles.read(
                file,
                name: RecordHead.fileName,
                limitBytes: PolicyLimits.recordBytes
            )
        } catch {
            throw damaged("\(error)")
        }
        guard let head = RecordHead(line: bytes) else {
            throw damaged("has a \(RecordHead.fileName) that does not say which record it was")
        }
        return head
    }

    /// Notes which record is the newest. If that fails the record stands all the same, and the next
    /// one is noted.
    func writeHead(_ head: RecordHead) {
        let bytes = Array(head.line.utf8)
        guard let temporary = try? NewFile.write(bytes, in: path) else { return }
        guard rename(temporary, "\(path)/\(RecordHead.fileName)") == 0 else {
            unlink(temporary)
            return
        }
        NewFile.makeSafe(path)
    }
}
