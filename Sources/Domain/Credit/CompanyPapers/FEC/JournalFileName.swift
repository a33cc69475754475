// SPDX-License-Identifier: Apache-2.0

// What the name of a journal of entries says: {SIREN}FEC{AAAAMMJJ}.txt or .xml. Whose books a flat
// file holds stands nowhere else.

package import Quantities

/// The name of a journal of entries. Files of the same SIREN and closing are parts of one book.
package struct JournalFileName: Sendable, Hashable {
    /// Whose books they are; nil where the check digit does not fit.
    package let siren: SIREN?
    /// The day on which the year ends.
    package let closing: CalendarDate
    /// Which part of a book that was split, such as "01" or "1T"; empty for a whole one.
    package let part: String

    /// Reads a name, or a path that ends with one; nil for any other name.
    package init?(_ path: String) {
        let name = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let bytes = Array(name.uppercased().utf8.filter { $0 != 0x20 })
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let number = bytes.prefix(while: isDigit)
        // A SIRET begins with the SIREN.
        guard number.count == 9 || number.count == 14,
            bytes[number.count...].starts(with: "FEC".utf8)
        else { return nil }
        let rest = bytes[(number.count + 3)...]
        let date = rest.prefix(while: isDigit)
        guard date.count == 8,
            let closing = FrenchDate.read(String(decoding: date, as: UTF8.self))
        else { return nil }
        let suffix = rest.dropFirst(8).prefix { $0 != UInt8(ascii: ".") }
        if let mark = suffix.first, mark != UInt8(ascii: "_"), mark != UInt8(ascii: "-") {
            return nil
        }
        siren = try? SIREN(String(decoding: number.prefix(9), as: UTF8.self))
        self.closing = closing
        part = String(decoding: suffix.dropFirst(), as: UTF8.self)
    }
}
