// SPDX-License-Identifier: Apache-2.0

// Numbers and texts of JSON.

extension JSONParser {
    /// Moves over a number; false, without moving on, if none comes next.
    mutating func scanNumber() -> Bool {
        let start = position
        if scanFiniteNumber() { return true }
        position = start
        return allowsNonFinite
            && (skip(word: "NaN") || skip(word: "Infinity") || skip(word: "-Infinity"))
    }

    private mutating func scanFiniteNumber() -> Bool {
        let start = position
        _ = skip("-")
        if !skip("0"), !skipDigits() { return false }
        if skip("."), !skipDigits() { return false }
        if skip("e") || skip("E") {
            if !skip("-") { _ = skip("+") }
            guard skipDigits() else { return false }
        }
        // The number readers take no longer ones, and nobody writes them.
        return position - start <= 400
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") { position += 1 }
        return position > start
    }

    /// A text, from its opening quote on.
    mutating func parseText() throws(ModelFormatError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while true {
            let plain = position
            while next >= 0x20, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
                position += 1
            }
            text += bytes[plain..<position]
            if skip("\"") { break }
            guard skip("\\") else {
                throw malformed(
                    position < bytes.count
                        ? "a text holds a control character" : "the document ends inside a text"
                )
            }
            try parseEscape(into: &text)
        }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw malformed("a text is not valid UTF-8", at: start)
        }
        return string
    }

    /// What follows a backslash.
    private mutating func parseEscape(into text: inout [UInt8]) throws(ModelFormatError) {
        let escaped = next
        position += 1
        switch escaped {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try parseHexadecimal()
            if code >> 10 == 0x36, skip(word: "\\u") {
                let low = try parseHexadecimal()
                guard low >> 10 == 0x37 else { throw malformed("half of a surrogate pair") }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw malformed("half of a surrogate pair")
            }
            text += Character(scalar).utf8
        default:
            throw malformed("an unknown escape", at: position - 2)
        }
    }

    private mutating func parseHexadecimal() throws(ModelFormatError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
                throw malformed("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
