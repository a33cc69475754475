// SPDX-License-Identifier: Apache-2.0

// The index against a look at all names, and what is found of a truth that is known.

import CompanyMatching
import Foundation
import Testing

@Suite struct AgreementTests {
    /// The best candidate by a look at all names.
    private func naive(_ query: MatchQuery, _ index: CompanyIndex) -> MatchCandidate? {
        var best: MatchCandidate?
        for name in 0..<index.nameCount {
            guard let candidate = index.candidate(query, name: name) else { continue }
            if let other = best, !Self.isBetter(candidate, other) { continue }
            best = candidate
        }
        return best
    }

    private static func isBetter(_ one: MatchCandidate, _ other: MatchCandidate) -> Bool {
        (one.grade.rawValue, -one.nearness.rawValue, -one.likeness, one.company)
            < (other.grade.rawValue, -other.nearness.rawValue, -other.likeness, other.company)
    }

    @Test func theIndexFindsWhatALookAtAllFinds() throws {
        let directory = try MadeUpDirectory(count: 1_000, seed: 11)
        var matcher = CompanyMatcher(directory.index)
        var missed = 0
        for line in directory.lines(100, seed: 12) {
            let query = line.query
            let fast = matcher.find(query).candidates.first
            let slow = naive(query, directory.index)
            guard fast != slow else { continue }
            // A guess may share no word with the line; what is more than a guess never does.
            if slow?.grade == .guess {
                missed += 1
            } else {
                Issue.record("\(line): \(slow as Any)")
            }
        }
        #expect(missed <= 3)
    }

    @Test func ofATruthThatIsKnown() throws {
        let long = ProcessInfo.processInfo.environment["VIGIE_LONG_TESTS"] != nil
        let (companies, lines) = long ? (1_000_000, 100_000) : (3_000, 600)
        let directory = try MadeUpDirectory(count: companies, seed: 1)
        let sample = directory.lines(lines, seed: 7)
        let clock = ContinuousClock()
        var figures = MatchFigures()
        let time = clock.measure {
            var matcher = CompanyMatcher(directory.index)
            for line in sample { figures.add(line, matcher.find(line.query)) }
        }
        if long { print(figures.table, "\(lines) lines among \(companies) companies: \(time)") }
        // Of what is taken by grade A or B hardly any is another company.
        #expect(figures.precision(upTo: .exact) >= 0.999)
        #expect(figures.precision(upTo: .likely) >= 0.997)
        #expect(figures.recall(upTo: .exact) >= 0.55)
        #expect(figures.recall(upTo: .likely) >= 0.88)
        // A line that means nobody is hardly ever taken.
        #expect(figures.strangersTaken <= figures.strangers / 100)
    }
}

/// What was found of lines whose truth is known.
struct MatchFigures {
    private var right: [MatchGrade: Int] = [:]
    private var wrong: [MatchGrade: Int] = [:]
    private var known = 0
    private var ambiguous = 0
    private var nothing = 0
    private(set) var strangers = 0
    private(set) var strangersTaken = 0

    mutating func add(_ line: MadeUpLine, _ outcome: MatchOutcome) {
        if line.truth == nil { strangers += 1 } else { known += 1 }
        guard let taken = outcome.taken(upTo: .guess) else {
            if outcome.isAmbiguous { ambiguous += 1 } else { nothing += 1 }
            return
        }
        if taken.company == line.truth {
            right[taken.grade, default: 0] += 1
        } else {
            wrong[taken.grade, default: 0] += 1
            if line.truth == nil, taken.grade <= .likely { strangersTaken += 1 }
        }
    }

    private func count(_ counts: [MatchGrade: Int], upTo grade: MatchGrade) -> Int {
        MatchGrade.allCases.filter { $0 <= grade }.reduce(0) { $0 + counts[$1, default: 0] }
    }

    func precision(upTo grade: MatchGrade) -> Double {
        let right = count(right, upTo: grade)
        return Double(right) / Double(max(1, right + count(wrong, upTo: grade)))
    }

    func recall(upTo grade: MatchGrade) -> Double {
        Double(count(right, upTo: grade)) / Double(max(1, known))
    }

    var table: String {
        MatchGrade.allCases.map {
            "\($0.rawValue): \(right[$0, default: 0]) right, \(wrong[$0, default: 0]) wrong, "
                + "precision \(precision(upTo: $0)), recall \(recall(upTo: $0)) with those above\n"
        }
        .joined() + "\(ambiguous) ambiguous, \(nothing) without a candidate, "
            + "\(strangersTaken) of \(strangers) strangers taken\n"
    }
}
