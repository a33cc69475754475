// SPDX-License-Identifier: Apache-2.0

// What is asked of a policy about a company, and what is known of it.

/// A stage of business: one policy answers another question at each.
public enum BusinessStage: Sendable, Hashable, CaseIterable {
    /// Whom to approach.
    case prospect
    /// What to offer.
    case quote
    /// Ship or hold.
    case order
    /// How to invoice.
    case invoice
    /// Remind or freeze.
    case collection
}

/// A value of a fact. Numbers that are written out are exact: `.decimal("0.1")` and `12`.
public indirect enum DecisionValue: Sendable, Hashable {
    /// A number with up to 34 decimal digits, with a point.
    case decimal(String)
    /// A number, read as the shortest decimal that is it: 0.1 is 0.1. NaN is not known.
    case number(Double)
    /// A text.
    case text(String)
    /// True or false.
    case flag(Bool)
    /// A day.
    case day(Day)
    /// Values in order.
    case list([DecisionValue])
    /// Values by name, such as a guarantee that is held: `id`, `amount`, `valid_to`.
    case fields([String: DecisionValue])
}

extension DecisionValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A whole number.
    ///
    /// - Parameter value: The number.
    public init(integerLiteral value: Int) { self = .decimal("\(value)") }

    /// A number, read as the shortest decimal that is it.
    ///
    /// - Parameter value: The number.
    public init(floatLiteral value: Double) { self = .number(value) }
}

extension DecisionValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// True or false.
    ///
    /// - Parameter value: Which of them.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

/// What is known of one input of a policy.
public struct DecisionFact: Sendable, Hashable {
    /// The value.
    public var value: DecisionValue
    /// The day of which it is; `nil` if nobody says. What is older than the policy lets it be
    /// counts as not known.
    public var observed: Day?
    /// Where it comes from, in words.
    public var source: String?

    /// Takes a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - observed: The day of which it is.
    ///   - source: Where it comes from.
    public init(_ value: DecisionValue, observed: Day? = nil, source: String? = nil) {
        (self.value, self.observed, self.source) = (value, observed, source)
    }
}

/// A company that is decided on.
public struct DecisionCase: Sendable, Hashable {
    /// What it is called in clauses; `nil` for the name of ``assessed``.
    public var company: String?
    /// The group that it belongs to. Companies of one group that are sent together share what
    /// bounds the whole.
    public var group: String?
    /// The stage of business.
    public var stage = BusinessStage.quote
    /// Whether it is a person: then somebody has to decide.
    public var isNaturalPerson = false
    /// What is known, by the names of the policy's inputs.
    public var facts: [String: DecisionFact] = [:]
    /// Facts out of papers, which the server assesses first. What stands in ``facts`` comes first.
    public var assessed: CompanyFacts?

    /// A company with what is known of it.
    ///
    /// - Parameters:
    ///   - company: What it is called in clauses.
    ///   - stage: The stage of business.
    ///   - values: What is known, by the names of the policy's inputs.
    public init(
        company: String? = nil,
        stage: BusinessStage = .quote,
        _ values: [String: DecisionValue] = [:]
    ) {
        (self.company, self.stage) = (company, stage)
        facts = values.mapValues { DecisionFact($0) }
    }
}

/// How much is told of why.
public enum DecisionExplanation: Sendable, Hashable, CaseIterable {
    /// The rules that decided.
    case none
    /// Also their cells, with the values that they saw.
    case match
    /// Also the rules that failed on the fewest cells.
    case nearMiss
    /// Also what each cell of each rule said. Refused where that is too much.
    case full
}

/// What applies to all companies of a call.
public struct DecisionOptions: Sendable, Hashable {
    /// A language of texts.
    public enum Language: Sendable, Hashable, CaseIterable {
        /// English.
        case english
        /// French.
        case french
    }

    /// The policy: its name, or `name@version`. `nil` means the only one that holds
    /// on the day.
    public var policy: String?
    /// The day for which is decided; `nil` means today in UTC.
    public var asOf: Day?
    /// The role of whoever asks, as the policy names roles. Where the server tells callers apart,
    /// `nil` means the one that it knows, and no greater one is taken.
    public var role: String?
    /// How much is told of why.
    public var explanation = DecisionExplanation.match
    /// The language of names and of what is said of rules; `nil` for all.
    public var language: Language?
    /// How facts out of papers are assessed; the day is that of the decision.
    public var assessment = AssessmentOptions(reasonCount: 0)
    /// Whether assessments come with decisions.
    public var tellsAssessments = true
    /// Time within which the call must be answered. `nil` means the client's own.
    public var timeout: Duration?
    /// Headers to send with the call.
    public var metadata = CallMetadata()

    /// The server's choices.
    public static let `default` = DecisionOptions()

    /// Makes options of the server's choices.
    ///
    /// - Parameters:
    ///   - policy: The policy: its name, or `name@version`.
    ///   - asOf: The day for which is decided; `nil` means today in UTC.
    ///   - role: The role of whoever asks.
    public init(policy: String? = nil, asOf: Day? = nil, role: String? = nil) {
        (self.policy, self.asOf, self.role) = (policy, asOf, role)
    }
}
