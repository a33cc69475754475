// SPDX-License-Identifier: Apache-2.0

// JSON values as text.

internal import CommandFiles

extension ByteSink {
    /// Adds a JSON string. Bytes that are no UTF-8 are replaced.
    package func writeJSON(_ text: String) {
        write(byte: UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
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
