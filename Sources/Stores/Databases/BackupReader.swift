// SPDX-License-Identifier: Apache-2.0

// Bytes of a backup on their way in: no length is believed before its bytes are there.

internal import Digests
internal import VigieLimits

/// Reads a backup from whoever has its bytes.
struct BackupReader {
    /// Gives the next bytes; none at the end.
    private let next: () throws(DatabaseError) -> [UInt8]
    private var bytes: [UInt8] = []
    private var place = 0
    private let digest = RunningDigest()

    init(_ next: @escaping () throws(DatabaseError) -> [UInt8]) { self.next = next }

    /// What is told of a file that is no whole backup.
    static func damaged(_ words: String) -> DatabaseError {
        DatabaseError(.damaged, "the backup \(words)")
    }

    mutating func byte() throws(DatabaseError) -> UInt8 {
        if place == bytes.count { try refill() }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func number() throws(DatabaseError) -> UInt64 {
        var (result, shift): (UInt64, UInt64) = (0, 0)
        while shift < 64 {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { break }
            result |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return result }
            shift += 7
        }
        throw Self.damaged("has a number that is too large")
    }

    mutating func raw(_ count: UInt64) throws(DatabaseError) -> [UInt8] {
        guard count <= UInt64(StoreLimits.valueBytesMax) else {
            throw Self.damaged("has a value above \(StoreLimits.valueBytesMax) bytes")
        }
        var result: [UInt8] = []
        while result.count < Int(count) {
            if place == bytes.count { try refill() }
            let end = min(bytes.count, place + Int(count) - result.count)
            result.append(contentsOf: bytes[place..<end])
            place = end
        }
        return result
    }

    mutating func text() throws(DatabaseError) -> String {
        guard let text = String(validating: try raw(try number()), as: UTF8.self) else {
            throw Self.damaged("has a text that is not UTF-8")
        }
        return text
    }

    mutating func value() throws(DatabaseError) -> DatabaseValue {
        switch BackupTag(rawValue: try byte()) {
        case .null: return .null
        case .integer:
            let folded = try number()
            return .integer(Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1))
        case .real:
            let bits = try raw(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return .real(Double(bitPattern: bits))
        case .text: return .text(try text())
        case .bytes: return .bytes(try raw(try number()))
        case nil: throw Self.damaged("has a value of no known kind")
        }
    }

    /// Whether another row of the table follows.
    mutating func isRowNext() throws(DatabaseError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw Self.damaged("has rows that do not follow one another")
        }
    }

    /// Reads the checksum at the end, and holds all that came before to it.
    mutating func checkEnd() throws(DatabaseError) {
        bytes[..<place].withUnsafeBytes { digest.add($0) }
        let wanted = digest.finished()
        bytes = Array(bytes[place...])
        place = 0
        guard try rawUnsummed(32) == wanted else {
            throw Self.damaged("is not as it was written: its checksum differs")
        }
    }

    private mutating func rawUnsummed(_ count: Int) throws(DatabaseError) -> [UInt8] {
        while bytes.count < count {
            let more = try next()
            guard !more.isEmpty else { throw Self.damaged("ends too early") }
            bytes += more
        }
        guard bytes.count == count, try next().isEmpty else {
            throw Self.damaged("has more after its end")
        }
        return bytes
    }

    private mutating func refill() throws(DatabaseError) {
        bytes.withUnsafeBytes { digest.add($0) }
        bytes = try next()
        place = 0
        guard !bytes.isEmpty else { throw Self.damaged("ends too early") }
    }
}
