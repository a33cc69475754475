// SPDX-License-Identifier: Apache-2.0

// Letters of other alphabets that look like those of Latin: "bob" with an o of Cyrillic is another
// text, and nobody sees it. What alphabet a letter is of is the first word of its name in Unicode,
// so that no tables of characters are needed but those of the letters that look alike.

extension PersonIdentity {
    /// Whether a word has letters of two alphabets. Words end at blanks and punctuation; digits and
    /// accents are of any alphabet, and what is written together in the east of Asia is one.
    static func mixesAlphabets(_ identity: String) -> Bool {
        var alphabet: String?
        for scalar in identity.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter:
                let found = self.alphabet(of: scalar)
                guard alphabet == nil || alphabet == found else { return true }
                alphabet = found
            case .modifierLetter, .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber,
                .letterNumber, .otherNumber:
                break
            default:
                alphabet = nil
            }
        }
        return false
    }

    private static func alphabet(of scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return "LATIN" }
        let first = scalar.properties.name?.prefix { $0 != " " && $0 != "-" } ?? ""
        return eastAsian.contains(String(first)) ? "CJK" : String(first)
    }

    private static let eastAsian = ["CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"]

    /// Whether two keys look alike, letter by letter, one of them in Cyrillic or Greek.
    static func lookAlike(_ one: String, _ other: String) -> Bool {
        [asSmall, asCapital].contains { shapes in
            inLatin(one, shapes) == inLatin(other, shapes)
        }
    }

    private static func inLatin(
        _ key: String,
        _ shapes: [Unicode.Scalar: Unicode.Scalar]
    ) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: key.unicodeScalars.map { shapes[$0] ?? $0 })
        return String(view)
    }

    /// Letters of Cyrillic and Greek, in lower case, and those of Latin that they look like.
    private static let shapes = pairs(
        // а в е к м н о р с т у х ѕ і ј һ ԁ ԛ ԝ ӏ г ь ѵ ѐ ё ї ә ӕ ԍ
        "\u{430}\u{432}\u{435}\u{43A}\u{43C}\u{43D}\u{43E}\u{440}\u{441}\u{442}\u{443}\u{445}"
            + "\u{455}\u{456}\u{458}\u{4BB}\u{501}\u{51B}\u{51D}\u{4CF}\u{433}\u{44C}\u{475}"
            + "\u{450}\u{451}\u{457}\u{4D9}\u{4D5}\u{50D}",
        "abekmhopctyxsijhdqwlrbv\u{E8}\u{EB}\u{EF}\u{259}\u{E6}g"
    ).merging(
        // α β γ ε ζ ι κ ο ρ τ χ ω ϳ ά έ ί ό
        pairs(
            "\u{3B1}\u{3B2}\u{3B3}\u{3B5}\u{3B6}\u{3B9}\u{3BA}\u{3BF}\u{3C1}\u{3C4}\u{3C7}\u{3C9}"
                + "\u{3F3}\u{3AC}\u{3AD}\u{3AF}\u{3CC}",
            "abyezikoptxwj\u{E1}\u{E9}\u{ED}\u{F3}"
        )
    ) { first, _ in first }

    // η μ ν υ ύ, which look like one letter when they are small and like another when they are not.
    private static let asSmall = shapes.merging(
        pairs("\u{3B7}\u{3BC}\u{3BD}\u{3C5}\u{3CD}", "nuvu\u{FA}")
    ) { first, _ in first }
    private static let asCapital = shapes.merging(
        pairs("\u{3B7}\u{3BC}\u{3BD}\u{3C5}\u{3CD}", "hmny\u{FD}")
    ) { first, _ in first }

    private static func pairs(
        _ letters: String,
        _ latin: String
    ) -> [Unicode.Scalar: Unicode.Scalar] {
        Dictionary(zip(letters.unicodeScalars, latin.unicodeScalars)) { first, _ in first }
    }
}
