// SPDX-License-Identifier: Apache-2.0

// What becomes of each line: the company that is taken, by whose word, or what somebody has to look
// at. Nothing is taken without a word: a grade that is accepted, or an answer in the file of them.

internal import CommandFiles
package import CompanyMatching
package import VigieClient

/// What becomes of a line.
package enum MatchChoice: Sendable {
    /// It had a number.
    case kept
    /// The company that was found, by its grade.
    case taken(MatchCandidate)
    /// The company that somebody chose.
    case answered(CompanyIdentifier)
    /// Somebody has to look; the candidates, which may be none.
    case open(MatchOutcome)
}

/// What becomes of all lines.
package struct MatchChoices: Sendable {
    /// By line.
    package let choices: [MatchChoice]

    /// Chooses.
    ///
    /// - Parameters:
    ///   - accepted: The worst grade that is taken; nil for none.
    ///   - answers: What somebody chose, by line of the file.
    package init(
        _ lines: [MatchLine],
        _ found: [MatchOutcome?],
        accepted: MatchGrade?,
        answers: [Int: CompanyIdentifier]
    ) {
        choices = zip(lines, found).map { line, outcome in
            guard let outcome else { return .kept }
            if let answer = answers[line.line] { return .answered(answer) }
            if let accepted, let taken = outcome.taken(upTo: accepted) { return .taken(taken) }
            return .open(outcome)
        }
    }

    /// How many lines have a candidate of each grade that is taken, how many wait for somebody, and
    /// the like.
    package var counts: Counts {
        var counts = Counts()
        for choice in choices {
            switch choice {
            case .kept: counts.kept += 1
            case .answered: counts.answered += 1
            case .taken(let candidate): counts.taken[candidate.grade, default: 0] += 1
            case .open(let outcome):
                counts.open += 1
                if outcome.candidates.isEmpty { counts.unknown += 1 }
                if outcome.isAmbiguous { counts.ambiguous += 1 }
            }
        }
        return counts
    }

    /// How many lines became what.
    package struct Counts: Sendable, Equatable {
        /// Lines that had a number.
        package var kept = 0
        /// Lines that somebody answered.
        package var answered = 0
        /// Lines whose company was taken, by grade.
        package var taken: [MatchGrade: Int] = [:]
        /// Lines that somebody has to look at.
        package var open = 0
        /// Those of them for which nothing was found.
        package var unknown = 0
        /// Those of them for which two companies are equally likely.
        package var ambiguous = 0
    }

    /// Lines that mean the same company: the lines, by the first of them.
    package func doubles(_ lines: [MatchLine], _ directory: CompanyDirectory) -> [[Int]] {
        var linesOf: [CompanyIdentifier: [Int]] = [:]
        for (line, choice) in zip(lines, choices) {
            switch choice {
            case .answered(let company): linesOf[company, default: []].append(line.line)
            case .taken(let candidate):
                linesOf[directory.identifiers[candidate.company], default: []].append(line.line)
            case .kept, .open: break
            }
        }
        return linesOf.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }
}
