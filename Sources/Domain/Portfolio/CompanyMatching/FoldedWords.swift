// SPDX-License-Identifier: Apache-2.0

// Names and addresses as words that can be compared: capital letters without accents, digits, and
// letters of other scripts as they are. Signs and blanks only part words.

internal import VigieLimits

/// Cuts texts into words.
enum FoldedWords {
    /// The words of a text, the first of them; letters that stand one by one, as in "S.A.R.L.", are
    /// one word. A single letter before an apostrophe is the article that it is: "l'atelier".
    static func words(of text: String) -> [String] {
        var cutter = WordCutter()
        for scalar in text.unicodeScalars {
            guard cutter.byteCount < MatchLimits.matchedTextBytesMax else { break }
            cutter.take(scalar)
        }
        return cutter.finished()
    }
}

/// Takes a text letter by letter.
private struct WordCutter {
    private var words: [(text: String, isElided: Bool)] = []
    private var word = ""
    /// Bytes that were read.
    private(set) var byteCount = 0

    mutating func take(_ scalar: Unicode.Scalar) {
        byteCount += UTF8.width(scalar)
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A: append(scalar)
        case 0x61...0x7A: append(Unicode.Scalar(UInt8(scalar.value) - 0x20))
        case 0x26, 0x2B: take(word: "&")
        case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x2BC: end(isElided: true)
        case 0..<0x80: end()
        // Accents by themselves, as decomposed text has them.
        case 0x300...0x36F: break
        default: takeOther(scalar)
        }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
        if let plain = PlainLetters.of(scalar) {
            for letter in plain.unicodeScalars { append(letter) }
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            for letter in scalar.properties.uppercaseMapping.unicodeScalars { append(letter) }
        } else {
            end()
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard word.utf8.count < MatchLimits.wordBytesMax else { return }
        word.unicodeScalars.append(scalar)
    }

    private mutating func take(word sign: String) {
        end()
        word = sign
        end()
    }

    private mutating func end(isElided: Bool = false) {
        guard !word.isEmpty else { return }
        words.append((word, isElided))
        word = ""
    }

    mutating func finished() -> [String] {
        end()
        var result: [String] = []
        var letters = ""
        for (text, isElided) in words {
            let isLetter =
                text.utf8.count == 1 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
            if isLetter, isElided, letters.isEmpty { continue }
            if isLetter {
                letters += text
                continue
            }
            if !letters.isEmpty { result.append(letters) }
            letters = ""
            result.append(text)
        }
        if !letters.isEmpty { result.append(letters) }
        return Array(result.prefix(MatchLimits.wordsMax))
    }
}

/// Letters with accents, and those that are written as two.
private enum PlainLetters {
    static func of(_ scalar: Unicode.Scalar) -> String? { letters[scalar] }

    private static let letters: [Unicode.Scalar: String] = {
        var letters: [Unicode.Scalar: String] = [
            "œ": "OE", "Œ": "OE", "æ": "AE", "Æ": "AE", "ß": "SS", "ø": "O", "Ø": "O", "ł": "L",
            "Ł": "L", "đ": "D", "Đ": "D", "ð": "D", "Ð": "D", "þ": "TH", "Þ": "TH", "ı": "I",
        ]
        for (plain, accented) in [
            ("A", "àáâãäåāăą"), ("C", "çćĉċč"), ("D", "ď"), ("E", "èéêëēĕėęě"), ("G", "ĝğġģ"),
            ("H", "ĥ"), ("I", "ìíîïĩīĭį"), ("J", "ĵ"), ("K", "ķ"), ("L", "ĺļľ"), ("N", "ñńņň"),
            ("O", "òóôõöōŏő"), ("R", "ŕŗř"), ("S", "śŝşšș"), ("T", "ţťț"), ("U", "ùúûüũūŭůűų"),
            ("W", "ŵ"), ("Y", "ýÿŷ"), ("Z", "źżž"),
        ] {
            for scalar in accented.unicodeScalars {
                letters[scalar] = plain
                if let capital = scalar.properties.uppercaseMapping.unicodeScalars.first {
                    letters[capital] = plain
                }
            }
        }
        return letters
    }()
}
