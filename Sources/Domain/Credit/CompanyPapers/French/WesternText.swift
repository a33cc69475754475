// SPDX-License-Identifier: Apache-2.0

// Texts of papers that may be UTF-8, ISO 8859-15 or Windows-1252 and do not say which. Structure is
// ASCII in all of them, so each text is decoded by itself, when it is shown.

/// Texts of unknown western encoding.
package enum WesternText {
    /// The text of bytes that lie together: most of them are ASCII.
    package static func decoded(_ bytes: UnsafeRawBufferPointer) -> String {
        if isASCII(bytes) {
            if bytes.isEmpty { return "" }
            return String(unsafeUninitializedCapacity: bytes.count) { text in
                UnsafeMutableRawBufferPointer(text).copyMemory(from: bytes)
                return bytes.count
            }
        }
        return decoded(Array(bytes))
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let marks: UInt64 = 0x8080_8080_8080_8080
        if bytes.count <= 8 { return TextHash.head(bytes) & marks == 0 }
        if bytes.count <= 16 {
            let tail = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            return (TextHash.head(bytes) | tail) & marks == 0
        }
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 0x80
    }

    /// The text: as UTF-8 if that is what it is; else as Windows-1252 if it has a byte from 80 to
    /// 9F, where ISO 8859-15 has no letters, and as ISO 8859-15 if not.
    package static func decoded(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let isWindows = bytes.contains { (0x80...0x9F).contains($0) }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(isWindows ? windows(byte) : latin9(byte)) }
        return String(text)
    }

    private static func latin9(_ byte: UInt8) -> Unicode.Scalar {
        switch byte {
        case 0xA4: "€"
        case 0xA6: "Š"
        case 0xA8: "š"
        case 0xB4: "Ž"
        case 0xB8: "ž"
        case 0xBC: "Œ"
        case 0xBD: "œ"
        case 0xBE: "Ÿ"
        default: Unicode.Scalar(byte)
        }
    }

    private static let upper: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}", "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}",
        "ž", "Ÿ",
    ]

    private static func windows(_ byte: UInt8) -> Unicode.Scalar {
        (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }
}
