// SPDX-License-Identifier: Apache-2.0

// How an invoice stands on a day, and what keeps it off a letter.

internal import CreditFacts

/// What is done with an invoice, or what keeps it from being dunned for.
package enum InvoiceGate: UInt8, Sendable, CaseIterable {
    /// It is dunned for.
    case dunned
    /// It is late, and not as late as the first level asks for: it is listed with others.
    case withinTolerance
    /// Its day has not come.
    case notDue
    /// Its due date is not known.
    case noDueDate
    /// The customer disputes it.
    case disputed
    /// The customer promised to pay it, and the day is not over.
    case promised
    /// It arose before proceedings were opened: it is declared, not dunned for.
    case frozen
    /// Somebody put it aside.
    case held
    /// It is a credit note, and taken off.
    case creditNote
    /// Nothing of it is open.
    case paid
    /// It was not made yet.
    case notIssued

    /// Whether it is asked for on a letter.
    package var isDue: Bool { self == .dunned || self == .withinTolerance }
}

/// How an invoice stands.
package struct InvoiceStanding: Sendable, Hashable {
    /// What is open, in cents of its currency.
    package var open: Int64
    /// By how many days it is late; negative before its day, 0 where that is not known.
    package var daysLate: Int32
    /// The level of so many days, or that somebody set; 0 for none.
    package var level: UInt8
    /// What is done with it.
    package var gate: InvoiceGate
}

/// What the review of an invoice needs of its customer, small enough to be looked up a million
/// times.
struct CustomerTerms {
    /// The scenario.
    let scenario: Int32
    /// The day of the opening of proceedings, as a number; the least one where none are open.
    let frozenBefore: Int32
    /// Whether something is recorded of single invoices.
    let hasInvoiceRecords: Bool
}

/// Sums of what a customer owes, in cents of the book's currency.
package struct CustomerSums: Sendable, Hashable {
    /// What is late and can be asked for.
    package internal(set) var due: Int64 = 0
    /// What is not due yet.
    package internal(set) var notDue: Int64 = 0
    /// What is disputed.
    package internal(set) var disputed: Int64 = 0
    /// What is promised, by a promise that still runs.
    package internal(set) var promised: Int64 = 0
    /// What arose before proceedings were opened.
    package internal(set) var frozen: Int64 = 0
    /// What somebody put aside.
    package internal(set) var held: Int64 = 0
    /// What has no due date.
    package internal(set) var undated: Int64 = 0
    /// Credit notes and money that belong to no invoice.
    package internal(set) var credits: Int64 = 0
    /// Those of them from before proceedings were opened: they are set off against what is frozen.
    package internal(set) var frozenCredits: Int64 = 0
    /// How many invoices are late and can be asked for.
    package internal(set) var dueCount: Int32 = 0
    /// By how many days the oldest of them is late.
    package internal(set) var oldestDays: Int32 = 0
    /// The highest level of any of them.
    package internal(set) var level: UInt8 = 0
    /// Whether some open invoice has a promise.
    var hasPromises = false
    /// Whether an amount is in no sum, since its currency has no rate.
    package internal(set) var hasUnknownRate = false

    /// All that is open, credits not taken off.
    package var open: Int64 {
        [due, notDue, disputed, promised, frozen, held, undated].reduce(0) { $0.adding(cents: $1) }
    }

    /// Adds an invoice.
    @inline(__always)
    mutating func add(_ standing: InvoiceStanding, _ cents: Int64, isFrozen: Bool) {
        switch standing.gate {
        case .dunned, .withinTolerance:
            due = due.adding(cents: cents)
            dueCount &+= 1
            oldestDays = max(oldestDays, standing.daysLate)
            level = max(level, standing.level)
        case .notDue: notDue = notDue.adding(cents: cents)
        case .noDueDate: undated = undated.adding(cents: cents)
        case .disputed: disputed = disputed.adding(cents: cents)
        case .promised: promised = promised.adding(cents: cents)
        case .frozen: frozen = frozen.adding(cents: cents)
        case .held: held = held.adding(cents: cents)
        case .creditNote: add(credit: 0 &- cents, isFrozen: isFrozen)
        case .paid, .notIssued: break
        }
    }

    /// Adds money or a credit note.
    mutating func add(credit cents: Int64, isFrozen: Bool) {
        if isFrozen {
            frozenCredits = frozenCredits.adding(cents: cents)
        } else {
            credits = credits.adding(cents: cents)
        }
    }
}
