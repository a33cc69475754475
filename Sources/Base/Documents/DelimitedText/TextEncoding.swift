// SPDX-License-Identifier: Apache-2.0

// The encodings that a text can have. Inside of the program all text is UTF-8.

/// An encoding of text.
package enum TextEncoding: String, CaseIterable, Sendable {
    /// UTF-8, with or without a byte-order mark.
    case utf8 = "utf-8"
    /// UTF-16, least byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, greatest byte first.
    case utf16BigEndian = "utf-16be"
    /// Western European, as Windows writes it.
    case windows1252 = "windows-1252"
    /// Western European (ISO 8859-1).
    case latin1 = "latin-1"
    /// Western European with the euro (ISO 8859-15).
    case latin9 = "latin-9"
    /// Western European, as DOS and "CSV (MS-DOS)" write it.
    case codePage850 = "cp850"
    /// Western European, as "CSV (Macintosh)" writes it.
    case macRoman = "mac-roman"

    /// The encoding of a usual name, in any case: "UTF8", "iso-8859-1", "cp1252".
    package init?(name: String) {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "utf8", "utf8sig", "utf8bom": self = .utf8
        case "utf16", "utf16le", "ucs2", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "windows1252", "cp1252", "win1252", "ansi", "1252": self = .windows1252
        case "latin1", "iso88591", "l1": self = .latin1
        case "latin9", "iso885915", "l9": self = .latin9
        case "cp850", "ibm850", "dos", "850": self = .codePage850
        case "macroman", "macintosh", "mac": self = .macRoman
        default: return nil
        }
    }

    /// The characters of the bytes from 0x80 on; nil for encodings of several bytes.
    var upperHalf: [UInt32]? {
        switch self {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        case .windows1252: EncodingTables.windows1252
        case .latin1: [UInt32](repeating: 0, count: 32) + (0xA0...0xFF)
        case .latin9: EncodingTables.latin9
        case .codePage850: EncodingTables.codePage850
        case .macRoman: EncodingTables.macRoman
        }
    }

    /// The error of a text that is no UTF-8, with the encoding that it looks like. `fault` is the
    /// place of the first byte that shows it.
    static func notUTF8(
        _ bytes: UnsafeRawBufferPointer,
        fault: Int,
        line: Int,
        source: String
    ) -> InputError {
        let likely = likely(bytes)
        // The character that is at fault begins before the byte that gives it away.
        let place = bytes[...fault].lastIndex { $0 >= 0x80 } ?? fault
        return InputError(
            .content,
            "\(source), line \(line): byte 0x\(String(bytes[place], radix: 16)) is no UTF-8; "
                + "the file looks like \(likely.rawValue)",
            hint: "read it with --encoding \(likely.rawValue), or convert it to UTF-8",
            nextOptions: ["--encoding", likely.rawValue]
        )
    }

    /// The encoding of one byte a character in which most bytes from 0x80 on are letters, or
    /// signs that stand beside numbers.
    private static func likely(_ bytes: UnsafeRawBufferPointer) -> TextEncoding {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes where byte >= 0x80 { counts[Int(byte)] += 1 }
        // The first of equals: bytes that Latin-1 has are the same in Windows-1252.
        var best = (encoding: TextEncoding.windows1252, points: Int.min)
        for encoding in [TextEncoding.latin1, .windows1252, .codePage850, .macRoman] {
            guard let characters = encoding.upperHalf else { continue }
            var points = 0
            for (character, count) in zip(characters, counts[128...]) where count > 0 {
                points += count * Self.points(character)
            }
            if points > best.points { best = (encoding, points) }
        }
        return best.encoding
    }

    /// How much a character speaks for an encoding.
    private static func points(_ character: UInt32) -> Int {
        guard character > 0, let scalar = Unicode.Scalar(character) else { return -4 }
        if "éèêëàâäùûüîïôöçßñåøæœ€".unicodeScalars.contains(scalar) { return 3 }
        if "\u{A0}'’£°«»–—…“”áíóú".unicodeScalars.contains(scalar) { return 2 }
        return scalar.properties.isAlphabetic ? 1 : -1
    }
}
