// SPDX-License-Identifier: Apache-2.0

// JSON values as text.

internal import CommandFiles

extension ByteSink {
    /// Adds a JSON string. Control characters are escaped, those behind 0x7F too, for terminals
    /// obey them.
    package func writeJSON(_ text: String) {
        write(byte: UInt8(ascii: "\""))
        var last: UInt8 = 0
        for byte in text.utf8 {
            defer { last = byte }
            switch byte {
            // The second byte of U+0080 to U+009F; the first is held back below.
            case 0x80...0x9F where last == 0xC2: write("\\u00" + String(byte, radix: 16))
            case 0xC2: break
            case _ where last == 0xC2:
                write(byte: 0xC2)
                write(byte: byte)
            case 0x7F: write("\\u007f")
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                write(byte: UInt8(ascii: "\\"))
                write(byte: byte)
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "\r"): write("\\r")
            case UInt8(ascii: "\t"): write("\\t")
            case 0..<0x20:
                write(byte < 0x10 ? "\\u000" : "\\u00")
                write(String(byte, radix: 16))
            default: write(byte: byte)
            }
        }
        write(byte: UInt8(ascii: "\""))
    }

    /// Adds a JSON number, or null where JSON has none (NaN and the infinities).
    package func writeJSON(_ number: Double) {
        write(number.isFinite ? number.description : "null")
    }

    /// Adds a member of an object: a comma unless it is the first, the name and a colon.
    package func writeJSONName(_ name: String, isFirst: Bool = false) {
        if !isFirst { write(byte: UInt8(ascii: ",")) }
        writeJSON(name)
        write(byte: UInt8(ascii: ":"))
    }
}
