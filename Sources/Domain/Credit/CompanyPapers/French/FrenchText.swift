// SPDX-License-Identifier: Apache-2.0

// French texts as people and old systems write them, made comparable: accents that were broken
// before publication are repaired, and case, accents, kinds of blanks and of apostrophes count for
// nothing.

/// French texts made comparable.
package enum FrenchText {
    /// The text in small letters without accents, words apart by one blank, with straight
    /// apostrophes, broken accents repaired.
    package static func folded(_ text: String) -> String {
        if let plain = foldedASCII(text) { return plain }
        var folded = ""
        var needsBlank = false
        for scalar in repaired(text).unicodeScalars {
            if isBlank(scalar) {
                needsBlank = !folded.isEmpty
                continue
            }
            if isMark(scalar) { continue }
            if needsBlank { folded.append(" ") }
            needsBlank = false
            folded.append(plain(scalar))
        }
        return folded
    }

    /// The same for a text without any accent, as most are: without a look into tables of Unicode.
    private static func foldedASCII(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            guard all < 0x80 else { return nil }
            return String(unsafeUninitializedCapacity: bytes.count) { folded in
                var count = 0
                var needsBlank = false
                for byte in bytes {
                    if byte == 0x20 || (0x09...0x0D).contains(byte) {
                        needsBlank = count > 0
                        continue
                    }
                    if needsBlank {
                        folded[count] = 0x20
                        count += 1
                    }
                    needsBlank = false
                    folded[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                    count += 1
                }
                return count
            }
        }
    }

    /// The text with accents restored that were UTF-8 and read as Windows-1252 or Latin-1, such as
    /// "clÃ´ture".
    package static func repaired(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(where: { $0 == "Ã" || $0 == "Â" || $0 == "â" || $0 == "Å" }) else {
            return text
        }
        var result = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            if let (scalar, length) = character(scalars[place...]) {
                result.append(scalar)
                place += length
            } else {
                result.append(scalars[place])
                place += 1
            }
        }
        return String(result)
    }

    /// The character that the bytes at the start are in UTF-8, if they were one of two or three.
    private static func character(
        _ scalars: ArraySlice<Unicode.Scalar>
    ) -> (Unicode.Scalar, Int)? {
        guard let first = scalars.first.flatMap(byte) else { return nil }
        let length: Int
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        default: return nil
        }
        let bytes = scalars.prefix(length).compactMap(byte)
        guard bytes.count == length, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        return text.unicodeScalars.first.map { ($0, length) }
    }

    /// The byte that Windows-1252 and Latin-1 have for a character.
    private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x100 { return UInt8(truncatingIfNeeded: scalar.value) }
        return windows1252[scalar]
    }

    private static let windows1252: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88,
        "‰": 0x89, "Š": 0x8A, "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93,
        "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B,
        "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
    }

    /// Whether a scalar is an accent by itself, as decomposed text has them.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .nonspacingMark
    }

    private static func plain(_ scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return scalar.properties.lowercaseMapping }
        let small = scalar.properties.lowercaseMapping
        return small.unicodeScalars.first.flatMap { letters[$0] } ?? small
    }

    private static let letters: [Unicode.Scalar: String] = {
        var letters: [Unicode.Scalar: String] = [
            "œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'",
            "‐": "-", "‑": "-", "–": "-", "—": "-",
        ]
        for (plain, accented) in [
            ("a", "àáâãäå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï"), ("n", "ñ"), ("o", "òóôõö"),
            ("u", "ùúûü"), ("y", "ýÿ"),
        ] {
            for scalar in accented.unicodeScalars { letters[scalar] = plain }
        }
        return letters
    }()
}
