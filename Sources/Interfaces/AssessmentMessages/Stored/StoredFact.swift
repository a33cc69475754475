// SPDX-License-Identifier: Apache-2.0

// The form in which a store keeps what is known of a company: facts, each a message that stands
// alone (KnownFacts), so that one can be replaced, held, told of or let go by itself. The store
// does not look into it.

internal import CreditFacts
internal import ProtobufCoding
package import Quantities
internal import VigieProtos

/// A part of what is known of a company, as it is kept.
package struct StoredFact: Sendable, Equatable {
    /// What it is, by the words of the store.
    package enum Kind: String, Sendable, CaseIterable {
        /// The statements of a year, with their filings and what they say of the year before.
        case statement
        /// What it owes and is owed: all of it, as of a day.
        case ledger
        /// What it owes to whoever follows it: all of it, as of a day.
        case account
        /// An event, a correction of one, or an entry of a register.
        case event
    }

    /// What it is.
    package let kind: Kind
    /// The day that it is about.
    package let day: CalendarDate
    /// The fact itself: the same bytes for the same, whoever sends it in whatever company.
    package let content: [UInt8]
}

extension Vigie_V1_KnownFacts {
    /// The message of facts, without what is the caller's own: numbers of papers, and the name,
    /// which the store has elsewhere.
    init(_ facts: CompanyFacts, withoutNotices: Bool) {
        self.init()
        var writer = FactWriter()
        var message = writer.message(facts)
        message.name = ""
        message.leaveOutPapers()
        if withoutNotices { message.events.notices = [] }
        lineNames = writer.lineNames
        company = message
    }
}

extension Vigie_V1_CompanyFacts {
    /// Parts that are not there stay so: to touch one makes it.
    fileprivate mutating func leaveOutPapers() {
        if hasStatements { (statements.papers, statements.paperLines) = ([], []) }
        if hasComparatives { (comparatives.papers, comparatives.paperLines) = ([], []) }
        if hasFilings { (filings.papers, filings.paperLines) = ([], []) }
        if hasEvents { (events.papers, events.paperLines) = ([], []) }
        if hasCorrections { (corrections.papers, corrections.paperLines) = ([], []) }
        if hasRegisterEntries { (registerEntries.papers, registerEntries.paperLines) = ([], []) }
        if hasOwed { (owed.papers, owed.paperLines) = ([], []) }
        if hasReceivable { (receivable.papers, receivable.paperLines) = ([], []) }
        if hasUnallocated { (unallocated.papers, unallocated.paperLines) = ([], []) }
        if hasReceivableCredits {
            (receivableCredits.papers, receivableCredits.paperLines) = ([], [])
        }
    }
}
