// SPDX-License-Identifier: Apache-2.0

// A backup as bytes, the same from either kind of database, so that one goes into the other:
//
//     "VIGIEBK1", the number of the schema
//     each table: its name, how many columns, their names, its rows, 0
//     0, how many rows there are in all, SHA-256 of all before
//
// Numbers are as protobuf's varints, signed ones folded (zigzag); a text is its length and bytes; a
// row is 1 and its values, each a byte for its kind and what follows.

/// Kinds of values in a backup.
enum BackupTag: UInt8 {
    case null
    case integer
    case real
    case text
    case bytes
}

/// Bytes of a backup on their way out.
struct BackupWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(raw: [UInt8]) { bytes.append(contentsOf: raw) }

    mutating func write(_ value: DatabaseValue) {
        switch value {
        case .null: bytes.append(BackupTag.null.rawValue)
        case .integer(let value):
            bytes.append(BackupTag.integer.rawValue)
            write(UInt64(bitPattern: value << 1 ^ value >> 63))
        case .real(let value):
            bytes.append(BackupTag.real.rawValue)
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        case .text(let value):
            bytes.append(BackupTag.text.rawValue)
            write(value)
        case .bytes(let value):
            bytes.append(BackupTag.bytes.rawValue)
            write(UInt64(value.count))
            bytes.append(contentsOf: value)
        }
    }

    /// Takes out what is there.
    mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }
}
