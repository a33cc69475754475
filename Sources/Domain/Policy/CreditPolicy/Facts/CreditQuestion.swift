// SPDX-License-Identifier: Apache-2.0

// What is asked, and what is known of whom it is asked about.

package import FEEL
package import Policies
package import Quantities

/// What is known of one input.
package struct CreditFact: Sendable {
    /// The value.
    package let value: FEELValue
    /// The day of which it is; nil if nobody says.
    package let observed: CalendarDate?
    /// Where it comes from; nil if nobody says.
    package let source: String?

    /// Takes a value, its day and its source.
    package init(_ value: FEELValue, observed: CalendarDate? = nil, source: String? = nil) {
        (self.value, self.observed, self.source) = (value, observed, source)
    }
}

/// A question to a policy.
package struct CreditQuestion: Sendable {
    /// Who it is about, for people.
    package var company: String
    /// The group that the company belongs to; nil if none is known.
    package var group: String?
    /// The day for which it is decided.
    package var asOf: CalendarDate
    /// The stage of business.
    package var stage: BusinessStage
    /// Whether the company is a person.
    package var subject: PolicySubject
    /// The role of whoever asks; nil if he has none.
    package var role: String?
    /// What is known, by the names of inputs.
    package var facts: [String: CreditFact]

    /// Takes the day and what is known.
    package init(
        company: String = "",
        group: String? = nil,
        asOf: CalendarDate,
        stage: BusinessStage = .quote,
        subject: PolicySubject = .legalPerson,
        role: String? = nil,
        facts: [String: CreditFact] = [:]
    ) {
        (self.company, self.group, self.asOf) = (company, group, asOf)
        (self.stage, self.subject, self.role, self.facts) = (stage, subject, role, facts)
    }
}
