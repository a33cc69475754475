// SPDX-License-Identifier: Apache-2.0

// Currencies of lines: a file has few, and mostly the same one in line after line.

internal import Documents
internal import Quantities

/// Reads codes of currencies.
struct CurrencyCells {
    /// The currency of lines without one.
    private let usual: Currency
    private var last: (letters: UInt32, currency: Currency)?

    init(_ usual: Currency) { self.usual = usual }

    /// The currency of a cell, in any case; nil if it is none.
    mutating func currency(_ cell: UnsafeRawBufferPointer) -> Currency? {
        if cell.isEmpty { return usual }
        guard cell.count == 3 else { return nil }
        let letters = UInt32(cell[0]) << 16 | UInt32(cell[1]) << 8 | UInt32(cell[2])
        if let last, last.letters == letters { return last.currency }
        let currency = Currency(String(decoding: cell, as: UTF8.self).uppercased())
        last = currency.map { (letters, $0) }
        return currency
    }
}
