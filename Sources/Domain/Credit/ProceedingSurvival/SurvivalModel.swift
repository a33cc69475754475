// SPDX-License-Identifier: Apache-2.0

// How proceedings go on: in each quarter since their beginning the chance of each outcome, where
// none has come yet (hazards in discrete time, as a logit with several outcomes), and out of these
// what has come by a day and what has not (cumulative incidence). Nothing is said without figures
// that somebody fitted on real events.

package import Quantities

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What is likely by a number of months.
package struct ProceedingProspect: Sendable, Hashable {
    /// The months from the day that is looked at.
    package let months: Int
    /// The probability that no outcome has come.
    package let open: Double
    /// The probability that each outcome came first, in the order of `ProceedingOutcome.allCases`.
    package let outcomes: [Double]
}

/// Figures that were fitted on proceedings.
package struct SurvivalModel: Sendable {
    /// The months that are told.
    package static let months = [6, 12, 24, 36]
    /// The months of a quarter.
    static let quarterMonths = 3

    /// Its name.
    package let name: String
    /// Its version.
    package let version: String
    /// The last day of what it was fitted on.
    package let trainedUntil: CalendarDate
    /// How many proceedings it was fitted on.
    package let proceedingCount: Int
    /// SHA-256 of its file, in hexadecimal.
    package let contentHash: String
    /// By outcome and quarter since the beginning: the log-odds against none of them.
    let baseline: [[Double]]
    /// By outcome: what each class of a feature adds.
    let effects: [[String: [String: Double]]]

    /// "name@version".
    package var identifier: String { "\(name)@\(version)" }

    /// How many quarters it knows.
    package var quarterCount: Int { baseline.first?.count ?? 0 }

    /// Features of a case whose class was not among those that it was fitted on; they count as its
    /// average class.
    package func unknownClasses(of subject: ProceedingCase) -> [String] {
        subject.classes.filter { name, value in
            effects.first?[name].map { $0[value] == nil } ?? false
        }.map(\.key).sorted()
    }

    /// The probabilities of a quarter, from 0: of each outcome, where none has come before.
    package func hazards(of subject: ProceedingCase, quarter: Int) -> [Double] {
        let classes = subject.classes
        let odds = ProceedingOutcome.allCases.indices.map { outcome -> Double in
            guard baseline.indices.contains(outcome),
                baseline[outcome].indices.contains(quarter)
            else { return 0 }
            // In the order of names, so that a sum is the same on each run.
            let effect = effects[outcome].keys.sorted().reduce(0) { sum, name in
                sum + (classes[name].flatMap { effects[outcome][name]?[$0] } ?? 0)
            }
            return exp(baseline[outcome][quarter] + effect)
        }
        let sum = odds.reduce(1, +)
        return odds.map { $0 / sum }
    }

    /// What is likely from a day on for proceedings that have had no outcome by then; months beyond
    /// what it knows are left out.
    ///
    /// A quarter that has begun counts as if the day were at its beginning: what is told of months
    /// is told of whole quarters.
    package func prospects(
        of subject: ProceedingCase,
        on day: CalendarDate
    ) -> [ProceedingProspect] {
        guard let elapsed = Self.quarters(from: subject.since, to: day) else { return [] }
        var (open, incidence) = (1.0, [Double](repeating: 0, count: baseline.count))
        var prospects: [ProceedingProspect] = []
        for quarter in elapsed..<max(elapsed, quarterCount) {
            let hazards = hazards(of: subject, quarter: quarter)
            for outcome in incidence.indices { incidence[outcome] += open * hazards[outcome] }
            open *= max(0, 1 - hazards.reduce(0, +))
            let months = (quarter - elapsed + 1) * Self.quarterMonths
            if Self.months.contains(months) {
                prospects.append(
                    ProceedingProspect(months: months, open: open, outcomes: incidence)
                )
            }
        }
        return prospects
    }

    /// Whole quarters from one day to another; nil if it is before.
    static func quarters(from: CalendarDate, to: CalendarDate) -> Int? {
        guard from <= to else { return nil }
        let (first, last) = (from.components, to.components)
        var months = (last.year - first.year) * 12 + last.month - first.month
        if let reached = from.adding(months: months), reached > to { months -= 1 }
        return max(0, months) / quarterMonths
    }
}
