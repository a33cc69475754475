// SPDX-License-Identifier: Apache-2.0

// How much two names are alike: each word of one finds its word of the other, and what words tell
// by how rare they are decides.

internal import VigieLimits

/// A name whose words are known by what they tell.
struct WeighedName {
    /// A word, and how much it tells.
    struct Word {
        var text: ArraySlice<UInt8>
        var weight: Double
    }

    var words: [Word]
    /// All words in a row.
    let joined: [UInt8]

    /// Takes words.
    init(words: [Word]) {
        self.words = words
        joined = words.flatMap(\.text)
    }

    /// What all words tell.
    var weight: Double { words.reduce(0) { $0 + $1.weight } }

    /// Whether it has single letters, which stand for words.
    var hasInitials: Bool { words.contains { $0.text.count == 1 } }

    /// Whether it is of one word, the first letters of another name's.
    func standsFor(_ long: WeighedName) -> Bool {
        guard words.count == 1, let word = words.first?.text, word.count > 2,
            word.count <= long.words.count
        else { return false }
        let telling = long.words.filter { $0.weight > CompanyIndex.smallWeight }
        return [telling, long.words].contains { $0.compactMap(\.text.first) == Array(word) }
    }
}

/// How much two names are alike, and in what they differ.
struct NameLikeness: Equatable {
    /// From 0 to 1.
    var value: Double
    /// What was found, in the order of `MatchReason`.
    var reasons: [MatchReason]

    /// Whether the names are the same once both are written alike.
    var isSame: Bool { reasons == [.sameName] }

    private init(value: Double, reasons: [MatchReason]) {
        (self.value, self.reasons) = (value, reasons)
    }

    /// Compares two names.
    init(_ asked: WeighedName, _ known: WeighedName) {
        if asked.joined == known.joined {
            let isSame = asked.words.map(\.text.count) == known.words.map(\.text.count)
            self.init(value: isSame ? 1 : 0.98, reasons: [isSame ? .sameName : .joinedWords])
            return
        }
        self.init(pairing: asked, known)
        let near = Self.joinedValue(asked, known)
        if near > value { (value, reasons) = (near, [.joinedWords, .nearSpelling]) }
        if value < Self.initialsValue, asked.standsFor(known) || known.standsFor(asked) {
            (value, reasons) = (Self.initialsValue, [.initials])
        }
    }

    private static let initialsValue = 0.7

    /// How much names are alike when blanks do not count, and are misspelt besides: a guess, for no
    /// index finds all that are. Of short ones it says nothing, and a letter that stands for a word
    /// is more than a mistake.
    private static func joinedValue(_ left: WeighedName, _ right: WeighedName) -> Double {
        guard left.words.count != right.words.count, !left.hasInitials, !right.hasInitials,
            min(left.joined.count, right.joined.count) >= 9,
            abs(left.joined.count - right.joined.count) <= 2
        else { return 0 }
        let count = WordLikeness.distance(left.joined[...], right.joined[...], atMost: 2)
        return count <= 2 ? joinedNearValue : 0
    }

    private static let joinedNearValue = 0.69

    // Who leaves out a word that tells something may mean another company of the owner's.
    private static let missingValueMax = 0.89

    /// Finds for each word its word: those that are the same first, then the likest.
    private init(pairing asked: WeighedName, _ known: WeighedName) {
        var partners = [Int?](repeating: nil, count: asked.words.count)
        var isTaken = [Bool](repeating: false, count: known.words.count)
        var (weight, all) = (0.0, 0.0)
        var found: Set<MatchReason> = []
        for exactly in [true, false] {
            for (place, word) in asked.words.enumerated() where partners[place] == nil {
                var best: (place: Int, likeness: WordLikeness) = (0, .different)
                for (other, theirs) in known.words.enumerated() where !isTaken[other] {
                    let likeness = WordLikeness.of(word.text, theirs.text)
                    if likeness.value > best.likeness.value { best = (other, likeness) }
                }
                guard exactly ? best.likeness == .same : best.likeness != .different else {
                    continue
                }
                partners[place] = best.place
                isTaken[best.place] = true
                // A word that is misspelt is as rare as the one that is meant.
                let both = 2 * known.words[best.place].weight
                weight += both * best.likeness.value
                all += both
                if let reason = Self.reason(best.likeness) { found.insert(reason) }
            }
        }
        let isPaired = partners.map { $0 != nil }
        let rest = Self.rest(asked, isPaired) + Self.rest(known, isTaken)
        let alone = rest.reduce(0) { $0 + $1.weight }
        if !rest.isEmpty { found.insert(.missingWords) }
        let places = partners.compactMap(\.self)
        if places != places.sorted() { found.insert(.otherOrder) }
        value = all > 0 ? weight / (all + alone) : 0
        if rest.contains(where: { $0.weight > CompanyIndex.smallWeight || $0.text.count == 1 }) {
            value = min(value, Self.missingValueMax)
        }
        reasons = MatchReason.allCases.filter(found.contains)
    }

    private static func rest(_ name: WeighedName, _ isTaken: [Bool]) -> [WeighedName.Word] {
        zip(name.words, isTaken).compactMap { $1 ? nil : $0 }
    }

    private static func reason(_ likeness: WordLikeness) -> MatchReason? {
        switch likeness {
        case .spelled: .nearSpelling
        case .abbreviated: .abbreviated
        case .initial: .initials
        case .same, .different: nil
        }
    }
}
