// SPDX-License-Identifier: Apache-2.0

// How sure it is that a line means a company, and why.

/// How sure it is, the surest first.
package enum MatchGrade: String, Sendable, CaseIterable, Comparable {
    /// The same name, once both are written alike, in the same town.
    case exact = "A"
    /// Nearly the same name at the same place, or the same one where no place is told.
    case likely = "B"
    /// A name that is alike nearby, or the same one elsewhere.
    case possible = "C"
    /// A guess.
    case guess = "D"

    package static func < (left: MatchGrade, right: MatchGrade) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Why a company is a candidate, and what speaks against it.
package enum MatchReason: String, Sendable, CaseIterable {
    /// The same name, once both are written alike.
    case sameName = "SAME_NAME"
    /// The same words in another order.
    case otherOrder = "OTHER_ORDER"
    /// Words are written together in one of the two.
    case joinedWords = "JOINED_WORDS"
    /// Words differ by a letter or two.
    case nearSpelling = "NEAR_SPELLING"
    /// Words are cut short.
    case abbreviated = "ABBREVIATED"
    /// Letters stand for words.
    case initials = "INITIALS"
    /// One of the two has words that the other lacks.
    case missingWords = "MISSING_WORDS"
    /// The legal forms differ.
    case otherForm = "OTHER_LEGAL_FORM"
    /// It is known by that name, which is not its legal one.
    case tradeName = "TRADE_NAME"
    /// In the same street.
    case sameStreet = "SAME_STREET"
    /// In the same town.
    case sameTown = "SAME_TOWN"
    /// In the same department.
    case sameDepartment = "SAME_DEPARTMENT"
    /// In another place.
    case otherPlace = "OTHER_PLACE"
    /// No place to compare.
    case noPlace = "NO_PLACE"
    /// It has ended.
    case ended = "ENDED"
}

/// A company that a line may mean.
package struct MatchCandidate: Sendable, Equatable {
    /// The number of the company among those that are known.
    package var company: Int
    /// The number of the name among those that are known.
    package var name: Int
    /// How sure it is.
    package var grade: MatchGrade
    /// How much the names are alike, from 0 to 1.
    package var likeness: Double
    /// How the places lie to each other.
    package var nearness: CompanyPlace.Nearness
    /// Why.
    package var reasons: [MatchReason]

    /// Whether it comes before another one: by grade, then place, then name.
    func precedes(_ other: MatchCandidate) -> Bool {
        if grade != other.grade { return grade < other.grade }
        if nearness != other.nearness { return nearness > other.nearness }
        if likeness != other.likeness { return likeness > other.likeness }
        return company < other.company
    }

    /// Whether another company is as good a candidate, so that somebody has to choose.
    func isNoBetter(than other: MatchCandidate) -> Bool {
        grade == other.grade && nearness == other.nearness
            && likeness - other.likeness < Self.likenessApart
    }

    private static let likenessApart = 0.05
}

/// What is found for a line.
package struct MatchOutcome: Sendable, Equatable {
    /// Companies that it may mean, the likeliest first.
    package var candidates: [MatchCandidate] = []
    /// Whether two of them are equally likely: none is to be taken without a look.
    package var isAmbiguous = false

    /// The outcome of candidates, each company once.
    init(_ found: [MatchCandidate], toldMax: Int) {
        var best: [Int: MatchCandidate] = [:]
        for candidate in found {
            if let other = best[candidate.company], other.precedes(candidate) { continue }
            best[candidate.company] = candidate
        }
        candidates = Array(best.values.sorted { $0.precedes($1) }.prefix(toldMax))
        guard candidates.count > 1 else { return }
        isAmbiguous = candidates[0].isNoBetter(than: candidates[1])
    }

    /// The company that may be taken by who takes all of a grade and better; nil when somebody has
    /// to look.
    package func taken(upTo grade: MatchGrade) -> MatchCandidate? {
        guard !isAmbiguous, let first = candidates.first, first.grade <= grade else { return nil }
        return first
    }
}
