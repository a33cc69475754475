// SPDX-License-Identifier: Apache-2.0

// Texts of JSON.

extension JSONScanner {
    /// A text, from its opening quote to behind its closing one.
    mutating func text() throws(JSONFault) -> String {
        let start = position
        position += 1
        let plain = skipPlain()
        if skip("\"") {
            // Nearly all are ASCII, which needs no check.
            var all: UInt8 = 0
            for byte in plain { all |= byte }
            if all < 0x80 { return String(decoding: plain, as: UTF8.self) }
            return try string(plain, at: start)
        }
        var text = Array(plain)
        while !skip("\"") {
            guard skip("\\"), !isAtEnd else {
                guard isAtEnd else { throw fault("a text holds a control character") }
                throw fault("a text without its closing quotation mark", at: start)
            }
            try readEscape(into: &text)
            text += skipPlain()
        }
        return try string(text, at: start)
    }

    /// What comes before the next quotation mark, backslash or control character.
    private mutating func skipPlain() -> UnsafeRawBufferPointer {
        let start = position
        while next >= 0x20, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { position += 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private func string(
        _ bytes: some Sequence<UInt8>,
        at start: Int
    ) throws(JSONFault) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw fault("a text is not valid UTF-8", at: start)
        }
        return string
    }

    /// What follows a backslash.
    private mutating func readEscape(into text: inout [UInt8]) throws(JSONFault) {
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
            var code = try readHexadecimal()
            if code >> 10 == 0x36, skip(word: "\\u") {
                let low = try readHexadecimal()
                guard low >> 10 == 0x37 else { throw fault("half of a surrogate pair") }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
            text += UTF8.encode(scalar).map(Array.init) ?? []
        default:
            throw fault("an unknown escape", at: position - 2)
        }
    }

    private mutating func readHexadecimal() throws(JSONFault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = next - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = next - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = next - UInt8(ascii: "A") + 10
            default: throw fault("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
