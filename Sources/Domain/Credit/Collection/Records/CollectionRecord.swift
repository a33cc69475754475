// SPDX-License-Identifier: Apache-2.0

// What a team did about a customer: letters that went out, promises that were made to it, what was
// put aside by hand. Runs write letters, and change nothing that a person decided.

package import CreditFacts
package import Quantities

/// A letter that went out, or what stands for one.
package struct SentLetter: Sendable, Hashable {
    /// The number of its level, from 1.
    package var level: Int
    /// The scenario that the level is of.
    package var scenario: String
    /// When.
    package var day: CalendarDate

    /// Tells of a letter.
    package init(level: Int, scenario: String, day: CalendarDate) {
        (self.level, self.scenario, self.day) = (level, scenario, day)
    }
}

/// What a person decided, and runs leave alone.
package struct CollectionOverride: Sendable, Hashable {
    /// What holds.
    package enum Kind: Sendable, Hashable {
        /// Nothing is sent, until a day or until somebody takes that back.
        case hold(until: CalendarDate?)
        /// This level, whatever the days.
        case level(Int)
    }

    /// What holds.
    package var kind: Kind
    /// Who decided it.
    package var person: String
    /// When.
    package var day: CalendarDate

    /// Tells of a decision.
    package init(_ kind: Kind, by person: String, on day: CalendarDate) {
        (self.kind, self.person, self.day) = (kind, person, day)
    }

    /// Whether it keeps letters back on a day.
    package func holds(on date: CalendarDate) -> Bool {
        guard case .hold(let until) = kind else { return false }
        return until.map { date <= $0 } ?? true
    }

    /// The level that it asks for; nil if it asks for none.
    package var level: Int? { if case .level(let level) = kind { level } else { nil } }
}

/// What somebody wrote down.
package struct CollectionNote: Sendable, Hashable {
    /// Who.
    package var person: String
    /// When.
    package var day: CalendarDate
    /// What.
    package var text: String

    /// Makes a note.
    package init(_ text: String, by person: String, on day: CalendarDate) {
        (self.text, self.person, self.day) = (text, person, day)
    }
}

/// What is recorded of one invoice, by its number.
package struct InvoiceRecord: Sendable, Hashable {
    /// What a person decided about it.
    package var override: CollectionOverride?
    /// What was promised for it.
    package var promises: [PaymentPromise] = []
    /// When it was disputed.
    package var disputes: [InvoiceDispute] = []

    /// Nothing yet.
    package init() {}

    var isEmpty: Bool { override == nil && promises.isEmpty && disputes.isEmpty }
}

/// How a customer is worked on, as somebody said.
package struct CollectionTerms: Sendable, Hashable {
    /// The segment that it is in, by which its scenario is found; empty for none.
    package var segment: String
    /// What insurers and guarantors would pay, in cents of the book's currency.
    package var coverCents: Int64
    /// The last day of that cover; nil for one without an end.
    package var coverUntil: CalendarDate?
    /// The language of its letters; nil for that of whoever writes them.
    package var language: LetterLanguage?

    /// Takes what somebody said.
    package init(
        segment: String = "",
        coverCents: Int64 = 0,
        coverUntil: CalendarDate? = nil,
        language: LetterLanguage? = nil
    ) {
        (self.segment, self.coverCents) = (segment, coverCents)
        (self.coverUntil, self.language) = (coverUntil, language)
    }

    /// The cover on a day.
    package func cover(on day: CalendarDate) -> Int64 {
        coverUntil.map { $0 < day } ?? false ? 0 : coverCents
    }
}

/// What is recorded of a customer.
package struct CollectionRecord: Sendable, Hashable {
    /// The last letter.
    package var lastLetter: SentLetter?
    /// What a person decided about all of the customer's invoices.
    package var override: CollectionOverride?
    /// What was promised for all that is open.
    package var promises: [PaymentPromise] = []
    /// What is recorded of invoices, by their numbers.
    package var invoices: [String: InvoiceRecord] = [:]
    /// What was written down, the last note last.
    package var notes: [CollectionNote] = []
    /// How the customer is worked on; nil where nobody said.
    package var terms: CollectionTerms?

    /// Nothing yet.
    package init() {}
}
