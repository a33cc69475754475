// SPDX-License-Identifier: Apache-2.0

// Parts of an assessment.

/// Why a company has the score that it has.
public struct AssessmentReason: Sendable, Hashable {
    /// Name of the feature.
    public var feature: String
    /// Its number: index into ``ModelDescription/features`` of the model, or of the card.
    public var featureIndex: Int
    /// What it is called.
    public var label: LocalizedText
    /// What it adds to the calibrated log-odds; positive raises the risk.
    public var contribution: Double
    /// Where the newest statement behind it stands.
    public var place: PaperPlace
    /// The day on which that statement's year ends.
    public var closing: Day?
    /// The feature's value for the company; `nil` where it is missing.
    public var value: Double?
    /// The median of the population that the model names; `nil` where it says nothing of it.
    public var median: Double?
    /// Which part of that population lies below the value, in percent; `nil` where that is not
    /// known.
    public var percentBelow: Double?
    /// What it says of the risk.
    public var sentence = LocalizedText(english: "", french: "")
}

/// What a formula came to: a ratio, a balance or a published model.
public struct FormulaValue: Sendable, Hashable {
    /// What the value of a published model means.
    public enum Zone: Sendable, Hashable {
        /// Like firms that failed.
        case distress
        /// Neither.
        case grey
        /// Like firms that did not.
        case safe
    }

    /// Why there is no value.
    public enum Absence: Sendable, Hashable {
        /// Lines without which it says nothing are not there.
        case linesMissing
        /// They are not there in the year before.
        case earlierLinesMissing
        /// It asks for a value that no statement has.
        case notGiven
        /// There is no statement of the year before.
        case noYearBefore
        /// A divisor is 0, or a logarithm is taken of what has none.
        case notComputable
        /// What it divides by is 0 where only an amount above zero has a meaning.
        case divisorZero
        /// What it divides by is negative where only an amount above zero has a meaning.
        case divisorNegative
        /// A reason that this version of the client does not know, by its number.
        case other(Int)
    }

    /// Name of the formula, such as `"altman_z"`.
    public var name: String
    /// What it is called.
    public var label: LocalizedText
    /// Unit of the value: euro, percent, days, years, score, logit or probit.
    public var unit: String
    /// The value; `nil` where there is none.
    public var value: Double?
    /// Why there is none.
    public var absence: Absence?
    /// Whether it was computed for twelve months and differs from that of the year as filed.
    public var isAnnualised: Bool
    /// What an amount comes to in twelve months, where the year has another length; `nil` where
    /// that is no other amount.
    public var twelveMonths: Double?
    /// The probability of failure that a published model gives.
    public var probability: Double?
    /// The zone of a published model's value.
    public var zone: Zone?
    /// What went into a published model, if that was asked for.
    public var inputs: [Input] = []

    /// A number that went into a published model.
    public struct Input: Sendable, Hashable {
        /// A line, or the name of a formula or of a given value.
        public var name: String
        /// Its value; `nil` where there is none.
        public var value: Double?
    }
}

/// How somebody pays. Amounts are whole cents.
public struct PaymentFigures: Sendable, Hashable {
    /// Payments within the last twelve months.
    public var payments = 0
    /// Index from 0 to 100, 80 for prompt; `nil` below the least experience.
    public var index: Double?
    /// Mean days beyond terms, weighted by amount, with what is open and late.
    public var daysBeyondTerms: Double?
    /// How many days later payments of the last months came than those before.
    public var daysTrend: Double?
    /// Part of what was paid that came more than 30 days late, 0 to 1.
    public var shareLateOver30: Double?
    /// Part of what was paid that came more than 90 days late, 0 to 1.
    public var shareLateOver90: Double?
    /// Promises whose day passed without a payment.
    public var brokenPromises = 0
    /// Payments that a bank gave back.
    public var returnedPayments = 0
    /// What is open.
    public var open: Int64 = 0
    /// What is open and past due.
    public var pastDue: Int64 = 0
    /// What is open and disputed; it is no delay.
    public var disputed: Int64 = 0
    /// Money and credit notes that belong to no invoice; never taken off.
    public var credits: Int64 = 0
    /// What is open by age: not due, up to 30 days past due, up to 60, up to 90, more, unknown.
    public var openByAge: [Int64] = []
    /// Whether due dates are only the legal ones.
    public var hasLegalTermsOnly = false
}

/// Where a company stands in law.
public struct LegalStanding: Sendable, Hashable {
    /// A notice that led to the state.
    public struct Notice: Sendable, Hashable {
        /// The notice.
        public var notice: String
        /// What it made known.
        public var kind: LegalEvent.Kind
        /// When it was made known.
        public var published: Day?
        /// Where it stands.
        public var place: PaperPlace
    }

    /// Two sources that do not agree.
    public struct Conflict: Sendable, Hashable {
        /// When the company was struck off.
        public var struckOff: Day?
        /// Since when the directory has it as active.
        public var activeSince: Day?
        /// Whether it counts as active, since it is so after it was struck off.
        public var isActiveAgain: Bool
        /// Where it was read that it was struck off; `nil` where nobody says.
        public var struckOffPlace: PaperPlace?
        /// Where it was read that it is active; `nil` where nobody says.
        public var activePlace: PaperPlace?
    }

    /// The state of its proceedings by the names that `vigie assess -o json` writes, such as
    /// `"rj_obs"`; `"none"` for none.
    public var state = "none"
    /// Since when; with `"none"`, when the last proceedings ended.
    public var since: Day?
    /// Where it stands by all registers together: `"active"`, `"dissolving"`, `"ceased"` or
    /// `"struck_off"`.
    public var register = "active"
    /// Whether somebody has to read a judgment, whatever the outcome.
    public var needsReview = false
    /// Whether it failed before.
    public var hasFailed = false
    /// Sources that do not agree.
    public var conflicts: [Conflict] = []
    /// Notices that led to the state, the last one last.
    public var notices: [Notice] = []
}

/// A statement that was used.
public struct UsedStatement: Sendable, Hashable {
    /// The day on which its year ends.
    public var closing: Day?
    /// Months that it covers.
    public var months: Int
    /// Where it stands.
    public var place: PaperPlace
}

/// Something that was noticed in papers or statements.
public struct PaperFinding: Sendable, Hashable {
    /// How grave it is.
    public enum Severity: Sendable, Hashable {
        /// Worth knowing.
        case info
        /// Lowers how far the result is trusted.
        case warning
        /// Something was not read.
        case error
        /// One that this version of the client does not know, by its number.
        case other(Int)
    }

    /// What it is about, such as `"identity_differs"`.
    public var code: String
    /// How grave it is.
    public var severity: Severity
    /// Where it is.
    public var place: PaperPlace
    /// The column or field; empty where there is none.
    public var field: String
    /// What the words name: values, amounts, counts.
    public var values: [String]
    /// What it says, without a full stop; empty in answers to many companies.
    public var text: LocalizedText
}

/// A term of the glossary.
public struct GlossaryTerm: Sendable, Hashable {
    /// Who reads it.
    public enum Reader: Sendable, Hashable, CaseIterable {
        /// Who grants credit.
        case credit
        /// Who sells.
        case sales
        /// The company that is assessed.
        case company
    }

    /// Its name, the same in all languages.
    public var name: String
    /// What it is called.
    public var title: String
    /// What it says.
    public var meaning: String
    /// Where it comes from.
    public var origin: String
    /// What it does not say.
    public var caveat: String
    /// What the reader does with it.
    public var advice: String
}
