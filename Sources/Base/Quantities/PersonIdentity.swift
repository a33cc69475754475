// SPDX-License-Identifier: Apache-2.0

// Whether two identities may be those of one person. Where two have to agree, one must not pass for
// both by writing a name in another way: with capitals, a space, a character that is not seen, or
// letters of another alphabet.

/// What identities are compared by.
package enum PersonIdentity {
    /// An identity without what people do not tell apart: the case of letters, spaces, kinds of
    /// hyphens and apostrophes, and characters that are not seen.
    ///
    /// - Returns: nil for one of which nothing is left, or that has characters that only look like
    ///   others, such as wide letters: nobody could tell it from another one.
    package static func key(_ identity: String) -> String? {
        var seen = String.UnicodeScalarView()
        for scalar in identity.unicodeScalars where !isSpace(scalar) && !isUnseen(scalar) {
            guard isShown(scalar), let folded = folded(scalar) else { return nil }
            seen += folded
        }
        return seen.isEmpty ? nil : String(seen)
    }

    /// Whether two identities may be those of one person: if either cannot be compared, they may.
    package static func mayBeOne(_ one: String, _ other: String) -> Bool {
        guard !mixesAlphabets(one), !mixesAlphabets(other), let one = key(one),
            let other = key(other)
        else { return true }
        // As Swift compares texts: letters with accents are the same however they are composed.
        return one == other || lookAlike(one, other)
    }

    /// Whether an identity can be told from others, and is written as it is seen: a space within
    /// it is the one that keyboards have.
    package static func isPlain(_ identity: String) -> Bool {
        key(identity) != nil && !mixesAlphabets(identity)
            && identity.unicodeScalars.allSatisfy { $0 == " " || !isSpace($0) && !isUnseen($0) }
            && identity.unicodeScalars.first != " " && identity.unicodeScalars.last != " "
    }

    /// What a plain identity is without.
    package static let plainForm =
        "without spaces around it, control characters, characters that are not seen or only look "
        + "like others, and letters of two alphabets in one word"

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace
    }

    /// Whether a character is not seen; blanks are seen between others.
    package static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format: !isSpace(scalar)
        // A cell of Braille without dots is a blank.
        default: scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
        }
    }

    /// Whether a character is shown as itself: what is of nobody, or stands for what could not be
    /// read, is a box or nothing, as the font has it.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .privateUse, .unassigned, .surrogate: false
        default: scalar != "\u{FFFC}" && scalar != "\u{FFFD}"
        }
    }

    /// A letter without its case. By way of the capital, so that "ß" is "ss", and all forms of a
    /// sigma are one.
    private static func folded(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView? {
        if scalar.properties.generalCategory == .dashPunctuation { return "-".unicodeScalars }
        // Apostrophes, and a capital whose small letter is none of the two that it looks like.
        if "\u{2018}\u{2019}\u{201B}\u{2BC}".unicodeScalars.contains(scalar) {
            return "'".unicodeScalars
        }
        if scalar == "\u{130}" || scalar == "\u{131}" { return "i".unicodeScalars }
        var folded = String.UnicodeScalarView()
        for capital in scalar.properties.uppercaseMapping.unicodeScalars {
            folded += capital.properties.lowercaseMapping.unicodeScalars
        }
        // What compatibility makes of it is another character still: it only looks like that one.
        guard !folded.contains(where: { $0.properties.changesWhenNFKCCaseFolded }) else {
            return nil
        }
        return folded
    }
}
