// SPDX-License-Identifier: Apache-2.0

// What a column of a table of companies may tell beside items of statements: its name, what its
// cells may be, and what hangs on them.

package import LegalHistory

/// A fact of a company that a column holds.
enum TableFact: Int, CaseIterable {
    case legalState, directoryActivity, directorySinceDay, struckOffDay, doubtful
    case paymentIndex, paymentCount, statementYears, statementAgeMonths
    // One for each statement, the newest first.
    case closingDay, closingDay1, closingDay2
    case publishedDay, publishedDay1, publishedDay2
    case months, months1, months2

    /// Statements that columns can tell of.
    static let statementsMax = 3  // tidy: limit: as many as a model may look at

    /// What a cell may be. NaN is always allowed, and means not known.
    struct Rule: Sendable {
        let name: String
        let range: ClosedRange<Double>
        var isWhole = true
        /// What is marked in rows with a bad cell.
        var fault = Fault.doubtful
        /// A column without which it says nothing.
        var needs: TableFact?
    }

    /// What a bad cell does to its row.
    enum Fault {
        /// Lowers the confidence, as a paper does that could not be used.
        static let doubtful: UInt8 = 1
        /// Whether proceedings are open is not known.
        static let legal: UInt8 = 2
        /// Whether the company is there is not known.
        static let register: UInt8 = 4
    }

    /// Days of the calendar.
    private static let days = -719_162.0...2_932_896.0
    private static let count = 0.0...2_147_483_647

    /// Of each fact, in the order of their numbers.
    static let rules: [Rule] = [
        Rule(name: "legal_state", range: 0...12, fault: Fault.legal),
        Rule(name: "directory_activity", range: 0...2, fault: Fault.register),
        Rule(
            name: "directory_since_day",
            range: days,
            fault: Fault.register,
            needs: .directoryActivity
        ),
        Rule(name: "struck_off_day", range: days, fault: Fault.register),
        Rule(name: "doubtful", range: 0...1),
        Rule(name: "payment_index", range: 0...100, isWhole: false),
        Rule(name: "payment_count", range: count),
        Rule(name: "statement_years", range: count),
        Rule(name: "statement_age_months", range: count, needs: .statementYears),
        Rule(name: "closing_day", range: days),
        Rule(name: "closing_day@1", range: days, needs: .closingDay),
        Rule(name: "closing_day@2", range: days, needs: .closingDay1),
        Rule(name: "published_day", range: days, needs: .closingDay),
        Rule(name: "published_day@1", range: days, needs: .closingDay1),
        Rule(name: "published_day@2", range: days, needs: .closingDay2),
        Rule(name: "months", range: 0...120, needs: .closingDay),
        Rule(name: "months@1", range: 0...120, needs: .closingDay1),
        Rule(name: "months@2", range: 0...120, needs: .closingDay2),
    ]
}

/// Numbers that columns hold in the place of names: the first of a list is 1, and 0 is none of
/// them.
package enum TableNumbers {
    /// Where companies stand in proceedings.
    package static let proceedingStates: [ProceedingState] = [
        .none, .sauvegardeObservation, .sauvegardePlan, .reorganisationObservation,
        .reorganisationPlan, .liquidation, .afterResolution, .closedPaid,
        .closedInsufficientAssets, .closedUnspecified, .review, .reviewAfterAppeal,
    ]
    /// Outcomes.
    package static let outcomes: [AssessmentOutcome] = [
        .scored, .notScorable, .closed, .inProceedings, .review,
    ]
    /// What probabilities are made from.
    package static let bases: [AssessmentBasis] = [.statements, .fewRatios, .payments]
    /// Degrees of confidence.
    package static let confidences: [Confidence] = [.a, .b, .c, .d, .e, .f, .g]

    /// The number of an outcome.
    static func number(_ outcome: AssessmentOutcome) -> UInt8 {
        switch outcome {
        case .scored: 1
        case .notScorable: 2
        case .closed: 3
        case .inProceedings: 4
        case .review: 5
        }
    }

    /// The number of a basis.
    static func number(_ basis: AssessmentBasis) -> UInt8 {
        switch basis {
        case .statements: 1
        case .fewRatios: 2
        case .payments: 3
        }
    }

    /// The number of a degree of confidence.
    static func number(_ confidence: Confidence) -> UInt8 {
        switch confidence {
        case .a: 1
        case .b: 2
        case .c: 3
        case .d: 4
        case .e: 5
        case .f: 6
        case .g: 7
        }
    }
}
