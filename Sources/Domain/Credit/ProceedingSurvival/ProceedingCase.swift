// SPDX-License-Identifier: Apache-2.0

// What is known of a company in proceedings, as classes that a model has figures for.

package import Quantities

/// A company in proceedings.
package struct ProceedingCase: Sendable, Hashable {
    /// Kinds of proceedings, while their outcome is open.
    package enum Kind: String, Sendable, CaseIterable {
        /// Safeguard, the court observes.
        case safeguard
        /// Reorganisation, the court observes.
        case reorganisation
        /// Liquidation.
        case liquidation
    }

    /// Which they are.
    package var kind: Kind
    /// Since when.
    package var since: CalendarDate
    /// People it employs; nil where nobody says.
    package var headcount: Int?
    /// When it was founded; nil where nobody says.
    package var founded: CalendarDate?
    /// Its activity in the French nomenclature, such as "43.21A"; nil where nobody says.
    package var activity: String?

    /// A company of which only this is known.
    package init(_ kind: Kind, since: CalendarDate) { (self.kind, self.since) = (kind, since) }

    /// The class of each feature, as models name them.
    package var classes: [String: String] {
        [
            "kind": kind.rawValue, "size": Self.sizeClass(headcount),
            "age": Self.ageClass(founded, since), "sector": Self.sector(activity),
        ]
    }

    private static func sizeClass(_ headcount: Int?) -> String {
        switch headcount {
        case nil: "unknown"
        case .some(..<1): "0"
        case .some(1...9): "1-9"
        case .some(10...49): "10-49"
        default: "50+"
        }
    }

    private static func ageClass(_ founded: CalendarDate?, _ since: CalendarDate) -> String {
        guard let founded, founded <= since else { return "unknown" }
        // Whole years, so that a birthday belongs to the older class.
        if let third = founded.adding(months: 36), since < third { return "<3" }
        if let tenth = founded.adding(months: 120), since < tenth { return "3-9" }
        return "10+"
    }

    /// The section of the nomenclature that an activity belongs to, by its division.
    private static func sector(_ activity: String?) -> String {
        guard let activity, let division = Int(activity.prefix(2)) else { return "unknown" }
        let section = sections.first { $0.divisions.contains(division) }
        return section?.letter ?? "unknown"
    }

    /// Sections of NAF rev. 2 (INSEE), which are those of NACE rev. 2.
    private static let sections: [(letter: String, divisions: ClosedRange<Int>)] = [
        ("A", 1...3), ("B", 5...9), ("C", 10...33), ("D", 35...35), ("E", 36...39), ("F", 41...43),
        ("G", 45...47), ("H", 49...53), ("I", 55...56), ("J", 58...63), ("K", 64...66),
        ("L", 68...68), ("M", 69...75), ("N", 77...82), ("O", 84...84), ("P", 85...85),
        ("Q", 86...88), ("R", 90...93), ("S", 94...96), ("T", 97...98), ("U", 99...99),
    ]
}

/// How proceedings can end. Which of them comes first counts.
package enum ProceedingOutcome: String, Sendable, CaseIterable {
    /// A plan is adopted.
    case plan
    /// They become a liquidation.
    case conversion
    /// The business is sold.
    case cession
    /// They are closed.
    case closure
}
