// SPDX-License-Identifier: Apache-2.0

// Writes messages of columns. All columns have entries of one width: one byte, where no number is
// above 127, or 4 or 8, least byte first, so that each is one copy.

/// Writes fields, or only counts their bytes.
struct ColumnWriter {
    /// Where they go; nil to count only.
    let output: UnsafeMutableRawBufferPointer?
    /// Bytes so far.
    private(set) var byteCount = 0

    init(output: UnsafeMutableRawBufferPointer?) { self.output = output }

    /// Writes a number; nothing for 0.
    mutating func number(_ field: Int, _ value: Int) {
        guard value > 0 else { return }
        varint(field << 3)
        varint(value)
    }

    /// Writes a column; nothing for an empty one.
    mutating func column<Value: BitwiseCopyable>(_ field: Int, _ values: [Value]) {
        guard !values.isEmpty else { return }
        varint(field << 3 | 2)
        values.withUnsafeBytes { bytes in
            varint(bytes.count)
            copy(bytes)
        }
    }

    /// Writes columns as one, one after the other.
    mutating func columns<Value: BitwiseCopyable>(_ field: Int, _ columns: [[Value]]) {
        let count = columns.reduce(0) { $0 + $1.count }
        guard count > 0 else { return }
        varint(field << 3 | 2)
        varint(count * MemoryLayout<Value>.stride)
        for values in columns { values.withUnsafeBytes { copy($0) } }
    }

    /// Writes a list of texts.
    mutating func texts(_ field: Int, _ texts: [String]) {
        for var text in texts {
            varint(field << 3 | 2)
            varint(text.utf8.count)
            text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
        }
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        if let output {
            UnsafeMutableRawBufferPointer(rebasing: output[byteCount...]).copyMemory(from: bytes)
        }
        byteCount += bytes.count
    }

    private mutating func varint(_ value: Int) {
        var rest = UInt64(value)
        repeat {
            let byte = UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)
            if let output { output[byteCount] = byte }
            byteCount += 1
            rest >>= 7
        } while rest > 0
    }
}
