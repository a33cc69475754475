// SPDX-License-Identifier: Apache-2.0

// What is known of a company: an encoded message that the store does not look into, what it is
// about, where it comes from and when it came.

package import Quantities
internal import VigieLimits

/// Kinds of facts.
package enum FactKind: String, Sendable, CaseIterable {
    /// Figures at the end of a year or quarter.
    case statement
    /// Invoices and what was paid of them.
    case ledger
    /// How others were paid.
    case payment
    /// What a court or a register published.
    case event
    /// A paper as it was handed over.
    case paper
    /// What was decided.
    case decision
    /// What it owes to whoever follows it, by that one's customers' ledger.
    case account

    /// Those of which one counts on a day, since each is the whole of what it is about.
    package static let whole: Set<FactKind> = [.ledger, .account]
}

/// A fact on its way into the store.
package struct CompanyFact: Sendable, Equatable {
    /// The company.
    package var slot: Int
    /// What it is.
    package var kind: FactKind
    /// The day that it is about, such as the closing day of a statement.
    package var day: CalendarDate
    /// Who or what gave it.
    package var source: String
    /// The fact itself, encoded.
    package var content: [UInt8]

    /// Makes a fact.
    package init(
        _ slot: Int,
        _ kind: FactKind,
        day: CalendarDate,
        source: String,
        content: [UInt8]
    ) {
        self.slot = slot
        self.kind = kind
        self.day = day
        self.source = source
        self.content = content
    }
}

/// A fact as the store has it.
package struct KnownFact: Sendable, Equatable {
    /// Its number: the later it came, the higher.
    package let number: Int
    /// What it is.
    package let fact: CompanyFact
    /// Since when the store knows it, in microseconds since 1970 in UTC.
    package let knownAtMicroseconds: Int
    /// Since when another one stands in its place; nil when none does.
    package let supersededAtMicroseconds: Int?
}

/// What is asked for: of which kinds, about which days, and as it was known when.
package struct FactView: Sendable, Equatable {
    /// Kinds that are wanted.
    package var kinds: Set<FactKind>
    /// What came later, and that something was replaced later, is left out; in microseconds since
    /// 1970 in UTC.
    package var knownAtMicroseconds: Int
    /// What is about a later day is left out.
    package var day: CalendarDate
    /// Of ledgers and accounts only those that count on this day, where there is one: those of the
    /// first day that reaches it, or else of the last; so a block does not read those of every day.
    package var countedOn: CalendarDate?

    /// What is known now, of all days.
    package static let now = FactView(knownAtMicroseconds: .max)

    /// Makes a view.
    package init(
        _ kinds: Set<FactKind> = Set(FactKind.allCases),
        knownAtMicroseconds: Int,
        day: CalendarDate = .last
    ) {
        self.kinds = kinds
        self.knownAtMicroseconds = knownAtMicroseconds
        self.day = day
    }

    /// What was known at the end of a day, in UTC.
    package static func asOf(
        _ day: CalendarDate,
        _ kinds: Set<FactKind> = Set(FactKind.allCases)
    ) -> FactView {
        let end = (Int(day.dayNumber) + 1) * microsecondsPerDay - 1
        return FactView(kinds, knownAtMicroseconds: end, day: day)
    }

    /// A day on the scale of times.
    static let microsecondsPerDay = 86_400_000_000
}
