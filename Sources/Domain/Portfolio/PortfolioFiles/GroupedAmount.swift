// SPDX-License-Identifier: Apache-2.0

// Amounts with marks between thousands, as spreadsheets write them cell by cell: 1 234,56. The
// reader of marked numbers takes a microsecond for one, this some 25 ns, and reads none otherwise.

internal import Documents

/// Reads such amounts.
struct GroupedAmount {
    private let decimal: UInt8
    private let thousands: NumberStyle.Thousands

    init(_ decimal: UInt8, _ thousands: NumberStyle.Thousands) {
        self.decimal = decimal
        self.thousands = thousands
    }

    // tidy: limit: digits of an amount that fits into 63 bits with four more
    private static let digitsMax = 14

    /// The minor units of digits in groups of three with at most two behind the decimal mark; nil
    /// for any other text, which may be an amount all the same.
    func units(_ cell: UnsafeRawBufferPointer, exponent: Int) -> Int64? {
        let isNegative = cell.first == UInt8(ascii: "-")
        var (units, digits, group, mark, place): (Int64, Int, Int, UInt32, Int) = (0, 0, 0, 0, 0)
        if isNegative { place = 1 }
        guard place < cell.count, (0x31...0x39).contains(cell[place]) else { return nil }
        while place < cell.count, cell[place] != decimal {
            let digit = cell[place] &- 0x30
            if digit <= 9 {
                units = units &* 10 &+ Int64(digit)
                digits += 1
                group += 1
                place += 1
                guard digits <= Self.digitsMax, group <= 3 else { return nil }
                continue
            }
            guard let (next, length) = self.mark(cell, place), mark == 0 || next == mark,
                mark == 0 || group == 3
            else { return nil }
            (mark, group) = (next, 0)
            place += length
        }
        guard mark != 0, group == 3 else { return nil }
        let decimals = max(0, cell.count - place - 1)
        guard decimals <= min(exponent, 2), place == cell.count || decimals > 0 else { return nil }
        for byte in cell.dropFirst(place + 1) {
            let digit = byte &- 0x30
            guard digit <= 9 else { return nil }
            units = units &* 10 &+ Int64(digit)
        }
        for _ in decimals..<exponent { units = units &* 10 }
        return isNegative ? -units : units
    }

    /// The mark of thousands at a place, and its bytes; nil for what is none.
    private func mark(_ cell: UnsafeRawBufferPointer, _ place: Int) -> (UInt32, Int)? {
        let byte = cell[place]
        switch byte {
        case 0x20: return thousands.contains(.space) ? (0x20, 1) : nil
        case UInt8(ascii: "."): return thousands.contains(.point) ? (UInt32(byte), 1) : nil
        case UInt8(ascii: ","): return thousands.contains(.comma) ? (UInt32(byte), 1) : nil
        case UInt8(ascii: "'"): return thousands.contains(.apostrophe) ? (UInt32(byte), 1) : nil
        case 0xC2:
            guard place + 1 < cell.count, cell[place + 1] == 0xA0 else { return nil }
            return thousands.contains(.space) ? (0xC2A0, 2) : nil
        case 0xE2:
            guard place + 2 < cell.count, cell[place + 1] == 0x80, cell[place + 2] == 0xAF else {
                return nil
            }
            return thousands.contains(.space) ? (0xE2_80AF, 3) : nil
        default: return nil
        }
    }
}
