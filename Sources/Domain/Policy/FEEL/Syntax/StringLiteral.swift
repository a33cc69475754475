// SPDX-License-Identifier: Apache-2.0

// What a string literal stands for. A backslash before a letter that is no escape stays, so that
// patterns can be written as they are: "\d{3}".

/// The text between two quotes, with its escapes resolved; nil when the last quote is missing.
func stringLiteral(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count >= 2, bytes.last == UInt8(ascii: "\"") else { return nil }
    var rest = bytes.dropFirst().dropLast()
    var units: [UInt16] = []
    var text: [UInt8] = []
    /// Escapes come as UTF-16, so that two of them may make one character.
    func flush() {
        guard !units.isEmpty else { return }
        text += String(decoding: units, as: UTF16.self).utf8
        units.removeAll()
    }
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\") else {
            flush()
            text.append(byte)
            continue
        }
        // A backslash that takes the last quote leaves the text open.
        guard let letter = rest.popFirst() else { return nil }
        let simple: UInt8? =
            switch letter {
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            case UInt8(ascii: "t"): 0x09
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"): letter
            default: nil
            }
        if let simple {
            flush()
            text.append(simple)
        } else if let value = hexadecimal(letter, &rest) {
            if let unit = UInt16(exactly: value) {
                units.append(unit)
            } else if let scalar = Unicode.Scalar(value) {
                units += UTF16.encode(scalar).map(Array.init) ?? []
            }
        } else {
            flush()
            text += [byte, letter]
        }
    }
    flush()
    return String(decoding: text, as: UTF8.self)
}

/// The code of `\u` with four digits or `\U` with six.
private func hexadecimal(_ letter: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt32? {
    let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 6 : 0
    let digits = rest.prefix(count)
    guard count > 0, digits.count == count,
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        digits.first != UInt8(ascii: "+"), value <= 0x10FFFF
    else { return nil }
    rest = rest.dropFirst(count)
    return value
}
