// SPDX-License-Identifier: Apache-2.0

// A pattern as it was written.

/// A part of a pattern.
indirect enum PatternNode {
    case empty
    case character(Unicode.Scalar)
    case any
    case set(PatternSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// A group; those that are not counted have no number.
    case group(Int?, PatternNode)
    case repetition(PatternNode, least: Int, most: Int?, isGreedy: Bool)
    case start
    case end
    case reference(Int)
}

/// Why a pattern is none.
struct PatternError: Error {
    let message: String
}

/// A set of characters.
struct PatternSet: Sendable {
    /// Characters of a kind, or all others.
    struct Kind: Sendable {
        let kind: PatternKind
        let isNegated: Bool
    }

    var ranges: [ClosedRange<UInt32>] = []
    var kinds: [Kind] = []
    var isNegated = false
    /// What is taken out of it: one set at most.
    var excluded: [PatternSet] = []

    /// The steps that it takes to look for a character.
    var cost: Int { excluded.reduce((ranges.count + kinds.count) / 8) { $0 + $1.cost } }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed =
            ranges.contains { $0.contains(scalar.value) }
            || kinds.contains { $0.kind.contains(scalar) != $0.isNegated }
        return isListed != isNegated && !excluded.contains { $0.contains(scalar) }
    }

    /// The same, where upper and lower case are alike.
    func contains(_ scalar: Unicode.Scalar, ignoresCase: Bool) -> Bool {
        if !ignoresCase { return contains(scalar) }
        var positive = self
        (positive.isNegated, positive.excluded) = (false, [])
        let isListed =
            positive.contains(scalar) || positive.contains(scalar.lower)
            || positive.contains(scalar.upper)
        return isListed != isNegated
            && !excluded.contains { $0.contains(scalar, ignoresCase: true) }
    }
}

/// A kind of characters.
enum PatternKind: Sendable {
    case digit, word, space, initial, name
    /// A general category, or all of its first letter.
    case category(String)
    case block(ClosedRange<UInt32>)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .digit: return scalar.properties.generalCategory == .decimalNumber
        case .word:
            return !["P", "Z", "C"].contains(scalar.categoryName.prefix(1))
        case .space: return [0x20, 0x09, 0x0A, 0x0D].contains(scalar.value)
        case .initial: return scalar == "_" || scalar == ":" || scalar.properties.isAlphabetic
        case .name:
            return scalar == "." || scalar == "-" || scalar == "_" || scalar == ":"
                || scalar.properties.isAlphabetic
                || scalar.properties.generalCategory == .decimalNumber || scalar.value == 0xB7
        case .category(let name): return scalar.categoryName.hasPrefix(name)
        case .block(let range): return range.contains(scalar.value)
        }
    }

    /// What stands in the braces of `\p{...}`; nil for what is not known.
    init?(property: String) {
        if let block = Self.blocks[property] {
            self = .block(block)
        } else if Self.categories.contains(property) {
            self = .category(property)
        } else {
            return nil
        }
    }

    private static let categories: Set<String> = [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
        "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C",
        "Cc", "Cf", "Co", "Cn",
    ]

    /// Blocks of the scripts of Europe and its neighbours, and a few more that are in use.
    private static let blocks: [String: ClosedRange<UInt32>] = [
        "IsBasicLatin": 0...0x7F, "IsLatin-1Supplement": 0x80...0xFF,
        "IsLatinExtended-A": 0x100...0x17F, "IsLatinExtended-B": 0x180...0x24F,
        "IsIPAExtensions": 0x250...0x2AF, "IsCombiningDiacriticalMarks": 0x300...0x36F,
        "IsGreek": 0x370...0x3FF, "IsGreekandCoptic": 0x370...0x3FF, "IsCyrillic": 0x400...0x4FF,
        "IsArmenian": 0x530...0x58F, "IsHebrew": 0x590...0x5FF, "IsArabic": 0x600...0x6FF,
        "IsDevanagari": 0x900...0x97F, "IsBengali": 0x980...0x9FF, "IsThai": 0xE00...0xE7F,
        "IsGeorgian": 0x10A0...0x10FF, "IsLatinExtendedAdditional": 0x1E00...0x1EFF,
        "IsGreekExtended": 0x1F00...0x1FFF, "IsGeneralPunctuation": 0x2000...0x206F,
        "IsCurrencySymbols": 0x20A0...0x20CF, "IsLetterlikeSymbols": 0x2100...0x214F,
        "IsNumberForms": 0x2150...0x218F, "IsArrows": 0x2190...0x21FF,
        "IsMathematicalOperators": 0x2200...0x22FF, "IsBoxDrawing": 0x2500...0x257F,
        "IsHiragana": 0x3040...0x309F, "IsKatakana": 0x30A0...0x30FF,
        "IsCJKUnifiedIdeographs": 0x4E00...0x9FFF, "IsHangulSyllables": 0xAC00...0xD7AF,
    ]
}

extension Unicode.Scalar {
    /// The lower case, if it is one character.
    var lower: Unicode.Scalar { only(properties.lowercaseMapping) }
    /// The upper case, if it is one character.
    var upper: Unicode.Scalar { only(properties.uppercaseMapping) }

    private func only(_ mapping: String) -> Unicode.Scalar {
        let scalars = mapping.unicodeScalars
        guard scalars.count == 1, let first = scalars.first else { return self }
        return first
    }

    /// The general category in two letters.
    fileprivate var categoryName: String {
        switch properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
