// SPDX-License-Identifier: Apache-2.0

// Reads the input as a backup of a store, and as a list of erasures. No mutator finds a checksum:
// what has one gets the right one. What is taken must be what is read again after writing.

import Databases
import Digests
import PortfolioStore

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_backup")
func fuzzBackup(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    // As it is, and with its own checksum in the place of the last 32 bytes; the first byte tells
    // into parts of which length it comes.
    let partBytes = 1 + Int(input.first ?? 0)
    guard let first = restored(Array(input.dropFirst()), partBytes) else {
        let body = Array(input.dropFirst().dropLast(32))
        if let second = restored(body + Digest.sha256(body), partBytes) { check(second) }
        return 0
    }
    check(first)
    return 0
}

private let backup = DatabaseBackup(StoreSchema.migrations)

/// A store out of a backup; nil when it is refused.
private func restored(_ bytes: [UInt8], _ partBytes: Int) -> SQLiteConnection? {
    // Without a path SQLite makes a store that is nobody else's, and gone at the end.
    guard let connection = try? SQLiteConnection(path: "") else {
        preconditionFailure("no store")
    }
    var rest = bytes[...]
    do throws(DatabaseError) {
        _ = try backup.restore(connection, nowMicroseconds: 1) { () throws(DatabaseError) in
            defer { rest = rest.dropFirst(partBytes) }
            return Array(rest.prefix(partBytes))
        }
        // It may be of a schema before this one, and have rows that a later one makes.
        let done = try? Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 1) {}
        return done == nil ? nil : connection
    } catch {
        // Refused whole: not even the tables are there.
        let tables = try? connection.first("select count(*) from sqlite_schema") {
            row throws(DatabaseError) in try row.integer(0)
        }
        precondition(tables == 0, "something of a backup that was refused is there")
        return nil
    }
}

/// A store that a backup gave: it can be backed up, and that one restored.
private func check(_ connection: SQLiteConnection) {
    let bytes = written(connection)
    guard let again = restored(bytes, 1 << 16) else {
        preconditionFailure("a backup of what was restored is refused")
    }
    precondition(written(again) == bytes, "a store is not what was written")
}

private func written(_ connection: SQLiteConnection) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(DatabaseError) {
        _ = try backup.write(connection) { bytes += $0 }
    } catch { preconditionFailure("a store cannot be written: \(error)") }
    return bytes
}

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_erasures")
func fuzzErasures(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    for bytes in [input, summed(input)] {
        guard let list = try? ErasureList(bytes) else { continue }
        var again: [UInt8] = []
        for erasure in list.erasures { again += ErasureList().addition(of: erasure).bytes }
        precondition(bytes.starts(with: again.dropLast()), "a line is not as it was written")
        guard let read = try? ErasureList(again), read.erasures == list.erasures else {
            preconditionFailure("a list is not what was written")
        }
        guard let last = list.erasures.last else { continue }
        let addition = list.addition(of: last)
        let longer = Array(bytes.prefix(addition.keptByteCount)) + addition.bytes
        guard let read = try? ErasureList(longer), read.erasures == list.erasures + [last] else {
            preconditionFailure("one more makes another list")
        }
    }
    return 0
}

/// The lines with the right checksum in the place of what stands behind the third blank.
private func summed(_ input: [UInt8]) -> [UInt8] {
    let lines = input.split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
        let words = line.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4 else { return Array(line) }
        let told = Array(words[..<3].joined(separator: [0x20]))
        return told + [0x20] + Digest.hexadecimal(Digest.sha256(told)).utf8.prefix(8)
    }
    return Array(lines.joined(separator: [0x0a]))
}
